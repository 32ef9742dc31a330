// Package forecast runs the models of customer-base analysis over a workspace's orders: what each customer will still buy and bring, and the model card that
// says how far to believe it.
package forecast

import (
	"time"

	"github.com/dangol/dangol/shared/crm/clv"
	"github.com/dangol/dangol/shared/crm/score"
)

// Plan says what to forecast. AsOf lies in the last day that counts, whole, in the zone.
type Plan struct {
	AsOf     time.Time
	Zone     *time.Location
	Currency string // orders in another do not count: amounts of two currencies are never added
	Model    score.Model
	ChosenBy string // settings or rebuild
	Terms    score.Terms
}

// Add gives each customer their figures of the models or the reason why there are none, and returns the model card. What the models cannot say is on the card; an error is
// a defect.
func (p Plan) Add(b *Buyers, scores *score.List) (score.Card, error) {
	card := p.card(b)
	scores.Forecasts(p.Terms.HorizonDays)
	used, err := p.fit(b, &card)
	if err != nil {
		return card, err
	}
	if card.NotEnoughData != nil {
		for _, at := range b.at {
			scores.Lack(at, card.NotEnoughData.Reason)
		}
		return card, nil
	}
	predictions := clv.Predict(used.purchases, used.spend, b.customers, float64(p.Terms.HorizonDays)/clv.DaysPerWeek, p.worth())
	for i, f := range predictions {
		scores.Forecast(b.at[i], score.Forecast{Alive: f.Alive, Orders: f.Purchases, Spend: f.Spend, Value: f.Value})
	}
	return card, nil
}

func (p Plan) worth() clv.Terms {
	return clv.Yearly(p.Terms.LifetimeYears, p.Terms.DiscountPercent/100, p.Terms.MarginPercent/100)
}

// card begins the card with what was seen.
func (p Plan) card(b *Buyers) score.Card {
	c := score.Card{
		AsOf: date(b.end), Currency: p.Currency, Chosen: p.Model, ChosenBy: p.ChosenBy, Terms: p.Terms,
		Buyers: len(b.customers), Models: []score.ModelFit{}, Curve: []score.CurveWeek{},
	}
	first := b.end
	for i, customer := range b.customers {
		c.Repeats += customer.Repeats
		if customer.Repeats > 0 {
			c.RepeatBuyers++
		}
		first = min(first, b.histories[i][0])
	}
	if c.Buyers > 0 {
		c.From, c.Days = date(first), int(b.end-first)
	}
	return c
}

func date(d clv.Day) string {
	return time.Unix(int64(d)*24*60*60, 0).UTC().Format(time.DateOnly)
}
