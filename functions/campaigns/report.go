package campaigns

import (
	"context"
	"fmt"

	"github.com/dangol/dangol/shared/crm/campaign"
	"github.com/dangol/dangol/shared/sending"
)

// ReportOutput is a campaign's result.
type ReportOutput struct{ Body campaign.Report }

// report reads the books, which is one query, and what the campaign's people bought, which is a scan of the orders since the launch and therefore
// kept for salesKept.
func (f *Feature) report(ctx context.Context, in *ByID) (*ReportOutput, error) {
	t := f.tenant(ctx)
	c, ctl, err := t.Campaign(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	space, err := t.Workspace(ctx)
	if err != nil {
		return nil, err
	}
	b := campaign.Books{Control: *ctl, Cost: c.Cost, Currency: space.Currency, Now: t.Now()}
	if ctl.Frozen != nil {
		sold := func(ctx context.Context) (campaign.Sales, error) {
			return sending.Sold(ctx, t, f.env.Objects(t.ID), c.ID, ctl, sending.Attribution(space))
		}
		b.Sales, err = f.sales.get(ctx, t.ID+c.ID, sold)
		if err != nil {
			return nil, fmt.Errorf("sales of %s: %w", c.ID, err)
		}
	}
	if b.Tally, err = t.Tally(ctx, c.ID); err != nil {
		return nil, err
	}
	return &ReportOutput{campaign.NewReport(c.ID, b)}, nil
}
