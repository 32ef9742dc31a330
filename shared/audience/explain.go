package audience

import (
	"context"

	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/segment"
)

// Explain says whether one customer meets a rule, and which of its parts they meet. It reads what the rule needs of everybody, as a preview does.
func (r *Reader) Explain(ctx context.Context, rule segment.Rule, c *customer.Customer) (bool, []segment.Step, error) {
	q, err := r.question(ctx, rule)
	if err != nil {
		return false, nil, err
	}
	known, err := r.load(ctx, q, false)
	if err != nil {
		return false, nil, err
	}
	facts := known.facts(q, c)
	return q.matcher.Match(facts), q.matcher.Why(facts), nil
}
