package clv

// MBGNBD is the modified BG/NBD model: a customer can leave after the first purchase too, so that one who never came back may be gone. Batislam, Denizel and
// Filiztekin, "Empirical validation and comparison of models for customer base analysis", International Journal of Research in Marketing 24 (2007); the same
// model is Hoppe and Wagner's CBG/NBD, "Customer Base Analysis: The Case for a Central Variant of the Betageometric/NBD Model", Marketing ZFP 29 (2007).
type MBGNBD struct {
	R     float64 // shape of the rates of purchase
	Alpha float64 // their scale, weeks
	A, B  float64 // of the probability to leave after a purchase, the first included; its mean is A/(A+B)
}

func (m MBGNBD) shared() betaGeometric { return betaGeometric{m.R, m.Alpha, m.A, m.B, 1} }

// FitMBGNBD maximises the likelihood
//
//	L = Gamma(r+x) alpha^r / Gamma(r) [ B(a, b+x+1)/B(a, b) (alpha+T)^-(r+x) + B(a+1, b+x)/B(a, b) (alpha+t_x)^-(r+x) ]
//
// of Batislam, Denizel and Filiztekin, section 3. Errors are *NoEstimate.
func FitMBGNBD(c *Cohort) (Fit[MBGNBD], error) {
	return fitBetaGeometric(c, 1, func(m betaGeometric) MBGNBD { return MBGNBD{m.r, m.alpha, m.a, m.b} })
}

// LogLikelihood of the cohort.
func (m MBGNBD) LogLikelihood(c *Cohort) float64 { return m.shared().likelihood(c).value }

// Expected counts only those who stay after the first purchase: b/(a+b) of them, with a probability to leave from Beta(a, b+1) from then on.
func (m MBGNBD) Expected(weeks float64) float64 {
	return m.B / (m.A + m.B) * purchasesUntilLeaving(m.R, m.Alpha, m.A, m.B+1, weeks)
}

// Alive is 1/(1 + a/(b+x) ((alpha+T)/(alpha+t_x))^(r+x)).
func (m MBGNBD) Alive(c Customer) float64 { return m.shared().alive(c) }

// IfAlive is as in BGNBD, with one occasion to leave more.
func (m MBGNBD) IfAlive(c Customer, weeks float64) float64 { return m.shared().ifAlive(c, weeks) }
