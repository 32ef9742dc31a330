package clv

// BGNBD is the beta-geometric/NBD model of Fader, Hardie and Lee, "'Counting Your Customers' the Easy Way: An Alternative to the Pareto/NBD Model", Marketing
// Science 24 (2005): a customer can leave right after each repeat purchase. Known limit: one who never came back is certainly alive, however long ago that
// was, because there was no occasion to leave; MBGNBD mends it.
type BGNBD struct {
	R     float64 // shape of the rates of purchase
	Alpha float64 // their scale, weeks: the mean customer buys R/Alpha times a week
	A, B  float64 // of the probability to leave after a purchase; its mean is A/(A+B)
}

func (m BGNBD) shared() betaGeometric { return betaGeometric{m.R, m.Alpha, m.A, m.B, 0} }

// FitBGNBD maximises equation (6) of the paper, rearranged so that it does not overflow (Fader and Hardie, "Overcoming the BG/NBD Model's #NUM! Error
// Problem", 2013). Errors are *NoEstimate.
func FitBGNBD(c *Cohort) (Fit[BGNBD], error) {
	return fitBetaGeometric(c, 0, func(m betaGeometric) BGNBD { return BGNBD{m.r, m.alpha, m.a, m.b} })
}

// LogLikelihood of the cohort, equation (6).
func (m BGNBD) LogLikelihood(c *Cohort) float64 { return m.shared().likelihood(c).value }

// Expected is equation (9).
func (m BGNBD) Expected(weeks float64) float64 {
	return purchasesUntilLeaving(m.R, m.Alpha, m.A, m.B, weeks)
}

// Alive is the denominator of equation (10), turned over (Fader, Hardie and Lee, "Computing P(alive) Using the BG/NBD Model", 2008).
func (m BGNBD) Alive(c Customer) float64 { return m.shared().alive(c) }

// IfAlive is the numerator of equation (10).
func (m BGNBD) IfAlive(c Customer, weeks float64) float64 { return m.shared().ifAlive(c, weeks) }
