package clv_test

import (
	"math"
	"testing"

	"github.com/dangol/dangol/shared/crm/clv"
)

var models = map[string]clv.Model{"BG/NBD": easy, "MBG/NBD": modified, "Pareto/NBD": pareto}

// near says whether two figures agree to a relative error.
func near(got, want, relative float64) bool {
	return got == want || math.Abs(got-want) <= relative*math.Abs(want)
}

// Published predictions: the documentation and tests of the R package BTYD for CDNOW, with the digits that they print. The models there are the
// estimates on the sample; those of the papers, rounded, differ in the fourth digit.
func TestPublishedPredictions(t *testing.T) {
	c := cohort(t, calibration(t))
	bg, err := clv.FitBGNBD(c)
	if err != nil {
		t.Fatal(err)
	}
	pareto, err := clv.FitParetoNBD(c)
	if err != nil {
		t.Fatal(err)
	}
	frequent := clv.Customer{Repeats: 26, Recency: 30.86, Age: 31}
	for name, s := range map[string]struct{ got, want, within float64 }{
		"BG/NBD: purchases of a new customer in 52 weeks":          {bg.Model.Expected(52), 1.444010, 1e-5},
		"BG/NBD: purchases in 39 weeks after 2 repeats (FHL 2005)": {clv.Conditional(bg.Model, clv.Customer{Repeats: 2, Recency: 30.43, Age: 38.86}, 39), 1.226, 2e-4},
		"Pareto/NBD: purchases of a new customer in 52 weeks":      {pareto.Model.Expected(52), 1.473434, 1e-5},
		"Pareto/NBD: purchases in 52 weeks after 26 repeats":       {clv.Conditional(pareto.Model, frequent, 52), 25.45647, 1e-5},
		"Pareto/NBD: P(alive) after 26 repeats":                    {pareto.Model.Alive(frequent), 0.997917, 1e-5},
		"BG/NBD: one day":                                          {bg.Model.Expected(0.1429), 0.0078, 0.005},
		"BG/NBD: a week":                                           {bg.Model.Expected(1), 0.0532, 0.001},
		"BG/NBD: 32 weeks":                                         {bg.Model.Expected(32), 1.0437, 1e-4},
		"BG/NBD: 78 weeks":                                         {bg.Model.Expected(78), 1.8576, 3e-4},
	} {
		t.Run(name, func(t *testing.T) {
			if !near(s.got, s.want, s.within) {
				t.Errorf("got %.6f, want %.6f", s.got, s.want)
			}
		})
	}
}

// Figures with 80 digits from the closed forms of the papers (mpmath, see numeric_test.go), for the published parameters: P(alive), purchases in 39 weeks
// and, for Pareto/NBD, discounted purchases at 0.0027 a week.
func TestPredictionsHaveTheirHighPrecisionValues(t *testing.T) {
	for _, s := range []struct {
		model                 clv.Model
		x                     int
		recency, age          float64
		alive, expected, dert float64
	}{
		{easy, 0, 0, 38.857, 1, 0.19511024567884364, 0},
		{easy, 2, 30.43, 38.86, 0.72657857008067291, 1.2260281747671444, 0},
		{easy, 26, 30.86, 31, 0.96891564971752508, 20.74972614085729, 0},
		{easy, 250, 30, 38.857, 4.0881177486132259e-23, 7.0421494176785201e-21, 0},
		{easy, 1000, 30, 520, 0, 0, 0}, // 1e-1181
		{easy, 40, 3, 38.857, 7.6922382460927277e-30, 2.1484262564021031e-28, 0},
		{modified, 0, 0, 38.857, 0.38974339773857265, 0.15402507211266223, 0},
		{modified, 2, 30.43, 38.86, 0.70620226511848728, 1.2629606232673657, 0},
		{modified, 26, 30.86, 31, 0.96556614414406158, 19.450722652157352, 0},
		{modified, 250, 30, 38.857, 4.2411187475218483e-22, 6.8701651238161997e-20, 0},
		{modified, 1000, 30, 520, 0, 0, 0}, // 1e-1161
		{pareto, 0, 0, 38.857, 0.29530421279419598, 0.10709340214734607, 0.47718251367897874},
		{pareto, 2, 30.43, 38.86, 0.86916755915301119, 1.4551231932576024, 6.4837735677307385},
		{pareto, 26, 30.86, 31, 0.99791873105515829, 20.117026077370505, 86.056493601164475},
		{pareto, 7, 35, 38.857, 0.93614227021431723, 4.6369165698831779, 20.66098807368401},
		{pareto, 250, 30, 38.857, 1.2439738865288208e-19, 2.0439902150689127e-17, 9.1075301484946882e-17},
		{pareto, 250, 38.857, 38.857, 1, 164.31134424955285, 732.13193999661036},
		{pareto, 1000, 30, 520, 0, 0, 0}, // 1e-1115
	} {
		c := clv.Customer{Repeats: s.x, Recency: s.recency, Age: s.age}
		alive, expected, dert := s.model.Alive(c), clv.Conditional(s.model, c, 39), 0.0
		if m, ok := s.model.(clv.ParetoNBD); ok {
			dert = m.DERT(c, 0.0027)
		}
		if !near(alive, s.alive, 1e-11) || !near(expected, s.expected, 1e-11) || !near(dert, s.dert, 1e-11) {
			t.Errorf("%T %+v: got %.17g %.17g %.17g, want %.17g %.17g %.17g", s.model, c, alive, expected, dert, s.alive, s.expected, s.dert)
		}
	}
}

