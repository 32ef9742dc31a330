//go:build cgo

package duck_test

import (
	"slices"
	"testing"
	"time"

	"github.com/dangol/dangol/shared/lake"
	"github.com/dangol/dangol/shared/lake/compact"
	"github.com/dangol/dangol/shared/lake/duck"
	"github.com/dangol/dangol/shared/testkit/lakekit"
)

// TestACustomFieldOfMoney says the same from a delta and from a part: an amount beside its currency.
func TestACustomFieldOfMoney(t *testing.T) {
	b, r := lakekit.Bare(t)
	l, err := r.Lake(shop, duck.Of(b, shop))
	if err != nil {
		t.Fatal(err)
	}
	rows := []lake.Row{{Subject: "customers", ID: "a", Version: 1, At: noon, Cells: []lake.Cell{{Column: "custom.deposit.amount", Value: lake.Units(120_005_000)}, {Column: "custom.deposit.currency", Value: "KRW"}}}}
	if _, err := lake.WriteDelta(t.Context(), b, shop, rows); err != nil {
		t.Fatal(err)
	}
	const asked = `SELECT CAST("custom.deposit.amount" + 1 AS VARCHAR), "custom.deposit.currency" FROM customers`
	want := []string{"12001.5000 KRW"}
	if got := ask(t, l, asked); !slices.Equal(got, want) {
		t.Errorf("in a delta: got %q, want %q", got, want)
	}
	if _, err := compact.Turn(t.Context(), b, shop, compact.Options{Now: time.Now, Dir: t.TempDir()}); err != nil {
		t.Fatal(err)
	}
	if got := ask(t, l, asked); !slices.Equal(got, want) {
		t.Errorf("in a part: got %q, want %q", got, want)
	}
}
