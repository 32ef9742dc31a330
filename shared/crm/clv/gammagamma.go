package clv

import (
	"math"

	"gonum.org/v1/gonum/mathext"
)

// GammaGamma is the model of the mean amount of a purchase: Fader, Hardie and Lee, "RFM and CLV: Using Iso-Value Curves for Customer Base Analysis", Journal
// of Marketing Research 42 (2005); Fader and Hardie, "The Gamma-Gamma Model of Monetary Value" (2013). Amounts of a customer vary around a mean of their own,
// which does not change and does not depend on how often the customer buys: check that before believing it.
type GammaGamma struct {
	P     float64 // shape of a customer's amounts
	Q     float64 // shape of the rates between customers; a mean amount exists for Q > 1 only
	Gamma float64 // their scale, currency units
}

// FitGammaGamma maximises equation 1a of the note over the repeat buyers who paid something. Errors are *NoEstimate.
func FitGammaGamma(c *Cohort) (Fit[GammaGamma], error) {
	if err := c.Sufficient(); err != nil {
		return Fit[GammaGamma]{}, err
	}
	buyers, mean := 0.0, 0.0
	for _, s := range c.spends {
		buyers += s.n
		mean += s.n * s.amount
	}
	if buyers < MinRepeatBuyers {
		return Fit[GammaGamma]{}, &NoEstimate{TooFewRepeatBuyers, int(buyers), MinRepeatBuyers}
	}
	of := func(theta []float64) GammaGamma {
		return GammaGamma{math.Exp(theta[0]), math.Exp(theta[1]), math.Exp(theta[2])}
	}
	scale := math.Log(mean / buyers)
	return maximise(likelihood[GammaGamma]{
		at:     func(theta []float64) gradient { return of(theta).likelihood(c) },
		model:  of,
		starts: [][]float64{{1, 1, scale}, {0, 1, scale}, {2, 2, scale + 1}},
		n:      buyers,
	})
}

// LogLikelihood of the repeat buyers of the cohort.
func (m GammaGamma) LogLikelihood(c *Cohort) float64 { return m.likelihood(c).value }

// Spend is the expected mean amount of the customer's purchases to come, equation 5 of the note: the customer's own mean and that of all, weighted by
// how many purchases speak for the own one. Without repeat purchases it is the mean of all, p gamma/(q-1). It is false where no mean exists (p x + q <= 1).
func (m GammaGamma) Spend(c Customer) (float64, bool) {
	seen := m.P * float64(c.Repeats)
	if c.Spend <= 0 {
		seen = 0
	}
	if !(seen+m.Q > 1) {
		return 0, false
	}
	return m.P * (m.Gamma/(seen+m.Q-1) + c.Spend*(float64(c.Repeats)/(seen+m.Q-1))), true
}

// ggTable holds, for every x up to the largest, the parts that depend on x alone, and their derivatives by p and q.
type ggTable struct{ base, byP, byQ []float64 }

func (m GammaGamma) table(c *Cohort) (t ggTable) {
	t = ggTable{make([]float64, c.most+1), make([]float64, c.most+1), make([]float64, c.most+1)}
	scale, ofQ, logGamma := lgamma(m.Q), mathext.Digamma(m.Q), math.Log(m.Gamma)
	done := 0
	for _, s := range c.spends {
		if int(s.x) == done { // spends are sorted by x
			continue
		}
		done = int(s.x)
		x := float64(s.x)
		px, all := m.P*x, m.P*x+m.Q
		ofAll, logX := mathext.Digamma(all), math.Log(x)
		t.base[done] = lgamma(all) - lgamma(px) - scale + m.Q*logGamma + px*logX
		t.byP[done] = x * (ofAll - mathext.Digamma(px) + logX)
		t.byQ[done] = ofAll - ofQ + logGamma
	}
	return t
}

// likelihood and its derivatives by ln p, ln q, ln gamma, m being a customer's mean amount:
//
//	ln L = ln Gamma(px+q)/(Gamma(px) Gamma(q)) + q ln gamma + (px-1) ln m + px ln x - (px+q) ln(gamma + m x)
func (m GammaGamma) likelihood(c *Cohort) gradient {
	t := m.table(c)
	g := total(len(c.spends), func(from, to int) (sum gradient) {
		for _, s := range c.spends[from:to] {
			sum.add(s.n, m.row(s, &t))
		}
		return sum
	})
	g.by[0] *= m.P
	g.by[1] *= m.Q
	g.by[2] *= m.Gamma
	return g
}

func (m GammaGamma) row(s spend, t *ggTable) gradient {
	x := float64(s.x)
	all := m.P*x + m.Q
	paid := m.Gamma + s.amount*x
	log, logAmount := math.Log(paid), math.Log(s.amount)
	return gradient{t.base[s.x] + (m.P*x-1)*logAmount - all*log, [4]float64{
		t.byP[s.x] + x*(logAmount-log),
		t.byQ[s.x] - log,
		m.Q/m.Gamma - all/paid,
	}}
}

func lgamma(x float64) float64 {
	v, _ := math.Lgamma(x)
	return v
}