func TestSpendLiesBetweenTheCustomersMeanAndThatOfAll(t *testing.T) {
	all := amounts.P * amounts.Gamma / (amounts.Q - 1)
	for _, s := range []struct {
		name string
		c    clv.Customer
		want float64
		ok   bool
	}{
		{"nothing bought again", clv.Customer{Age: 30}, 35.21897810218978, true},
		{"nothing paid", clv.Customer{Repeats: 3, Recency: 10, Age: 30}, 35.21897810218978, true},
		{"one purchase", clv.Customer{Repeats: 1, Recency: 10, Age: 30, Spend: 100}, 6.25 * (15.44 + 100) / (6.25 + 3.74 - 1), true},
		{"many purchases", clv.Customer{Repeats: 1000, Recency: 10, Age: 30, Spend: 100}, 6.25 * (15.44 + 100*1000) / (6250 + 3.74 - 1), true},
	} {
		t.Run(s.name, func(t *testing.T) {
			got, ok := amounts.Spend(s.c)
			if !near(got, s.want, 1e-12) || ok != s.ok {
				t.Errorf("got %v %v, want %v %v", got, ok, s.want, s.ok)
			}
			if s.c.Spend > 0 && !(all < got && got < s.c.Spend) {
				t.Errorf("%v is not between %v and %v", got, all, s.c.Spend)
			}
		})
	}
	if got, ok := (clv.GammaGamma{P: 2, Q: 0.9, Gamma: 15}).Spend(clv.Customer{Age: 30}); ok {
		t.Errorf("with q = 0.9 there is no mean of all, got %v", got)
	}
}

// DERT is the sum over ever shorter periods and an ever longer time, from both sides of the discount.
func TestDERTIsTheLimitOfTheSumOverPeriods(t *testing.T) {
	c := clv.Customer{Repeats: 7, Recency: 35, Age: 38.857}
	const perWeek = 0.01
	days := clv.Terms{Periods: 7 * 3000, Period: 1.0 / 7, Discount: math.Expm1(perWeek / 7), Margin: 1}
	got := days.Discounted(pareto, c) * math.Exp(perWeek/14) // from the end of each day to its middle
	if want := pareto.DERT(c, perWeek); !near(got, want, 1e-6) {
		t.Errorf("got %.8f, want %.8f", got, want)
	}
}

func TestValueIsWhatThePredictionsMultiplyTo(t *testing.T) {
	customers := []clv.Customer{{Repeats: 2, Recency: 30, Age: 38, Spend: 20}, {Age: 12}, {Repeats: 40, Recency: 3, Age: 500, Spend: 9}, {Repeats: 2, Recency: 5, Age: 38, Spend: 7}}
	terms := clv.Terms{Periods: 2, Period: 13, Discount: 0.1, Margin: 0.3}
	for name, m := range models {
		t.Run(name, func(t *testing.T) {
			for i, got := range clv.Predict(m, &amounts, customers, 26, terms) {
				c := customers[i]
				spend, _ := amounts.Spend(c)
				half := clv.Conditional(m, c, 13)
				all := clv.Conditional(m, c, 26)
				want := clv.Prediction{Alive: m.Alive(c), Purchases: all, Spend: spend, Value: 0.3 * spend * (half/1.1 + (all-half)/1.21)}
				if got.Alive != want.Alive || got.Purchases != want.Purchases || got.Spend != want.Spend || !near(got.Value, want.Value, 1e-9) {
					t.Errorf("%+v: got %+v, want %+v", c, got, want)
				}
			}
		})
	}
	if got := clv.Predict(easy, nil, customers[:1], 26, terms)[0]; got.Spend != 0 || got.Value != 0 || got.Purchases == 0 {
		t.Errorf("without a model of spend: got %+v", got)
	}
	if got := clv.Yearly(2, 0.15, 1); got.Periods != 26 || !near(math.Pow(1+got.Discount, 13), 1.15, 1e-12) {
		t.Errorf("two years: got %+v", got)
	}
}
