package clv

import (
	"math"
	"slices"
)

// The positive points and the weights of the Gauss-Legendre rule with 16 points on -1 to 1 (Abramowitz and Stegun, table 25.4).
var (
	gaussPoints = [8]float64{
		0.98940093499164993, 0.94457502307323258, 0.86563120238783174, 0.75540440835500303,
		0.61787624440264375, 0.45801677765722739, 0.28160355077925891, 0.09501250983763744}
	gaussWeights = [8]float64{
		0.027152459411754095, 0.062253523938647893, 0.095158511682492785, 0.12462897125553387,
		0.14959598881657673, 0.16915651939500254, 0.18260341504492359, 0.1894506104550685}
)

// overPanel calls f at the points of a panel, with the width that each stands for.
func overPanel(from, to float64, f func(at, width float64)) {
	middle, half := (from+to)/2, (to-from)/2
	for i, u := range gaussPoints {
		f(middle-u*half, gaussWeights[i]*half)
		f(middle+u*half, gaussWeights[i]*half)
	}
}

// overPanels goes from low to high in panels that grow threefold with the distance from the knots. The functions here are logistic on a scale of 1 near the
// knots, or bells that fill the whole, and fall by e^-45 on the way: 16 points suffice for a panel of length 3, or a twelfth of the whole.
func overPanels(knots []float64, low, high float64, f func(at, width float64)) {
	edges := []float64{low, high}
	for _, k := range knots {
		if low < k && k < high {
			edges = append(edges, k)
		}
	}
	slices.Sort(edges)
	longest := (high - low) / 12
	for i := range len(edges) - 1 {
		middle := (edges[i] + edges[i+1]) / 2
		graded(edges[i], middle, min(3, longest), longest, f)
		graded(edges[i+1], middle, min(3, longest), longest, f)
	}
}

// graded cuts the stretch from a knot to the end into panels: the last two thirds, two thirds of the rest, and so on, but none longer than the longest.
func graded(knot, end, shortest, longest float64, f func(at, width float64)) {
	for math.Abs(end-knot) > shortest {
		step := (end - knot) * min(2.0/3, longest/math.Abs(end-knot))
		overPanel(min(end-step, end), max(end-step, end), f)
		end -= step
	}
	overPanel(min(knot, end), max(knot, end), f)
}
