package scorework

import (
	"context"
	"errors"

	"github.com/dangol/dangol/shared/hop"
	"github.com/dangol/dangol/shared/lake/mark"
)

// shown waits until the lake has the new scores: who asks for lists and segments once the job has ended sees them. A rebuild has done its work, and does not
// fail for a feed that stands still.
func shown(ctx context.Context, r *hop.Run) error {
	err := mark.Await(ctx, r.Env, r.T, r.T.Now())
	if errors.Is(err, mark.ErrBehind) {
		r.Env.Log.WarnContext(ctx, "the lake does not have the scores yet", "function", "scorework", "tenant", r.T.ID, "error", err)
		return nil
	}
	return err
}
