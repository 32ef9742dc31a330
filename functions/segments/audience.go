package segments

import (
	"context"

	"github.com/dangol/dangol/shared/crm/campaign"
	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/lake/recent"
)

// audienceInput names a campaign in the path.
type audienceInput struct {
	ID string `path:"id" maxLength:"64" doc:"The campaign's id."`
	recent.Input
}

// campaignAudience shows the crowd of a campaign as it is now; a launch freezes whoever is in the segment then. It is here and not with the campaigns because it asks
// the lake, which they do not link.
func (f *Feature) campaignAudience(ctx context.Context, in *audienceInput) (*struct{ Body campaign.Crowd }, error) {
	t := f.tenant(ctx)
	c, _, err := t.Campaign(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	if c.SegmentID == "" {
		return nil, errs.New(errs.Invalid, "campaign_not_ready").Add("/segmentId", "required_missing")
	}
	s, err := t.Segment(ctx, c.SegmentID)
	if err != nil {
		return nil, err
	}
	a, err := f.audience(t)
	if err != nil {
		return nil, err
	}
	if err := a.LayOver(ctx, in.Input); err != nil {
		return nil, err
	}
	crowd, err := a.Reach(ctx, s, c)
	if err != nil {
		return nil, err
	}
	return &struct{ Body campaign.Crowd }{crowd}, nil
}
