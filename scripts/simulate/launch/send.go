package launch

import (
	"time"

	"github.com/dangol/dangol/shared/queue"
	"github.com/dangol/dangol/shared/store"
)

// What functions/campaignsend does.
const (
	opening    = 25 * time.Millisecond // control, rows, and now and then the template
	facts      = 20 * time.Millisecond // customers and suppressions, two batches
	refusal    = 30 * time.Millisecond // SES says no
	sendTime   = 280 * time.Second     // the row's timeout less margin and the time for a hand-over
	haltAfter  = 3
	maxPutOffs = 24 * 60 / 5
	putOff     = 2 * time.Second
	mostPause  = 5 * time.Minute
	revived    = 20 * time.Minute // sending.stalledAfter: dead letters are asked for again
)

// chunk is a piece of a campaign. left has, for each message still to be sent, how often the provider put it off.
type chunk struct {
	t        *tenant
	number   int
	written  int
	left     []uint16
	pauses   int
	receives int
}

// run is one delivery of a chunk.
type run struct {
	w        *world
	c        *chunk
	done     func()
	until    time.Duration
	sent     int
	halted   bool
	refusals int

	taken []uint16 // the slice in hand
	next  int
	slots int
	back  []uint16        // of it, not sent
	took  []time.Duration // of it, when each was accepted
}

func (w *world) send(c *chunk, done func()) {
	r := &run{w: w, c: c, done: done, until: w.sim.Now() + sendTime}
	w.sim.After(opening, r.slice)
}

func (r *run) late() bool { return r.w.sim.Now() >= r.until }

// slice takes a transaction's worth of messages from claim to record.
func (r *run) slice() {
	r.exhaust()
	if len(r.c.left) == 0 || r.halted || r.late() {
		r.finish()
		return
	}
	n := min(store.MaxMoves, len(r.c.left))
	at := r.w.table.place(r.c.t.id, r.c.number)
	r.w.sim.After(facts, func() {
		r.w.table.write(at, units(n, 2), &r.c.t.control, func(ok bool) {
			if !ok {
				r.fail()
				return
			}
			r.w.feed.put(at, n, nil)
			r.handOver(n)
		})
	})
}

// exhaust fails what was put off too often.
func (r *run) exhaust() {
	kept := r.c.left[:0]
	for _, n := range r.c.left {
		if n < maxPutOffs {
			kept = append(kept, n)
		}
	}
	if gone := len(r.c.left) - len(kept); gone > 0 {
		r.w.end(r.c.t, gone, &r.w.out.Failed)
	}
	r.c.left = kept
}

func (r *run) handOver(n int) {
	r.taken, r.next, r.back, r.took = r.c.left[:n], 0, nil, nil
	r.c.left = r.c.left[n:]
	r.slots = min(r.w.p.Calls, n)
	for range r.slots {
		r.call()
	}
}

// call hands the next message over, and goes on with another when it has its answer.
func (r *run) call() {
	for r.next < len(r.taken) && (r.halted || r.late()) {
		r.back = append(r.back, r.taken[r.next])
		r.next++
	}
	if r.next >= len(r.taken) {
		if r.slots--; r.slots == 0 {
			r.record()
		}
		return
	}
	before := r.taken[r.next]
	r.next++
	r.w.out.Calls++
	latency := r.w.p.SESLatency/2 + r.w.sim.Exp(r.w.p.SESLatency/2)
	switch {
	case r.w.p.Paced:
		r.w.sim.After(r.w.ses.Reserve()+latency, r.accepted)
	case r.w.ses.Take(1):
		r.w.sim.After(latency, r.accepted)
	default:
		r.w.sim.After(refusal, func() { r.refused(before) })
	}
}

func (r *run) accepted() {
	r.refusals = 0
	r.took = append(r.took, r.w.sim.Now())
	r.call()
}

func (r *run) refused(before uint16) {
	r.w.out.Refused++
	r.back = append(r.back, before+1)
	if r.refusals++; r.refusals >= haltAfter {
		r.halted = true
	}
	r.call()
}

// record writes what became of the slice. What cannot be recorded is uncertain: SES knows no repetition.
func (r *run) record() {
	at := r.w.table.place(r.c.t.id, r.c.number)
	r.w.table.write(at, units(len(r.took), 3)+units(len(r.back), 2)+tally, nil, func(ok bool) {
		if !ok {
			r.w.end(r.c.t, len(r.taken), &r.w.out.Uncertain)
			r.fail()
			return
		}
		r.w.feed.put(at, len(r.taken), nil)
		r.w.feed.put(r.w.table.place(r.c.t.id, -1), 1, nil)
		r.w.out.accepted(r.c.t, r.took)
		r.sent += len(r.took)
		r.c.left = append(r.back, r.c.left...)
		r.w.end(r.c.t, len(r.took), &r.w.out.Accepted)
		r.slice()
	})
}

// finish ends the delivery; what is left comes again, after a pause if the provider asked for one.
func (r *run) finish() {
	r.done()
	if len(r.c.left) == 0 {
		return
	}
	wait := time.Duration(0)
	if r.halted {
		if r.sent > 0 {
			r.c.pauses = 0
		}
		pause := min(putOff<<min(r.c.pauses, 10), mostPause)
		wait = pause/2 + r.w.sim.Within(pause)
		r.c.pauses++
	} else {
		r.c.pauses = 0
	}
	r.c.receives = 0 // a new message
	r.w.sends.Send(r.c.t.id, r.c, wait)
}

// fail leaves the message to its visibility, and after as many times as the queue allows to whoever looks after campaigns that stand still.
func (r *run) fail() {
	r.w.out.RunsFailed++
	r.done()
	if len(r.c.left) == 0 {
		return
	}
	wait := r.w.p.Again
	if r.c.receives++; r.c.receives >= queue.MaxReceives {
		r.c.receives, wait = 0, wait+revived
	}
	r.w.sends.Send(r.c.t.id, r.c, wait)
}
