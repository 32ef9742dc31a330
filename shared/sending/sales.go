package sending

import (
	"context"
	"errors"
	"time"

	"github.com/dangol/dangol/shared/blob"
	"github.com/dangol/dangol/shared/crm/campaign"
	"github.com/dangol/dangol/shared/crm/message"
	"github.com/dangol/dangol/shared/crm/order"
	"github.com/dangol/dangol/shared/crm/workspace"
	"github.com/dangol/dangol/shared/store"
)

// Attribution is how long after a contact an order counts as its result.
func Attribution(w *workspace.Workspace) time.Duration {
	const usual = 7
	days := w.AttributionDays
	if days <= 0 {
		days = usual
	}
	return time.Duration(days) * 24 * time.Hour
}

// Sold sums the orders since the launch of a frozen campaign: who of the buyers was in the audience is read from its frozen list, when each was
// contacted from their message. The cost follows the number of orders and the length of the list, not the number of messages.
func Sold(ctx context.Context, t *store.Tenant, blobs blob.Blob, campaignID string, ctl *campaign.Control, within time.Duration) (campaign.Sales, error) {
	orders, err := t.OrdersBetween(ctx, *ctl.LaunchedAt, t.Now().Add(time.Hour))
	if err != nil || len(orders) == 0 {
		return campaign.Attribute(campaignID, nil, 0, nil), err
	}
	contacts, err := contacts(ctx, t, blobs, campaignID, ctl, orders)
	if err != nil {
		return campaign.Sales{}, err
	}
	return campaign.Attribute(campaignID, orders, within, func(customer string) (campaign.Contact, bool) {
		c, ok := contacts[customer]
		return c, ok && !c.At.IsZero()
	}), nil
}

// contacts tells how the campaign touched each buyer; a zero moment is not at all.
func contacts(ctx context.Context, t *store.Tenant, blobs blob.Blob, campaignID string, ctl *campaign.Control, orders []*order.Brief) (map[string]campaign.Contact, error) {
	out := make(map[string]campaign.Contact, len(orders))
	for _, o := range orders {
		out[o.CustomerID] = campaign.Contact{Role: campaign.Unreachable}
	}
	list, _, err := blobs.Get(ctx, t.AudienceKey(campaignID), 0, -1)
	if errors.Is(err, blob.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer list.Close()
	into, err := t.MergedSince(ctx, ctl.Frozen.At)
	if err != nil {
		return nil, err
	}
	var contacted, buyers []string
	err = campaign.ReadAudience(list, func(id []byte, role campaign.Role) error {
		buyer, merged := into[string(id)] // the compiler makes no copy of the key
		if !merged {
			if _, bought := out[string(id)]; !bought {
				return nil
			}
			buyer = string(id)
		}
		if _, bought := out[buyer]; !bought {
			return nil
		}
		switch role {
		case campaign.HeldOut:
			out[buyer] = campaign.Contact{Role: role, At: *ctl.LaunchedAt}
		case campaign.ToContact:
			contacted, buyers = append(contacted, string(id)), append(buyers, buyer)
		case campaign.Unreachable:
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	rows, err := t.MessagesByID(ctx, campaignID, ctl.Frozen.Chunks, idsOf(t.ID, campaignID, contacted))
	for i, m := range rows {
		if m != nil && m.State == message.Accepted {
			contact(out, buyers[i], *m.AcceptedAt)
		}
	}
	return out, err
}

// contact notes that a buyer was contacted. Of two messages to customers who are one by now the first counts, and a message counts before having been held out.
func contact(out map[string]campaign.Contact, buyer string, at time.Time) {
	if was := out[buyer]; was.Role == campaign.ToContact && !at.Before(was.At) {
		return
	}
	out[buyer] = campaign.Contact{Role: campaign.ToContact, At: at}
}

func idsOf(tenant, campaignID string, customers []string) []string {
	ids := make([]string, len(customers))
	for i, c := range customers {
		ids[i] = message.ID(tenant, campaignID, 0, 0, c, message.Email)
	}
	return ids
}

// noteBuyers marks the messages of those who bought, so that segments can ask for them.
func noteBuyers(ctx context.Context, t *store.Tenant, campaignID string, f *campaign.Frozen, buyers map[string]time.Time) error {
	rows, err := messagesTo(ctx, t, campaignID, f, buyers)
	if err != nil {
		return err
	}
	byChunk, when := map[int][]*message.Message{}, map[string]time.Time{}
	for buyer, m := range rows {
		if when[m.ID] = buyers[buyer]; m.BoughtAt == nil {
			byChunk[m.Chunk] = append(byChunk[m.Chunk], m)
		}
	}
	bought := func(m *message.Message) bool { return m.Respond(message.Bought, when[m.ID]) }
	for chunk, rows := range byChunk {
		for start := 0; start < len(rows); start += store.MaxMoves {
			if _, err := MoveRows(ctx, t, campaignID, chunk, 0, rows[start:min(start+store.MaxMoves, len(rows))], bought); err != nil {
				return err
			}
		}
	}
	return nil
}

// messagesTo finds the message by which each buyer was reached, the first one when they stand for others who had one too.
func messagesTo(ctx context.Context, t *store.Tenant, campaignID string, f *campaign.Frozen, buyers map[string]time.Time) (map[string]*message.Message, error) {
	into, err := t.MergedSince(ctx, f.At)
	if err != nil {
		return nil, err
	}
	var planned, whose []string
	for c := range buyers {
		planned, whose = append(planned, c), append(whose, c)
	}
	for merged, stays := range into {
		if _, bought := buyers[stays]; bought {
			planned, whose = append(planned, merged), append(whose, stays)
		}
	}
	rows, err := t.MessagesByID(ctx, campaignID, f.Chunks, idsOf(t.ID, campaignID, planned))
	out := make(map[string]*message.Message, len(buyers))
	for i, m := range rows {
		if was := out[whose[i]]; m != nil && (was == nil || m.ContactedAt().Before(was.ContactedAt())) {
			out[whose[i]] = m
		}
	}
	return out, err
}
