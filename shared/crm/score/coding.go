package score

import (
	"cmp"
	"slices"

	"github.com/dangol/dangol/shared/errs"
)

// Coding is how R, F and M become scores from 1 to 5.
type Coding string

// The codings. Independent ranks all buyers by each figure on its own, so that a score means the same in every cell. Nested is Hughes'
// ("Strategic Database Marketing"): fifths by R, within each of them by F, within each of these by M, so that all 125 cells are about equal; an F of 5 then means
// another number of orders in each R. Fixed takes the business's own bounds: cells keep their meaning from month to month, and can be empty.
const (
	Independent Coding = "independent"
	Nested      Coding = "nested"
	Fixed       Coding = "fixed"
)

// RFMRules are a workspace's. In all codings equal values get equal scores (within their group); fifths are cut by mid-ranks, see quintiles.
type RFMRules struct {
	Coding Coding `json:"coding" enum:"independent,nested,fixed" doc:"independent: fifths of all buyers by each figure; nested: F within R, M within F; fixed: by the bounds."`
	Bounds Bounds `json:"bounds" doc:"Of the coding fixed."`
}

// Bounds are four for each figure, ascending.
type Bounds struct {
	Days   []int     `json:"days" nullable:"false" maxItems:"4" doc:"Days since the last order up to which R is 5, 4, 3 and 2."`
	Orders []int     `json:"orders" nullable:"false" maxItems:"4" doc:"Orders from which F is 2, 3, 4 and 5."`
	Amount []float64 `json:"amount" nullable:"false" maxItems:"4" doc:"Revenue in the workspace's currency from which M is 2, 3, 4 and 5."`
}

// UsualRFM are the rules of a workspace that made none. The bounds are of no business: a month, a quarter, half a year and a year, and numbers that double.
func UsualRFM() RFMRules {
	return RFMRules{Coding: Independent, Bounds: Bounds{Days: []int{30, 90, 180, 365}, Orders: []int{2, 3, 5, 10}, Amount: []float64{50_000, 100_000, 300_000, 1_000_000}}}
}

// Check adds what breaks a rule to e, below the pointer.
func (r *RFMRules) Check(e *errs.Error, at string) {
	if !slices.Contains([]Coding{Independent, Nested, Fixed}, r.Coding) {
		e.Add(at+"/coding", "option_unknown", "options", "independent, nested, fixed")
	}
	ascending(e, at+"/bounds/days", r.Bounds.Days, 0)
	ascending(e, at+"/bounds/orders", r.Bounds.Orders, 1)
	ascending(e, at+"/bounds/amount", r.Bounds.Amount, 0)
}

// mostBound is more than any day, order or amount: the limit of money.
const mostBound = 1_000_000_000_000

// ascending holds bounds to four values, each greater than the one before.
func ascending[T int | float64](e *errs.Error, at string, bounds []T, least T) {
	if len(bounds) != 4 || !slices.IsSortedFunc(bounds, func(a, b T) int { return cmp.Or(cmp.Compare(a, b), -1) }) {
		e.Add(at, "bounds_invalid")
		return
	}
	if bounds[0] < least {
		e.Add(at, "below_minimum", "min", least)
	}
	if bounds[3] > mostBound {
		e.Add(at, "above_maximum", "max", mostBound)
	}
}

// score gives every buyer R, F and M.
func (c *computation) score(rules RFMRules) {
	recency, orders, revenue := func(p *person) int64 { return -int64(p.daysSinceLast) }, func(p *person) int64 { return int64(p.orders) }, func(p *person) int64 { return p.revenue }
	setR, setF, setM := func(p *person, q int8) { p.r = q }, func(p *person, q int8) { p.f = q }, func(p *person, q int8) { p.m = q }
	switch rules.Coding {
	case Nested:
		c.quintiles(c.buyers, recency, setR)
		for _, some := range c.grouped(c.buyers, func(p *person) int8 { return p.r }) {
			c.quintiles(some, orders, setF)
			for _, few := range c.grouped(some, func(p *person) int8 { return p.f }) {
				c.quintiles(few, revenue, setM)
			}
		}
	case Fixed:
		for _, i := range c.buyers {
			c.people[i].fix(rules.Bounds)
		}
	default:
		c.quintiles(c.buyers, recency, setR)
		c.quintiles(c.buyers, orders, setF)
		c.quintiles(c.buyers, revenue, setM)
	}
}

// grouped parts buyers by a score.
func (c *computation) grouped(buyers []int, by func(*person) int8) [6][]int {
	var out [6][]int
	for _, i := range buyers {
		q := by(&c.people[i])
		out[q] = append(out[q], i)
	}
	return out
}

// fix scores a buyer by bounds.
func (p *person) fix(b Bounds) {
	p.r, p.f, p.m = 5, 1, 1
	for i := range 4 {
		if int(p.daysSinceLast) > b.Days[i] {
			p.r--
		}
		if int(p.orders) >= b.Orders[i] {
			p.f++
		}
		if float64(p.revenue) >= b.Amount[i]*1e4 {
			p.m++
		}
	}
}
