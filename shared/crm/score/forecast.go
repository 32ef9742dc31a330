package score

import (
	"math"

	"github.com/dangol/dangol/shared/crm/money"
)

// Forecast is what a model expects of one customer. Spend and Value are 0 where no model of spend says anything.
type Forecast struct {
	Alive  float64 // probability, 0 to 1
	Orders float64 // days with a purchase, in the horizon
	Spend  float64 // mean amount of such a day, in currency units
	Value  float64 // lifetime value, in currency units
}

// forecast is a Forecast as the list keeps it.
type forecast struct {
	alive, orders float64
	spend, value  int64 // in ten-thousandths; noAmount for none
	state         forecastState
}

type forecastState uint8

const (
	neverBought forecastState = iota
	lacking                   // the models have not enough data; List.lack says what of
	foretold
)

const noAmount = -1

// Forecasts begins the forecasts of orders in the days to come: whoever gets none by Lack or Forecast never bought. A list that was not begun says nothing of them.
func (l *List) Forecasts(horizonDays int) {
	l.horizonDays, l.forecasts = horizonDays, make([]forecast, l.Len())
}

// Lack says that a customer who bought has no forecast; the reason is that of all.
func (l *List) Lack(i int, reason Reason) { l.lack, l.forecasts[i].state = reason, lacking }

// Forecast sets a customer's figures of the models, rounded to what they can say: probabilities and orders to six digits behind the point, money to the
// currency's smallest coin.
func (l *List) Forecast(i int, f Forecast) {
	to := &l.forecasts[i]
	*to = forecast{alive: rounded(f.Alive, 6), orders: rounded(f.Orders, 6), spend: noAmount, value: noAmount, state: foretold}
	if f.Spend > 0 {
		to.spend, to.value = l.amount(f.Spend), l.amount(f.Value)
	}
}

// most is the first amount that money does not hold.
const most = 1e12

func (l *List) amount(v float64) int64 {
	if !(v >= 0 && v < most) {
		return noAmount
	}
	return coins(v*1e4, l.currency)
}

func (l *List) forecast(i int) forecast {
	if l.forecasts == nil {
		return forecast{}
	}
	return l.forecasts[i]
}

// expect writes the figures of the models, or why there are none.
func (p *page) expect(l *List, i int) {
	f := l.forecast(i)
	switch {
	case l.forecasts == nil:
	case f.state == neverBought:
		p.NoForecast = NeverBought
	case f.state == lacking:
		p.NoForecast = l.lack
	default:
		p.alive, p.expected = f.alive, Expected{HorizonDays: l.horizonDays, Value: f.orders}
		p.PAlive, p.ExpectedOrders = &p.alive, &p.expected
		p.ExpectedSpend, p.LifetimeValue = l.amountAt(&p.spend, f.spend), l.amountAt(&p.value, f.value)
	}
}

func (l *List) amountAt(to *money.Money, units int64) *money.Money {
	if units == noAmount {
		return nil
	}
	*to = l.money(units)
	return to
}

func rounded(v float64, places int) float64 {
	scale := math.Pow10(places)
	return math.Round(v*scale) / scale
}
