package engine

import (
	"math"
	"time"
)

func exp(x float64) float64 { return math.Exp(x) }

// Pool is how many functions may run at once in an account.
type Pool struct {
	limit   int
	busy    int
	Peak    int
	waiting []func()
}

// NewPool returns a pool; limit 0 is none.
func NewPool(limit int) *Pool { return &Pool{limit: limit} }

// Enter takes a place; without one it returns false and calls again when one is given back.
func (p *Pool) Enter(again func()) bool {
	if p.limit > 0 && p.busy >= p.limit {
		p.waiting = append(p.waiting, again)
		return false
	}
	p.busy++
	p.Peak = max(p.Peak, p.busy)
	return true
}

// Leave gives a place back.
func (p *Pool) Leave() {
	p.busy--
	if len(p.waiting) > 0 {
		again := p.waiting[0]
		p.waiting = p.waiting[1:]
		again()
	}
}

// Source gives a queue's messages to a function, so many at once.
type Source struct {
	sim    *Sim
	Queue  *Fair
	pool   *Pool
	limit  int
	asked  bool // waits for the pool
	Busy   int
	Peak   int
	Handle func(group int, body any, done func())
}

// NewSource returns a source without a handler yet. pool is the account's.
func NewSource(s *Sim, q *Fair, pool *Pool, limit int) *Source {
	return &Source{sim: s, Queue: q, pool: pool, limit: limit}
}

// Send puts a message on the queue after a delay.
func (s *Source) Send(group int, body any, delay time.Duration) {
	s.sim.After(delay, func() {
		s.Queue.Push(group, body)
		s.pump()
	})
}

func (s *Source) pump() {
	for s.Busy < s.limit && s.Queue.Depth() > 0 && !s.asked {
		if !s.pool.Enter(s.again) {
			s.asked = true
			return
		}
		s.deliver()
	}
}

func (s *Source) again() {
	s.asked = false
	s.pump()
}

func (s *Source) deliver() {
	group, body, _ := s.Queue.Pop()
	s.Busy++
	s.Peak = max(s.Peak, s.Busy)
	began := s.sim.now
	s.Handle(group, body, func() {
		s.Busy--
		s.Queue.Done(group, s.sim.now-began)
		s.pool.Leave()
		s.pump()
	})
}
