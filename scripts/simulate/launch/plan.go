package launch

import (
	"time"

	"github.com/dangol/dangol/shared/crm/message"
	"github.com/dangol/dangol/shared/store"
)

// What functions/campaignplan does.
const (
	writers    = 24                     // chunks written at once, as it is
	freezes    = 300 * time.Millisecond // a freeze of nobody
	hopTime    = 290 * time.Second      // the row's timeout less the margin of shared/cloud
	visibility = 330 * time.Second      // infra/queues.go: timeout and overrun; then a failed hop or chunk comes again
)

// planning is a job that plans a campaign, from hop to hop.
type planning struct {
	t      *tenant
	frozen bool
	next   int // chunk to be taken by a writer
	began  time.Duration
	busy   int // writers
	failed bool
	again  []*chunk // cut short
}

func (w *world) launch(t *tenant) {
	w.sim.After(w.feed.hop(), func() { w.plans.Send(t.id, &planning{t: t}, 0) })
}

// plan is one hop.
func (w *world) plan(j *planning, done func()) {
	j.began, j.failed = w.sim.Now(), false
	if !j.frozen {
		j.frozen = true
		j.t.cut()
		audience := time.Duration(float64(j.t.messages) / w.p.FreezeRate * float64(time.Second))
		w.sim.After(freezes+audience, func() { w.nextHop(j, done, 0) })
		return
	}
	j.busy = min(w.p.Writers, len(j.t.chunks)-j.next+len(j.again))
	for range j.busy {
		w.writer(j, done)
	}
}

func (w *world) nextHop(j *planning, done func(), wait time.Duration) {
	done()
	w.plans.Send(j.t.id, j, w.feed.hop()+wait)
}

// cut spreads the campaign's messages over chunks.
func (t *tenant) cut() {
	n := message.Chunks(t.messages)
	for i := range n {
		size := t.messages*(i+1)/n - t.messages*i/n
		t.chunks = append(t.chunks, &chunk{t: t, number: i, left: make([]uint16, size)})
	}
}

// writer takes chunks until none is left, time is over or something failed.
func (w *world) writer(j *planning, done func()) {
	c := j.take()
	if c == nil || j.failed || w.sim.Now()-j.began > hopTime {
		if c != nil {
			j.again = append(j.again, c)
		}
		w.rest(j, done)
		return
	}
	w.writeSlice(j, c, done)
}

func (j *planning) take() *chunk {
	if n := len(j.again); n > 0 {
		c := j.again[n-1]
		j.again = j.again[:n-1]
		return c
	}
	if j.next >= len(j.t.chunks) {
		return nil
	}
	j.next++
	return j.t.chunks[j.next-1]
}

// rest ends a writer; the last one ends the hop.
func (w *world) rest(j *planning, done func()) {
	if j.busy--; j.busy > 0 {
		return
	}
	switch {
	case j.failed:
		w.out.PlanHopsFailed++
		w.nextHop(j, done, w.p.Again)
	case len(j.again) > 0 || j.next < len(j.t.chunks):
		w.nextHop(j, done, 0)
	default:
		w.out.planned(j.t, w.sim.Now())
		done()
	}
}

// writeSlice writes the chunk's next transaction; the last one asks for the chunk through the change feed.
func (w *world) writeSlice(j *planning, c *chunk, done func()) {
	n := min(store.MaxMoves, len(c.left)-c.written)
	at := w.table.place(c.t.id, c.number)
	w.table.write(at, units(n, 2)+tally, &c.t.control, func(ok bool) {
		if !ok {
			j.failed = true
			j.again = append(j.again, c)
			w.rest(j, done)
			return
		}
		c.written += n
		w.feed.put(at, n, nil)
		if c.written < len(c.left) {
			w.writeSlice(j, c, done)
			return
		}
		w.feed.put(w.table.place(c.t.id, -1), 1, func() { w.sends.Send(c.t.id, c, 0) })
		w.writer(j, done)
	})
}

// Units of a transaction: two for a message's row, one more for its entry in the index, two for the tally (docs/costs.md).
const tally = 2

func units(messages int, each float64) float64 { return float64(messages) * each }
