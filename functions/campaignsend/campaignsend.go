// Package campaignsend sends a campaign, a chunk at a time: it claims messages under a lease, asks once more whether each may go out, hands them to
// the provider and records what came of it. A crash between any two of these loses nothing, and nothing is handed over twice that the provider
// would deliver twice.
package campaignsend

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/dangol/dangol/shared/catalogue"
	"github.com/dangol/dangol/shared/crm/campaign"
	"github.com/dangol/dangol/shared/crm/message"
	"github.com/dangol/dangol/shared/env"
	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/links"
	"github.com/dangol/dangol/shared/queue"
	"github.com/dangol/dangol/shared/sending"
	"github.com/dangol/dangol/shared/store"
)

// Worker handles the queue of chunks.
type Worker struct {
	env      *env.Env
	signer   *links.Signer
	slots    chan struct{} // one per hand-over that is useful at once, over all chunks
	mailings *mailings
	breaker  breaker
}

// New returns the worker over the ports of e.
func New(e *env.Env) *Worker {
	return &Worker{env: e, signer: links.NewSigner(e.Settings.Keys.Links), slots: make(chan struct{}, max(1, e.Mail.Traits().Concurrency)),
		mailings: newMailings(), breaker: breaker{clock: e.Clock}}
}

// Handle works the batch and returns the ids of the messages that must come again.
func (w *Worker) Handle(ctx context.Context, batch []queue.Message) (failed []string, err error) {
	failed = []string{}
	for _, m := range batch {
		if err := w.message(ctx, m); err != nil {
			w.env.Log.ErrorContext(ctx, "chunk not sent", "function", "campaignsend", "tenant", m.Group, "message", m.ID, "received", m.Received, "error", err)
			failed = append(failed, m.ID)
		}
	}
	return failed, nil
}

func (w *Worker) message(ctx context.Context, m queue.Message) error {
	var call message.Call
	if err := json.Unmarshal(m.Body, &call); err != nil {
		return fmt.Errorf("decode call: %w", err)
	}
	t := w.env.DB.Tenant(call.Tenant).As("campaignsend")
	ctl, err := t.CampaignControl(ctx, call.Campaign)
	switch {
	case errs.Code(err) == "campaign_not_found":
		return nil
	case err != nil:
		return err
	case ctl.Status == campaign.Canceled:
		return sending.WithdrawChunk(ctx, t, call.Campaign, call.Chunk)
	case ctl.Status != campaign.Sending || ctl.Epoch != call.Epoch:
		return nil // paused, stopped, over; or resumed since, which asked for the chunk again
	}
	if wait := w.breaker.wait(); wait > 0 {
		return w.again(ctx, call, wait)
	}
	return w.chunk(ctx, t, call)
}

func (w *Worker) chunk(ctx context.Context, t *store.Tenant, call message.Call) error {
	mailing, err := w.mailings.get(ctx, w, t, call)
	if err != nil {
		return fmt.Errorf("prepare campaign %s: %w", call.Campaign, err)
	}
	r := &run{w: w, t: t, call: call, mailing: mailing, until: w.deadline(ctx)}
	if err := r.send(ctx); err != nil {
		return err
	}
	if r.delay > 0 || r.late() {
		return w.again(ctx, r.next(), r.delay)
	}
	return sending.Finish(ctx, t, call.Campaign, call.Chunk+1)
}

// again puts the call back on the queue; the delivery at hand ends.
func (w *Worker) again(ctx context.Context, call message.Call, delay time.Duration) error {
	body, err := json.Marshal(call)
	if err != nil {
		return err
	}
	send := queue.Send{Group: call.Tenant, Body: body, Delay: min(delay, queue.MaxDelay)}
	if err := w.env.Queue.Send(ctx, catalogue.Sends, send); err != nil {
		return fmt.Errorf("give chunk %d of %s back: %w", call.Chunk, call.Campaign, err)
	}
	return nil
}

// deadline is when the worker stops taking up messages. The context's deadline is the machine's time; only the distance to it is carried over to
// the clock port.
func (w *Worker) deadline(ctx context.Context) time.Time {
	until := w.env.Clock.Now().Add(time.Minute)
	if d, ok := ctx.Deadline(); ok {
		until = w.env.Clock.Now().Add(time.Until(d))
	}
	return until.Add(-w.env.Settings.Margin - handOverMargin)
}
