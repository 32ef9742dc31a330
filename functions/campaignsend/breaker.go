package campaignsend

import (
	"sync"
	"time"

	"github.com/dangol/dangol/shared/clock"
)

const (
	// trips is how many hand-overs in a row must find the provider down before the worker stops trying.
	trips = 5
	// firstBreak is how long it stops at first; it doubles up to mostBreak while the provider stays down.
	firstBreak = 5 * time.Second
	mostBreak  = 2 * time.Minute
)

// breaker keeps a worker from knocking at a provider that is down. Its zero value with a clock is closed.
type breaker struct {
	clock clock.Clock

	mu    sync.Mutex
	downs int // in a row
	pause time.Duration
	until time.Time
}

// wait returns how long to stay away; 0 lets one try.
func (b *breaker) wait() time.Duration {
	b.mu.Lock()
	defer b.mu.Unlock()
	return max(0, b.until.Sub(b.clock.Now()))
}

// note tells the breaker of an answer.
func (b *breaker) note(taken, down bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if !down {
		if taken {
			b.downs, b.pause = 0, 0
		}
		return
	}
	if b.downs++; b.downs%trips == 0 {
		b.pause = min(max(2*b.pause, firstBreak), mostBreak)
		b.until = b.clock.Now().Add(b.pause)
	}
}
