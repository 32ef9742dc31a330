package clv

import (
	"fmt"
	"math"
	"testing"
)

// The wanted values of this file were computed with 80 digits (the Python library mpmath 1.3: hyp2f1, expint, hyperu) from the closed forms of the papers,
// which share nothing with the ways in which they are computed here.

func TestTheRaceHasItsHighPrecisionValues(t *testing.T) {
	for _, s := range []struct{ u, v, scaleU, scaleV, want float64 }{
		{0.606, 0.553, 11.669, 10.578, -0.67391205680470581},
		{0.606, 250.553, 50.5, 49.4, -6.0488456575875634},
		{250.553, 0.606, 49.4, 50.5, -0.0023633759322184758},
		{0.606, 1000.5, 800, 2, -13.399599014974628},
		{1e-3, 1e-3, 1e-2, 1e4, -0.6795231386974137},
		{1, 1, 7, 7, -0.69314718055994531}, // even
		{300, 0.01, 1e3, 1e-3, -0.075305700372853222},
		{0.01, 300, 1e3, 1e-3, -24.121124320732314},
		{5e4, 2, 1e5, 3, -0.71045537712944616},
		{2, 5e4, 3, 1e5, -0.67613346789998735},
		{0.1, 10, 1e-3, 1e6, -0.18463920117518437},
		{10, 0.1, 1e6, 1e-3, -1.7802511412119706},
		{0.1, 10, 1e6, 1e-3, -25.223075507414176},
		{300, 0.5, 1e-6, 1e6, -1.6722408026755783e-15},
		{1e-6, 1e-6, 1e-6, 1e6, -0.6931195503055713},
	} {
		if got := firstWins(s.u, s.v, s.scaleU, s.scaleV).log; !(math.Abs(got-s.want) < 1e-12*(1-s.want)) {
			t.Errorf("%+v: got %.17g", s, got)
		}
		if got := raceByIntegration(s.u, s.v, math.Log(s.scaleU), math.Log(s.scaleV)).log; !(math.Abs(got-s.want) < 1e-12*(1-s.want)) {
			t.Errorf("%+v: the integral gives %.17g", s, got)
		}
	}
}

func TestOneOfTheTwoComesFirst(t *testing.T) {
	for _, s := range [][4]float64{{0.6, 0.5, 12, 11}, {0.6, 300, 12, 11}, {300, 0.6, 1e-3, 1e3}, {1e-5, 1e5, 1e-3, 1e3}, {1e5, 1e5, 1, 1}} {
		sum := math.Exp(firstWins(s[0], s[1], s[2], s[3]).log) + math.Exp(firstWins(s[1], s[0], s[3], s[2]).log)
		if !(math.Abs(sum-1) < 1e-12) {
			t.Errorf("%v: the probabilities of the two add up to %.15f", s, sum)
		}
	}
}

func TestPurchasesUntilLeavingHaveTheirHighPrecisionValues(t *testing.T) {
	for _, s := range []struct{ shape, rate, a, b, weeks, want float64 }{
		{0.243, 4.414, 0.793, 2.426, 39, 1.1967231933208168},
		{0.243, 4.414, 1, 2.426, 39, 1.0842790105915187}, // the paper's formula is 0/0
		{0.243, 4.414, 0.999999, 2.426, 39, 1.0842794858182148},
		{250.243, 82.4, 0.793, 252.426, 52, 129.0113706525712},
		{1000.5, 100, 0.5, 1003, 520, 2983.2303757586851},
		{2.243, 43.3, 0.793, 4.426, 1e-6, 5.1801385386541601e-8},
		{0.01, 0.001, 0.3, 0.7, 1e4, 1127.5377429143264},
		{5, 0.01, 0.001, 1000, 1e4, 4962066.2777084743},
		{500, 0.1, 2, 3, 520, 3.9999953753696885},
		{900, 1, 50, 1e4, 5000, 205.08163265306122},
	} {
		if got := purchasesUntilLeaving(s.shape, s.rate, s.a, s.b, s.weeks); !(math.Abs(got/s.want-1) < 1e-11) {
			t.Errorf("%+v: got %.17g", s, got)
		}
		if got := leavingByIntegration(s.shape, s.weeks/s.rate, s.a, s.b); !(math.Abs(got/s.want-1) < 1e-12) {
			t.Errorf("%+v: the integral gives %.17g", s, got)
		}
	}
}

