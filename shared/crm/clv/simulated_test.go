package clv_test

import (
	"math"
	"math/rand/v2"

	"github.com/dangol/dangol/shared/crm/clv"
)

// simulated makes customers who behave as the model says, seeded. Their first purchases are spread over the first half of the days, and all times are whole
// days, as in a shop: purchases of one day are one.
func simulated(m clv.Model, n, days int) []clv.Customer {
	out := make([]clv.Customer, n)
	for i := range out {
		random := rand.New(rand.NewPCG(1, uint64(i)))
		first := random.IntN(days/2 + 1)
		out[i] = customer(random, m, days-first)
	}
	return out
}

func customer(random *rand.Rand, m clv.Model, days int) clv.Customer {
	c := clv.Customer{Age: float64(days) / clv.DaysPerWeek}
	last := 0
	for at := range purchases(random, m, c.Age) {
		if day := int(at * clv.DaysPerWeek); day > last {
			last = day
			c.Repeats++
		}
	}
	c.Recency = float64(last) / clv.DaysPerWeek
	mean := 15.44 / gamma(random, 3.74) // of one purchase, over p
	for range c.Repeats {
		c.Spend += gamma(random, 6.25) * mean / float64(c.Repeats)
	}
	return c
}

// purchases yields the moments of a new customer's repeat purchases, weeks, up to the age.
func purchases(random *rand.Rand, m clv.Model, age float64) func(func(float64) bool) {
	rate, leaves, life := 0.0, 0.0, math.Inf(1)
	switch m := m.(type) {
	case clv.BGNBD:
		rate, leaves = gamma(random, m.R)/m.Alpha, beta(random, m.A, m.B)
	case clv.MBGNBD:
		rate, leaves = gamma(random, m.R)/m.Alpha, beta(random, m.A, m.B)
		if random.Float64() < leaves {
			life = 0
		}
	case clv.ParetoNBD:
		rate, life = gamma(random, m.R)/m.Alpha, random.ExpFloat64()/(gamma(random, m.S)/m.Beta)
	}
	return func(yield func(float64) bool) {
		for at := random.ExpFloat64() / rate; at < min(age, life) && yield(at); at += random.ExpFloat64() / rate {
			if random.Float64() < leaves {
				return
			}
		}
	}
}

// gamma draws from Gamma(shape, 1): Marsaglia and Tsang, "A simple method for generating gamma variables" (2000).
func gamma(random *rand.Rand, shape float64) float64 {
	if shape < 1 {
		return gamma(random, shape+1) * math.Pow(random.Float64(), 1/shape)
	}
	d := shape - 1.0/3
	for {
		x := random.NormFloat64()
		v := math.Pow(1+x/math.Sqrt(9*d), 3)
		if v > 0 && math.Log(1-random.Float64()) < x*x/2+d-d*v+d*math.Log(v) {
			return d * v
		}
	}
}

func beta(random *rand.Rand, a, b float64) float64 {
	x, y := gamma(random, a), gamma(random, b)
	return x / (x + y)
}

var (
	easy     = clv.BGNBD{R: 0.243, Alpha: 4.414, A: 0.793, B: 2.426}
	modified = clv.MBGNBD{R: 0.525, Alpha: 6.183, A: 0.891, B: 1.614}
	pareto   = clv.ParetoNBD{R: 0.553, Alpha: 10.578, S: 0.606, Beta: 11.669}
	amounts  = clv.GammaGamma{P: 6.25, Q: 3.74, Gamma: 15.44}
)
