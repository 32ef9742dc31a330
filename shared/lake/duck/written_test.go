//go:build cgo

package duck_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/dangol/dangol/shared/blob/dir"
	"github.com/dangol/dangol/shared/clock"
	"github.com/dangol/dangol/shared/lake"
	"github.com/dangol/dangol/shared/lake/compact"
	"github.com/dangol/dangol/shared/lake/dictionary"
	"github.com/dangol/dangol/shared/lake/duck"
	"github.com/dangol/dangol/shared/testkit/lakekit"
)

const shop = "wsp_01KJQ6PSG02X9YPKYC3QEKNM3P"

var noon = time.Date(2026, 3, 2, 12, 0, 0, 123_000_000, time.UTC)

// everything is a row of a subject with a value in every column.
func everything(s dictionary.Subject, id string, version int64) lake.Row {
	r := lake.Row{Subject: s.Name, ID: id, Version: version, At: noon}
	for _, c := range s.Columns()[len(dictionary.Kept()):] {
		r.Cells = append(r.Cells, lake.Cell{Column: c.Name, Value: map[dictionary.Type]any{
			dictionary.Text: "글 " + c.Name, dictionary.Integer: int64(-7), dictionary.Money: lake.Units(9_999_999_999_999_999), dictionary.Number: 0.25,
			dictionary.Date: "1988-02-29", dictionary.Moment: noon, dictionary.Bool: true, dictionary.List: []string{"vip", "책모임"},
		}[c.Type]})
	}
	return r
}

// TestTheLakeThatIsWrittenIsTheLakeThatIsAsked: every column of every subject says the same from a delta and from a part.
func TestTheLakeThatIsWrittenIsTheLakeThatIsAsked(t *testing.T) {
	b, r := lakekit.Bare(t)
	l, err := r.Lake(shop, duck.Of(b, shop))
	if err != nil {
		t.Fatal(err)
	}
	deliver := func(rows ...lake.Row) {
		if _, err := lake.WriteDelta(t.Context(), b, shop, rows); err != nil {
			t.Fatal(err)
		}
	}
	fold := func() {
		if _, err := compact.Turn(t.Context(), b, shop, compact.Options{Now: time.Now, Dir: t.TempDir()}); err != nil {
			t.Fatal(err)
		}
	}
	told := func(when string, want map[string][]string) {
		t.Helper()
		for _, s := range dictionary.Subjects() {
			if got := ask(t, l, `SELECT id, _v FROM "`+s.Name+`" ORDER BY id`); !slices.Equal(got, want[s.Name]) {
				t.Errorf("%s: %s: got %q, want %q", when, s.Name, got, want[s.Name])
			}
			for _, c := range s.Columns() {
				if got := ask(t, l, fmt.Sprintf(`SELECT CAST(%q AS VARCHAR), typeof(%q) FROM %q WHERE id = 'a'`, c.Name, c.Name, s.Name)); len(got) != 1 || got[0] != asked(c) {
					t.Errorf("%s: %s.%s: got %q, want %q", when, s.Name, c.Name, got, asked(c))
				}
			}
		}
	}
	first, second, third := map[string][]string{}, map[string][]string{}, map[string][]string{}
	var rows, changed, gone []lake.Row
	for _, s := range dictionary.Subjects() {
		rows = append(rows, everything(s, "a", 1), everything(s, "b", 1))
		changed = append(changed, everything(s, "b", 2), everything(s, "c", 1))
		tombstone := everything(s, "c", 2)
		tombstone.Gone = true
		gone = append(gone, tombstone)
		first[s.Name], second[s.Name], third[s.Name] = []string{"a 1", "b 1"}, []string{"a 1", "b 2", "c 1"}, []string{"a 1", "b 2"}
	}
	deliver(rows...)
	told("in a delta", first)
	fold()
	told("in parts", first)
	deliver(changed...)
	told("in parts and a delta", second)
	deliver(gone...)
	told("in parts and two deltas", third)
	fold()
	told("in new parts", third)
}

// asked is what a query says of a column of everything.
func asked(c dictionary.Column) string {
	value := map[dictionary.Type]string{
		dictionary.Text: "글 " + c.Name, dictionary.Integer: "-7", dictionary.Money: "999999999999.9999", dictionary.Number: "0.25", dictionary.Date: "1988-02-29",
		dictionary.Moment: "2026-03-02 12:00:00.123", dictionary.Bool: "true", dictionary.List: "[vip, 책모임]",
	}[c.Type]
	switch c.Name {
	case "id":
		value = "a"
	case "_v":
		value = "1"
	case "_gone":
		value = "false"
	}
	return value + " " + c.Type.DuckDB()
}

// TestAnOrderThatMoves between customers and months stands once, wherever it is read from.
func TestAnOrderThatMoves(t *testing.T) {
	b, err := dir.New(t.TempDir(), func() string { return "" }, []byte("0123456789abcdef"), clock.System{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = b.Close() })
	order := func(version int64, gone bool, customer string, at time.Time) lake.Row {
		return lake.Row{Subject: "orders", ID: "o", Version: version, At: noon, Gone: gone, Cells: []lake.Cell{{Column: "customerId", Value: customer}, {Column: "orderedAt", Value: at}}}
	}
	april := noon.AddDate(0, 1, 0)
	moves := [][]lake.Row{
		{order(1, false, "kim", noon)},
		{order(2, false, "lee", noon), order(1, true, "kim", noon)},
		{order(3, false, "lee", april), order(2, true, "lee", noon)},
		{order(4, false, "kim", noon), order(3, true, "lee", april)},
	}
	wants := []string{"kim 3", "lee 3", "lee 4", "kim 3"}
	r, err := duck.New(duck.Subjects(), duck.Options{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = r.Close() })
	seen, err := r.Lake(shop, duck.Of(b, shop))
	if err != nil {
		t.Fatal(err)
	}
	for i, rows := range moves {
		if _, err := lake.WriteDelta(t.Context(), b, shop, rows); err != nil {
			t.Fatal(err)
		}
		for _, folded := range []bool{false, true} {
			if folded {
				if _, err := compact.Turn(t.Context(), b, shop, compact.Options{Now: time.Now, Dir: t.TempDir()}); err != nil {
					t.Fatal(err)
				}
			}
			fresh, err := r.Lake(fmt.Sprintf("fresh%d%v", i, folded), duck.Of(b, shop))
			if err != nil {
				t.Fatal(err)
			}
			for name, l := range map[string]*duck.Lake{"who saw all": seen, "who comes now": fresh} {
				if got := ask(t, l, `SELECT "customerId", month("orderedAt") FROM orders`); !slices.Equal(got, wants[i:i+1]) {
					t.Errorf("move %d, folded %v, %s: got %q, want %q", i, folded, name, got, wants[i])
				}
			}
		}
	}
}
