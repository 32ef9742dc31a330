package schedule

import (
	"context"
	"time"

	"github.com/dangol/dangol/shared/store"
)

// askAgain is longer than a look can take, with a second delivery of its message.
const askAgain = 15 * time.Minute

// campaign asks for a look at a campaign. How long that takes is a matter of the campaign, so that a worker does it (functions/campaignplan), which sets
// the date of the next; should none come of it, the date that stands until then asks again.
func (w *Worker) campaign(_ context.Context, t *store.Tenant, tx *store.Tx, d store.Due) error {
	tx.AskForLook(d.Ref, t.Now().Add(askAgain))
	return nil
}
