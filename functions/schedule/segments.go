package schedule

import (
	"context"

	"github.com/dangol/dangol/shared/crm/due"
	"github.com/dangol/dangol/shared/crm/job"
	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/store"
)

// segments starts the count of all segments and asks for the next night, unless the tenant is gone or has none any more.
func (w *Worker) segments(ctx context.Context, t *store.Tenant, tx *store.Tx, d store.Due) error {
	ws, err := t.Workspace(ctx)
	if errs.Code(err) == "workspace_not_found" {
		return nil
	}
	if err != nil {
		return err
	}
	some, _, err := t.Segments(ctx, store.Page{Limit: 1})
	if err != nil || len(some) == 0 {
		return err
	}
	tx.StartJob(job.SegmentRebuild, "", 0, nil)
	tx.Schedule(due.Segments, d.Ref, due.NextNight(t.Now(), ws.Zone()))
	return nil
}
