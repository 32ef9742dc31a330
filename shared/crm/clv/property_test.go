package clv_test

import (
	"math"
	"runtime"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/dangol/dangol/shared/crm/clv"
)

// wide draws a number of any size between two powers of ten.
func wide(low, high float64) *rapid.Generator[float64] {
	return rapid.Custom(func(t *rapid.T) float64 { return math.Pow(10, rapid.Float64Range(low, high).Draw(t, "exponent")) })
}

// anyModel draws parameters from a millionth to a million.
func anyModel(t *rapid.T) clv.Model {
	var p [4]float64
	for i := range p {
		p[i] = wide(-6, 6).Draw(t, "parameter")
	}
	switch rapid.IntRange(0, 2).Draw(t, "model") {
	case 0:
		return clv.BGNBD{R: p[0], Alpha: p[1], A: p[2], B: p[3]}
	case 1:
		return clv.MBGNBD{R: p[0], Alpha: p[1], A: p[2], B: p[3]}
	default:
		return clv.ParetoNBD{R: p[0], Alpha: p[1], S: p[2], Beta: p[3]}
	}
}

// anyCustomer draws also what is rare: no repeat, the last purchase at the very end, thousands of purchases.
func anyCustomer(t *rapid.T) clv.Customer {
	c := clv.Customer{Age: wide(-1, 4).Draw(t, "age")}
	c.Repeats = rapid.OneOf(rapid.Just(0), rapid.IntRange(1, 20), rapid.IntRange(200, 5000)).Draw(t, "repeats")
	if c.Repeats > 0 {
		c.Recency = c.Age * rapid.OneOf(rapid.Just(1.0), rapid.Float64Range(0.001, 1)).Draw(t, "recency")
		c.Spend = wide(-2, 8).Draw(t, "spend")
	}
	return c
}

func TestWhateverTheParametersFiguresAreNumbers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m, c, horizon := anyModel(t), anyCustomer(t), wide(-3, 4).Draw(t, "horizon")
		figures := map[string]float64{"expected": m.Expected(horizon), "conditional": clv.Conditional(m, c, horizon), "if alive": m.IfAlive(c, horizon)}
		if p, ok := m.(clv.ParetoNBD); ok {
			figures["dert"] = p.DERT(c, wide(-5, 0).Draw(t, "discount"))
		}
		for name, v := range figures {
			if !(v >= 0) || math.IsInf(v, 0) {
				t.Errorf("%s: got %v", name, v)
			}
		}
		if alive := m.Alive(c); !(alive >= 0 && alive <= 1) {
			t.Errorf("P(alive): got %v", alive)
		}
		gg := clv.GammaGamma{P: wide(-6, 6).Draw(t, "p"), Q: wide(-6, 6).Draw(t, "q"), Gamma: wide(-6, 6).Draw(t, "gamma")}
		if spend, _ := gg.Spend(c); !(spend >= 0) || math.IsInf(spend, 0) {
			t.Errorf("spend: got %v", spend)
		}
	})
}

func TestWhateverTheParametersTheLikelihoodIsANumber(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, err := clv.NewCohort([]clv.Customer{anyCustomer(t), anyCustomer(t), anyCustomer(t)})
		if err != nil {
			t.Fatal(err)
		}
		if l := anyModel(t).(interface{ LogLikelihood(*clv.Cohort) float64 }).LogLikelihood(c); math.IsNaN(l) || math.IsInf(l, 0) {
			t.Errorf("got %v", l)
		}
	})
}

func TestTheLongerTheSilenceTheLessAlive(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m, c := anyModel(t), anyCustomer(t)
		later := c
		later.Age += wide(-2, 3).Draw(t, "silence")
		if before, after := m.Alive(c), m.Alive(later); after > before*(1+1e-9) {
			t.Errorf("%#v: %+v is alive with %v, after more silence with %v", m, c, before, after)
		}
	})
}

func TestExpectedPurchasesGrowAndSlowDown(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m, c, step := anyModel(t), anyCustomer(t), wide(-2, 3).Draw(t, "step")
		for name, f := range map[string]func(float64) float64{"new": m.Expected, "known": func(w float64) float64 { return m.IfAlive(c, w) }} {
			one, two := f(step), f(2*step)
			if one > two*(1+1e-9) || two > 2*one*(1+1e-9) {
				t.Errorf("%s customer of %#v: %v in %v weeks, %v in twice as many", name, m, one, step, two)
			}
		}
		if got := m.Expected(0); got != 0 {
			t.Errorf("in no time: got %v", got)
		}
	})
}

