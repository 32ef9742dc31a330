package clv

import "math"

// purchasesUntilLeaving is the expected number of purchases in the weeks to come of a customer who buys at a rate from Gamma(shape, rate) and leaves after
// each purchase with a probability p from Beta(a, b). It is
//
//	E[(1 - (rate/(rate + p t))^shape) / p]
//
// and, in the papers, (a+b-1)/(a-1) [1 - (rate/(rate+t))^shape 2F1(shape, b; a+b-1; t/(rate+t))] (Fader, Hardie and Lee 2005, equation 9), which is 0/0 at
// a = 1 and loses all digits for large shapes. Here it is the sum of what it means: the number k of purchases without leaving is negative binomial, and of
// the k the j-th is made with probability E[(1-p)^(j-1)] = (b)_(j-1)/(a+b)_(j-1). All terms are positive: nothing cancels.
func purchasesUntilLeaving(shape, rate, a, b, weeks float64) float64 {
	if !(weeks > 0) {
		return 0
	}
	stop := rate / (rate + weeks) // probability that the negative binomial stops; its mean is shape weeks/rate
	none := -shape * math.Log1p(weeks/rate)
	if none < -600 || shape*weeks/rate+40/stop > mostTerms {
		return leavingByIntegration(shape, weeks/rate, a, b)
	}
	more := weeks / (rate + weeks)
	chance, reached, made, sum := math.Exp(none), 1.0, 0.0, 0.0 // of k; E[(1-p)^k]; expected of k purchases; result
	for k := 0.0; k < 4*mostTerms; k++ {
		term := chance * made
		sum += term
		grows := more * (shape + k) / (k + 1)
		if k > 0 && grows < 1 && term*(1+reached/made) <= (1-grows)*1e-16*sum {
			break
		}
		chance *= grows
		made += reached
		reached *= (b + k) / (a + b + k)
	}
	return sum
}

// mostTerms is the length of the sum from which the integral is the cheaper way. No sum that starts is longer than four times that.
const mostTerms = 20_000

// leavingByIntegration is the same expectation as an integral over y = ln(p/(1-p)), where the density of Beta is smooth and falls off on both sides, whatever
// a and b. The steps are fine near the three places where something happens, and grow with the distance from them.
func leavingByIntegration(shape, ratio, a, b float64) float64 {
	density := func(y float64) float64 { return -a*softlog(-y) - b*softlog(y) }
	mode := math.Log(a / b)
	low, high := fallsOff(density, mode, -1), fallsOff(density, mode, +1)
	turn := -math.Log(ratio) - math.Log1p(shape) // where p t shape/rate passes 1
	mass, sum := 0.0, 0.0
	top := density(mode)
	overPanels([]float64{mode, turn, 0}, low, high, func(y, width float64) {
		w := width * math.Exp(density(y)-top)
		p := math.Exp(-softlog(-y))
		mass += w
		sum += w * leavingAt(shape, ratio, p)
	})
	return sum / mass
}

// leavingAt is (1 - (1 + p ratio)^-shape)/p, and its limit for p of nothing.
func leavingAt(shape, ratio, p float64) float64 {
	if p*ratio*(1+shape) < 1e-12 {
		return shape * ratio
	}
	return -math.Expm1(-shape*math.Log1p(p*ratio)) / p
}

// softlog is ln(1 + e^y).
func softlog(y float64) float64 {
	_, log := softplus(y)
	return log
}

// fallsOff finds where a concave log-density has fallen by 45 from its mode, in the direction.
func fallsOff(density func(float64) float64, mode, direction float64) float64 {
	near, far := 0.0, 1e-6
	for density(mode+direction*far) > density(mode)-45 {
		near, far = far, far*2
	}
	for range 20 {
		middle := (near + far) / 2
		if density(mode+direction*middle) > density(mode)-45 {
			near = middle
		} else {
			far = middle
		}
	}
	return mode + direction*far
}
