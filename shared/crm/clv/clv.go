// Package clv estimates what customers of a shop without contracts will still buy and bring, from when and for how much they bought: the models of
// customer-base analysis ("buy till you die") BG/NBD, MBG/NBD and Pareto/NBD for purchases and Gamma-Gamma for spend, their fit by maximum likelihood,
// predictions, lifetime value and the accuracy on days held out.
//
// All times are in weeks, as in the papers; a week is seven calendar days of the workspace. Rates (alpha, beta) are therefore in weeks too, money (gamma) is
// in the workspace's currency. Every figure is a function of its arguments, and the same to the last bit whatever the number of processors.
package clv

// DaysPerWeek turns calendar days into the unit of all times here.
const DaysPerWeek = 7

// Customer is what the models know of one buyer (Fader, Hardie and Lee 2005, "Counting Your Customers the Easy Way", section 4): purchases of one day are
// one purchase, the first purchase starts the clock and is not counted.
type Customer struct {
	Repeats int     // x: days with a purchase after the first such day
	Recency float64 // t_x: weeks from the first purchase to the last; 0 without a repeat
	Age     float64 // T: weeks from the first purchase to the end of the observation
	Spend   float64 // mean amount of the repeat purchases, in currency units; 0 without a repeat
}

// Model is a fitted model of purchases.
type Model interface {
	// Expected is E[X(t)]: repeat purchases of a new customer in the weeks after the first purchase.
	Expected(weeks float64) float64
	// Alive is the probability, 0 to 1, that the customer still buys at the end of the observation.
	Alive(Customer) float64
	// IfAlive is the expected number of purchases in the weeks after the observation, of a customer who is alive at its end. Of the history it depends on the repeats and the
	// age alone: who is alive at the end was so at the last purchase, whenever that was.
	IfAlive(c Customer, weeks float64) float64
}

// Conditional is E[Y(T, T+t) | x, t_x, T]: purchases to expect in the weeks after the observation, given the customer's history.
func Conditional(m Model, c Customer, weeks float64) float64 {
	alive := m.Alive(c)
	if alive == 0 {
		return 0
	}
	return alive * m.IfAlive(c, weeks)
}
