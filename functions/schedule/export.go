package schedule

import (
	"cmp"
	"context"

	"github.com/dangol/dangol/shared/crm/due"
	"github.com/dangol/dangol/shared/crm/export"
	"github.com/dangol/dangol/shared/crm/job"
	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/store"
)

// export starts a scheduled export and asks for the next round, unless the segment is gone or asks for none any more.
func (w *Worker) export(ctx context.Context, t *store.Tenant, tx *store.Tx, d store.Due) error {
	s, err := t.Segment(ctx, d.Ref)
	if errs.Code(err) == "segment_not_found" {
		return nil
	}
	if err != nil || s.ExportEvery == "" {
		return err
	}
	ws, err := t.Workspace(ctx)
	if err != nil {
		return err
	}
	tx.StartJob(job.SegmentExport, s.ID, 0, export.Params{SegmentID: s.ID, Format: cmp.Or(s.ExportFormat, export.CSV), Scheduled: true})
	tx.Schedule(due.Export, s.ID, s.ExportEvery.Next(t.Now(), ws.Zone()))
	return nil
}
