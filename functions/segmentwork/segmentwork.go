// Package segmentwork keeps who is in which live segment: it follows the changes of customers within seconds, and counts whole segments anew when their rules
// change, when somebody asks for it, and every night, since rules over time change their members on a day on which nothing happens.
package segmentwork

import (
	"context"
	"encoding/json"

	"github.com/dangol/dangol/shared/crm/job"
	"github.com/dangol/dangol/shared/env"
	"github.com/dangol/dangol/shared/hop"
	"github.com/dangol/dangol/shared/lake/membership"
	"github.com/dangol/dangol/shared/queue"
)

// Worker works the queue memberships: hops of rebuilds, and turns of tenants whose lakes changed.
type Worker struct {
	env  *env.Env
	hops queue.Handler
}

// New returns the worker over the ports of e.
func New(e *env.Env) *Worker {
	return &Worker{env: e, hops: hop.Handler(e, "segmentwork", map[job.Kind]hop.Step{job.SegmentRebuild: rebuild})}
}

// Handle works a batch of the queue and returns the ids of the messages that failed.
func (w *Worker) Handle(ctx context.Context, batch []queue.Message) (failed []string, err error) {
	failed = []string{}
	for _, m := range batch {
		if isHop(m) {
			more, err := w.hops(ctx, []queue.Message{m})
			if err != nil {
				return nil, err
			}
			failed = append(failed, more...)
		} else if err := w.message(ctx, m); err != nil {
			w.env.Log.ErrorContext(ctx, "changes not followed", "function", "segmentwork", "tenant", m.Group, "message", m.ID, "received", m.Received, "error", err)
			failed = append(failed, m.ID)
		}
	}
	return failed, nil
}

func isHop(m queue.Message) bool {
	var call job.Call
	return json.Unmarshal(m.Body, &call) == nil && call.Job != ""
}

func (w *Worker) message(ctx context.Context, m queue.Message) error {
	var of membership.Turn
	if err := json.Unmarshal(m.Body, &of); err != nil {
		return err
	}
	return w.turn(ctx, of.Tenant)
}
