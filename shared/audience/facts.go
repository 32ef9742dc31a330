package audience

import (
	"context"

	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/message"
	"github.com/dangol/dangol/shared/crm/order"
	"github.com/dangol/dangol/shared/crm/score"
	"github.com/dangol/dangol/shared/crm/segment"
	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/store"
)

// loaded is what was read of all customers because a question needs it.
type loaded struct {
	orders    map[string][]order.Brief
	scores    map[string]*score.Score
	responses map[string]map[string]*message.Message // campaign, customer
}

func (r *Reader) load(ctx context.Context, q *question, worth bool) (l loaded, err error) {
	if q.needs.Orders || worth {
		if l.orders, err = r.t.OrdersByCustomer(ctx); err != nil {
			return l, err
		}
	}
	if q.needs.Scores {
		scores := lock[*score.Score]{m: map[string]*score.Score{}}
		err = r.t.ScanScores(ctx, func(_ int, s *store.ScoredCustomer) error {
			scores.set(s.CustomerID, &s.Score)
			return nil
		})
		if l.scores = scores.m; err != nil {
			return l, err
		}
	}
	l.responses = map[string]map[string]*message.Message{}
	for _, c := range q.needs.Campaigns {
		if l.responses[c], err = r.responses(ctx, c); err != nil {
			return l, err
		}
	}
	return l, nil
}

// responses reads the messages of a campaign, by customer. A campaign that is not there has none.
func (r *Reader) responses(ctx context.Context, campaignID string) (map[string]*message.Message, error) {
	out := map[string]*message.Message{}
	_, control, err := r.t.Campaign(ctx, campaignID)
	if errs.Code(err) == "campaign_not_found" {
		return out, nil
	}
	if err != nil {
		return nil, err
	}
	if control.Frozen == nil {
		return out, nil
	}
	for chunk := range control.Frozen.Chunks {
		err := r.t.EachMessage(ctx, campaignID, chunk, func(m *message.Message) (bool, error) {
			out[m.CustomerID] = m
			return true, nil
		})
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// facts puts together what is known of one customer.
func (l loaded) facts(q *question, c *customer.Customer) *segment.Facts {
	f := &segment.Facts{Customer: c, Orders: l.orders[c.ID], Score: l.scores[c.ID]}
	f.Response = func(campaignID, kind string) bool {
		m := l.responses[campaignID][c.ID]
		return m != nil && responded(m, message.Kind(kind))
	}
	f.Segment = func(segmentID string) bool {
		p := q.parts[segmentID]
		if p.matcher == nil {
			return p.members[c.ID]
		}
		return p.matcher.Match(f)
	}
	return f
}

// contacted is the kind of "response" that asks whether the message was sent at all.
const contacted = "accepted"

func responded(m *message.Message, kind message.Kind) bool {
	if kind == contacted {
		return m.AcceptedAt != nil
	}
	return m.Responded(kind) != nil
}
