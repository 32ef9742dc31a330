package clv

import "math"

// race is the logarithm of the probability that the first of two waiting times ends first, when they are Pareto (Lomax) distributed with shapes u, v and
// scales U, V, and its derivatives by u, v and ln(U/V):
//
//	W = u/(u+v) 2F1(1, v; u+v+1; 1-U/V)
type race struct{ log, byU, byV, byRatio float64 }

// uneven is the ratio of scales from which the continued fraction is the longer way.
const uneven = 1e4

// firstWins computes the race. The argument of 2F1 is turned to the negative side by Pfaff's transformation where it is positive.
func firstWins(u, v, scaleU, scaleV float64) race {
	if ratio := scaleU / scaleV; ratio > uneven || ratio < 1/uneven {
		return raceByIntegration(u, v, math.Log(scaleU), math.Log(scaleV))
	}
	c := u + v + 1
	r := race{math.Log(u / (u + v)), 1/u - 1/(u+v), -1 / (u + v), 0}
	if scaleU > scaleV {
		z := (scaleV - scaleU) / scaleV
		f := hypergeometric(v, c, z)
		r.log += math.Log(f.f)
		r.byU += f.byC / f.f
		r.byV += (f.byB + f.byC) / f.f
		r.byRatio = -scaleU / scaleV * f.byZ / f.f
		return r
	}
	z := (scaleU - scaleV) / scaleU
	f := hypergeometric(u+1, c, z)
	r.log += math.Log(f.f * (scaleV / scaleU))
	r.byU += (f.byB + f.byC) / f.f
	r.byV += f.byC / f.f
	r.byRatio = -1 + scaleV/scaleU*f.byZ/f.f
	return r
}

// raceByIntegration is the same probability as the integral of its meaning, the density of the first time by the chance that the second is longer, over
// w = ln(time), where it is smooth and has one top:
//
//	W = integral of u e^(w-ln U) (1 + e^w/U)^(-u-1) (1 + e^w/V)^-v
func raceByIntegration(u, v, logU, logV float64) (r race) {
	density := func(w float64) float64 {
		y := w - logU
		more := math.Log1p(math.Exp(-math.Abs(y))) // ln(1+e^y) = max(y, 0) + more, and y - ln(1+e^y) = min(y, 0) - more
		return min(y, 0) - more - u*(max(y, 0)+more) - v*softlog(w-logV)
	}
	top := topOf(u, v, logU, logV)
	peak, mass := density(top), 0.0
	overPanels([]float64{top, logU, logV}, fallsOff(density, top, -1), fallsOff(density, top, +1), func(w, width float64) {
		weight := width * math.Exp(density(w)-peak)
		done, log := softplus(w - logU)
		mass += weight
		r.byU -= weight * log
		r.byV -= weight * softlog(w-logV)
		r.byRatio += weight * ((u+1)*done - 1)
	})
	return race{math.Log(u*mass) + peak, 1/u + r.byU/mass, r.byV / mass, r.byRatio / mass}
}

// topOf finds by bisection where the density of raceByIntegration is largest: its slope 1 - (u+1) p(w-ln U) - v p(w-ln V), p being the logistic function,
// falls from 1 to -u-v.
func topOf(u, v, logU, logV float64) float64 {
	low, high := min(logU, logV)-math.Log(1+u+v)-1, max(logU, logV)+math.Log(1+1/(u+v))+1
	for range 60 {
		w := (low + high) / 2
		doneU, _ := softplus(w - logU)
		doneV, _ := softplus(w - logV)
		if 1-(u+1)*doneU-v*doneV > 0 {
			low = w
		} else {
			high = w
		}
	}
	return low
}
