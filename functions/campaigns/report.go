package campaigns

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/dangol/dangol/shared/blob"
	"github.com/dangol/dangol/shared/crm/campaign"
	"github.com/dangol/dangol/shared/crm/message"
	"github.com/dangol/dangol/shared/crm/order"
	"github.com/dangol/dangol/shared/crm/workspace"
	"github.com/dangol/dangol/shared/store"
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
		b.Sales, err = f.sales.get(ctx, t.ID+c.ID, func(ctx context.Context) (campaign.Sales, error) { return f.sold(ctx, t, c.ID, ctl, space) })
		if err != nil {
			return nil, fmt.Errorf("sales of %s: %w", c.ID, err)
		}
	}
	if b.Tally, err = t.Tally(ctx, c.ID); err != nil {
		return nil, err
	}
	return &ReportOutput{campaign.NewReport(c.ID, b)}, nil
}

// attribution is how long after a contact an order counts.
func attribution(w *workspace.Workspace) time.Duration {
	const usual = 7
	days := w.AttributionDays
	if days <= 0 {
		days = usual
	}
	return time.Duration(days) * 24 * time.Hour
}

// sold sums the orders since the launch: who of the buyers was in the audience is read from its frozen list, when each was contacted from their
// message. The cost follows the number of orders and the audience's list, not the number of messages.
func (f *Feature) sold(ctx context.Context, t *store.Tenant, campaignID string, ctl *campaign.Control, space *workspace.Workspace) (campaign.Sales, error) {
	orders, err := t.OrdersBetween(ctx, *ctl.LaunchedAt, t.Now().Add(time.Hour))
	if err != nil || len(orders) == 0 {
		return campaign.Attribute(campaignID, nil, 0, nil), err
	}
	contacts, err := f.contacts(ctx, t, campaignID, ctl, orders)
	if err != nil {
		return campaign.Sales{}, err
	}
	return campaign.Attribute(campaignID, orders, attribution(space), func(customer string) (campaign.Contact, bool) {
		c, ok := contacts[customer]
		return c, ok && !c.At.IsZero()
	}), nil
}

// contacts tells how the campaign touched each buyer.
func (f *Feature) contacts(ctx context.Context, t *store.Tenant, campaignID string, ctl *campaign.Control, orders []*order.Brief) (map[string]campaign.Contact, error) {
	out := make(map[string]campaign.Contact, len(orders))
	for _, o := range orders {
		out[o.CustomerID] = campaign.Contact{Role: campaign.Unreachable}
	}
	var contacted []string
	list, _, err := f.env.Blob.Get(ctx, t.AudienceKey(campaignID), 0, -1)
	if errors.Is(err, blob.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer list.Close()
	err = campaign.ReadAudience(list, func(id []byte, role campaign.Role) error {
		if _, bought := out[string(id)]; !bought { // the compiler makes no copy of the key
			return nil
		}
		customer := string(id)
		switch role {
		case campaign.HeldOut:
			out[customer] = campaign.Contact{Role: role, At: *ctl.LaunchedAt}
		case campaign.ToContact:
			contacted = append(contacted, customer)
		case campaign.Unreachable:
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return out, messaged(ctx, t, campaignID, ctl.Frozen.Chunks, contacted, out)
}

// messaged adds when each of the customers was contacted.
func messaged(ctx context.Context, t *store.Tenant, campaignID string, chunks int, customers []string, out map[string]campaign.Contact) error {
	ids := make([]string, len(customers))
	for i, c := range customers {
		ids[i] = message.ID(t.ID, campaignID, 0, 0, c, message.Email)
	}
	rows, err := t.MessagesByID(ctx, campaignID, chunks, ids)
	if err != nil {
		return err
	}
	for i, m := range rows {
		if m != nil && m.State == message.Accepted {
			out[customers[i]] = campaign.Contact{Role: campaign.ToContact, At: *m.AcceptedAt}
		}
	}
	return nil
}
