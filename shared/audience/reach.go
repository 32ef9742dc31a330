package audience

import (
	"context"
	"slices"

	"golang.org/x/sync/errgroup"

	"github.com/dangol/dangol/shared/crm/campaign"
	"github.com/dangol/dangol/shared/crm/consent"
	"github.com/dangol/dangol/shared/crm/message"
	"github.com/dangol/dangol/shared/crm/segment"
	"github.com/dangol/dangol/shared/crm/segments"
	"github.com/dangol/dangol/shared/lake/rules"
	"github.com/dangol/dangol/shared/sending"
	"github.com/dangol/dangol/shared/store"
	"github.com/dangol/dangol/shared/table"
)

// Reach says to how many of a segment's members a campaign would be mailed now, and why not to the others, as MaySend would when it is sent. The lake answers for
// all but those of whom it is in doubt; of them the table is asked.
func (l *Lake) Reach(ctx context.Context, s *segments.Segment, c *campaign.Campaign) (campaign.Crowd, error) {
	rule, err := memberRule(s)
	if err != nil {
		return campaign.Crowd{}, err
	}
	w, err := l.World(ctx, rule)
	if err != nil {
		return campaign.Crowd{}, err
	}
	r := reach{campaign: c, lost: map[string]int64{}}
	if err := r.askLake(ctx, l, rule, w); err != nil {
		return campaign.Crowd{}, err
	}
	if err := r.askTable(ctx, l.t); err != nil {
		return campaign.Crowd{}, err
	}
	if frozen, ok := w.Frozen(s.ID); ok { // the lake counts those who are there
		r.lost[message.Archived] += int64(len(frozen)) - r.members
		r.members = int64(len(frozen))
	}
	return campaign.Shrink(r.members, r.lost), nil
}

// memberRule is the rule that a segment's members meet.
func memberRule(s *segments.Segment) (segment.Rule, error) {
	if s.Membership == segments.Frozen {
		return segment.Rule{Node: segment.Segment{ID: s.ID}}, nil
	}
	return ruleOf(s)
}

// reach is what is known so far of those whom a campaign is for.
type reach struct {
	campaign *campaign.Campaign
	members  int64
	lost     map[string]int64
	doubtful []string
}

func (r *reach) askLake(ctx context.Context, l *Lake, rule segment.Rule, w rules.World) error {
	s, err := rules.Reach{Rule: rule, Name: r.campaign.HoldoutPercent > 0}.Statement(w)
	if err != nil {
		return err
	}
	return l.lake.Query(ctx, s, func(row []any) error {
		n, _ := row[1].(int64)
		r.hear(textOf(row[0]), n, rules.Names(textOf(row[2])))
		return nil
	})
}

// hear notes what the lake says of some.
func (r *reach) hear(kind string, n int64, names []string) {
	r.members += n
	switch kind {
	case rules.Reached:
		r.holdOut(names)
	case rules.Doubtful:
		r.doubtful = append(r.doubtful, names...)
	default:
		r.lost[kind] += n
	}
}

func (r *reach) holdOut(names []string) {
	for _, customer := range names {
		if campaign.HeldOutOf(r.campaign.ID, customer, r.campaign.HoldoutPercent) {
			r.lost[campaign.Holdout]++
		}
	}
}

// askers is how many batches of doubtful customers are asked about at once.
const askers = 8

func (r *reach) askTable(ctx context.Context, t *store.Tenant) error {
	batches := slices.Collect(slices.Chunk(r.doubtful, table.MaxBatchGet))
	said := make([][]string, len(batches))
	asking, ctx := errgroup.WithContext(ctx)
	asking.SetLimit(askers)
	for i, ids := range batches {
		asking.Go(func() (err error) {
			said[i], err = reasons(ctx, t, ids)
			return err
		})
	}
	if err := asking.Wait(); err != nil {
		return err
	}
	for i, why := range slices.Concat(said...) {
		if why == "" {
			r.holdOut(r.doubtful[i : i+1])
		} else {
			r.lost[why]++
		}
	}
	return nil
}

// reasons says why no marketing mail would go to each of some customers; "" where one would.
func reasons(ctx context.Context, t *store.Tenant, ids []string) ([]string, error) {
	customers, err := t.CustomersByID(ctx, ids)
	if err != nil {
		return nil, err
	}
	suppressed, err := sending.Suppressed(ctx, t, customers)
	if err != nil {
		return nil, err
	}
	out := make([]string, len(ids))
	for i := range ids {
		out[i] = message.MaySend(message.Facts{Customer: customers[i], Channel: consent.Email, Purpose: consent.Marketing, Suppressed: suppressed[i]}).Reason
	}
	return out, nil
}
