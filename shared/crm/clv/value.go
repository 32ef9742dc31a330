package clv

import "math"

// Terms say what a purchase to come is worth today.
type Terms struct {
	Periods  int     // how many periods count
	Period   float64 // length of one, weeks
	Discount float64 // per period: 0.01 takes 1 % off for each period of waiting; 0 takes nothing
	Margin   float64 // share of the amount that is left after costs, 0.3 is 30 %; 1 values revenue
}

// Yearly are terms of whole years of 52 weeks in periods of 4 weeks, for a yearly rate of discount: 0.15 is 15 %.
func Yearly(years int, discount, margin float64) Terms {
	return Terms{Periods: 13 * years, Period: 4, Discount: math.Pow(1+discount, 1.0/13) - 1, Margin: margin}
}

// Discounted is the expected number of purchases in the periods to come, each discounted from the end of its period, of a customer with this history:
//
//	sum over i of (E[Y(t_i)] - E[Y(t_i-1)]) / (1+d)^i
//
// It holds for all models. For Pareto/NBD and no end, see DERT.
func (t Terms) Discounted(m Model, c Customer) float64 {
	alive := m.Alive(c)
	if alive == 0 {
		return 0
	}
	return alive * t.ifAlive(m, c)
}

// ifAlive is Discounted of a customer who is alive.
func (t Terms) ifAlive(m Model, c Customer) (sum float64) {
	before, weight := 0.0, 1.0
	for _, until := range t.ends(m, c) {
		weight /= 1 + t.Discount
		sum += max(0, until-before) * weight
		before = until
	}
	return sum
}

// ends are the purchases expected by the end of each period, of a customer who is alive.
func (t Terms) ends(m Model, c Customer) []float64 {
	out := make([]float64, t.Periods)
	if s, ok := m.(stepper); ok {
		s.ifAliveSteps(c, t.Period, out)
		return out
	}
	for i := range out {
		out[i] = m.IfAlive(c, float64(i+1)*t.Period)
	}
	return out
}

// Prediction is what is expected of one customer.
type Prediction struct {
	Alive     float64 // probability, 0 to 1
	Purchases float64 // in the weeks asked for
	Spend     float64 // mean amount of a purchase, currency units
	Value     float64 // lifetime value: discounted purchases times spend times margin, currency units
}

// Predict makes the predictions for all customers, in their order, for a horizon in weeks. Without a model of spend (nil), or where it knows no mean, Spend
// and Value are 0.
func Predict(m Model, spend *GammaGamma, customers []Customer, weeks float64, terms Terms) []Prediction {
	alike, group := grouped(customers)
	ahead := make([]outlook, len(alike))
	inChunks(len(alike), func(_, from, to int) {
		for i := from; i < to; i++ {
			ahead[i] = outlook{purchases: m.IfAlive(alike[i], weeks)}
			if spend != nil {
				ahead[i].discounted = terms.ifAlive(m, alike[i])
			}
		}
	})
	out := make([]Prediction, len(customers))
	inChunks(len(customers), func(_, from, to int) {
		for i := from; i < to; i++ {
			out[i] = predict(m, spend, customers[i], ahead[group[i]], terms)
		}
	})
	return out
}

// outlook is what a customer will buy who is alive: in the weeks asked for, and discounted in the periods of the terms.
type outlook struct{ purchases, discounted float64 }

// grouped returns one customer for each number of repeats and age that there is, and for every customer which of those is like them. Of customers who are alive the models
// expect the same wherever these two are the same (see Model.IfAlive), and a million customers have some ten thousand of them.
func grouped(customers []Customer) (alike []Customer, group []int32) {
	type history struct {
		repeats int
		age     float64
	}
	group = make([]int32, len(customers))
	known := map[history]int32{}
	for i, c := range customers {
		h := history{c.Repeats, c.Age}
		g, ok := known[h]
		if !ok {
			g = int32(len(alike))
			known[h] = g
			alike = append(alike, c)
		}
		group[i] = g
	}
	return alike, group
}

func predict(m Model, spend *GammaGamma, c Customer, ahead outlook, terms Terms) Prediction {
	p := Prediction{Alive: m.Alive(c)}
	if p.Alive > 0 {
		p.Purchases = p.Alive * ahead.purchases
	}
	if spend == nil {
		return p
	}
	if mean, ok := spend.Spend(c); ok {
		p.Spend = mean
		if p.Alive > 0 {
			p.Value = terms.Margin * mean * p.Alive * ahead.discounted
		}
	}
	return p
}
