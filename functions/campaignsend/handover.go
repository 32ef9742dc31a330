package campaignsend

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"github.com/dangol/dangol/shared/crm/message"
	"github.com/dangol/dangol/shared/mail"
)

// result is what became of a hand-over.
type result uint8

// The results. Of a message without one nobody knows whether it went out: it stays in sending until its lease is over.
const (
	unknown     result = iota
	accepted           // the provider has it
	notTried           // it was not handed over
	deferred           // the provider asked to try later
	unreached          // the provider is down
	badAddress         // the address will never work
	badContent         // the content is refused, for everyone
	notRendered        // the template could not be filled
)

// outcome is a result with its moment and the provider's words.
type outcome struct {
	result result
	at     time.Time
	detail string
}

// haltAfter is how many times in a row the provider may ask to slow down before the run leaves the rest for later: once may be one mailbox's
// greylisting, thrice is the provider.
const haltAfter = 3

// handOver gives the claimed messages to the provider, as many at once as it likes, and notes what came of each. It begins none once the run is
// halted or its time is over.
func (r *run) handOver(ctx context.Context, taken []*work) {
	var next, refusals atomic.Int32
	until := r.until
	if end := taken[0].row.LeaseUntil.Add(-handOverMargin); end.Before(until) {
		until = end
	}
	var wg sync.WaitGroup
	for range min(len(taken), cap(r.w.slots)) {
		wg.Go(func() {
			for {
				i := int(next.Add(1)) - 1
				if i >= len(taken) {
					return
				}
				if r.halted.Load() || !r.w.env.Clock.Now().Before(until) {
					taken[i].outcome = outcome{result: notTried}
					continue
				}
				taken[i].outcome = r.one(ctx, taken[i])
				r.heed(taken[i].outcome.result, &refusals)
			}
		})
	}
	wg.Wait()
}

// heed halts the run when the provider wants no more.
func (r *run) heed(got result, refusals *atomic.Int32) {
	switch got {
	case accepted, badAddress:
		refusals.Store(0)
	case deferred, unreached:
		if refusals.Add(1) >= haltAfter {
			r.halted.Store(true)
		}
	case badContent:
		r.halted.Store(true)
	case unknown, notTried, notRendered:
	}
}

// one fills the template for one receiver and hands the message over.
func (r *run) one(ctx context.Context, wk *work) outcome {
	m, err := r.mailing.message(r.t.ID, wk)
	if err != nil {
		return outcome{result: notRendered, detail: err.Error()}
	}
	r.w.slots <- struct{}{}
	err = r.w.env.Mail.Send(ctx, m)
	<-r.w.slots
	return r.classify(ctx, wk.row, err)
}

// classify sorts the provider's answer.
func (r *run) classify(ctx context.Context, m *message.Message, err error) outcome {
	class := mail.FailureClass(err)
	r.w.breaker.note(err == nil, class == mail.Down)
	if err == nil {
		return outcome{result: accepted, at: r.t.Now()}
	}
	o := outcome{detail: err.Error()}
	switch class {
	case mail.Throttled:
		o.result = deferred
	case mail.Down:
		o.result = unreached
	case mail.Recipient:
		o.result = badAddress
	case mail.Content:
		o.result = badContent
	default:
		r.w.env.Log.WarnContext(ctx, "hand-over without an answer", "function", "campaignsend", "tenant", r.t.ID, "message", m.ID, "error", err)
	}
	return o
}
