// Package engine is a small discrete-event simulator: a clock that jumps from event to event, and the things that wait in it (queues with fair
// groups, limits of concurrency, token buckets). The same seed gives the same run, to the last event.
package engine

import (
	"container/heap"
	"math/rand/v2"
	"time"
)

// Sim is one run. The zero value is not useful; New makes one.
type Sim struct {
	now    time.Duration // since the run began
	events events
	seq    uint64
	Rand   *rand.Rand
}

// New returns a run at time zero whose randomness comes from the seed alone.
func New(seed uint64) *Sim { return &Sim{Rand: rand.New(rand.NewPCG(seed, 0x9e3779b97f4a7c15))} }

// Now is the time since the run began.
func (s *Sim) Now() time.Duration { return s.now }

// At calls f at a time, or now if that has passed. Events of one moment happen in the order in which they were asked for.
func (s *Sim) At(t time.Duration, f func()) {
	s.seq++
	heap.Push(&s.events, event{max(t, s.now), s.seq, f})
}

// After calls f when d has passed.
func (s *Sim) After(d time.Duration, f func()) { s.At(s.now+d, f) }

// Run lets events happen until none is left or the time is over. It returns how many happened.
func (s *Sim) Run(until time.Duration) (n int) {
	for len(s.events) > 0 && s.events[0].at <= until {
		e := heap.Pop(&s.events).(event)
		s.now = e.at
		e.f()
		n++
	}
	return n
}

// Exp draws from the exponential distribution with the given mean.
func (s *Sim) Exp(mean time.Duration) time.Duration {
	return time.Duration(s.Rand.ExpFloat64() * float64(mean))
}

// Within draws evenly from 0 to d.
func (s *Sim) Within(d time.Duration) time.Duration {
	if d <= 0 {
		return 0
	}
	return time.Duration(s.Rand.Int64N(int64(d)))
}

type event struct {
	at  time.Duration
	seq uint64
	f   func()
}

// events is a heap by time, then by order of asking.
type events []event

func (e events) Len() int { return len(e) }
func (e events) Less(i, j int) bool {
	return e[i].at < e[j].at || e[i].at == e[j].at && e[i].seq < e[j].seq
}
func (e events) Swap(i, j int) { e[i], e[j] = e[j], e[i] }
func (e *events) Push(x any)   { *e = append(*e, x.(event)) }
func (e *events) Pop() any {
	old := *e
	last := old[len(old)-1]
	old[len(old)-1] = event{}
	*e = old[:len(old)-1]
	return last
}
