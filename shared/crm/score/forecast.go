package score

import (
	"math"

	"github.com/shopspring/decimal"

	"github.com/dangol/dangol/shared/crm/money"
)

// Forecast is what a model expects of one customer. Spend and Value are 0 where no model of spend says anything.
type Forecast struct {
	Alive  float64 // probability, 0 to 1
	Orders float64 // days with a purchase, in the horizon
	Spend  float64 // mean amount of such a day, in currency units
	Value  float64 // lifetime value, in currency units
}

// Add sets the score's figures of the models, rounded to what they can say: probabilities and orders to six digits behind the point, money to the
// currency's smallest coin.
func (s *Score) Add(f Forecast, horizonDays int, currency string) {
	alive := rounded(f.Alive, 6)
	s.PAlive = &alive
	s.ExpectedOrders = &Expected{HorizonDays: horizonDays, Value: rounded(f.Orders, 6)}
	if f.Spend > 0 {
		s.ExpectedSpend, s.LifetimeValue = amount(f.Spend, currency), amount(f.Value, currency)
	}
}

// most is the first amount that money does not hold.
const most = 1e12

// amount is nil for what money does not hold.
func amount(v float64, currency string) *money.Money {
	if !(v >= 0 && v < most) {
		return nil
	}
	return &money.Money{Amount: decimal.NewFromFloat(v).Round(money.Decimals(currency)), Currency: currency}
}

func rounded(v float64, places int) float64 {
	scale := math.Pow10(places)
	return math.Round(v*scale) / scale
}
