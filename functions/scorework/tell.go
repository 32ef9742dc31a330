package scorework

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/dangol/dangol/shared/catalogue"
	"github.com/dangol/dangol/shared/hop"
	"github.com/dangol/dangol/shared/lake"
	"github.com/dangol/dangol/shared/lake/membership"
	"github.com/dangol/dangol/shared/queue"
)

// mostTold is of how many customers whoever follows the lake is told at once. Of more, as after the first rebuild, the segments hear in the night, when they are counted anew.
const mostTold = 20_000

// told are the scores of those whose bands changed, as the parts have them: the same rows at the same version, which change nothing.
func told(now scored, before bands, f *found) (rows []lake.Row) {
	for i := 0; f.Present && i < now.Len(); {
		var round []int
		round, i = changed(now, before, i, true)
		for _, at := range round {
			s := now.At(at)
			rows = append(rows, lake.ScoreRow(now.ID(at), &s, f.At))
		}
		if len(rows) > mostTold {
			return nil
		}
	}
	return rows
}

// tell writes them as a delta, by which live segments find whom to look at, and asks for that look.
func tell(ctx context.Context, r *hop.Run, moved []lake.Row) error {
	if len(moved) == 0 {
		return nil
	}
	if _, err := lake.WriteDelta(ctx, r.Env.Objects(r.T.ID), r.T.ID, moved); err != nil {
		return err
	}
	body, err := json.Marshal(membership.Turn{Tenant: r.T.ID})
	if err != nil {
		return err
	}
	if err := r.Env.Queue.Send(ctx, catalogue.Memberships, queue.Send{Group: r.T.ID, Body: body}); err != nil {
		return fmt.Errorf("ask for a look at the segments: %w", err)
	}
	return nil
}
