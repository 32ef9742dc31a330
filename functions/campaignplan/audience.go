package campaignplan

import (
	"context"

	"github.com/dangol/dangol/shared/audience"
	"github.com/dangol/dangol/shared/env"
	"github.com/dangol/dangol/shared/store"
)

// scanned evaluates segments by reading every customer, until the lake does.
type scanned struct{ env *env.Env }

// Members implements Audience.
func (s scanned) Members(ctx context.Context, t *store.Tenant, segmentID string) ([]string, int64, error) {
	seg, err := t.Segment(ctx, segmentID)
	if err != nil {
		return nil, 0, err
	}
	ids, err := audience.New(t, s.env.Objects(t.ID)).Members(ctx, seg)
	return ids, seg.Version, err
}
