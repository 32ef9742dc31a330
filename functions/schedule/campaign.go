package schedule

import (
	"context"

	"github.com/dangol/dangol/shared/crm/due"
	"github.com/dangol/dangol/shared/sending"
	"github.com/dangol/dangol/shared/store"
)

// campaign looks after a campaign, and asks for the next look while there is anything to look after.
func (w *Worker) campaign(ctx context.Context, t *store.Tenant, tx *store.Tx, d store.Due) error {
	next, err := sending.Tend(ctx, t, w.env.Blob, d.Ref)
	if err == nil && next > 0 {
		tx.Schedule(due.Campaigns, d.Ref, t.Now().Add(next))
	}
	return err
}
