package clv

import "math"

// stepper is a model that knows IfAlive for many horizons of one customer in little more time than for one.
type stepper interface {
	// ifAliveSteps puts IfAlive of step, 2 step, 3 step ... into out.
	ifAliveSteps(c Customer, step float64, out []float64)
}

func (m BGNBD) ifAliveSteps(c Customer, step float64, out []float64) {
	m.shared().ifAliveSteps(c, step, out)
}

func (m MBGNBD) ifAliveSteps(c Customer, step float64, out []float64) {
	m.shared().ifAliveSteps(c, step, out)
}

// mostShared is how many terms of the sum are kept for all horizons of a customer; where more are wanted each horizon is on its own.
const mostShared = 512

// ifAliveSteps is ifAlive by the same sum (purchasesUntilLeaving). Of its terms only the chance of k purchases depends on the horizon; what is made of k purchases, and
// by what the chances grow, is computed once.
func (m betaGeometric) ifAliveSteps(c Customer, step float64, out []float64) {
	shape, rate := m.r+float64(c.Repeats), m.alpha+c.Age
	longest := step * float64(len(out))
	if -shape*math.Log1p(longest/rate) < -600 || shape*longest/rate+40*(rate+longest)/rate > mostShared {
		for i := range out {
			out[i] = m.ifAlive(c, float64(i+1)*step)
		}
		return
	}
	t := leavingTable{a: m.a, b: m.b + float64(c.Repeats+m.first), shape: shape, reached: 1}
	for i := range out {
		out[i] = t.sum(rate, float64(i+1)*step)
	}
}

// leavingTable holds, for k purchases, what a customer who can leave is expected to have made of them, what is made of one more, and by what the chance of k grows.
type leavingTable struct {
	a, b, shape float64
	made, next  [mostShared]float64
	grows       [mostShared]float64
	known       int
	total       float64 // made of known purchases
	reached     float64 // E[(1-p)^known]
}

// sum is purchasesUntilLeaving of the table's customer.
func (t *leavingTable) sum(rate, weeks float64) (sum float64) {
	chance, more := math.Exp(-t.shape*math.Log1p(weeks/rate)), weeks/(rate+weeks)
	for k := range mostShared {
		if k == t.known {
			t.add()
		}
		term := chance * t.made[k]
		sum += term
		grows := more * t.grows[k]
		if k > 0 && grows < 1 && term+chance*t.next[k] <= (1-grows)*1e-16*sum {
			return sum
		}
		chance *= grows
	}
	return purchasesUntilLeaving(t.shape, rate, t.a, t.b, weeks)
}

func (t *leavingTable) add() {
	k := float64(t.known)
	t.made[t.known], t.next[t.known], t.grows[t.known] = t.total, t.reached, (t.shape+k)/(k+1)
	t.total += t.reached
	t.reached *= (t.b + k) / (t.a + t.b + k)
	t.known++
}
