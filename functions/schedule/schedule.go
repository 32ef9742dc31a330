// Package schedule looks at the tenants' calendars, for one kind of due work at a time, and starts what has come due: one message a date, each with the
// date's next round in one transaction. A date is neither missed nor taken twice, however many looks there are at once.
package schedule

import (
	"context"
	"fmt"
	"sync/atomic"

	"github.com/dangol/dangol/shared/crm/due"
	"github.com/dangol/dangol/shared/crm/job"
	"github.com/dangol/dangol/shared/env"
	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/lanes"
	"github.com/dangol/dangol/shared/store"
	"github.com/dangol/dangol/shared/table"
)

// Worker starts due work.
type Worker struct{ env *env.Env }

// New returns the worker over the ports of e.
func New(e *env.Env) *Worker { return &Worker{env: e} }

const (
	perLook = 500 // dates read at a time
	atOnce  = 8   // dates started side by side, those of one tenant one after the other
)

// start adds to the transaction what a date asks for and the date's next round.
type start func(ctx context.Context, t *store.Tenant, tx *store.Tx, d store.Due) error

func (w *Worker) starts() map[due.Kind]start {
	return map[due.Kind]start{due.Scores: w.scores, due.Export: w.export, due.Segments: w.segments, due.Campaigns: w.campaign, due.Files: w.files}
}

// Tick starts everything of a kind that has come due, for as long as there is more and some of it can be started.
func (w *Worker) Tick(ctx context.Context, kind due.Kind) error {
	begin, known := w.starts()[kind]
	if !known {
		return fmt.Errorf("no work is due under the name %q", kind)
	}
	w.refile(ctx)
	for ctx.Err() == nil {
		dates, err := w.env.DB.DueBy(ctx, kind, w.env.Clock.Now(), perLook)
		if err != nil && len(dates) == 0 {
			return fmt.Errorf("read the calendar: %w", err)
		}
		if err != nil {
			w.env.Log.ErrorContext(ctx, "dates left out", "function", "schedule", "kind", kind, "error", err)
		}
		if taken := w.take(ctx, dates, begin); taken == 0 || len(dates) < perLook {
			break
		}
	}
	return ctx.Err()
}

// refile takes over what a release before left in the old place. Its trouble does not hold up what is due.
func (w *Worker) refile(ctx context.Context) {
	if moved, err := w.env.DB.Refile(ctx, perLook); err != nil || moved > 0 {
		w.env.Log.WarnContext(ctx, "dates moved to their tenants", "function", "schedule", "moved", moved, "error", err)
	}
}

// take starts the dates and returns how many it took. One tenant's trouble is logged and does not hold up the others.
func (w *Worker) take(ctx context.Context, dates []store.Due, begin start) int {
	var taken atomic.Int64
	tenant := func(d store.Due) string { return d.Tenant }
	_ = lanes.Each(ctx, atOnce, dates, tenant, func(ctx context.Context, _ int, d store.Due) error { // f returns no error, and the caller looks at ctx
		ok, err := w.takeOne(ctx, d, begin)
		if err != nil {
			w.env.Log.ErrorContext(ctx, "due work not started", "function", "schedule", "tenant", d.Tenant, "kind", d.Kind, "ref", d.Ref, "error", err)
		}
		if ok {
			taken.Add(1)
		}
		return nil
	})
	return int(taken.Load())
}

func (w *Worker) takeOne(ctx context.Context, d store.Due, begin start) (taken bool, err error) {
	t := w.env.DB.Tenant(d.Tenant).As("schedule")
	tx := t.Begin()
	tx.Done(d)
	if err := begin(ctx, t, tx, d); err != nil {
		return false, err
	}
	err = tx.Commit(ctx)
	if table.FailedLabel(err, "due") {
		return false, nil // another look took it
	}
	return err == nil, err
}

// scores starts the nightly rebuild and asks for the next night, in the zone that the workspace is in by now.
func (w *Worker) scores(ctx context.Context, t *store.Tenant, tx *store.Tx, d store.Due) error {
	ws, err := t.Workspace(ctx)
	if errs.Code(err) == "workspace_not_found" {
		return nil // the tenant is gone: its date goes with it
	}
	if err != nil {
		return err
	}
	tx.StartJob(job.ScoreRebuild, "", 0, nil)
	tx.Schedule(due.Scores, d.Ref, due.NextNight(t.Now(), ws.Zone()))
	return nil
}
