package engine

import (
	"math"
	"slices"
	"testing"
	"time"
)

func TestEventsHappenByTimeThenByAsking(t *testing.T) {
	s := New(1)
	var got []int
	note := func(n int) func() { return func() { got = append(got, n) } }
	s.At(2*time.Second, note(3))
	s.At(time.Second, note(1))
	s.At(time.Second, func() { note(2)(); s.At(0, note(20)) }) // what has passed happens now
	s.At(time.Minute, note(9))
	if n := s.Run(time.Second * 30); n != 4 || !slices.Equal(got, []int{1, 2, 20, 3}) || s.Now() != 2*time.Second {
		t.Errorf("got %d events %v at %v", n, got, s.Now())
	}
}

// waits lets customers arrive at a station of c servers and returns the mean time they wait.
func waits(seed uint64, n, c int, between, service func(*Sim) time.Duration) time.Duration {
	s := New(seed)
	src := NewSource(s, NewFair(s, FIFO), NewPool(0), c)
	var waited time.Duration
	src.Handle = func(_ int, body any, done func()) {
		waited += s.Now() - body.(time.Duration)
		s.After(service(s), done)
	}
	at := time.Duration(0)
	for range n {
		at += between(s)
		s.At(at, func() { src.Queue.Push(0, s.Now()); src.pump() })
	}
	s.Run(math.MaxInt64)
	return waited / time.Duration(n)
}

// erlangC is the mean wait in M/M/c: C(c, a) / (c/s - 1/between), with Erlang's C of the load a (Erlang, 1917).
func erlangC(c int, between, service float64) float64 {
	a := service / between
	sum, term := 0.0, 1.0
	for k := range c {
		sum += term
		term *= a / float64(k+1)
	}
	last := term * float64(c) / (float64(c) - a)
	return last / (sum + last) / (float64(c)/service - 1/between)
}

func TestQueuesWithKnownAnswers(t *testing.T) {
	exponential := func(mean time.Duration) func(*Sim) time.Duration {
		return func(s *Sim) time.Duration { return s.Exp(mean) }
	}
	fixed := func(d time.Duration) func(*Sim) time.Duration { return func(*Sim) time.Duration { return d } }
	const service = time.Second
	for name, c := range map[string]struct {
		servers          int
		between, service func(*Sim) time.Duration
		want             float64 // seconds
	}{
		"M/M/1, half busy":                   {1, exponential(2 * service), exponential(service), erlangC(1, 2, 1)},                // 1 s
		"M/M/1, four fifths busy":            {1, exponential(1250 * time.Millisecond), exponential(service), erlangC(1, 1.25, 1)}, // 4 s
		"M/M/3, four fifths busy":            {3, exponential(service * 10 / 24), exponential(service), erlangC(3, 1/2.4, 1)},
		"M/M/20, nine tenths busy":           {20, exponential(service / 18), exponential(service), erlangC(20, 1.0/18, 1)},
		"M/D/1, half busy: half as long":     {1, exponential(2 * service), fixed(service), 0.5}, // Pollaczek-Khinchine: rho/(2(1-rho))
		"one server in step with its guests": {1, fixed(service), fixed(service), 0},
	} {
		t.Run(name, func(t *testing.T) {
			got := waits(7, 150_000, c.servers, c.between, c.service).Seconds()
			if math.Abs(got-c.want) > 0.05*c.want+1e-9 {
				t.Errorf("got a mean wait of %.4f s, want %.4f", got, c.want)
			}
		})
	}
}

func TestAllAtOnceAtFixedServiceEndsWhenCounted(t *testing.T) {
	for _, c := range []struct {
		jobs, servers, account int
		want                   time.Duration
	}{{10, 1, 0, 10 * time.Second}, {10, 3, 0, 4 * time.Second}, {10, 5, 2, 5 * time.Second}} {
		s := New(1)
		pool := NewPool(c.account)
		src := NewSource(s, NewFair(s, FIFO), pool, c.servers)
		ended := 0
		src.Handle = func(_ int, _ any, done func()) { s.After(time.Second, func() { ended++; done() }) }
		for range c.jobs {
			src.Send(0, nil, 0)
		}
		s.Run(time.Hour)
		if s.Now() != c.want || ended != c.jobs || src.Peak > c.servers || c.account > 0 && pool.Peak > c.account {
			t.Errorf("%+v: %d ended at %v, %d at once", c, ended, s.Now(), src.Peak)
		}
	}
}

func TestBucketsKeepTheirRate(t *testing.T) {
	s := New(1)
	b := NewBucket(s, 10, 5)
	taken := 0
	for i := range 100_000 {
		s.At(time.Duration(i)*time.Millisecond, func() {
			if b.Take(1) {
				taken++
			}
		})
	}
	s.Run(time.Hour)
	if want := 5 + 10*100 - 1; taken < want-1 || taken > want+1 {
		t.Errorf("took %d tokens in 100 s, want %d", taken, want)
	}
	if !b.Draw(50) && b.Draw(1) || b.Draw(1) {
		t.Error("a bucket in debt gave more")
	}
	p := NewBucket(s, 4, 1)
	for i := range 5 {
		if got, want := p.Reserve(), time.Duration(i)*250*time.Millisecond; got != want {
			t.Errorf("place %d waits %v, want %v", i, got, want)
		}
	}
}

// serve puts a noisy group's backlog before a quiet one's message and returns how many of the noisy one's are served before it.
func serve(p Policy, inFlight int) (before int) {
	s := New(1)
	q := NewFair(s, p)
	for range 100 {
		q.Push(1, nil)
	}
	for range inFlight {
		q.Pop()
	}
	for i := range 10 { // what was in flight ends: processing time is spent
		s.At(time.Duration(i)*time.Second, func() { q.Done(1, time.Second) })
	}
	s.Run(time.Hour)
	q.Push(2, nil)
	for {
		if group, _, ok := q.Pop(); !ok || group == 2 {
			return before
		}
		before++
	}
}

func TestWhoIsServedNext(t *testing.T) {
	for _, c := range []struct {
		policy Policy
		want   int
	}{{FIFO, 80}, {SQS, 0}, {Turn, 1}} {
		if got := serve(c.policy, 20); got != c.want {
			t.Errorf("%s: %d messages of the noisy group came first, want %d", c.policy, got, c.want)
		}
	}
	s := New(1)
	q := NewFair(s, SQS)
	q.Push(1, nil)
	q.Push(2, nil)
	if group, _, _ := q.Pop(); group != 1 {
		t.Error("among quiet groups the oldest message goes first")
	}
	if id, body, ok := NewFair(s, SQS).Pop(); ok {
		t.Errorf("an empty queue gave %v %v", id, body)
	}
}
