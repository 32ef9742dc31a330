package clv

import "math"

// betaGeometric is what BG/NBD and MBG/NBD share: while alive a customer buys at a rate from Gamma(r, alpha); after some of the purchases the customer leaves,
// each time with a probability p from Beta(a, b). They differ in how often a customer with x repeats had the occasion to leave.
type betaGeometric struct {
	r, alpha, a, b float64
	first          int // 1 where the customer can leave after the first purchase already (MBG), 0 where not (BG)
}

// gone are the odds that the customer left after the last purchase, against staying: a/(b+n-1) ((alpha+T)/(alpha+t_x))^(r+x), as a logarithm, where n is the
// number of occasions to leave. It is -Inf where there was none.
func (m betaGeometric) gone(c Customer) float64 {
	n := float64(c.Repeats + m.first)
	if n == 0 {
		return math.Inf(-1)
	}
	silence := math.Log1p((c.Age - c.Recency) / (m.alpha + c.Recency))
	return math.Log(m.a) - math.Log(m.b+n-1) + (m.r+float64(c.Repeats))*silence
}

func (m betaGeometric) alive(c Customer) float64 { return 1 / (1 + math.Exp(m.gone(c))) }

// ifAlive uses that the rate of a customer alive is Gamma(r+x, alpha+T) and the probability to leave Beta(a, b+n).
func (m betaGeometric) ifAlive(c Customer, weeks float64) float64 {
	return purchasesUntilLeaving(m.r+float64(c.Repeats), m.alpha+c.Age, m.a, m.b+float64(c.Repeats+m.first), weeks)
}

// bgTable holds, for every x up to the largest, the parts of the log-likelihood that depend on x alone, and their derivatives by r, a and b.
type bgTable struct {
	base, byR, byA, byB []float64
	odds, under         []float64 // ln a - ln(b+n-1); b+n-1; for n > 0
}

// table adds up ln Gamma(r+x)/Gamma(r) + r ln alpha + ln B(a, b+n)/B(a, b) from one x to the next.
func (m betaGeometric) table(most int) (t bgTable) {
	base, byR, byA, byB := m.r*math.Log(m.alpha), math.Log(m.alpha), 0.0, 0.0
	stay := func(n float64) {
		base += math.Log((m.b + n) / (m.a + m.b + n))
		byA -= 1 / (m.a + m.b + n)
		byB += m.a / ((m.b + n) * (m.a + m.b + n))
	}
	if m.first == 1 {
		stay(0)
	}
	for x := range most + 1 {
		n := float64(x + m.first)
		t.base, t.byR, t.byA, t.byB = append(t.base, base), append(t.byR, byR), append(t.byA, byA), append(t.byB, byB)
		t.odds, t.under = append(t.odds, math.Log(m.a/(m.b+n-1))), append(t.under, m.b+n-1)
		base += math.Log(m.r + float64(x))
		byR += 1 / (m.r + float64(x))
		stay(n)
	}
	return t
}

// likelihood is the log-likelihood of the cohort (the papers' equations are with the models) and its derivatives by ln r, ln alpha, ln a, ln b:
//
//	ln L = base(x) - (r+x) ln(alpha+T) + ln(1 + odds),  odds = a/(b+n-1) ((alpha+T)/(alpha+t_x))^(r+x)
func (m betaGeometric) likelihood(c *Cohort) gradient {
	table := m.table(c.most)
	logs, inverses := make([]float64, len(c.times)), make([]float64, len(c.times))
	for i, t := range c.times {
		logs[i], inverses[i] = math.Log(m.alpha+t), 1/(m.alpha+t)
	}
	g := total(len(c.rows), func(from, to int) (sum gradient) {
		for i := from; i < to; i++ {
			sum.add(c.rows[i].n, m.row(&c.rows[i], &table, logs, inverses))
		}
		return sum
	})
	g.by[0] *= m.r
	g.by[1] *= m.alpha
	g.by[2] *= m.a
	g.by[3] *= m.b
	return g
}

func (m betaGeometric) row(r *row, t *bgTable, logs, inverses []float64) (g gradient) {
	x, shape := int(r.x), m.r+r.x
	age, inverse := logs[r.age], inverses[r.age]
	g.value = t.base[x] - shape*age
	g.by = [4]float64{t.byR[x] - age, m.r/m.alpha - shape*inverse, t.byA[x], t.byB[x]}
	if x+m.first == 0 {
		return g
	}
	silence := age - logs[r.recency]
	odds := t.odds[x] + shape*silence
	gone, more := softplus(odds)
	g.value += more
	g.by[0] += gone * silence
	g.by[1] += gone * shape * (inverse - inverses[r.recency])
	g.by[2] += gone / m.a
	g.by[3] -= gone / t.under[x]
	return g
}

// softplus returns e^y/(1+e^y) and ln(1+e^y) without overflow.
func softplus(y float64) (share, log float64) {
	if y > 0 {
		e := math.Exp(-y)
		return 1 / (1 + e), y + math.Log1p(e)
	}
	e := math.Exp(y)
	return e / (1 + e), math.Log1p(e)
}

// fitBetaGeometric starts, as BTYD does, near (1, 3, 1, 3), but with alpha in proportion to the cohort's age: another unit of time is the same search.
func fitBetaGeometric[M any](c *Cohort, first int, model func(betaGeometric) M) (Fit[M], error) {
	if err := c.Sufficient(); err != nil {
		return Fit[M]{}, err
	}
	of := func(theta []float64) betaGeometric {
		return betaGeometric{math.Exp(theta[0]), math.Exp(theta[1]), math.Exp(theta[2]), math.Exp(theta[3]), first}
	}
	scale := math.Log(c.meanAge)
	return maximise(likelihood[M]{
		at:     func(theta []float64) gradient { return of(theta).likelihood(c) },
		model:  func(theta []float64) M { return model(of(theta)) },
		starts: [][]float64{{0, scale - 1, 0, 1}, {-1, scale - 2, -1, 1}, {1, scale, 1, 3}},
		n:      float64(c.customers),
	})
}
