package schedule

import (
	"context"

	"github.com/dangol/dangol/shared/crm/job"
	"github.com/dangol/dangol/shared/store"
)

// files starts a look through the tenant's files for those whose time is over. That look knows what stays, and so when to look again.
func (w *Worker) files(_ context.Context, _ *store.Tenant, tx *store.Tx, _ store.Due) error {
	tx.StartJob(job.FileExpiry, "", 0, nil)
	return nil
}
