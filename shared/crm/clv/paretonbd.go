package clv

import "math"

// ParetoNBD is the model of Schmittlein, Morrison and Colombo, "Counting Your Customers: Who Are They and What Will They Do Next?", Management Science 33
// (1987): while alive a customer buys at a rate from Gamma(R, Alpha) and leaves at a rate from Gamma(S, Beta), at any time. Known limit: where all customers
// leave at about the same rate, S and Beta grow together without end, and there is no estimate.
type ParetoNBD struct {
	R     float64 // shape of the rates of purchase
	Alpha float64 // their scale, weeks
	S     float64 // shape of the rates of leaving
	Beta  float64 // their scale, weeks
}

// Expected is r beta/(alpha (s-1)) [1 - (beta/(beta+t))^(s-1)] (Fader and Hardie, "A Note on Deriving the Pareto/NBD Model and Related Expressions", 2005,
// section 4), with its limit at s = 1.
func (m ParetoNBD) Expected(weeks float64) float64 {
	return m.R / m.Alpha * lifetimeWithin(m.S, m.Beta, weeks)
}

// Alive is Fader and Hardie 2005, section 5, P(alive | x, t_x, T):
//
//	(alpha+T)^-(r+x) (beta+T)^-s / [ f(T) H(T) + f(t_x) G(t_x) ]
//
// in the terms of the likelihood: see FitParetoNBD.
func (m ParetoNBD) Alive(c Customer) float64 {
	shape := m.R + float64(c.Repeats)
	bought := firstWins(shape, m.S, m.Alpha+c.Age, m.Beta+c.Age)
	gone := firstWins(m.S, shape, m.Beta+c.Recency, m.Alpha+c.Recency)
	silent := c.Age - c.Recency
	silence := shape*math.Log1p(silent/(m.Alpha+c.Recency)) + m.S*math.Log1p(silent/(m.Beta+c.Recency))
	return min(1, 1/(math.Exp(bought.log)+math.Exp(gone.log+silence)))
}

// IfAlive is (r+x)(beta+T)/((alpha+T)(s-1)) [1 - ((beta+T)/(beta+T+t))^(s-1)] (Fader and Hardie 2005, section 6).
func (m ParetoNBD) IfAlive(c Customer, weeks float64) float64 {
	return (m.R + float64(c.Repeats)) / (m.Alpha + c.Age) * lifetimeWithin(m.S, m.Beta+c.Age, weeks)
}

// lifetimeWithin is the expected part of the weeks to come in which a customer is alive whose rate of leaving is Gamma(s, beta): the integral of
// (beta/(beta+u))^s from 0 to the weeks.
func lifetimeWithin(s, beta, weeks float64) float64 {
	if !(weeks > 0) {
		return 0
	}
	log := math.Log1p(weeks / beta)
	if e := (s - 1) * log; math.Abs(e) > 1e-9 {
		return -beta / (s - 1) * math.Expm1(-e)
	}
	return beta * log
}

// DERT is the number of purchases still to come in all the time after the observation, each discounted to its end (discounted expected residual
// transactions): Fader, Hardie and Lee, "RFM and CLV: Using Iso-Value Curves for Customer Base Analysis", Journal of Marketing Research 42 (2005), equation 2.
// The discount is continuous, per week: ln(1+d)/52 for a yearly rate of d; it must be above 0. The Tricomi function in the paper,
// delta^(s-1) (beta+T)^s Psi(s, s, delta (beta+T)), is the integral of e^(-delta u) ((beta+T)/(beta+T+u))^s over u, and is computed as such.
func (m ParetoNBD) DERT(c Customer, discount float64) float64 {
	rate := (m.R + float64(c.Repeats)) / (m.Alpha + c.Age)
	return m.Alive(c) * rate * (m.Beta + c.Age) * discountedLife(m.S, discount*(m.Beta+c.Age))
}

// discountedLife is the integral of e^(-w v) (1+v)^-s over v from 0, by y = ln(1+v) on panels up to where the integrand has fallen by e^-45.
func discountedLife(s, w float64) (sum float64) {
	end := math.Log1p(45 / w)
	if s > 1 {
		end = min(end, 45/(s-1))
	}
	const panels = 40
	for i := range panels {
		overPanel(end*float64(i)/panels, end*float64(i+1)/panels, func(y, width float64) {
			sum += width * math.Exp(-w*math.Expm1(y)-(s-1)*y)
		})
	}
	return sum
}
