package store

import (
	"context"
	"fmt"

	"golang.org/x/sync/errgroup"

	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/order"
	"github.com/dangol/dangol/shared/crm/score"
	"github.com/dangol/dangol/shared/table"
)

// Scans read whole lists from the index, shard by shard. A customer's orders and score stand in the customer's own shard, so that one shard can be judged
// alone: only the facts of a part of the customers are in memory at a time. They serve segments and scores until the lake does; they are not part of any
// request that answers one record.

// scanWidth is how many shards are read at once. More would hold more facts in memory and gain nothing on two cores.
const scanWidth = 2

// EachShard calls f for every shard, scanWidth at a time.
func (t *Tenant) EachShard(ctx context.Context, f func(ctx context.Context, shard int) error) error {
	work, ctx := errgroup.WithContext(ctx)
	work.SetLimit(scanWidth)
	for s := range Shards {
		work.Go(func() error { return f(ctx, s) })
	}
	return work.Wait()
}

// ShardOf is the shard of a customer, with orders and score.
func ShardOf(customerID string) int { return shard(customerID) }

// ScanCustomers calls f for every customer not archived of a shard, in the order of their ids.
func (t *Tenant) ScanCustomers(ctx context.Context, shard int, f func(c *customer.Customer) error) error {
	return t.scan(ctx, "cus.list", shard, func(it *table.Item) error {
		c, err := decodeCustomer(it)
		if err != nil {
			return err
		}
		return f(c)
	})
}

// ScanScores calls f for every present score of a shard.
func (t *Tenant) ScanScores(ctx context.Context, shard int, f func(customerID string, s *score.Score)) error {
	return t.scan(ctx, "score.list", shard, func(it *table.Item) error {
		s := &ScoredCustomer{}
		if err := decode(it, s); err != nil {
			return err
		}
		f(s.CustomerID, &s.Score)
		return nil
	})
}

// ScanOrders reads the briefs of all orders of a shard, by customer, in the order of their times. The briefs name neither order nor customer: that would be
// half of the memory they take.
func (t *Tenant) ScanOrders(ctx context.Context, shard int) (map[string][]order.Brief, error) {
	reader, of := order.NewBriefReader(), map[string][]order.Brief{}
	err := t.scan(ctx, "ord.list", shard, func(it *table.Item) error {
		b, err := reader.Read(it.Head)
		if err != nil {
			return fmt.Errorf("decode order %s: %w", it.PK, err)
		}
		customer := b.CustomerID
		b.CustomerID = ""
		of[customer] = append(of[customer], b)
		return nil
	})
	return of, err
}

// scan reads one shard of a list to its end.
func (t *Tenant) scan(ctx context.Context, list string, shard int, f func(it *table.Item) error) error {
	q := table.Query{Table: table.CRM, Index: 1, PK: t.keys.list(list, shard)}
	return t.each(ctx, q, func(it *table.Item) (bool, error) { return true, f(it) })
}
