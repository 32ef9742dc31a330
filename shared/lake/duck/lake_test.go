//go:build cgo

package duck_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/dangol/dangol/shared/lake/duck"
)

const names = `SELECT id, name FROM customers ORDER BY id`

func TestTheHighestVersionOfAnIDWins(t *testing.T) {
	line := func(id, version, name string) string {
		return `{"s":"customers","v":` + version + `,"at":"2026-11-22T09:00:00.123Z","id":"` + id + `","row":{"name":"` + name + `","tags":["web"]}}`
	}
	gone := func(id, version string) string {
		return `{"s":"customers","v":` + version + `,"at":"2026-11-22T09:00:00Z","gone":true,"id":"` + id + `"}`
	}
	for name, c := range map[string]struct {
		part   []string
		deltas [][]string // each loaded after the ones before
		want   []string
	}{
		"a change overrides the snapshot":        {[]string{"a 1 old", "b 1 bo"}, [][]string{{line("a", "2", "new")}}, []string{"a new", "b bo"}},
		"a change that the snapshot has":         {[]string{"a 3 new"}, [][]string{{line("a", "2", "old")}}, []string{"a new"}},
		"a new record":                           {[]string{"a 1 one"}, [][]string{{line("b", "1", "two")}}, []string{"a one", "b two"}},
		"a removed record":                       {[]string{"a 1 one", "b 1 two"}, [][]string{{gone("a", "2")}}, []string{"b two"}},
		"a removed record stays so when late":    {[]string{"a 1 one"}, [][]string{{gone("a", "3")}, {line("a", "2", "late")}}, nil},
		"removed before the snapshot knew of it": {nil, [][]string{{gone("a", "3")}, {line("a", "2", "late")}}, nil},
		"twice in one delta":                     {[]string{"a 1 one"}, [][]string{{line("a", "3", "three"), line("a", "2", "two")}}, []string{"a three"}},
		"out of order":                           {[]string{"a 1 one"}, [][]string{{line("a", "3", "three")}, {line("a", "2", "two")}}, []string{"a three"}},
		"the same twice":                         {[]string{"a 1 one"}, [][]string{{line("a", "2", "two")}, {line("a", "2", "two")}}, []string{"a two"}},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBucket()
			state := duck.State{Parts: map[string][]duck.Part{}}
			if c.part != nil {
				state.Parts["customers"] = []duck.Part{b.customers(t, c.part...)}
			}
			b.set(state)
			l := stand(t, b, duck.Options{})
			ask(t, l, names)
			for i, lines := range c.deltas {
				state.Deltas = append(slices.Clone(state.Deltas), b.delta(t, string(rune('1'+i)), lines...))
				b.set(state)
				ask(t, l, names)
			}
			if got := ask(t, l, names); !slices.Equal(got, c.want) {
				t.Errorf("loaded one by one: %q, want %q", got, c.want)
			}
			if got := ask(t, stand(t, b, duck.Options{}), names); !slices.Equal(got, c.want) {
				t.Errorf("loaded at once: %q, want %q", got, c.want)
			}
		})
	}
}

// TestManyDeltas: more than are loaded in one transaction, the last of which beats the first, and a file that is torn behind them.
func TestManyDeltas(t *testing.T) {
	b := newBucket()
	state := duck.State{Parts: map[string][]duck.Part{"customers": {b.customers(t, "a 1 one")}}}
	var want []string
	for i := range 150 {
		line := fmt.Sprintf(`{"s":"customers","v":%d,"at":"2026-11-22T09:00:00Z","id":"a","row":{"name":"n%d"}}`, i+2, i)
		own := fmt.Sprintf(`{"s":"customers","v":1,"at":"2026-11-22T09:00:00Z","id":"b%03d","row":{"name":"own"}}`, i)
		state.Deltas = append(state.Deltas, b.delta(t, fmt.Sprintf("%03d", i), line, own))
		want = append(want, fmt.Sprintf("b%03d own", i))
	}
	want = append([]string{"a n149"}, want...)
	torn := slices.Concat(state.Deltas, []string{"gone"})
	b.set(duck.State{Parts: state.Parts, Deltas: torn})
	l := stand(t, b, duck.Options{})
	if err := l.Query(t.Context(), duck.Statement{SQL: names}, func([]any) error { return nil }); err == nil {
		t.Fatal("a delta that cannot be read was passed over")
	}
	b.set(state)
	if got := ask(t, l, names); !slices.Equal(got, want) {
		t.Errorf("got %d customers, %q; want %d, %q", len(got), got[:1], len(want), want[:1])
	}
}

