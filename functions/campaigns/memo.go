package campaigns

import (
	"context"
	"sync"
	"time"

	"github.com/dangol/dangol/shared/clock"
)

// memo keeps figures that cost a scan for a short while; callers who ask meanwhile wait for the one that computes them.
type memo[T any] struct {
	clock clock.Clock
	keep  time.Duration

	mu   sync.Mutex
	kept map[string]*figure[T]
}

type figure[T any] struct {
	mu    sync.Mutex
	value T
	until time.Time
}

// mostFigures bounds what an instance keeps.
const mostFigures = 256

func newMemo[T any](c clock.Clock, keep time.Duration) *memo[T] {
	return &memo[T]{clock: c, keep: keep, kept: map[string]*figure[T]{}}
}

func (m *memo[T]) get(ctx context.Context, key string, compute func(context.Context) (T, error)) (T, error) {
	f := m.figure(key)
	f.mu.Lock()
	defer f.mu.Unlock()
	if m.clock.Now().Before(f.until) {
		return f.value, nil
	}
	v, err := compute(ctx)
	if err == nil {
		f.value, f.until = v, m.clock.Now().Add(m.keep)
	}
	return v, err
}

func (m *memo[T]) figure(key string) *figure[T] {
	m.mu.Lock()
	defer m.mu.Unlock()
	f := m.kept[key]
	if f == nil {
		if len(m.kept) >= mostFigures {
			clear(m.kept)
		}
		f = &figure[T]{}
		m.kept[key] = f
	}
	return f
}
