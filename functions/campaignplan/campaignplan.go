// Package campaignplan turns a campaign into messages: it freezes the audience once and for all, and writes one planned message for everyone who is
// not held out, while the first chunks are already being sent. It also asks for chunks again after a pause, withdraws what a cancel left, and
// plans failed messages anew. Campaigns that are under way it looks after, when their dates have come.
package campaignplan

import (
	"context"
	"fmt"

	"github.com/dangol/dangol/shared/crm/campaign"
	"github.com/dangol/dangol/shared/crm/job"
	"github.com/dangol/dangol/shared/crm/message"
	"github.com/dangol/dangol/shared/env"
	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/hop"
	"github.com/dangol/dangol/shared/queue"
	"github.com/dangol/dangol/shared/sending"
	"github.com/dangol/dangol/shared/store"
)

// Audience says who is in a segment. It may be asked again after a crash; the first answer that was stored counts.
type Audience interface {
	// Members returns the ids of the segment's customers, in any order, and the version of the segment that they belong to.
	Members(ctx context.Context, t *store.Tenant, segmentID string) (ids []string, version int64, err error)
}

// Worker handles the queue of plans.
type Worker struct {
	env      *env.Env
	audience Audience
	handle   queue.Handler
}

// New returns the worker over the ports of e.
func New(e *env.Env) *Worker { return NewWith(e, asked{e}) }

// NewWith returns the worker with another way to learn who is in a segment.
func NewWith(e *env.Env, a Audience) *Worker {
	w := &Worker{env: e, audience: a}
	w.handle = hop.Telling(e, "campaignplan", map[job.Kind]hop.Step{job.CampaignPlan: w.step}, gaveUp)
	return w
}

// Handle works the batch and returns the ids of the messages that must come again.
func (w *Worker) Handle(ctx context.Context, batch []queue.Message) (failed []string, err error) {
	var hops []queue.Message
	for _, m := range batch {
		if asked, ok := lookOf(m); ok {
			w.lookOrLeave(ctx, asked)
			continue
		}
		hops = append(hops, m)
	}
	return w.handle(ctx, hops)
}

// step does one hop of a job.
func (w *Worker) step(ctx context.Context, r *hop.Run) (again bool, err error) {
	var work campaign.Work
	if err := r.Params(&work); err != nil {
		return false, err
	}
	again, err = w.task(ctx, r, work)
	if code := errs.Code(err); code != "" && code != "try_again" {
		return false, refused(ctx, r, work.Campaign, err)
	}
	return again, err
}

func (w *Worker) task(ctx context.Context, r *hop.Run, work campaign.Work) (again bool, err error) {
	c, ctl, err := r.T.Campaign(ctx, work.Campaign)
	if err != nil {
		return false, err
	}
	switch work.Task {
	case campaign.PlanMessages:
		return w.plan(ctx, r, c, ctl)
	case campaign.AskAgain:
		return w.resume(ctx, r, c, ctl)
	case campaign.WithdrawRest:
		return false, withdraw(ctx, r, c.ID)
	case campaign.PlanFailed:
		return false, retry(ctx, r, c.ID, ctl)
	}
	return false, fmt.Errorf("no task %q", work.Task)
}

// gaveUp stops the campaign of a job that got nowhere: its owner sees why, and to resume it plans on.
func gaveUp(ctx context.Context, r *hop.Run) error {
	var work campaign.Work
	if err := r.Params(&work); err != nil {
		return err
	}
	return sending.Stop(ctx, r.T, work.Campaign, "job_gave_up")
}

// refused stops a campaign whose planning a rule ended, so that its owner sees why, and passes the refusal on to the job.
func refused(ctx context.Context, r *hop.Run, campaignID string, err error) error {
	if stopped := sending.Stop(ctx, r.T, campaignID, errs.Code(err)); stopped != nil {
		return stopped
	}
	return err
}

// plan freezes the audience in one hop and writes the messages in those that follow.
func (w *Worker) plan(ctx context.Context, r *hop.Run, c *campaign.Campaign, ctl *campaign.Control) (again bool, err error) {
	if ctl.JobID != r.Job.ID || ctl.Status == campaign.Canceled || ctl.Complete {
		return false, nil // another job plans on, or nobody wants the rest
	}
	if ctl.Frozen == nil {
		return true, w.freeze(ctx, r, c, ctl)
	}
	return w.write(ctx, r, c, ctl)
}

// resume asks for what is planned, and plans the rest if planning was cut short.
func (w *Worker) resume(ctx context.Context, r *hop.Run, c *campaign.Campaign, ctl *campaign.Control) (again bool, err error) {
	if ctl.Status == campaign.Sending {
		tallies, err := r.T.Tallies(ctx, c.ID)
		if err != nil {
			return false, err
		}
		if err := sending.Ask(ctx, r.T, c.ID, ctl.Epoch, sending.Pending(tallies)); err != nil {
			return false, err
		}
		if err := sending.Finish(ctx, r.T, c.ID, 0); err != nil {
			return false, err
		}
	}
	return w.plan(ctx, r, c, ctl)
}

// withdraw cancels what is planned. A message in a worker's hands is recorded by the worker.
func withdraw(ctx context.Context, r *hop.Run, campaignID string) error {
	tallies, err := r.T.Tallies(ctx, campaignID)
	if err != nil {
		return err
	}
	for _, chunk := range sending.Pending(tallies) {
		if err := sending.WithdrawChunk(ctx, r.T, campaignID, chunk); err != nil {
			return err
		}
	}
	return nil
}

// retry plans the messages again that failed for a reason that may have gone away, and asks for their chunks.
func retry(ctx context.Context, r *hop.Run, campaignID string, ctl *campaign.Control) error {
	tallies, err := r.T.Tallies(ctx, campaignID)
	if err != nil {
		return err
	}
	var chunks []int
	for chunk, books := range tallies {
		if books.In(message.Failed) == 0 {
			continue
		}
		moved, err := sending.MoveChunk(ctx, r.T, campaignID, chunk, ctl.Epoch, func(m *message.Message) bool {
			return m.State == message.Failed && m.Retry() == nil
		})
		if err != nil {
			return err
		}
		r.Job.Done += int64(moved)
		chunks = append(chunks, chunk)
	}
	if err := sending.Ask(ctx, r.T, campaignID, ctl.Epoch, chunks); err != nil {
		return err
	}
	return sending.Finish(ctx, r.T, campaignID, 0)
}
