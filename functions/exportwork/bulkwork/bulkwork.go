// Package bulkwork changes many customers at once, and takes that back. Who is meant is frozen first; then the customers are worked through in
// pieces, each of which is one transaction: the records, what the journal keeps of them, the failures, the counts and the cursor of the job hold together or not
// at all. So a crash, a repeated delivery or a second worker neither counts anybody twice nor leaves anybody out.
package bulkwork

import (
	"context"

	"github.com/dangol/dangol/shared/crm/bulk"
	"github.com/dangol/dangol/shared/crm/job"
	"github.com/dangol/dangol/shared/hop"
)

// GaveUp lets what a job did until it got nowhere be taken back.
func GaveUp(ctx context.Context, r *hop.Run) error {
	if r.Job.Kind != job.CustomerBulk {
		return nil
	}
	var at cursor
	if err := r.Cursor(&at); err != nil {
		return err
	}
	return ended(ctx, r, at.Counts)
}

// ended shows what a bulk change came to, and removes the list of those whom it was about.
func ended(ctx context.Context, r *hop.Run, counts bulk.Counts) error {
	r.Job.UndoUntil = counts.UndoUntil(r.T.Now())
	if err := r.SetResult(counts); err != nil {
		return err
	}
	return r.Env.Objects(r.T.ID).Delete(ctx, r.T.BulkKey(r.Job.ID))
}
