package clv

import (
	"cmp"
	"fmt"
	"math"
	"slices"
)

// maxRepeats is more purchase days than a customer of 270 years can have; tables over x stay small below it.
const maxRepeats = 100_000

// Cohort is a set of customers made ready for a fit: customers with the same x, t_x and T are one row with a count, and what depends on a part of the row
// alone (a time; a time and x) is listed once. A shop's million customers have some hundred thousand rows and some ten thousand such pairs.
type Cohort struct {
	rows      []row
	times     []float64 // all recencies and ages, ascending, each once
	last      []pair    // all (x, t_x), each once
	end       []pair    // all (x, T), each once
	spends    []spend
	customers int
	repeaters int
	most      int     // largest x
	oldest    float64 // largest T, weeks
	meanAge   float64
}

// row stands for n customers. The indexes point into times, last and end.
type row struct {
	x                 float64
	n                 float64
	recency, age      int32
	lastPair, endPair int32
}

type pair struct {
	x int32
	t float64
}

// spend stands for n customers with x repeat purchases of the same mean amount.
type spend struct {
	x      int32
	amount float64
	n      float64
}

// NewCohort takes the customers in any order; the order does not change any result. It fails on what no history can be: a negative or undefined figure, a
// recency beyond the age, a repeat without recency.
func NewCohort(customers []Customer) (*Cohort, error) {
	for i, c := range customers {
		if !c.valid() {
			return nil, fmt.Errorf("customer %d: %+v is no purchase history", i, c)
		}
	}
	c := &Cohort{customers: len(customers)}
	c.compress(sorted(customers))
	c.index()
	c.compressSpends(customers)
	return c, nil
}

func (c Customer) valid() bool {
	return c.Repeats >= 0 && c.Repeats <= maxRepeats && c.Recency >= 0 && c.Recency <= c.Age && !math.IsInf(c.Age, 0) &&
		(c.Repeats == 0) == (c.Recency == 0) && !math.IsNaN(c.Spend) && !math.IsInf(c.Spend, 0)
}

// Customers is the number of buyers in the cohort.
func (c *Cohort) Customers() int { return c.customers }

// Rows is the number of different histories, the length of all work of a fit.
func (c *Cohort) Rows() int { return len(c.rows) }

// history is what the models of purchases see of a customer.
type history struct {
	x       int32
	recency float64
	age     float64
}

func sorted(customers []Customer) []history {
	all := make([]history, len(customers))
	for i, c := range customers {
		all[i] = history{int32(c.Repeats), c.Recency, c.Age}
	}
	slices.SortFunc(all, func(a, b history) int {
		switch {
		case a.x != b.x:
			return int(a.x - b.x)
		case a.recency != b.recency:
			return cmp.Compare(a.recency, b.recency)
		default:
			return cmp.Compare(a.age, b.age)
		}
	})
	return all
}

// compress makes a row of each stretch of equal histories. The indexes into times are set by index.
func (c *Cohort) compress(all []history) {
	rows := make([]row, 0, len(all)/2+1)
	ages := make(map[pair]int32)
	for i, h := range all {
		c.times = append(c.times, h.recency, h.age)
		c.oldest, c.most = max(c.oldest, h.age), max(c.most, int(h.x))
		c.meanAge += h.age / float64(len(all))
		if h.x > 0 {
			c.repeaters++
		}
		if i > 0 && h == all[i-1] {
			rows[len(rows)-1].n++
			continue
		}
		rows = append(rows, row{x: float64(h.x), n: 1, lastPair: c.lastPair(h), endPair: c.endPair(ages, h)})
	}
	c.rows = rows
}

// lastPair returns the index of (x, t_x); histories come sorted by it.
func (c *Cohort) lastPair(h history) int32 {
	p := pair{h.x, h.recency}
	if n := len(c.last); n == 0 || c.last[n-1] != p {
		c.last = append(c.last, p)
	}
	return int32(len(c.last) - 1)
}

func (c *Cohort) endPair(seen map[pair]int32, h history) int32 {
	p := pair{h.x, h.age}
	i, ok := seen[p]
	if !ok {
		i = int32(len(c.end))
		seen[p] = i
		c.end = append(c.end, p)
	}
	return i
}

func (c *Cohort) index() {
	slices.Sort(c.times)
	c.times = slices.Clip(slices.Compact(c.times))
	at := make(map[float64]int32, len(c.times))
	for i, t := range c.times {
		at[t] = int32(i)
	}
	for i := range c.rows {
		r := &c.rows[i]
		r.recency, r.age = at[c.last[r.lastPair].t], at[c.end[r.endPair].t]
	}
}

// compressSpends keeps the repeat buyers who paid something: the gamma distribution knows no amount of 0.
func (c *Cohort) compressSpends(customers []Customer) {
	var all []spend
	for _, p := range customers {
		if p.Repeats > 0 && p.Spend > 0 {
			all = append(all, spend{int32(p.Repeats), p.Spend, 1})
		}
	}
	slices.SortFunc(all, func(a, b spend) int {
		if a.x != b.x {
			return int(a.x - b.x)
		}
		return cmp.Compare(a.amount, b.amount)
	})
	for _, s := range all {
		if n := len(c.spends); n > 0 && c.spends[n-1].x == s.x && c.spends[n-1].amount == s.amount {
			c.spends[n-1].n++
			continue
		}
		c.spends = append(c.spends, s)
	}
}
