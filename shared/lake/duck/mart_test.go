//go:build cgo

package duck_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/dangol/dangol/shared/lake/duck"
)

var ordered = []duck.Subject{{Name: "orders", Columns: []duck.Column{{Name: "customerId", Type: "VARCHAR"}, {Name: "orderedAt", Type: "TIMESTAMP"},
	{Name: "total.amount", Type: "DECIMAL(18,4)"}, {Name: "total.currency", Type: "VARCHAR"}}}}

// months and totals are all that the mart says, without the numbers that it gives to customers.
const (
	months = `SELECT "customerId", slot, currency, m.orders, revenue, prev, first FROM "customerMonths" m JOIN "customerSales" USING (customer) ORDER BY ALL`
	totals = `SELECT "customerId", orders FROM "customerSales" WHERE orders > 0 ORDER BY ALL`
	// worth has what adds up to the months, whoever made them.
	worth = `SELECT count(*) FROM (FROM "customerTotals" EXCEPT ALL SELECT "customerId", currency, sum(revenue) FROM "customerMonths" JOIN "customerSales" USING (customer) GROUP BY ALL)
		UNION ALL SELECT count(*) FROM (SELECT "customerId", currency, sum(revenue) FROM "customerMonths" JOIN "customerSales" USING (customer) GROUP BY ALL EXCEPT ALL FROM "customerTotals")`
)

func order(id string, version int, customer, at, amount string) string {
	return fmt.Sprintf(`{"s":"orders","v":%d,"at":"2026-11-22T09:00:00Z","id":"%s","row":{"customerId":"%s","orderedAt":"%s","total.amount":"%s","total.currency":"KRW"}}`, version, id, customer, at, amount)
}

func sold(t *testing.T, b *bucket) *duck.Lake {
	t.Helper()
	r, err := duck.New(ordered, duck.Options{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = r.Close() })
	return lakeOf(t, r, "tenant", b)
}

func TestTheMonthsOfACustomer(t *testing.T) {
	b := newBucket()
	b.set(duck.State{Deltas: []string{b.delta(t, "1",
		order("o1", 1, "a", "2026-01-31T10:00:00Z", "100"), order("o2", 1, "a", "2026-01-15T00:00:00Z", "10"), order("o3", 1, "a", "2026-01-16T00:00:00Z", "1.5"),
		order("o4", 1, "a", "2026-01-01T00:14:59.999Z", "7"), order("o5", 1, "b", "2026-01-31T23:45:00Z", "-3"),
		`{"s":"orders","v":1,"at":"2026-11-22T09:00:00Z","id":"o6","row":{"customerId":"b","orderedAt":"2026-02-20T00:00:00Z"}}`)}})
	l := sold(t, b)
	january := (2026 * 12) * 128
	want := []string{
		fmt.Sprintf("a %d KRW 1 7 <nil> %d", january, january), fmt.Sprintf("a %d KRW 2 11.5 %d %d", january+48, january, january),
		fmt.Sprintf("a %d KRW 1 100 %d %d", january+49, january+48, january),
		fmt.Sprintf("b %d KRW 0 -3 <nil> %d", january+104, january+128+48), fmt.Sprintf("b %d <nil> 1 <nil> <nil> %d", january+128+48, january+128+48), // b began with a refund
	}
	if got := ask(t, l, months); !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	if got, want := ask(t, l, totals), []string{"a 4", "b 1"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestAMartThatIsKeptIsOneThatIsMade: orders come, change, move to other customers and months and go, in deltas and in parts; the mart that followed says what one
// that is made of the result says.
func TestAMartThatIsKeptIsOneThatIsMade(t *testing.T) {
	b := newBucket()
	kept := sold(t, b)
	random := rand.New(rand.NewPCG(5, 1))
	var state duck.State
	ask(t, kept, totals) // made while there is nothing
	for step := range 12 {
		var lines []string
		for range 1 + random.IntN(6) {
			id := fmt.Sprint("o", random.IntN(12))
			at := time.Date(2026, time.Month(1+random.IntN(3)), 1+random.IntN(31), random.IntN(24), 0, 0, 0, time.UTC)
			lines = append(lines, order(id, step+1, fmt.Sprint("c", random.IntN(4)), at.Format(time.RFC3339), fmt.Sprint(random.IntN(100))))
		}
		if random.IntN(2) == 0 {
			lines = append(lines, fmt.Sprintf(`{"s":"orders","v":%d,"at":"2026-11-22T09:00:00Z","gone":true,"id":"o%d"}`, step+2, random.IntN(12)))
		}
		state.Deltas = append(slices.Clone(state.Deltas), b.delta(t, fmt.Sprint(step), lines...))
		if step%5 == 4 { // all is folded into parts, one of each month
			state = folded(t, b, kept)
		}
		b.set(state)
		made := sold(t, b)
		for _, q := range []string{months, totals} {
			if got, want := ask(t, kept, q), ask(t, made, q); !slices.Equal(got, want) {
				t.Fatalf("after step %d the mart that was kept says\n%q, made anew\n%q", step, got, want)
			}
		}
		if got := ask(t, kept, worth); !slices.Equal(got, []string{"0", "0"}) {
			t.Fatalf("after step %d: %q totals are not those of the months, and months without their totals", step, got)
		}
	}
}

func folded(t *testing.T, b *bucket, l *duck.Lake) duck.State {
	t.Helper()
	state := duck.State{Parts: map[string][]duck.Part{}}
	for month := range 3 {
		rows := ask(t, l, `SELECT '(''' || id || ''', ' || _v || '::BIGINT, false, ''' || "customerId" || ''', TIMESTAMP ''' || "orderedAt" || ''', ' || "total.amount" || '::DECIMAL(18,4), ''KRW'')'
			FROM orders WHERE month("orderedAt") = $1`, int64(month+1))
		if len(rows) == 0 {
			continue
		}
		state.Parts["orders"] = append(state.Parts["orders"], b.part(t, "orders", `SELECT * FROM (VALUES `+strings.Join(rows, ", ")+`) AS v(id, _v, _gone, "customerId", "orderedAt", "total.amount", "total.currency")`))
	}
	return state
}

func TestAnOrderJustMadeIsInTheMart(t *testing.T) {
	b := newBucket()
	l := sold(t, b)
	ask(t, l, totals)
	if err := l.Overlay(t.Context(), []byte(order("o1", 1, "a", "2026-01-15T00:00:00Z", "5")+"\n")); err != nil {
		t.Fatal(err)
	}
	if got, want := ask(t, l, totals), []string{"a 1"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
