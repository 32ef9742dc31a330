package clv_test

import (
	"errors"
	"fmt"
	"math"
	"testing"

	"github.com/dangol/dangol/shared/crm/clv"
)

// figure is a parameter of a model by its name.
type figure[M any] struct {
	name string
	of   func(M) float64
}

var (
	ofEasy = []figure[clv.BGNBD]{
		{"r", func(m clv.BGNBD) float64 { return m.R }}, {"alpha", func(m clv.BGNBD) float64 { return m.Alpha }},
		{"a", func(m clv.BGNBD) float64 { return m.A }}, {"b", func(m clv.BGNBD) float64 { return m.B }},
	}
	ofModified = []figure[clv.MBGNBD]{
		{"r", func(m clv.MBGNBD) float64 { return m.R }}, {"alpha", func(m clv.MBGNBD) float64 { return m.Alpha }},
		{"a", func(m clv.MBGNBD) float64 { return m.A }}, {"b", func(m clv.MBGNBD) float64 { return m.B }},
	}
	ofPareto = []figure[clv.ParetoNBD]{
		{"r", func(m clv.ParetoNBD) float64 { return m.R }}, {"alpha", func(m clv.ParetoNBD) float64 { return m.Alpha }},
		{"s", func(m clv.ParetoNBD) float64 { return m.S }}, {"beta", func(m clv.ParetoNBD) float64 { return m.Beta }},
	}
	ofAmounts = []figure[clv.GammaGamma]{
		{"p", func(m clv.GammaGamma) float64 { return m.P }}, {"q", func(m clv.GammaGamma) float64 { return m.Q }},
		{"gamma", func(m clv.GammaGamma) float64 { return m.Gamma }},
	}
)

// Customers are simulated from known parameters; the fit must find them again, within four of its own standard errors. Days instead of moments bring a small
// error of their own, which these stay below.
func TestParametersAreRecovered(t *testing.T) {
	const n, days = 40_000, 730
	t.Run("BG/NBD", func(t *testing.T) { recovers(t, clv.FitBGNBD, simulated(easy, n, days), easy, ofEasy) })
	t.Run("MBG/NBD", func(t *testing.T) { recovers(t, clv.FitMBGNBD, simulated(modified, n, days), modified, ofModified) })
	t.Run("Pareto/NBD", func(t *testing.T) { recovers(t, clv.FitParetoNBD, simulated(pareto, n, days), pareto, ofPareto) })
	t.Run("Gamma-Gamma", func(t *testing.T) { recovers(t, clv.FitGammaGamma, simulated(pareto, n, days), amounts, ofAmounts) })
}

func recovers[M any](t *testing.T, fit func(*clv.Cohort) (clv.Fit[M], error), customers []clv.Customer, truth M, figures []figure[M]) {
	f, err := fit(cohort(t, customers))
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range figures {
		got, ok := f.Interval(0.95, p.of)
		want := p.of(truth)
		if !ok || math.Abs(got.Value-want) > 4*got.StdErr || got.StdErr > 0.15*want {
			t.Errorf("%s: got %+v %v, want %v", p.name, got, ok, want)
		}
	}
}

// Of many cohorts, about 95 in a hundred intervals of 95 % must hold the truth.
func TestIntervalsHoldTheTruthAsOftenAsTheySay(t *testing.T) {
	const cohorts, each = 100, 2000
	all := simulated(modified, cohorts*each, 730)
	held := map[string]int{}
	figures := append([]figure[clv.MBGNBD]{{"purchases of a new customer in a year", func(m clv.MBGNBD) float64 { return m.Expected(52) }}}, ofModified...)
	for i := range cohorts {
		f, err := clv.FitMBGNBD(cohort(t, all[i*each:(i+1)*each]))
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range figures {
			if got, ok := f.Interval(0.95, p.of); ok && got.Low <= p.of(modified) && p.of(modified) <= got.High {
				held[p.name]++
			}
		}
	}
	for _, p := range figures { // fewer than 88 of 100 happens once in 500 figures
		if held[p.name] < 88 {
			t.Errorf("%s: %d of %d intervals hold the truth", p.name, held[p.name], cohorts)
		}
	}
}

// The square root of the inverse information is the spread of the estimates: a wider level gives a wider interval, and more customers a narrower one.
func TestIntervalsWidenWithTheLevelAndNarrowWithTheCustomers(t *testing.T) {
	customers := simulated(easy, 40_000, 730)
	width := func(n int, level float64) (low, high float64) {
		f, err := clv.FitBGNBD(cohort(t, customers[:n]))
		if err != nil {
			t.Fatal(err)
		}
		i, ok := f.Interval(level, func(m clv.BGNBD) float64 { return m.R })
		if !ok || !(i.Low < i.Value && i.Value < i.High) {
			t.Fatalf("%d customers: got %+v %v", n, i, ok)
		}
		return i.Low, i.High
	}
	low, high := width(10_000, 0.95)
	if wideLow, wideHigh := width(10_000, 0.99); wideLow >= low || wideHigh <= high {
		t.Errorf("99 %%: got %v to %v, 95 %% is %v to %v", wideLow, wideHigh, low, high)
	}
	if moreLow, moreHigh := width(40_000, 0.95); math.Abs((high-low)/(moreHigh-moreLow)-2) > 0.2 {
		t.Errorf("four times the customers must halve the interval: got %v to %v, from %v to %v", moreLow, moreHigh, low, high)
	}
}

