package audience

import (
	"context"
	"time"

	"github.com/dangol/dangol/shared/env"
	"github.com/dangol/dangol/shared/lake"
	"github.com/dangol/dangol/shared/store"
)

// patience is how long Await waits for the marks. A worker that waits holds up a process that is to end, and its queue delivers again.
const patience = 10 * time.Second

// Await returns when a tenant's lake has what the table had at a moment, which is not after now, and lake.ErrBehind when that takes too long. Beside the marks it waits
// Settings.LakeLag where the feed of one item may overtake that of another, as between the shards of a DynamoDB stream. Where LakeLag is 0, whoever asks the lake
// follows the feed first.
func Await(ctx context.Context, e *env.Env, t *store.Tenant, at time.Time) error {
	if e.Settings.LakeLag == 0 {
		return nil
	}
	if err := lake.Await(ctx, t, e.Objects(t.ID), e.Clock, patience); err != nil {
		return err
	}
	if rest := at.Add(e.Settings.LakeLag).Sub(e.Clock.Now()); rest > 0 && !e.Settings.Local {
		return e.Clock.Sleep(ctx, rest)
	}
	return nil
}
