package queue_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/dangol/dangol/shared/clock"
	"github.com/dangol/dangol/shared/kv"
	"github.com/dangol/dangol/shared/queue"
	"github.com/dangol/dangol/shared/queue/embedded"
)

const jobs = queue.Name("jobs")

// office is a queue with workers under a clock that the test moves.
type office struct {
	q    *embedded.Queue
	clk  *clock.Manual
	stop context.CancelFunc
	done chan struct{}
}

func open(t *testing.T, o queue.Options, h queue.Handler) *office {
	t.Helper()
	store, err := kv.Open(t.TempDir()+"/kv", kv.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	f := &office{clk: clock.NewManual(time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)), done: make(chan struct{})}
	if f.q, err = embedded.New(store, f.clk); err != nil {
		t.Fatal(err)
	}
	var ctx context.Context
	ctx, f.stop = context.WithCancel(t.Context())
	o.Clock, o.Log = f.clk, slog.New(slog.NewTextHandler(io.Discard, nil))
	go func() { defer close(f.done); queue.Work(ctx, f.q, jobs, o, h) }()
	t.Cleanup(func() { f.stop(); <-f.done })
	return f
}

func (f *office) send(t *testing.T, bodies ...string) {
	t.Helper()
	var msgs []queue.Send
	for i, b := range bodies {
		msgs = append(msgs, queue.Send{Group: []string{"hana", "duri"}[i%2], Body: []byte(b)})
	}
	if err := f.q.Send(t.Context(), jobs, msgs...); err != nil {
		t.Fatal(err)
	}
}

// wantCounts waits until the queue holds that many visible or hidden messages and dead letters.
func (f *office) wantCounts(t *testing.T, alive, dead int) {
	t.Helper()
	eventually(t, func() string {
		if v, h, d := f.q.Counts(jobs); v+h != alive || d != dead {
			return fmt.Sprintf("%d visible, %d hidden, %d dead; want %d alive, %d dead", v, h, d, alive, dead)
		}
		return ""
	})
}

func eventually(t *testing.T, check func() string) {
	t.Helper()
	problem := ""
	for range 500 {
		if problem = check(); problem == "" {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatal(problem)
}

// log gathers what handlers saw.
type log struct {
	mu   sync.Mutex
	seen []string
}

func (l *log) add(batch []queue.Message) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, m := range batch {
		l.seen = append(l.seen, fmt.Sprintf("%s#%d", m.Body, m.Received))
	}
}

func (l *log) sorted() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Sorted(slices.Values(l.seen))
}

func TestWorkDeletesWhatSucceededAndGivesBackWhatFailed(t *testing.T) {
	var l log
	f := open(t, queue.Options{}, func(_ context.Context, batch []queue.Message) (failed []string, err error) {
		l.add(batch)
		for _, m := range batch {
			if string(m.Body) == "bad" && m.Received < 3 {
				failed = append(failed, m.ID)
			}
		}
		return failed, nil
	})
	f.send(t, "good", "bad")
	f.wantCounts(t, 1, 0)
	f.clk.Advance(time.Second)
	eventually(t, func() string { return missing(l.sorted(), "bad#2") })
	f.clk.Advance(3 * time.Second) // the second backoff is four
	f.wantCounts(t, 1, 0)
	eventually(t, func() string { // the give-back may come after the clock was moved
		f.clk.Advance(time.Second)
		return missing(l.sorted(), "bad#3")
	})
	f.wantCounts(t, 0, 0)
	if got, want := l.sorted(), []string{"bad#1", "bad#2", "bad#3", "good#1"}; !slices.Equal(got, want) {
		t.Errorf("worked %q, want %q", got, want)
	}
}

func missing(seen []string, want string) string {
	if slices.Contains(seen, want) {
		return ""
	}
	return fmt.Sprintf("worked %q, %s not yet", seen, want)
}

func TestAHandlerThatBreaksFailsItsBatchAndNothingElse(t *testing.T) {
	for name, h := range map[string]queue.Handler{
		"an error":          func(context.Context, []queue.Message) ([]string, error) { return nil, errors.New("the table is away") },
		"a panic":           func(context.Context, []queue.Message) ([]string, error) { panic("a nil map") },
		"an id of no batch": func(context.Context, []queue.Message) ([]string, error) { return []string{"stranger"}, nil },
	} {
		t.Run(name, func(t *testing.T) {
			f := open(t, queue.Options{}, h)
			f.send(t, "a", "b")
			eventually(t, func() string {
				f.clk.Advance(10 * time.Second)
				if _, _, dead := f.q.Counts(jobs); dead != 2 {
					return fmt.Sprintf("%d dead letters, want 2", dead)
				}
				return ""
			})
		})
	}
}

func TestWorkStopsAfterTheBatchInHand(t *testing.T) {
	started, finish := make(chan struct{}), make(chan struct{})
	f := open(t, queue.Options{Batch: 1}, func(ctx context.Context, _ []queue.Message) ([]string, error) {
		close(started)
		<-finish
		return nil, ctx.Err()
	})
	f.send(t, "a")
	<-started
	f.send(t, "b")
	f.stop()
	close(finish)
	<-f.done
	f.wantCounts(t, 1, 0) // a is worked and deleted, b was not begun
}

func TestWorkKeepsToItsConcurrencyAndTimeout(t *testing.T) {
	var mu sync.Mutex
	running, most := 0, 0
	f := open(t, queue.Options{Concurrency: 3, Batch: 1, Timeout: 30 * time.Millisecond}, func(ctx context.Context, _ []queue.Message) ([]string, error) {
		mu.Lock()
		running++
		most = max(most, running)
		mu.Unlock()
		<-ctx.Done()
		mu.Lock()
		running--
		mu.Unlock()
		return nil, nil
	})
	f.send(t, "a", "b", "c", "d", "e", "f", "g", "h")
	f.wantCounts(t, 0, 0)
	if most != 3 {
		t.Errorf("at most %d batches at once, want 3", most)
	}
}