// regular are n customers of an age in days, of whom some came back once, at different times.
func regular(n, repeaters, days int, spend func(i int) float64) []clv.Customer {
	out := make([]clv.Customer, n)
	for i := range out {
		out[i].Age = float64(days) / clv.DaysPerWeek
		if i < repeaters {
			out[i] = clv.Customer{Repeats: 1, Recency: out[i].Age * float64(i+1) / float64(n+1), Age: out[i].Age, Spend: spend(i)}
		}
	}
	return out
}

func TestTooLittleDataIsNoEstimate(t *testing.T) {
	some := func(i int) float64 { return float64(10 + i%7) }
	for name, s := range map[string]struct {
		customers []clv.Customer
		want      clv.NoEstimate
	}{
		"nobody":                  {nil, clv.NoEstimate{Reason: clv.TooFewBuyers, Have: 0, Need: 500}},
		"one buyer short":         {regular(499, 400, 400, some), clv.NoEstimate{Reason: clv.TooFewBuyers, Have: 499, Need: 500}},
		"one day short":           {regular(500, 400, 179, some), clv.NoEstimate{Reason: clv.TooShortHistory, Have: 179, Need: 180}},
		"one repeat buyer short":  {regular(500, 49, 180, some), clv.NoEstimate{Reason: clv.TooFewRepeatBuyers, Have: 49, Need: 50}},
		"all just enough":         {regular(500, 50, 180, some), clv.NoEstimate{}},
		"all but one paid nought": {regular(500, 50, 180, func(i int) float64 { return float64(min(1, i)) }), clv.NoEstimate{Reason: clv.TooFewRepeatBuyers, Have: 49, Need: 50}},
	} {
		t.Run(name, func(t *testing.T) {
			c := cohort(t, s.customers)
			_, bg := clv.FitBGNBD(c)
			_, mbg := clv.FitMBGNBD(c)
			_, pareto := clv.FitParetoNBD(c)
			_, gg := clv.FitGammaGamma(c)
			errs := []error{bg, mbg, pareto, gg}
			if name == "all but one paid nought" {
				errs = []error{gg}
			}
			for _, err := range errs {
				var got *clv.NoEstimate
				errors.As(err, &got)
				if s.want.Reason == 0 && got != nil && got.Reason != clv.NotConverged || s.want.Reason != 0 && (got == nil || *got != s.want) {
					t.Errorf("got %v, want %+v", err, s.want)
				}
			}
		})
	}
}

// All customers pay the same: the likelihood grows without end as the spread shrinks, and there is no maximum to report.
func TestALikelihoodWithoutMaximumIsNoEstimate(t *testing.T) {
	_, err := clv.FitGammaGamma(cohort(t, regular(600, 300, 400, func(int) float64 { return 20 })))
	var no *clv.NoEstimate
	if !errors.As(err, &no) || no.Reason != clv.NotConverged {
		t.Errorf("got %v, want that it did not converge", err)
	}
	if got, want := fmt.Sprint(err), "no estimate: not converged (0 of 0)"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// Where nobody leaves, the likelihood rises for ever as a/b (or s/beta) goes to nothing: there is no estimate. A few who leave are enough for one.
func TestCustomersWhoHardlyLeave(t *testing.T) {
	never := cohort(t, simulated(clv.BGNBD{R: 2, Alpha: 10, A: 1e-9, B: 1e3}, 3000, 730))
	for name, s := range map[string]struct {
		seldom clv.Model // one purchase in a hundred is the last; one customer in three leaves in a year
		fit    func(c *clv.Cohort) (clv.Model, error)
	}{
		"BG/NBD": {clv.BGNBD{R: 2, Alpha: 10, A: 0.5, B: 50},
			func(c *clv.Cohort) (clv.Model, error) { f, err := clv.FitBGNBD(c); return f.Model, err }},
		"MBG/NBD": {clv.MBGNBD{R: 2, Alpha: 10, A: 0.5, B: 50},
			func(c *clv.Cohort) (clv.Model, error) { f, err := clv.FitMBGNBD(c); return f.Model, err }},
		"Pareto/NBD": {clv.ParetoNBD{R: 2, Alpha: 10, S: 0.5, Beta: 50},
			func(c *clv.Cohort) (clv.Model, error) { f, err := clv.FitParetoNBD(c); return f.Model, err }},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := s.fit(never)
			var no *clv.NoEstimate
			if !errors.As(err, &no) || no.Reason != clv.NotConverged {
				t.Errorf("nobody leaves: got %v, want that it did not converge", err)
			}
			m, err := s.fit(cohort(t, simulated(s.seldom, 3000, 730)))
			if err != nil {
				t.Fatal(err)
			}
			if got, want := m.Expected(52), s.seldom.Expected(52); !near(got, want, 0.06) { // a day's purchases are one: 2 % fewer
				t.Errorf("%+v: %v purchases in a year, want about %v", m, got, want)
			}
		})
	}
}
