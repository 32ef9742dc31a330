//go:build cgo

package duck_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/dangol/dangol/shared/clock"
	"github.com/dangol/dangol/shared/lake/duck"
)

const named = `SELECT id, name FROM customers ORDER BY id`

// holds shows parts of customers, each a line of id, version and name.
func (b *bucket) holds(t *testing.T, lines ...string) {
	t.Helper()
	b.set(duck.State{Parts: map[string][]duck.Part{"customers": {b.customers(t, lines...)}}})
}

func overlay(t *testing.T, l *duck.Lake, lines ...string) {
	t.Helper()
	if err := l.Overlay(t.Context(), []byte(strings.Join(lines, "\n"))); err != nil {
		t.Fatal(err)
	}
}

func expect(t *testing.T, l *duck.Lake, query string, want ...string) {
	t.Helper()
	if got := ask(t, l, query); !slices.Equal(got, want) {
		t.Errorf("%s: got %q, want %q", query, got, want)
	}
}

// TestWhatIsLaidOverIsSeenAtOnce: new, changed and removed; and what the lake has in a newer state stays as it is.
func TestWhatIsLaidOverIsSeenAtOnce(t *testing.T) {
	b := newBucket()
	b.holds(t, "cus_1 2 old", "cus_2 2 old", "cus_3 2 old")
	l := stand(t, b, duck.Options{})
	for range 2 { // a second time changes nothing
		overlay(t, l,
			`{"s":"customers","v":3,"at":"2026-03-02T00:00:00Z","id":"cus_1","row":{"name":"새 이름"}}`,
			`{"s":"customers","v":1,"at":"2026-03-02T00:00:00Z","id":"cus_2","row":{"name":"older"}}`,
			`{"s":"customers","v":3,"at":"2026-03-02T00:00:00Z","gone":true,"id":"cus_3","row":{}}`,
			`{"s":"customers","v":1,"at":"2026-03-02T00:00:00Z","id":"cus_4","row":{"name":"NEW"}}`,
			`{"s":"unknown","v":1,"at":"2026-03-02T00:00:00Z","id":"x_1","row":{}}`)
		expect(t, l, named, "cus_1 새 이름", "cus_2 old", "cus_4 NEW")
		expect(t, l, `SELECT id FROM customers WHERE "~name" = 'new'`, "cus_4")
	}
}

// TestWhatIsLaidOverOutlivesACompaction that did not have it yet, and goes when its delta must be there.
func TestWhatIsLaidOverOutlivesACompaction(t *testing.T) {
	b, c := newBucket(), clock.NewManual(time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC))
	b.holds(t, "cus_1 1 part")
	l := stand(t, b, duck.Options{Clock: c})
	overlay(t, l, `{"s":"customers","v":3,"at":"2026-03-02T00:00:00Z","id":"cus_1","row":{"name":"laid"}}`)
	b.holds(t, "cus_1 2 part")
	expect(t, l, named, "cus_1 laid")
	c.Advance(2 * time.Minute)
	b.holds(t, "cus_1 3 part")
	expect(t, l, named, "cus_1 part")
}

// TestAFieldThatComesWithWhatIsLaidOver: nobody had the custom field before, or everybody had it as numbers.
func TestAFieldThatComesWithWhatIsLaidOver(t *testing.T) {
	b := newBucket()
	b.holds(t, "cus_1 1 part")
	l := stand(t, b, duck.Options{})
	expect(t, l, named, "cus_1 part")
	overlay(t, l, `{"s":"customers","v":2,"at":"2026-03-02T00:00:00Z","id":"cus_1","row":{"name":"laid","custom.size":3}}`)
	expect(t, l, `SELECT id, "custom.size" FROM customers`, "cus_1 3")
	overlay(t, l, `{"s":"customers","v":1,"at":"2026-03-02T00:00:00Z","id":"cus_2","row":{"name":"laid","custom.size":"Big","custom.fee.amount":"12.5","custom.fee.currency":"KRW"}}`)
	expect(t, l, `SELECT id, "custom.size", "~custom.size", CAST("custom.fee.amount" AS VARCHAR), "custom.fee.currency" FROM customers ORDER BY id`, "cus_1 3 3 <nil> <nil>", "cus_2 Big big 12.5000 KRW")
}

func TestLinesThatAreNoneChangeNothing(t *testing.T) {
	b := newBucket()
	b.holds(t, "cus_1 1 part")
	l := stand(t, b, duck.Options{})
	if err := l.Overlay(t.Context(), []byte(`{"s":"customers","v":"x"`)); err == nil {
		t.Error("a torn line was taken")
	}
	expect(t, l, named, "cus_1 part")
}