func TestDiscountedLifeHasItsHighPrecisionValues(t *testing.T) {
	for _, s := range []struct{ s, w, want float64 }{
		{0.606, 0.136, 2.8643291992520669},
		{1, 0.136, 1.7751160756459952},
		{2, 0.01, 0.95921488556543574},
		{0.05, 1e-6, 516950.69894694757},
		{1e-3, 1e-4, 9914.0388983541671},
		{5, 1e-5, 0.24999916667083329},
		{90, 0.3, 0.011197782288915853},
		{0.5, 60, 0.016531113182970793},
	} {
		if got := discountedLife(s.s, s.w); !(math.Abs(got/s.want-1) < 1e-13) {
			t.Errorf("%+v: got %.17g", s, got)
		}
	}
}

// At the border between the two ways nothing jumps, the derivatives included.
func TestTheTwoWaysToTheRaceMeet(t *testing.T) {
	for _, s := range [][4]float64{{0.6, 0.5, 9e3, 1}, {0.6, 250, 1, 9e3}, {250, 0.6, 3e3, 1}, {2, 3, 1, 5e3}, {0.01, 0.02, 40, 60}} {
		a, b := firstWins(s[0], s[1], s[2], s[3]), raceByIntegration(s[0], s[1], math.Log(s[2]), math.Log(s[3]))
		for i, pair := range [][2]float64{{a.log, b.log}, {a.byU, b.byU}, {a.byV, b.byV}, {a.byRatio, b.byRatio}} {
			if !(math.Abs(pair[0]-pair[1]) < 1e-9*(1+math.Abs(pair[0]))) {
				t.Errorf("%v, figure %d: got %.15g and %.15g", s, i, pair[0], pair[1])
			}
		}
	}
}

// A rule of 16 points is exact for polynomials up to the 31st degree: the integral of u^30 and u^31 over 1 to 3.
func TestTheQuadratureIsExactForPolynomials(t *testing.T) {
	for degree := 0.0; degree <= 31; degree++ {
		got := 0.0
		overPanel(1, 3, func(at, width float64) { got += width * math.Pow(at, degree) })
		if want := (math.Pow(3, degree+1) - 1) / (degree + 1); !(math.Abs(got/want-1) < 1e-13) {
			t.Errorf("degree %g: got %g, want %g", degree, got, want)
		}
	}
}

// The derivatives are what the optimiser follows and what the standard errors stand on: compared with differences of the value.
func TestTheGradientsAreThoseOfTheLikelihoods(t *testing.T) {
	c, err := NewCohort([]Customer{
		{0, 0, 30, 0}, {0, 0, 30, 0}, {1, 4, 30, 12.5}, {3, 20, 30, 20}, {3, 20, 25, 20}, {250, 29, 30, 3}, {12, 2, 28, 300}, {2, 27, 27, 40},
	})
	if err != nil {
		t.Fatal(err)
	}
	shared := func(first int) func(p [4]float64) gradient {
		return func(p [4]float64) gradient { return betaGeometric{p[0], p[1], p[2], p[3], first}.likelihood(c) }
	}
	for name, at := range map[string]func(p [4]float64) gradient{
		"BG/NBD": shared(0), "MBG/NBD": shared(1),
		"Pareto/NBD":  func(p [4]float64) gradient { return ParetoNBD{p[0], p[1], p[2], p[3]}.likelihood(c) },
		"Gamma-Gamma": func(p [4]float64) gradient { return GammaGamma{p[0], p[1], p[2]}.likelihood(c) },
	} {
		for _, p := range [][4]float64{{0.5, 10, 0.6, 12}, {0.5, 12, 0.6, 10}, {2, 0.1, 3, 40}, {0.01, 50, 0.02, 0.5}, {1, 5, 1, 5}, {20, 30, 40, 50}} {
			t.Run(fmt.Sprint(name, p), func(t *testing.T) {
				for i, got := range at(p).by {
					up, down := p, p
					up[i] *= math.Exp(1e-5)
					down[i] *= math.Exp(-1e-5)
					want := (at(up).value - at(down).value) / 2e-5
					if !(math.Abs(got-want) < 1e-5*(1+math.Abs(want))) {
						t.Errorf("by the logarithm of parameter %d: got %g, want %g", i, got, want)
					}
				}
			})
		}
	}
}
