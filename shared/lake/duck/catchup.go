//go:build cgo

package duck

import (
	"context"
	"fmt"
	"iter"
	"time"

	"github.com/dangol/dangol/shared/lake/ask"
)

// catchUp is one loading of what is new. It belongs to nobody: who asked for it may leave, and the next one who asks finds it further on. Otherwise a lake that
// takes longer to load than anybody waits would never be loaded.
type catchUp struct {
	number int64
	began  time.Time
	done   chan struct{}
	err    error // once done
}

// patience fires when the caller would rather have an older answer than wait; never for one who would not. Where a load goes on without anybody waiting for it, the
// time that it has taken counts: beside an import nobody waits long for one that others wait for already.
func (l *Lake) patience(ctx context.Context, c *catchUp) (over <-chan time.Time, stop func() bool) {
	d, hurried := ask.Patience(ctx)
	if !hurried {
		return nil, func() bool { return true }
	}
	if l.runner.options.Awake {
		d -= l.runner.options.Clock.Now().Sub(c.began)
	}
	t := time.NewTimer(d) // the machine's time: it is people who wait
	return t.C, t.Stop
}

// again is how often who has lost patience looks whether anything is there at all.
const again = 100 * time.Millisecond

// mostCatchUp ends one that hangs.
const mostCatchUp = 15 * time.Minute

// refresh returns when the database has what the lake had when it was called, or what it had Options.MaxAge before. Where something is loaded, nobody waits for
// that longer than its patience (ask.Soon).
func (l *Lake) refresh(ctx context.Context) error {
	before, fresh := l.caughtUp()
	if fresh {
		return nil
	}
	c := l.catchUp(ctx)
	patience, stop := l.patience(ctx, c)
	defer stop()
	for ; ; c = l.catchUp(ctx) {
		select {
		case <-c.done:
			if c.number > before {
				return c.err
			}
		case <-patience:
			ask.Hurry(ctx)
			if l.knows() {
				return nil
			}
			patience = time.After(again)
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// caughtUp returns the number of the last catching up that began, which may have begun too early for who asks now, and whether the lake need not be asked.
func (l *Lake) caughtUp() (last int64, fresh bool) {
	l.turn.Lock()
	defer l.turn.Unlock()
	return l.catches, l.knows() && l.runner.options.Clock.Now().Sub(l.asked) < l.runner.options.MaxAge
}

// knows says whether anything is loaded.
func (l *Lake) knows() bool {
	l.shown.RLock()
	defer l.shown.RUnlock()
	return l.columns != nil
}

// catchUp returns the one under way, or begins one. The caller keeps the database open.
func (l *Lake) catchUp(ctx context.Context) *catchUp {
	l.turn.Lock()
	defer l.turn.Unlock()
	if l.catching != nil {
		return l.catching
	}
	l.catches++
	c := &catchUp{number: l.catches, began: l.runner.options.Clock.Now(), done: make(chan struct{})}
	l.catching = c
	go l.work(context.WithoutCancel(ctx), c)
	return c
}

func (l *Lake) work(ctx context.Context, c *catchUp) {
	ctx, cancel := context.WithTimeout(ctx, mostCatchUp)
	defer cancel()
	defer context.AfterFunc(l.runner.life, cancel)()
	c.err = l.held(func() error { return l.toNow(ctx) })
	l.turn.Lock()
	defer l.turn.Unlock()
	l.catching = nil
	if c.err == nil {
		l.asked = c.began
	}
	close(c.done)
}

// held does f while the database is open. It is closed only with the runner, or when whoever wanted f has left.
func (l *Lake) held(f func() error) error {
	if !l.open.TryRLock() {
		return ErrClosed
	}
	defer l.open.RUnlock()
	if l.db == nil {
		return ErrClosed
	}
	return f()
}

// toNow loads what the lake has and the database has not. A failure leaves the database at a state that the lake had.
func (l *Lake) toNow(ctx context.Context) error {
	state, err := l.src.State(ctx)
	if err != nil {
		return fmt.Errorf("state of the lake: %w", err)
	}
	l.refreshing.Lock()
	was := l.loaded
	l.refreshing.Unlock()
	if was.tables != nil && !was.lacks(state) {
		return nil
	}
	for step := range was.steps(state) {
		if err := l.load(ctx, step); err != nil {
			return err
		}
	}
	return nil
}

// mostDeltas is how many deltas are loaded in one transaction, which holds their lines and rows in memory until it ends, and keeps out who lays rows over: of a
// large import that nobody asked about meanwhile there are hundreds, of thousands of rows each.
const mostDeltas = 8

// steps are states on the way to one: each has all parts, and some more of the deltas, in their order, so that whoever asks between two of them sees the lake as
// it was earlier.
func (n loaded) steps(s State) iter.Seq[State] {
	return func(yield func(State) bool) {
		known := n.deltas
		for fresh, i := 0, 0; i < len(s.Deltas); i++ {
			if !known[s.Deltas[i]] {
				fresh++
			}
			if fresh == mostDeltas {
				if fresh = 0; !yield(State{Parts: s.Parts, Deltas: s.Deltas[:i+1]}) {
					return
				}
			}
		}
		yield(s)
	}
}

// lacks says whether the state has files that are not loaded, or not all that is loaded.
func (n loaded) lacks(s State) bool {
	for _, key := range s.Deltas {
		if !n.deltas[key] {
			return true
		}
	}
	for subject := range n.tables {
		if len(s.Parts[subject]) != len(n.parts[subject]) {
			return true
		}
		for _, p := range s.Parts[subject] {
			if _, ok := n.parts[subject][p.Hash]; !ok {
				return true
			}
		}
	}
	return false
}
