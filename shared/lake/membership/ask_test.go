//go:build cgo

package membership_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/dangol/dangol/shared/crm/money"
	"github.com/dangol/dangol/shared/lake"
	"github.com/dangol/dangol/shared/lake/duck"
	"github.com/dangol/dangol/shared/lake/membership"
	"github.com/dangol/dangol/shared/lake/sqltext"
	"github.com/dangol/dangol/shared/testkit/lakekit"
)

const shop = "wsp_01KJQ6PSG02X9YPKYC3QEKNM3P"

func day(n int) time.Time { return time.Date(2026, 3, n, 1, 7, 0, 0, time.UTC) }

// known is a lake in which a came, left and came again, b came and stayed, and another segment has a too.
func known(t *testing.T) *duck.Lake {
	t.Helper()
	b, r := lakekit.Bare(t)
	stay := func(segment, customer string, n int64, from, to int) (rows []lake.Row) {
		s := membership.Stay{Segment: segment, Customer: customer, Number: n, Version: n, Entered: day(from)}
		rows = append(rows, s.Row(day(from)))
		if to > 0 {
			left := day(to)
			s.Left = &left
			rows = append(rows, s.Row(left))
		}
		return rows
	}
	rows := stay("seg_1", "a", 1, 2, 4)
	rows = append(rows, stay("seg_1", "a", 2, 6, 0)...)
	rows = append(rows, stay("seg_1", "b", 1, 4, 0)...)
	rows = append(rows, stay("seg_2", "a", 1, 1, 0)...)
	won, _ := money.Parse("5000", "KRW")
	size := membership.Size{Segment: "seg_1", Version: 1, Day: "2026-03-02", At: day(2), Members: 1, Revenue: []money.Money{won, {Currency: "USD"}}}
	rows = append(rows, size.Rows()...)
	size.At, size.Members = size.At.Add(time.Hour), 2 // counted again on the same day
	rows = append(rows, size.Rows()...)
	for _, r := range rows { // each in a delta of its own, the last first
		defer func() {
			if _, err := lake.WriteDelta(t.Context(), b, shop, []lake.Row{r}); err != nil {
				t.Fatal(err)
			}
		}()
	}
	l, err := r.Lake(shop, duck.Of(b, shop))
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestWhatIsAskedOfMemberships(t *testing.T) {
	l := known(t)
	for name, c := range map[string]struct {
		asked sqltext.Statement
		want  string
	}{
		"before anybody":          {membership.At("seg_1", day(1)), ""},
		"the first day":           {membership.At("seg_1", day(2)), "[a]"},
		"one left as one came":    {membership.At("seg_1", day(5)), "[b]"},
		"back again":              {membership.At("seg_1", day(7)), "[a] [b]"},
		"known from the first on": {membership.Known("seg_1"), "[2026-03-02 01:07:00 +0000 UTC]"},
		"never known":             {membership.Known("seg_3"), "[<nil>]"},
		"what changed": {membership.Changes("seg_1", day(3), membership.Place{}, false, 10),
			"[left a 2026-03-04 01:07:00 +0000 UTC 1 seg_1.a.1] [entered b 2026-03-04 01:07:00 +0000 UTC 1 seg_1.b.1] [entered a 2026-03-06 01:07:00 +0000 UTC 2 seg_1.a.2]"},
		"the next page":    {membership.Changes("seg_1", day(3), membership.Place{At: day(4), Stay: "seg_1.a.1", Type: membership.Left}, false, 1), "[entered b 2026-03-04 01:07:00 +0000 UTC 1 seg_1.b.1]"},
		"the latest first": {membership.Changes("seg_1", day(3), membership.Place{At: day(6), Stay: "seg_1.a.2", Type: membership.Entered}, true, 1), "[entered b 2026-03-04 01:07:00 +0000 UTC 1 seg_1.b.1]"},
		"sizes, the last of a day": {membership.Sizes("seg_1", "2026-03-01"),
			"[2026-03-02 2026-03-02 02:07:00 +0000 UTC 2 5000 KRW] [2026-03-02 2026-03-02 02:07:00 +0000 UTC 2 0 USD]"},
		"flows by the quarter of an hour": {membership.Flows("seg_1", day(3)), "[2026-03-04 01:00:00 +0000 UTC 1 1] [2026-03-06 01:00:00 +0000 UTC 1 0]"},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			err := l.Query(t.Context(), c.asked, func(row []any) error {
				got = append(got, fmt.Sprint(row))
				return nil
			})
			if err != nil || strings.Join(got, " ") != c.want {
				t.Errorf("got %s, %v\nwant %s", strings.Join(got, " "), err, c.want)
			}
		})
	}
}
