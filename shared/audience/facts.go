package audience

import (
	"context"

	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/message"
	"github.com/dangol/dangol/shared/crm/order"
	"github.com/dangol/dangol/shared/crm/score"
	"github.com/dangol/dangol/shared/crm/segment"
	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/lake/scorebook"
	"github.com/dangol/dangol/shared/store"
)

// facts is what is known of customers beside their records, because a question asks for it: the answers to campaigns of everybody, and orders and scores of
// one shard.
type facts struct {
	responses map[string]map[string]*message.Message // campaign, customer
	orders    map[string][]order.Brief
	book      map[string]*score.Score // of everybody; nil where no rebuild wrote one
	scores    map[string]*score.Score
}

// answers reads what is not kept by shard.
func (r *Reader) answers(ctx context.Context, q *question) (facts, error) {
	known := facts{responses: map[string]map[string]*message.Message{}}
	for _, c := range q.needs.Campaigns {
		var err error
		if known.responses[c], err = r.responses(ctx, c); err != nil {
			return known, err
		}
	}
	if !q.needs.Scores {
		return known, nil
	}
	var err error
	known.book, err = r.book(ctx)
	return known, err
}

// book reads the present scores of everybody: the table has each as it was when its bands changed last.
func (r *Reader) book(ctx context.Context) (map[string]*score.Score, error) {
	b, err := r.t.ScoreBook(ctx, "")
	if b == nil || err != nil {
		if errs.Code(err) == "scores_not_built" {
			err = nil
		}
		return nil, err
	}
	of := make(map[string]*score.Score, b.Customers)
	return of, scorebook.Each(ctx, r.blobs, b, func(s *store.ScoredCustomer) error {
		of[s.CustomerID] = &s.Score
		return nil
	})
}

// inShard adds the orders and scores of a shard, if the question or its caller wants them.
func (f facts) inShard(ctx context.Context, t *store.Tenant, q *question, worth bool, shard int) (facts, error) {
	var err error
	if q.needs.Orders || worth {
		if f.orders, err = t.ScanOrders(ctx, shard); err != nil {
			return f, err
		}
	}
	if f.scores = f.book; q.needs.Scores && f.book == nil {
		f.scores = map[string]*score.Score{}
		err = t.ScanScores(ctx, shard, func(customerID string, s *score.Score) { f.scores[customerID] = s })
	}
	return f, err
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

// of puts together what is known of one customer.
func (f facts) of(q *question, c *customer.Customer) *segment.Facts {
	out := &segment.Facts{Customer: c, Orders: f.orders[c.ID], Score: f.scores[c.ID]}
	out.Response = func(campaignID, kind string) bool {
		m := f.responses[campaignID][c.ID]
		return m != nil && responded(m, message.Kind(kind))
	}
	out.Segment = func(segmentID string) bool {
		p := q.parts[segmentID]
		if p.matcher == nil {
			return p.members[c.ID]
		}
		return p.matcher.Match(out)
	}
	return out
}

// contacted is the kind of "response" that asks whether the message was sent at all.
const contacted = "accepted"

func responded(m *message.Message, kind message.Kind) bool {
	if kind == contacted {
		return m.AcceptedAt != nil
	}
	return m.Responded(kind) != nil
}
