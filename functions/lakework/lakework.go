// Package lakework keeps lakes whole and quick to read: it writes the first parts of a lake from the table, folds the deltas of a workspace into its parts, moves what was folded to the history, and removes the parts
// that nobody names.
package lakework

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/dangol/dangol/shared/blob"
	"github.com/dangol/dangol/shared/catalogue"
	"github.com/dangol/dangol/shared/env"
	"github.com/dangol/dangol/shared/lake"
	"github.com/dangol/dangol/shared/lake/compact"
	"github.com/dangol/dangol/shared/lake/rebuild"
	"github.com/dangol/dangol/shared/queue"
)

// Worker works the queue lakes. A message that comes twice finds nothing left to do.
type Worker struct{ env *env.Env }

// New returns the worker over the ports of e.
func New(e *env.Env) *Worker { return &Worker{env: e} }

// Handle works a batch of the queue and returns the ids of the messages that failed.
func (w *Worker) Handle(ctx context.Context, batch []queue.Message) (failed []string, err error) {
	failed = []string{}
	for _, m := range batch {
		if err := w.message(ctx, m); err != nil {
			w.env.Log.ErrorContext(ctx, "lake not compacted", "function", "lakework", "tenant", m.Group, "message", m.ID, "received", m.Received, "error", err)
			failed = append(failed, m.ID)
		}
	}
	return failed, nil
}

func (w *Worker) message(ctx context.Context, m queue.Message) error {
	var of lake.Upkeep
	if err := json.Unmarshal(m.Body, &of); err != nil {
		return fmt.Errorf("decode which lake: %w", err)
	}
	objects := w.env.Objects(of.Tenant)
	if err := w.begin(ctx, of, objects); err != nil {
		return err
	}
	o := compact.Options{Now: w.env.Clock.Now}
	for {
		r, err := compact.Turn(ctx, objects, of.Tenant, o)
		if err != nil {
			return err
		}
		if !r.More {
			_, err := compact.Tidy(ctx, objects, of.Tenant, o)
			return err
		}
		if w.late(ctx) {
			return w.env.Queue.Send(ctx, catalogue.Lakes, queue.Send{Group: of.Tenant, Body: m.Body})
		}
	}
}

// begin writes the first parts of a lake from the table, which may have records from before there were lakes: no delta brings those; and all parts anew when an
// operator asks for it (scripts/rebuildlake), and when the dictionary has columns that the parts were written without. The last is only tried: a lake that cannot
// be written anew is kept as it was.
func (w *Worker) begin(ctx context.Context, of lake.Upkeep, objects blob.Blob) error {
	m, _, err := lake.Read(ctx, objects, of.Tenant)
	if err != nil {
		return err
	}
	if m.Version == 0 || m.Rebuilt.Before(of.Rebuild) {
		return w.rebuild(ctx, of, objects)
	}
	if m.Shape == lake.Shape() {
		return nil
	}
	if err := w.rebuild(ctx, of, objects); err != nil {
		w.env.Log.WarnContext(ctx, "lake not given its new columns", "function", "lakework", "tenant", of.Tenant, "error", err)
	}
	return ctx.Err()
}

// rebuild leaves time for a turn.
func (w *Worker) rebuild(ctx context.Context, of lake.Upkeep, objects blob.Blob) error {
	o := rebuild.Options{Now: w.env.Clock.Now, Asked: of.Rebuild}
	if left, limited := w.left(ctx); limited {
		o.Most = max(left-turnTime, time.Second)
	}
	_, err := rebuild.Lake(ctx, w.env.DB.Tenant(of.Tenant), objects, o)
	return err
}

// turnTime is more than a turn takes: each folds a bounded share of deltas into a lake of ten million orders.
const turnTime = 2 * time.Minute

func (w *Worker) late(ctx context.Context) bool {
	left, limited := w.left(ctx)
	return limited && left < turnTime
}

// left is how much time the delivery has, where it is limited.
func (w *Worker) left(ctx context.Context) (left time.Duration, limited bool) {
	deadline, limited := ctx.Deadline()
	return deadline.Sub(w.env.Clock.Now()), limited
}
