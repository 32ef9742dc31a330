//go:build cgo

package duck_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/dangol/dangol/shared/clock"
	"github.com/dangol/dangol/shared/lake/duck"
)

// endless would take hours.
const endless = `SELECT count(*) FROM range(10000000000) a(x), range(1000) b(y) WHERE hash(a.x + b.y) = 1`

func none([]any) error { return nil }

func TestAQueryEndsInTime(t *testing.T) {
	l := stand(t, newBucket(), duck.Options{Timeout: 100 * time.Millisecond})
	ask(t, l, names)
	began := time.Now()
	if err := l.Query(t.Context(), duck.Statement{SQL: endless}, none); !errors.Is(err, duck.ErrTime) {
		t.Errorf("got %v, want ErrTime", err)
	}
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("it ended after %v", took)
	}
	ask(t, l, names)
}

func TestAQueryEndsWithItsCaller(t *testing.T) {
	l := stand(t, newBucket(), duck.Options{})
	ask(t, l, names)
	ctx, leave := context.WithCancel(t.Context())
	time.AfterFunc(50*time.Millisecond, leave)
	if err := l.Query(ctx, duck.Statement{SQL: endless}, none); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want the caller's end", err)
	}
	ask(t, l, names)
}

func TestAQueryThatNeedsTooMuchMemory(t *testing.T) {
	l := stand(t, newBucket(), duck.Options{Memory: 40 << 20})
	ask(t, l, names)
	err := l.Query(t.Context(), duck.Statement{SQL: `SELECT len(list(x::VARCHAR || repeat('a', 100))) FROM range(20000000) r(x)`}, none)
	if !errors.Is(err, duck.ErrMemory) {
		t.Errorf("got %v, want ErrMemory", err)
	}
	ask(t, l, names)
}

func TestTheCallersErrorComesBack(t *testing.T) {
	l := stand(t, newBucket(), duck.Options{})
	enough, seen := errors.New("enough"), 0
	err := l.Query(t.Context(), duck.Statement{SQL: `SELECT * FROM range(10) r(x)`}, func([]any) error {
		if seen++; seen == 3 {
			return enough
		}
		return nil
	})
	if !errors.Is(err, enough) || seen != 3 {
		t.Errorf("got %v after %d rows", err, seen)
	}
}

func TestNoMoreQueriesAtOnceThanMayBe(t *testing.T) {
	l := stand(t, newBucket(), duck.Options{Queries: 2})
	ask(t, l, names)
	var running, most atomic.Int32
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			err := l.Query(t.Context(), duck.Statement{SQL: `SELECT 1`}, func([]any) error {
				n := running.Add(1)
				for m := most.Load(); n > m && !most.CompareAndSwap(m, n); m = most.Load() {
				}
				time.Sleep(20 * time.Millisecond)
				running.Add(-1)
				return nil
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if got := most.Load(); got != 2 {
		t.Errorf("%d at once, want 2", got)
	}
}

// TestManyTenants: with room for two open databases, ten tenants still each get their own rows; what is closed need not be loaded again.
func TestManyTenants(t *testing.T) {
	r := runner(t, duck.Options{Tenants: 2})
	for round := range 2 {
		for i := range 10 {
			tenant := fmt.Sprintf("tenant%d", i)
			b := newBucket()
			b.set(duck.State{Parts: map[string][]duck.Part{"customers": {b.customers(t, "a 1 "+tenant)}}})
			if round == 1 {
				b.objects = nil // it is in the database
			}
			if got, want := ask(t, lakeOf(t, r, tenant, b), names), []string{"a " + tenant}; !slices.Equal(got, want) {
				t.Errorf("round %d: got %q, want %q", round, got, want)
			}
		}
	}
	if n := duck.OpenDatabases(r); n > 2 {
		t.Errorf("%d databases are open, want 2 at most", n)
	}
}

func TestTheDiskIsBounded(t *testing.T) {
	r := runner(t, duck.Options{Disk: 1})
	for i := range 3 {
		b := newBucket()
		b.set(duck.State{Parts: map[string][]duck.Part{"customers": {b.customers(t, "a 1 x")}}})
		ask(t, lakeOf(t, r, fmt.Sprint(i), b), names)
	}
	left, err := filepath.Glob(filepath.Join(duck.DirOf(r), "*"))
	if err != nil || len(left) != 1 {
		t.Errorf("left are %v, %v; want the last one alone", left, err)
	}
	b := newBucket()
	b.set(duck.State{Parts: map[string][]duck.Part{"customers": {b.customers(t, "a 1 x")}}})
	if got := ask(t, lakeOf(t, r, "0", b), names); !slices.Equal(got, []string{"a x"}) {
		t.Errorf("one that was removed is loaded again: got %q", got)
	}
}

func TestTheLakeIsAskedNoOftenerThanItsAge(t *testing.T) {
	b, hands := newBucket(), clock.NewManual(time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC))
	l := stand(t, b, duck.Options{MaxAge: time.Second, Clock: hands})
	for _, step := range []struct {
		pass time.Duration
		want int
	}{{0, 1}, {999 * time.Millisecond, 1}, {time.Millisecond, 2}, {0, 2}} {
		hands.Advance(step.pass)
		ask(t, l, names)
		if b.asked != step.want {
			t.Errorf("after %v more: asked %d times, want %d", step.pass, b.asked, step.want)
		}
	}
}

// TestReadersAndALoader: while deltas are loaded, every answer is one of the states, never between two.
func TestReadersAndALoader(t *testing.T) {
	b := newBucket()
	state := duck.State{Parts: map[string][]duck.Part{"customers": {b.part(t, "customers", `SELECT x::VARCHAR AS id, 1::BIGINT AS _v, false AS _gone, '0' AS name FROM range(2000) r(x)`)}}}
	b.set(state)
	l := stand(t, b, duck.Options{})
	ask(t, l, names)
	var all sync.WaitGroup
	for range 3 {
		all.Go(func() {
			for range 20 {
				err := l.Query(t.Context(), duck.Statement{SQL: `SELECT count(*), count(DISTINCT name), min(name) FROM customers`}, func(row []any) error {
					if row[0] != int64(2000) || row[1] != int64(1) {
						t.Errorf("half a state: %v", row)
					}
					return nil
				})
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	for i := range 5 {
		var lines []string
		for x := range 2000 {
			lines = append(lines, fmt.Sprintf(`{"s":"customers","v":%d,"at":"2026-11-22T09:00:00Z","id":"%d","row":{"name":"%d"}}`, i+2, x, i+1))
		}
		state.Deltas = append(slices.Clone(state.Deltas), b.delta(t, fmt.Sprint(i), lines...))
		b.set(state)
		ask(t, l, `SELECT count(*) FROM customers`)
	}
	all.Wait()
	if got := ask(t, l, `SELECT DISTINCT name FROM customers`); !slices.Equal(got, []string{"5"}) {
		t.Errorf("at the end: %q", got)
	}
}

func TestAClosedRunnerAnswersSo(t *testing.T) {
	r, err := duck.New(subjects, duck.Options{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	l := lakeOf(t, r, "tenant", newBucket())
	ask(t, l, names)
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	if err := l.Query(t.Context(), duck.Statement{SQL: names}, none); !errors.Is(err, duck.ErrClosed) {
		t.Errorf("got %v, want ErrClosed", err)
	}
	if _, err := os.Stat(duck.DirOf(r)); !os.IsNotExist(err) {
		t.Errorf("the folder is still there: %v", err)
	}
}
