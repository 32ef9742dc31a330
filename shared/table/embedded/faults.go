package embedded

import (
	"sync"
	"time"

	"github.com/dangol/dangol/shared/kv"
	"github.com/dangol/dangol/shared/table"
)

// Faults make the engine misbehave as a cloud does, on demand. All methods are safe for concurrent use.
type Faults struct {
	e *Engine

	mu          sync.Mutex
	next        int // calls still to be throttled
	share       float64
	random      func() float64
	beforeWrite func(ops []table.Op) error
	afterWrite  func(ops []table.Op) error
	lag         time.Duration
	past        []state
}

// state is the store as it was at a time.
type state struct {
	at   time.Time
	snap kv.Snapshot
}

// ThrottleNext makes the next n calls fail with table.ErrThrottled.
func (f *Faults) ThrottleNext(n int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.next = n
}

// Throttle makes a share of the calls (0 to 1) fail with table.ErrThrottled; random returns numbers in [0, 1).
func (f *Faults) Throttle(share float64, random func() float64) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.share, f.random = share, random
}

// CrashBeforeWrite calls h with the operations of a write before it is handed to the store; an error keeps it from happening. Nil ends that.
func (f *Faults) CrashBeforeWrite(h func(ops []table.Op) error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.beforeWrite = h
}

// CrashAfterWrite calls h when a write is on disk and not yet acknowledged; the writer gets its error, as when an answer was lost. Nil ends that.
func (f *Faults) CrashAfterWrite(h func(ops []table.Op) error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.afterWrite = h
}

// DelayIndexes makes index reads answer from the state as it was lag ago, by the engine's clock; 0 ends that. It holds old states in memory, so
// it is for tests.
func (f *Faults) DelayIndexes(lag time.Duration) error {
	f.release()
	if lag <= 0 {
		return nil
	}
	f.mu.Lock()
	f.lag = lag
	f.mu.Unlock()
	return f.noteWrite()
}

// release ends the delay and gives up the states that it held.
func (f *Faults) release() {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, s := range f.past {
		s.snap.Close()
	}
	f.past, f.lag = nil, 0
}

// admit says whether a call may go on.
func (f *Faults) admit() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.next > 0 {
		f.next--
		return table.ErrThrottled
	}
	if f.share > 0 && f.random() < f.share {
		return table.ErrThrottled
	}
	return nil
}

func (f *Faults) before(ops []table.Op) error {
	f.mu.Lock()
	h := f.beforeWrite
	f.mu.Unlock()
	return call(h, ops)
}

func (f *Faults) after(ops []table.Op) error {
	f.mu.Lock()
	h := f.afterWrite
	f.mu.Unlock()
	return call(h, ops)
}

func call(h func(ops []table.Op) error, ops []table.Op) error {
	if h == nil {
		return nil
	}
	return h(ops)
}

// noteWrite keeps the state behind a write, while indexes are delayed.
func (f *Faults) noteWrite() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.lag == 0 {
		return nil
	}
	snap, err := f.e.store.Snapshot()
	if err != nil {
		return err
	}
	f.past = append(f.past, state{f.e.o.Clock.Now(), snap})
	return nil
}

// scanIndex reads the present state or, while indexes are delayed, the last one that is old enough; at first the one when the delay began. The
// lock is held meanwhile, so that no other reader gives the state up.
func (f *Faults) scanIndex(lower, upper []byte, reverse bool, fn func(key, value []byte) bool) error {
	f.mu.Lock()
	if f.lag == 0 {
		f.mu.Unlock()
		return f.e.store.Scan(lower, upper, reverse, fn)
	}
	defer f.mu.Unlock()
	seen := f.e.o.Clock.Now().Add(-f.lag)
	for len(f.past) > 1 && !f.past[1].at.After(seen) {
		f.past[0].snap.Close()
		f.past = f.past[1:]
	}
	return f.past[0].snap.Scan(lower, upper, reverse, fn)
}
