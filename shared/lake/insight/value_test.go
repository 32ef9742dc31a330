//go:build cgo

package insight_test

import (
	"fmt"
	"math"
	"slices"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/dangol/dangol/shared/lake/insight"
	"github.com/dangol/dangol/shared/lake/sqltext"
)

// bought is what a customer's orders come to.
type bought struct {
	id      string
	orders  int
	revenue decimal.Decimal
	last    time.Time
	share   float64 // of the buyers who bring as much or more
}

// buyers counts orders by customer; archived ones count in the shares of rank, as they do for the scores.
func (s *shop) buyers() (all []*bought) {
	by := map[string]*bought{}
	for _, o := range s.sales {
		b := by[o.customer]
		if b == nil {
			b = &bought{id: o.customer}
			by[o.customer], all = b, append(all, b)
		}
		if o.won {
			b.revenue = b.revenue.Add(o.amount)
		}
		if o.refund() {
			continue
		}
		if b.orders++; o.at.After(b.last) {
			b.last = o.at
		}
	}
	all = slices.DeleteFunc(all, func(b *bought) bool { return b.orders == 0 })
	for _, b := range all {
		before := 0
		for _, other := range all {
			if other.revenue.GreaterThanOrEqual(b.revenue) {
				before++
			}
		}
		b.share = float64(before) / float64(len(all))
	}
	return all
}

// cell is one of a figure: how many, and their revenue.
type cell struct {
	people  int64
	revenue decimal.Decimal
}

func (c *cell) add(b *bought) *cell {
	if c == nil {
		c = &cell{}
	}
	c.people, c.revenue = c.people+1, c.revenue.Add(b.revenue)
	return c
}

// sameCells compares rows of names, a count and an amount.
func (s *shop) sameCells(what string, rows [][]any, names int, want map[string]*cell) {
	s.t.Helper()
	if len(rows) != len(want) || len(want) == 0 {
		s.t.Errorf("%s: %d rows, want %d", what, len(rows), len(want))
	}
	for _, row := range rows {
		w := want[fmt.Sprint(row[:names]...)]
		if w == nil || row[names] != w.people || !row[names+1].(decimal.Decimal).Equal(w.revenue) {
			s.t.Errorf("%s: got %v, want %+v", what, row, w)
		}
	}
}

func TestValueIsWhatCountingSays(t *testing.T) {
	for _, seed := range []uint64{3, 11, 20261123} {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			s := openSeed(t, "Asia/Seoul", seed)
			curve, grid, bands := map[string]*cell{}, map[string]*cell{}, map[string]string{}
			for _, row := range s.ask(sqltext.Statement{SQL: `SELECT "customerId", CAST("rfm.r" AS BIGINT), CAST("rfm.f" AS BIGINT) FROM scores`}) {
				bands[row[0].(string)] = fmt.Sprint(row[1:]...)
			}
			archived := 0
			for _, b := range s.buyers() {
				if s.people[b.id].archived {
					archived++
					continue
				}
				percent := fmt.Sprint(int(math.Ceil(math.Round(b.share*100*1e9) / 1e9)))
				curve[percent], grid[bands[b.id]] = curve[percent].add(b), grid[bands[b.id]].add(b)
			}
			if archived == 0 && seed == 3 {
				t.Error("nobody was archived")
			}
			s.sameCells("curve", s.ask(insight.Curve(s.World)), 1, curve)
			s.sameCells("grid", s.ask(insight.Grid(s.World)), 2, grid)
			s.sameLapsing()
		})
	}
}

// sameLapsing compares the people behind a figure of the morning: who bought three times, and whose P(alive), 1 / (1 + days / 90) in these lakes, is below a half.
func (s *shop) sameLapsing() {
	s.t.Helper()
	var want, got []string
	all := slices.SortedFunc(slices.Values(s.buyers()), func(a, b *bought) int {
		if c := b.revenue.Cmp(a.revenue); c != 0 {
			return c
		}
		return map[bool]int{true: -1, false: 1}[a.id < b.id]
	})
	for _, b := range all {
		if days := until.Sub(b.last.Truncate(24*time.Hour)).Hours() / 24; b.orders >= 3 && days > 90 && !s.people[b.id].archived {
			want = append(want, fmt.Sprint(b.id, " ", days))
		}
	}
	for _, row := range s.ask(insight.Lapsing(s.World, 1000)) {
		got = append(got, fmt.Sprint(row[0], " ", row[2]))
	}
	if !slices.Equal(got, want) || len(want) == 0 {
		s.t.Errorf("lapsing: got %v, want %v", got, want)
	}
}