// TestCompactionChangesNothing: parts take the place of others and of deltas, some of which this reader saw and some not.
func TestCompactionChangesNothing(t *testing.T) {
	b := newBucket()
	before := []duck.Part{b.customers(t, "a 1 one", "b 1 two"), b.customers(t, "c 1 three")}
	seen := b.delta(t, "1", `{"s":"customers","v":2,"at":"2026-11-22T09:00:00Z","id":"a","row":{"name":"seen"}}`)
	b.set(duck.State{Parts: map[string][]duck.Part{"customers": before}, Deltas: []string{seen}})
	l := stand(t, b, duck.Options{})
	if got, want := ask(t, l, names), []string{"a seen", "b two", "c three"}; !slices.Equal(got, want) {
		t.Fatalf("got %q, want %q", got, want)
	}
	after := []duck.Part{b.customers(t, "a 2 seen", "b 4 unseen"), before[1]}
	later := b.delta(t, "2", `{"s":"customers","v":2,"at":"2026-11-22T09:00:00Z","id":"c","row":{"name":"later"}}`)
	for _, c := range []struct {
		name  string
		state duck.State
	}{
		{"the folded delta is still listed", duck.State{Parts: map[string][]duck.Part{"customers": after}, Deltas: []string{seen, later}}},
		{"it is listed no more", duck.State{Parts: map[string][]duck.Part{"customers": after}, Deltas: []string{later}}},
		{"nothing but parts is left", duck.State{Parts: map[string][]duck.Part{"customers": {after[0], b.customers(t, "c 2 later")}}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			b.set(c.state)
			if got, want := ask(t, l, names), []string{"a seen", "b unseen", "c later"}; !slices.Equal(got, want) {
				t.Errorf("got %q, want %q", got, want)
			}
		})
	}
}

func TestValuesComeAsTheyAre(t *testing.T) {
	b := newBucket()
	b.set(duck.State{Deltas: []string{b.delta(t, "1",
		`{"s":"customers","v":1,"at":"2026-11-22T09:00:00.123Z","id":"a","row":{"name":"홍길동","tags":["vip","뉴스"],"createdAt":"2026-11-21T23:30:00.5Z","custom.size":42.5,"custom.vip":true,"custom.note":"x","custom.list":["a","b"]}}`,
		`{"s":"customers","v":1,"at":"2026-11-22T09:00:00Z","id":"b","row":{"name":"NFD 각","custom.note":"y","unknown":1}}`,
		`{"s":"orders","v":1,"at":"2026-11-22T09:00:00Z","id":"o","row":{"customerId":"a","total":"12000.5","currency":"KRW"}}`)}})
	l := stand(t, b, duck.Options{})
	for query, want := range map[string][]string{
		`SELECT name, tags, "createdAt", _at FROM customers WHERE id = 'a'`:                           {"홍길동 [vip 뉴스] 2026-11-21 23:30:00.5 +0000 UTC 2026-11-22 09:00:00.123 +0000 UTC"},
		`SELECT "custom.size", "custom.vip", "custom.note", "custom.list" FROM customers ORDER BY id`: {"42.5 true x [a b]", "<nil> <nil> y <nil>"},
		`SELECT total, currency, sum(total) FROM orders GROUP BY ALL`:                                 {"12000.5 KRW 12000.5"},
		`SELECT id FROM customers WHERE contains("^name", 'ㅎㄱ')`:                                      {"a"},
		`SELECT id FROM customers WHERE "~name" = 'nfd 각'`:                                            {"b"},
		`SELECT count(*), sum(_v) FROM customers`:                                                     {"2 2"},
	} {
		if got := ask(t, l, query); !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", query, got, want)
		}
	}
	columns, err := l.Columns(t.Context(), "customers")
	if err != nil || !slices.Contains(columns, duck.Column{Name: "custom.size", Type: "DOUBLE"}) || !slices.Contains(columns, duck.Column{Name: "custom.list", Type: "VARCHAR[]"}) {
		t.Errorf("columns %v, %v", columns, err)
	}
}

func TestACustomFieldOfTwoTypesIsAText(t *testing.T) {
	b := newBucket()
	first := b.delta(t, "1", `{"s":"customers","v":1,"at":"2026-11-22T09:00:00Z","id":"a","row":{"custom.size":42}}`)
	b.set(duck.State{Deltas: []string{first}})
	l := stand(t, b, duck.Options{})
	ask(t, l, `SELECT "custom.size" FROM customers`)
	part := b.part(t, "customers", `SELECT 'b' AS id, 1::BIGINT AS _v, false AS _gone, 'XL' AS "custom.size"`)
	b.set(duck.State{Parts: map[string][]duck.Part{"customers": {part}}, Deltas: []string{first}})
	if got, want := ask(t, l, `SELECT id, "custom.size", "~custom.size" FROM customers ORDER BY id`), []string{"a 42 42", "b XL xl"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestAFileThatIsNotItsHashIsNotLoaded(t *testing.T) {
	b := newBucket()
	good := b.customers(t, "a 1 one")
	b.set(duck.State{Parts: map[string][]duck.Part{"customers": {good}}})
	l := stand(t, b, duck.Options{})
	ask(t, l, names)
	other := b.customers(t, "b 1 two")
	b.set(duck.State{Parts: map[string][]duck.Part{"customers": {{Key: other.Key, Hash: good.Hash[:60] + "0000"}}}})
	err := l.Query(t.Context(), duck.Statement{SQL: names}, func([]any) error { return nil })
	if !errors.Is(err, duck.ErrCorrupt) {
		t.Errorf("got %v, want ErrCorrupt", err)
	}
	b.set(duck.State{Parts: map[string][]duck.Part{"customers": {good}}})
	if got, want := ask(t, l, names), []string{"a one"}; !slices.Equal(got, want) {
		t.Errorf("after the failure: got %q, want %q", got, want)
	}
}
