package campaignsend

import (
	"context"
	"math/rand/v2"
	"sync/atomic"
	"time"

	"github.com/dangol/dangol/shared/crm/message"
	"github.com/dangol/dangol/shared/store"
	"github.com/dangol/dangol/shared/table"
)

const (
	// lease is how long a claimed message belongs to its worker.
	lease = 2 * time.Minute
	// handOverMargin is what one hand-over and its record may take: none is begun later than that before the lease or the deadline ends.
	handOverMargin = 10 * time.Second
	// maxAttempts is how often a message is taken up before it fails.
	maxAttempts = 5
	// maxPutOffs is how often the provider may put a message off before it fails: a day of mostPause.
	maxPutOffs = 24 * 60 / 5
)

// run is one delivery of a call.
type run struct {
	w       *Worker
	t       *store.Tenant
	call    message.Call
	mailing *mailing
	until   time.Time

	sent   int           // messages that the provider took
	delay  time.Duration // when the chunk must come again; 0 is not at all
	pauses int
	halted atomic.Bool // the provider wants no more for now, or the campaign was stopped
}

// send works through the chunk's messages, slice by slice.
func (r *run) send(ctx context.Context) error {
	rows, err := r.open(ctx)
	if err != nil {
		return err
	}
	for start := 0; start < len(rows) && !r.late() && !r.halted.Load(); start += store.MaxMoves {
		if err := r.slice(ctx, rows[start:min(start+store.MaxMoves, len(rows))]); err != nil {
			if table.FailedLabel(err, store.LabelEpoch) {
				r.delay = 0
				return nil // paused, stopped or canceled: whoever did that sees to the rest
			}
			return err
		}
	}
	return nil
}

// open reads the messages that can be taken up. One in another worker's hands makes the chunk come again when its lease is over.
func (r *run) open(ctx context.Context) (rows []*message.Message, err error) {
	now := r.w.env.Clock.Now()
	err = r.t.EachMessage(ctx, r.call.Campaign, r.call.Chunk, func(m *message.Message) (bool, error) {
		switch {
		case m.State == message.Planned || m.LeaseOver(now) || r.orphaned(m):
			rows = append(rows, m)
		case m.State == message.Sending:
			r.comeAgain(m.LeaseUntil.Sub(now) + time.Second)
		}
		return true, nil
	})
	return rows, err
}

// orphaned says whether a message was claimed by a worker that ended with the process before this one.
func (r *run) orphaned(m *message.Message) bool {
	alone := r.w.env.Settings.Alone
	return m.State == message.Sending && !alone.IsZero() && m.LeaseUntil.Add(-lease).Before(alone)
}

// slice takes a transaction's worth of messages from claim to record.
func (r *run) slice(ctx context.Context, rows []*message.Message) error {
	taken, err := r.claim(ctx, rows)
	if err != nil || len(taken) == 0 {
		return err
	}
	r.handOver(ctx, taken)
	return r.record(ctx, taken)
}

func (r *run) late() bool { return !r.w.env.Clock.Now().Before(r.until) }

// comeAgain makes the chunk come again after d at the latest.
func (r *run) comeAgain(d time.Duration) {
	if r.delay == 0 || d < r.delay {
		r.delay = max(d, time.Millisecond)
	}
}

// The waits of a chunk whose provider asks to slow down, doubling with every time in a row that nothing was taken.
const (
	firstPause = 2 * time.Second
	mostPause  = 5 * time.Minute
)

// pause puts the rest of the chunk off, with jitter so that the chunks of a campaign do not come back all at once.
func (r *run) pause() {
	n := r.call.Pauses
	if r.sent > 0 {
		n = 0
	}
	d := min(firstPause<<min(n, 10), mostPause)
	r.pauses = n + 1
	r.comeAgain(d/2 + rand.N(d))
}

// next is the call with which the chunk comes again.
func (r *run) next() message.Call {
	c := r.call
	c.Pauses = r.pauses
	return c
}
