package campaignplan

import (
	"context"

	"github.com/dangol/dangol/shared/audience"
	"github.com/dangol/dangol/shared/env"
	"github.com/dangol/dangol/shared/store"
)

// asked learns who is in a segment from the tenant's lake, in one question.
type asked struct{ env *env.Env }

// Members implements Audience. The lake first catches up with what the table has now, so that nobody is missed who was there at the launch. Who is
// archived, unsubscribes or is suppressed between this answer and the send is not written to all the same: the table is asked of each before.
func (a asked) Members(ctx context.Context, t *store.Tenant, segmentID string) ([]string, int64, error) {
	seg, err := t.Segment(ctx, segmentID)
	if err != nil {
		return nil, 0, err
	}
	lake, err := audience.Over(a.env, t)
	if err != nil {
		return nil, 0, err
	}
	if err := lake.Await(ctx, t.Now()); err != nil {
		return nil, 0, err
	}
	ids, err := lake.Members(ctx, seg)
	return ids, seg.Version, err
}
