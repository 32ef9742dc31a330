package clv

import "math"

// kummer is Gauss' hypergeometric function F = 2F1(1, b; c; z) with its derivatives.
type kummer struct{ f, byB, byC, byZ float64 }

// hypergeometric computes 2F1(1, b; c; z) for z <= 0 and c > b > 0 by the continued fraction of Gauss (Abramowitz and Stegun 15.3, Wall 1948, section 89)
//
//	F = 1/(1 - d1 z/(1 - d2 z/(1 - ...))),  d1 = b/c,  d2m = m(c-b+m-1)/((c+2m-2)(c+2m-1)),  d2m+1 = (b+m)(c+m-1)/((c+2m-1)(c+2m))
//
// from the tail forwards. All terms are positive for z <= 0, so nothing cancels, and the derivatives go through the same steps. The error falls by
// ((q-1)/(q+1)), q = sqrt(1-z), from level to level; the tail starts at its limit (1+q)/2. The number of levels grows with q: 20 at z = -1, 2,000 at
// z = -1e4, which is as far as firstWins asks. There the relative error is below 1e-13.
func hypergeometric(b, c, z float64) kummer {
	q := math.Sqrt(1 - z)
	tail := kummer{f: (1 + q) / 2, byZ: -1 / (4 * q)}
	for k := levels(q, -z); k > 1; k-- {
		d, byB, byC := coefficient(k, b, c)
		tail = tail.before(d, byB, byC, z)
	}
	tail = tail.before(b/c, 1/c, -b/(c*c), z)
	inverse := 1 / tail.f
	return kummer{inverse, -tail.byB * inverse * inverse, -tail.byC * inverse * inverse, -tail.byZ * inverse * inverse}
}

// levels is how deep the fraction must start for an error below 1e-16.
func levels(q, size float64) int {
	if size == 0 {
		return 2
	}
	rate := 2 * math.Log((1+q)/math.Sqrt(size)) // -ln((q-1)/(q+1)), with (q-1)(q+1) = -z
	return int(4 + 37/rate)
}

// coefficient returns d_k and its derivatives by b and c, for k > 1.
func coefficient(k int, b, c float64) (d, byB, byC float64) {
	m := float64(k / 2)
	if k%2 == 0 {
		under, over := (c+2*m-2)*(c+2*m-1), c-b+m-1
		d = m * over / under
		byB = -m / under
		return d, byB, -byB - d*(2*c+4*m-3)/under
	}
	under := (c + 2*m - 1) * (c + 2*m)
	d = (b + m) * (c + m - 1) / under
	byB = (c + m - 1) / under
	return d, byB, (b+m)/under - d*(2*c+4*m-1)/under
}

// before is the level before the tail: 1 - d z/tail.
func (t kummer) before(d, byB, byC, z float64) kummer {
	over := 1 / t.f
	step := -z * over
	back := -d * step * over
	return kummer{1 + d*step, byB*step + back*t.byB, byC*step + back*t.byC, -d*over + back*t.byZ}
}
