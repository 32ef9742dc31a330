// Package schedule looks at the tenants' calendar every minute and starts what has come due, each with the date's next round, in one transaction:
// a date is neither missed nor taken twice, however many ticks run at once.
package schedule

import (
	"context"
	"fmt"

	"github.com/dangol/dangol/shared/crm/due"
	"github.com/dangol/dangol/shared/crm/job"
	"github.com/dangol/dangol/shared/env"
	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/store"
	"github.com/dangol/dangol/shared/table"
)

// Worker starts due work.
type Worker struct{ env *env.Env }

// New returns the worker over the ports of e.
func New(e *env.Env) *Worker { return &Worker{env: e} }

// perTick bounds one tick; what is left waits for the next.
const perTick = 500

// start adds to the transaction what a date asks for and the date's next round.
type start func(ctx context.Context, t *store.Tenant, tx *store.Tx, d store.Due) error

func (w *Worker) starts() map[due.Kind]start {
	return map[due.Kind]start{due.Scores: w.scores, due.Export: w.export, due.Campaigns: w.campaign}
}

// Tick starts everything that has come due. One tenant's trouble is logged and does not hold up the others.
func (w *Worker) Tick(ctx context.Context) error {
	dates, err := w.env.DB.DueBy(ctx, w.env.Clock.Now(), perTick)
	if err != nil {
		return fmt.Errorf("read the calendar: %w", err)
	}
	for _, d := range dates {
		if err := w.take(ctx, d); err != nil {
			w.env.Log.ErrorContext(ctx, "due work not started", "function", "schedule", "tenant", d.Tenant, "kind", d.Kind, "ref", d.Ref, "error", err)
		}
	}
	return ctx.Err()
}

func (w *Worker) take(ctx context.Context, d store.Due) error {
	t := w.env.DB.Tenant(d.Tenant).As("schedule")
	tx := t.Begin()
	tx.Done(d)
	if begin, ok := w.starts()[d.Kind]; ok {
		if err := begin(ctx, t, tx, d); err != nil {
			return err
		}
	}
	err := tx.Commit(ctx)
	if table.FailedLabel(err, "due") {
		return nil // another tick took it
	}
	return err
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
