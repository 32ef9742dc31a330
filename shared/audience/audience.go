// Package audience finds who meets a segment's rule, and who of them can be written to. A Lake asks the tenant's lake: previews, members, exports, launches and their
// estimates. A Reader reads every customer of the table with what the rule asks for: slow and never behind, for the explanation of one customer, and as what the
// lake's answers are held against.
package audience

import (
	"context"
	"fmt"
	"slices"

	"github.com/dangol/dangol/shared/blob"
	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/money"
	"github.com/dangol/dangol/shared/crm/order"
	"github.com/dangol/dangol/shared/crm/segment"
	"github.com/dangol/dangol/shared/crm/segments"
	"github.com/dangol/dangol/shared/crm/workspace"
	"github.com/dangol/dangol/shared/store"
)

// Reader answers for one tenant.
type Reader struct {
	t     *store.Tenant
	blobs blob.Blob
}

// New returns a reader over the tenant's stores; frozen members lie in the blob store.
func New(t *store.Tenant, blobs blob.Blob) *Reader { return &Reader{t: t, blobs: blobs} }

// Member is a customer who meets a rule, with the orders if the caller asked for their value.
type Member struct {
	*customer.Customer
	Orders []order.Brief
}

// Each calls f for every customer who meets the rule, from several goroutines at once but one a shard; shard tells which. worth asks for the members' orders.
func (r *Reader) Each(ctx context.Context, rule segment.Rule, worth bool, f func(shard int, m Member) error) error {
	q, err := r.question(ctx, rule)
	if err != nil {
		return err
	}
	answers, err := r.answers(ctx, q)
	if err != nil {
		return err
	}
	return r.t.EachShard(ctx, func(ctx context.Context, shard int) error {
		known, err := answers.inShard(ctx, r.t, q, worth, shard)
		if err != nil {
			return err
		}
		return r.t.ScanCustomers(ctx, shard, func(c *customer.Customer) error {
			about := known.of(q, c)
			if !q.matcher.Match(about) {
				return nil
			}
			return f(shard, Member{Customer: c, Orders: about.Orders})
		})
	})
}

// IDs returns the ids of all who meet the rule, sorted.
func (r *Reader) IDs(ctx context.Context, rule segment.Rule) ([]string, error) {
	var shards [store.Shards][]string
	err := r.Each(ctx, rule, false, func(shard int, m Member) error {
		shards[shard] = append(shards[shard], m.ID)
		return nil
	})
	ids := slices.Concat(shards[:]...)
	slices.Sort(ids)
	return ids, err
}

// Members returns the ids of a segment's members as of now, sorted: who meets the rule, or who was frozen into it.
func (r *Reader) Members(ctx context.Context, s *segments.Segment) ([]string, error) {
	if s.Membership == segments.Frozen {
		return r.frozen(ctx, s.ID)
	}
	rule, err := ruleOf(s)
	if err != nil {
		return nil, err
	}
	return r.IDs(ctx, rule)
}

// ruleOf is the rule that stands in a segment.
func ruleOf(s *segments.Segment) (segment.Rule, error) {
	rule, err := segment.Parse(s.Rule, "/rule")
	if err != nil {
		return rule, fmt.Errorf("rule of %s: %w", s.ID, err)
	}
	return rule, nil
}

// Picture is how many meet a rule, what they have bought, and some of them.
type Picture struct {
	Count  int64
	Value  []money.Money // revenue per currency, the workspace's first
	Sample []*customer.Customer
}

// SampleSize is how many members a picture shows: those who came last.
const SampleSize = 10

// Preview counts who meets the rule and what they are worth.
func (r *Reader) Preview(ctx context.Context, rule segment.Rule) (Picture, error) {
	var shards [store.Shards]tally
	for i := range shards {
		shards[i].worth = money.Bag{}
	}
	err := r.Each(ctx, rule, true, func(shard int, m Member) error {
		shards[shard].add(m)
		return nil
	})
	if err != nil {
		return Picture{}, err
	}
	ws, err := r.t.Workspace(ctx)
	if err != nil {
		return Picture{}, err
	}
	return picture(shards[:], ws), nil
}

// tally is what one shard has found.
type tally struct {
	count  int64
	worth  money.Bag
	sample []*customer.Customer
}

func (t *tally) add(m Member) {
	t.count++
	for i := range m.Orders {
		t.worth.Add(m.Orders[i].Total)
	}
	t.sample = append(t.sample, m.Customer)
	if len(t.sample) >= 10*SampleSize {
		t.sample = latest(t.sample)
	}
}

// latest keeps the customers who came last, the very last first.
func latest(cs []*customer.Customer) []*customer.Customer {
	slices.SortFunc(cs, func(a, b *customer.Customer) int {
		if a.ID > b.ID {
			return -1
		}
		return 1
	})
	return cs[:min(len(cs), SampleSize)]
}

func picture(shards []tally, ws *workspace.Workspace) Picture {
	p, worth := Picture{Sample: []*customer.Customer{}}, money.Bag{}
	for _, s := range shards {
		p.Count += s.count
		p.Sample = append(p.Sample, s.sample...)
		for _, m := range s.worth.List() {
			worth.Add(m)
		}
	}
	p.Sample = latest(p.Sample)
	p.Value = bagOf(worth, ws.Currency)
	return p
}

// bagOf lists sums per currency, that of the workspace first, which is there without any order.
func bagOf(sums money.Bag, first string) []money.Money {
	out := []money.Money{sums.In(first)}
	for _, m := range sums.List() {
		if m.Currency != first {
			out = append(out, m)
		}
	}
	return out
}
