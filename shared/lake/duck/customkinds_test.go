//go:build cgo

package duck_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/dangol/dangol/shared/blob/dir"
	"github.com/dangol/dangol/shared/lake"
	"github.com/dangol/dangol/shared/lake/compact"
	"github.com/dangol/dangol/shared/lake/duck"
	"github.com/dangol/dangol/shared/testkit/lakekit"
)

// TestAKeyOfTextsAndLists says the same from deltas, from a part and a delta, and from parts: a list is never printed into the column of texts, whichever came first.
func TestAKeyOfTextsAndLists(t *testing.T) {
	b, r := lakekit.Bare(t)
	text, list := lake.Cell{Column: "custom.hobby", Value: "a"}, lake.Cell{Column: "custom.hobby.items", Value: []string{"a", "b"}}
	for i, order := range [][2]lake.Cell{{text, list}, {list, text}} {
		tenant := fmt.Sprintf("wsp_%026d", i)
		l, err := r.Lake(tenant, duck.Of(b, tenant))
		if err != nil {
			t.Fatal(err)
		}
		check := func(when string) {
			t.Helper()
			got := ask(t, l, `SELECT "custom.hobby", "custom.hobby.items", "~custom.hobby.items" FROM customers ORDER BY "custom.hobby" NULLS LAST`)
			if want := []string{"a <nil> <nil>", "<nil> [a b] [a b]"}; !slices.Equal(got, want) {
				t.Errorf("%s: got %q, want %q", when, got, want)
			}
		}
		for n, cell := range order {
			row := lake.Row{Subject: "customers", ID: fmt.Sprint("cus_", n), Version: 1, At: noon, Cells: []lake.Cell{cell}}
			if _, err := lake.WriteDelta(t.Context(), b, tenant, []lake.Row{row}); err != nil {
				t.Fatal(err)
			}
			if n == 0 && i == 1 {
				fold(t, b, tenant)
			}
		}
		check("before compaction")
		fold(t, b, tenant)
		check("in parts")
	}
}

func fold(t *testing.T, b *dir.Dir, tenant string) {
	t.Helper()
	if _, err := compact.Turn(t.Context(), b, tenant, compact.Options{Now: time.Now, Dir: t.TempDir()}); err != nil {
		t.Fatal(err)
	}
}
