package kv

import (
	"errors"
	"fmt"
	"strings"
	"sync"

	"github.com/cockroachdb/pebble"
)

// view is a state of the store that is on disk.
type view struct {
	snap *pebble.Snapshot
	refs int // guarded by views.mu; the current view holds one for being current
}

// views hands the latest durable state to readers. Reading the database itself would show writes before their sync.
type views struct {
	mu      sync.Mutex
	current *view
	readers sync.WaitGroup
}

func (v *views) publish(next *view) {
	next.refs = 1
	v.mu.Lock()
	old := v.current
	v.current = next
	v.mu.Unlock()
	if old != nil {
		v.drop(old)
	}
}

// acquire returns the current view, or nil when the store is closed. Give it back with release.
func (v *views) acquire() *view {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.current == nil {
		return nil
	}
	v.current.refs++
	v.readers.Add(1)
	return v.current
}

func (v *views) release(old *view) {
	v.drop(old)
	v.readers.Done()
}

func (v *views) drop(old *view) {
	v.mu.Lock()
	old.refs--
	last := old.refs == 0
	v.mu.Unlock()
	if last {
		v.discard(old)
	}
}

// discard closes a view that nobody reads. Closing a snapshot fails only when it is closed already.
func (*views) discard(old *view) { _ = old.snap.Close() }

func (v *views) close() {
	v.mu.Lock()
	last := v.current
	v.current = nil
	v.mu.Unlock()
	v.drop(last)
	v.readers.Wait()
}

// Get returns the durable value of key in memory of its own; nil is absent.
func (s *Store) Get(key []byte) ([]byte, error) {
	at, err := s.Snapshot()
	if err != nil {
		return nil, err
	}
	defer at.Close()
	return at.Get(key)
}

// Scan calls fn with each key in [lower, upper) and its value, as of one durable state, in order or in reverse, until fn returns false. A nil
// bound is none. Both slices are only valid during the call.
func (s *Store) Scan(lower, upper []byte, reverse bool, fn func(key, value []byte) bool) error {
	at, err := s.Snapshot()
	if err != nil {
		return err
	}
	defer at.Close()
	return at.Scan(lower, upper, reverse, fn)
}

// Snapshot is one durable state of the store, for several reads that belong together. It must be closed, once, before its store can be.
type Snapshot struct {
	s *Store
	v *view
}

// Snapshot returns the latest durable state.
func (s *Store) Snapshot() (Snapshot, error) {
	v := s.views.acquire()
	if v == nil {
		return Snapshot{}, ErrClosed
	}
	return Snapshot{s, v}, nil
}

// Close gives the state up.
func (at Snapshot) Close() { at.s.views.release(at.v) }

// Get is Store.Get on this state.
func (at Snapshot) Get(key []byte) ([]byte, error) { return get(at.v.snap, key) }

// Scan is Store.Scan on this state.
func (at Snapshot) Scan(lower, upper []byte, reverse bool, fn func(key, value []byte) bool) error {
	it, err := at.v.snap.NewIter(&pebble.IterOptions{LowerBound: lower, UpperBound: upper})
	if err != nil {
		return fmt.Errorf("kv: scan: %w", err)
	}
	first, next := it.First, it.Next
	if reverse {
		first, next = it.Last, it.Prev
	}
	for ok := first(); ok && fn(it.Key(), it.Value()); ok = next() {
	}
	if err := it.Close(); err != nil {
		return fmt.Errorf("kv: scan: %w", err)
	}
	return nil
}

func get(r pebble.Reader, key []byte) ([]byte, error) {
	v, closer, err := r.Get(key)
	if errors.Is(err, pebble.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("kv: get: %w", err)
	}
	own := append(make([]byte, 0, len(v)), v...)
	if err := closer.Close(); err != nil {
		return nil, fmt.Errorf("kv: get: %w", err)
	}
	return own, nil
}

// locked tells whether Pebble could not lock the directory. It wraps the system's error without a mark of its own.
func locked(err error) bool {
	text := err.Error()
	return strings.Contains(text, "lock held by current process") || strings.Contains(text, "resource temporarily unavailable")
}
