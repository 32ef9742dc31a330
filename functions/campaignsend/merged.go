package campaignsend

import (
	"context"

	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/message"
	"github.com/dangol/dangol/shared/errs"
)

// standIns puts in the place of each customer who was merged the one who stands for them now, whose consent and address count. It tells for which of the
// messages that one has a message of the campaign of their own: nobody gets two.
func (r *run) standIns(ctx context.Context, rows []*message.Message, customers []*customer.Customer) (twins []bool, err error) {
	twins = make([]bool, len(rows))
	for i, c := range customers {
		if c == nil || c.MergedInto == "" {
			continue
		}
		if customers[i], err = r.t.CustomerNow(ctx, c.ID); errs.Code(err) == "customer_not_found" {
			err = nil
		}
		if err == nil && customers[i] != nil {
			twins[i], err = r.hasOther(ctx, rows[i], customers[i])
		}
		if err != nil {
			return nil, err
		}
	}
	return twins, nil
}

// hasOther says whether a message of the campaign was planned for the customer, or for an earlier one of those whom they stand for.
func (r *run) hasOther(ctx context.Context, row *message.Message, c *customer.Customer) (bool, error) {
	ids := []string{message.ID(r.t.ID, row.CampaignID, 0, 0, c.ID, row.Channel)}
	for _, merged := range c.Merged {
		other := message.ID(r.t.ID, row.CampaignID, 0, 0, merged, row.Channel)
		if other == row.ID {
			break
		}
		ids = append(ids, other)
	}
	ctl, err := r.t.CampaignControl(ctx, row.CampaignID)
	if err != nil {
		return false, err
	}
	found, err := r.t.MessagesByID(ctx, row.CampaignID, ctl.Frozen.Chunks, ids)
	for _, m := range found {
		if m != nil {
			return true, err
		}
	}
	return false, err
}
