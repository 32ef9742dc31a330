package clv

import "math"

// FitParetoNBD maximises the likelihood of Fader and Hardie, "A Note on Deriving the Pareto/NBD Model and Related Expressions" (2005), section 3:
//
//	L = Gamma(r+x)/Gamma(r) alpha^r beta^s [ f(T) + s A0/(r+s+x) ],   f(t) = (alpha+t)^-(r+x) (beta+t)^-s
//
// A0 is the difference of two 2F1, at t_x and at T, which loses its digits. With G(t), the probability that a customer alive at t leaves before the next
// purchase (firstWins), f(t) G(t) is what each 2F1 stands for, and the bracket is f(T) (1-G(T)) + f(t_x) G(t_x), where 1-G = H is the probability that the
// purchase comes first: two positive terms, each depending on x and one time only, so that they are computed once per pair. Errors are *NoEstimate.
func FitParetoNBD(c *Cohort) (Fit[ParetoNBD], error) {
	if err := c.Sufficient(); err != nil {
		return Fit[ParetoNBD]{}, err
	}
	of := func(theta []float64) ParetoNBD {
		return ParetoNBD{math.Exp(theta[0]), math.Exp(theta[1]), math.Exp(theta[2]), math.Exp(theta[3])}
	}
	scale := math.Log(c.meanAge)
	return maximise(likelihood[ParetoNBD]{
		at:     func(theta []float64) gradient { return of(theta).likelihood(c) },
		model:  of,
		starts: [][]float64{{0, scale - 1, 0, scale - 1}, {-1, scale - 1, -1, scale}, {1, scale, 1, scale + 2}},
		n:      float64(c.customers),
	})
}

// LogLikelihood of the cohort.
func (m ParetoNBD) LogLikelihood(c *Cohort) float64 { return m.likelihood(c).value }

// likelihood and its derivatives by ln r, ln alpha, ln s, ln beta.
func (m ParetoNBD) likelihood(c *Cohort) gradient {
	gone, bought := each(c.last, m.gone), each(c.end, m.bought)
	bases := m.bases(c.most)
	return total(len(c.rows), func(from, to int) (sum gradient) {
		for i := from; i < to; i++ {
			r := &c.rows[i]
			sum.add(r.n, bases[int(r.x)])
			sum.add(r.n, logSum(&gone[r.lastPair], &bought[r.endPair]))
		}
		return sum
	})
}

// logSum is ln(e^a + e^b) with its derivatives.
func logSum(a, b *gradient) (g gradient) {
	share, more := softplus(a.value - b.value)
	g.value = b.value + more
	for i := range g.by {
		g.by[i] = share*a.by[i] + (1-share)*b.by[i]
	}
	return g
}

// bases are ln Gamma(r+x)/Gamma(r) + r ln alpha + s ln beta for every x up to the largest.
func (m ParetoNBD) bases(most int) []gradient {
	logAlpha, logBeta := math.Log(m.Alpha), math.Log(m.Beta)
	g := gradient{m.R*logAlpha + m.S*logBeta, [4]float64{m.R * logAlpha, m.R, m.S * logBeta, m.S}}
	out := make([]gradient, 0, most+1)
	for x := range most + 1 {
		out = append(out, g)
		g.value += math.Log(m.R + float64(x))
		g.by[0] += m.R / (m.R + float64(x))
	}
	return out
}

func each(pairs []pair, f func(pair) gradient) []gradient {
	out := make([]gradient, len(pairs))
	inChunks(len(pairs), func(_, from, to int) {
		for i := from; i < to; i++ {
			out[i] = f(pairs[i])
		}
	})
	return out
}

// gone is ln f(t_x) G(t_x).
func (m ParetoNBD) gone(p pair) gradient {
	w := firstWins(m.S, m.R+float64(p.x), m.Beta+p.t, m.Alpha+p.t)
	return m.silent(p, w.log, w.byV, w.byU, w.byRatio)
}

// bought is ln f(T) H(T).
func (m ParetoNBD) bought(p pair) gradient {
	w := firstWins(m.R+float64(p.x), m.S, m.Alpha+p.t, m.Beta+p.t)
	return m.silent(p, w.log, w.byU, w.byV, -w.byRatio)
}

// silent adds ln f(t) to the logarithm of a race at t, given with its derivatives by r, s and ln((beta+t)/(alpha+t)).
func (m ParetoNBD) silent(p pair, log, byR, byS, byRatio float64) gradient {
	shape, alpha, beta := m.R+float64(p.x), m.Alpha+p.t, m.Beta+p.t
	logAlpha, logBeta := math.Log(alpha), math.Log(beta)
	return gradient{log - shape*logAlpha - m.S*logBeta, [4]float64{
		m.R * (byR - logAlpha),
		-m.Alpha / alpha * (shape + byRatio),
		m.S * (byS - logBeta),
		-m.Beta / beta * (m.S - byRatio),
	}}
}
