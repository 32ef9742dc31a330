//go:build cgo

package duck_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/dangol/dangol/shared/lake/duck"
)

const tagged = `SELECT id, tags FROM customers WHERE name = $1 ORDER BY id`

func TestAnAnswerIsRepeatedUntilTheLakeChanges(t *testing.T) {
	b := newBucket()
	b.set(duck.State{Parts: map[string][]duck.Part{"customers": {b.customers(t, "a 1 one", "b 1 two")}}})
	l := stand(t, b, duck.Options{})
	for range 2 {
		err := l.Query(t.Context(), duck.Statement{SQL: tagged, Args: []any{"one"}}, func(row []any) error {
			if list := row[1].([]string); row[0] != "a" || !slices.Equal(list, []string{"vip"}) {
				t.Errorf("got %v", row)
			} else {
				row[0], list[0] = "spoilt", "spoilt" // a row is the caller's to change
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if got := ask(t, l, tagged, "two"); !slices.Equal(got, []string{"b [vip]"}) {
		t.Errorf("another value has another answer: %q", got)
	}
	if got := duck.KeptAnswers(l); got != 2 {
		t.Errorf("%d answers are kept, want 2", got)
	}
	b.set(duck.State{Parts: b.state.Parts, Deltas: []string{b.delta(t, "1", `{"s":"customers","v":2,"at":"2026-11-22T09:00:00Z","id":"b","row":{"name":"one","tags":["new"]}}`)}})
	if got := ask(t, l, tagged, "one"); !slices.Equal(got, []string{"a [vip]", "b [new]"}) {
		t.Errorf("after a change: %q", got)
	}
	if got := duck.KeptAnswers(l); got != 1 {
		t.Errorf("%d answers are kept after a change, want the new one", got)
	}
}

func TestWhatIsNotKeptIsAskedAnew(t *testing.T) {
	errEnough := errors.New("enough")
	for name, c := range map[string]struct {
		options duck.Options
		query   string
		each    error
		want    int
	}{
		"a short answer":               {query: `SELECT * FROM range(64)`, want: 1},
		"a long answer":                {query: `SELECT * FROM range(65)`},
		"one that was not heard out":   {query: `SELECT * FROM range(3)`, each: errEnough},
		"where all are to be measured": {query: `SELECT count(*) FROM customers`, options: duck.Options{Anew: true}},
	} {
		t.Run(name, func(t *testing.T) {
			l := stand(t, newBucket(), c.options)
			rows := 0
			for range 2 {
				err := l.Query(t.Context(), duck.Statement{SQL: c.query}, func([]any) error { rows++; return c.each })
				if !errors.Is(err, c.each) {
					t.Fatalf("got %v, want %v", err, c.each)
				}
			}
			if got := duck.KeptAnswers(l); got != c.want {
				t.Errorf("%d answers are kept, want %d", got, c.want)
			}
			if rows%2 != 0 || rows == 0 {
				t.Errorf("%d rows in two answers", rows)
			}
		})
	}
}
