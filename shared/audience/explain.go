package audience

import (
	"context"

	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/segment"
	"github.com/dangol/dangol/shared/store"
)

// Explain says whether one customer meets a rule, and which of its parts they meet. It reads what the rule needs of the
// customer's whole shard, as a preview does.
func (r *Reader) Explain(ctx context.Context, rule segment.Rule, c *customer.Customer) (bool, []segment.Step, error) {
	q, err := r.question(ctx, rule)
	if err != nil {
		return false, nil, err
	}
	answers, err := r.answers(ctx, q)
	if err != nil {
		return false, nil, err
	}
	known, err := answers.inShard(ctx, r.t, q, false, store.ShardOf(c.ID))
	if err != nil {
		return false, nil, err
	}
	about := known.of(q, c)
	return q.matcher.Match(about), q.matcher.Why(about), nil
}
