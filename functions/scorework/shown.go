package scorework

import (
	"context"
	"time"

	"github.com/dangol/dangol/shared/hop"
	"github.com/dangol/dangol/shared/lake/mark"
)

// patience is how long a rebuild waits for the lake; it has done its work, and does not fail for a feed that stands still.
const patience = 30 * time.Second

// shown waits until the lake has the new scores: who asks for lists and segments once the job has ended sees them.
func shown(ctx context.Context, r *hop.Run) error {
	waiting, stop := context.WithTimeout(ctx, patience)
	defer stop()
	err := mark.Await(waiting, r.Env, r.T, r.T.Now())
	if waiting.Err() != nil && ctx.Err() == nil {
		r.Env.Log.WarnContext(ctx, "the lake does not have the scores yet", "function", "scorework", "tenant", r.T.ID)
		return nil
	}
	return err
}