// A new customer at the first purchase is one with no history: what is expected without knowledge is what is expected given nothing.
func TestExpectationsAgreeAtTheFirstPurchase(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m, weeks := anyModel(t), wide(-2, 3).Draw(t, "weeks")
		if got, want := clv.Conditional(m, clv.Customer{}, weeks), m.Expected(weeks); !near(got, want, 1e-9) {
			t.Errorf("%#v: got %v, want %v", m, got, want)
		}
	})
}

// Counting in another unit of time changes no probability: scales are stretched with the times, and the density of each purchase with them.
func TestTheUnitOfTimeDoesNotMatter(t *testing.T) {
	customers := calibration(t)
	inDays := slices.Clone(customers)
	repeats := 0
	for i := range inDays {
		inDays[i].Recency *= 7
		inDays[i].Age *= 7
		repeats += inDays[i].Repeats
	}
	weeks, days := cohort(t, customers), cohort(t, inDays)
	density := float64(repeats) * math.Log(7)
	for name, l := range map[string][2]float64{
		"BG/NBD":     {easy.LogLikelihood(weeks), clv.BGNBD{R: easy.R, Alpha: 7 * easy.Alpha, A: easy.A, B: easy.B}.LogLikelihood(days)},
		"MBG/NBD":    {modified.LogLikelihood(weeks), clv.MBGNBD{R: modified.R, Alpha: 7 * modified.Alpha, A: modified.A, B: modified.B}.LogLikelihood(days)},
		"Pareto/NBD": {pareto.LogLikelihood(weeks), clv.ParetoNBD{R: pareto.R, Alpha: 7 * pareto.Alpha, S: pareto.S, Beta: 7 * pareto.Beta}.LogLikelihood(days)},
	} {
		if !near(l[1]+density, l[0], 1e-12) {
			t.Errorf("%s: got %v in days, %v in weeks", name, l[1]+density, l[0])
		}
	}
}

func TestManyEqualCustomersAreOneRow(t *testing.T) {
	customers := calibration(t)
	once, twice := cohort(t, customers), cohort(t, slices.Concat(customers, customers))
	if once.Rows() != twice.Rows() || once.Rows() >= once.Customers() || twice.Customers() != 2*once.Customers() {
		t.Errorf("rows: got %d and %d for %d and %d customers", once.Rows(), twice.Rows(), once.Customers(), twice.Customers())
	}
	for name, m := range models {
		l := m.(interface{ LogLikelihood(*clv.Cohort) float64 })
		if got, want := l.LogLikelihood(twice), 2*l.LogLikelihood(once); !near(got, want, 1e-12) {
			t.Errorf("%s: got %v, want %v", name, got, want)
		}
	}
	if got, want := amounts.LogLikelihood(twice), 2*amounts.LogLikelihood(once); !near(got, want, 1e-12) {
		t.Errorf("Gamma-Gamma: got %v, want %v", got, want)
	}
}

// Neither the order of the customers nor the number of processors changes a single bit.
func TestAFitIsTheSameToTheLastBit(t *testing.T) {
	customers := simulated(pareto, 20_000, 500)
	fit := func(processors int, customers []clv.Customer) (out [11]float64) {
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(processors))
		c := cohort(t, customers)
		p, err := clv.FitParetoNBD(c)
		if err != nil {
			t.Fatal(err)
		}
		b, err := clv.FitBGNBD(c)
		if err != nil {
			t.Fatal(err)
		}
		g, err := clv.FitGammaGamma(c)
		if err != nil {
			t.Fatal(err)
		}
		return [11]float64{p.Model.R, p.Model.Alpha, p.Model.S, p.Model.Beta, b.Model.R, b.Model.Alpha, b.Model.A, b.Model.B, g.Model.P, g.Model.Q, g.Model.Gamma}
	}
	want := fit(1, customers)
	slices.Reverse(customers)
	for _, processors := range []int{1, 2, 7} {
		if got := fit(processors, customers); got != want {
			t.Errorf("on %d processors: got %v, want %v", processors, got, want)
		}
	}
}

// Predictions are made once for all who have the same repeats and age, which is right for as long as this holds.
func TestOfThoseAliveTheRecencySaysNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m, c, weeks := anyModel(t), anyCustomer(t), wide(-3, 4).Draw(t, "weeks")
		other := c
		other.Recency, other.Spend = c.Age*rapid.Float64Range(0, 1).Draw(t, "other recency"), 1
		if a, b := m.IfAlive(c, weeks), m.IfAlive(other, weeks); a != b {
			t.Errorf("%#v: %v of %+v, %v of %+v", m, a, c, b, other)
		}
	})
}
