package store

import (
	"context"
	"fmt"
	"strings"

	"golang.org/x/sync/errgroup"

	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/shared/table"
)

// gathering reads all that the lake has of a tenant, for a lake that is built from the table.
type gathering struct {
	*Tenant
	take    func(table.Name, []*table.Item) error
	errands chan errand
}

// errand is a part of the reading that needs no other.
type errand func(context.Context) error

// together is how many customers are read in one errand.
const together = 50

// Gather calls take, from so many goroutines at once, for all items of the kinds that the lake has: customers, those archived among them, with what lies in
// their partitions, their orders, campaigns and messages. They come in no order, some of other kinds with them. Entries of orders in the timelines stay out:
// they say where the orders are. What changes meanwhile is read before or after, or, when it moves, at both places; only the keys come from an index.
func (t *Tenant) Gather(ctx context.Context, width int, take func(table.Name, []*table.Item) error) error {
	work, ctx := errgroup.WithContext(ctx)
	g := &gathering{Tenant: t, take: take, errands: make(chan errand, width)}
	work.Go(func() error {
		defer close(g.errands)
		return g.plan(ctx)
	})
	for range width {
		work.Go(func() error { return g.work(ctx) })
	}
	return work.Wait()
}

func (g *gathering) work(ctx context.Context) error {
	for e := range g.errands {
		if err := e(ctx); err != nil {
			return err
		}
	}
	return nil
}

func (g *gathering) send(ctx context.Context, e errand) error {
	select {
	case g.errands <- e:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (g *gathering) plan(ctx context.Context) error {
	for s := range Shards {
		for _, list := range []string{"cus.list", "cus.archived"} {
			if err := g.planCustomers(ctx, list, s); err != nil {
				return fmt.Errorf("gather %s: %w", list, err)
			}
		}
	}
	return g.scan(ctx, "cmp.list", 0, func(it *table.Item) error {
		return g.planCampaign(ctx, aggregate(it.Key))
	})
}

func (g *gathering) planCustomers(ctx context.Context, list string, shard int) error {
	var pks []string
	flush := func() error {
		some := pks
		pks = nil
		return g.send(ctx, func(ctx context.Context) error { return g.customers(ctx, some) })
	}
	err := g.scan(ctx, list, shard, func(it *table.Item) error {
		if pks = append(pks, it.PK); len(pks) < together {
			return nil
		}
		return flush()
	})
	if err != nil || len(pks) == 0 {
		return err
	}
	return flush()
}

// customers reads the partitions, and the orders that their timelines name.
func (g *gathering) customers(ctx context.Context, pks []string) error {
	var orders []table.Key
	for _, pk := range pks {
		err := g.pages(ctx, table.Query{Table: table.CRM, PK: pk}, func(items []*table.Item) []*table.Item {
			kept := items[:0]
			for _, it := range items {
				if orderID, is := orderTold(it.SK); is {
					orders = append(orders, g.keys.record(orderID))
				} else {
					kept = append(kept, it)
				}
			}
			return kept
		})
		if err != nil {
			return err
		}
	}
	return g.byKey(ctx, table.CRM, orders)
}

// orderTold reads from the sort key of a timeline's entry which order it tells of.
func orderTold(sk string) (orderID string, is bool) {
	if !strings.HasPrefix(sk, "tl#") {
		return "", false
	}
	orderID = sk[strings.LastIndexByte(sk, '#')+1:]
	return orderID, strings.HasPrefix(orderID, string(id.Order)+"_")
}

// pages hands over what is in a partition, as far as keep lets it.
func (g *gathering) pages(ctx context.Context, q table.Query, keep func([]*table.Item) []*table.Item) error {
	for {
		page, err := g.table.Query(ctx, q)
		if err != nil {
			return fmt.Errorf("query %s: %w", q.PK, err)
		}
		items := make([]*table.Item, len(page.Items))
		for i := range page.Items {
			items[i] = &page.Items[i]
		}
		if err := g.take(q.Table, keep(items)); err != nil || page.Next == nil {
			return err
		}
		q.After = page.Next
	}
}

// byKey hands over the items that are there.
func (g *gathering) byKey(ctx context.Context, n table.Name, ks []table.Key) error {
	for len(ks) > 0 {
		some := ks[:min(len(ks), table.MaxBatchGet)]
		items, err := g.table.BatchGet(ctx, n, some)
		if err != nil {
			return fmt.Errorf("read %d items of %s: %w", len(some), n, err)
		}
		if err := g.take(n, there(items)); err != nil {
			return err
		}
		ks = ks[len(some):]
	}
	return nil
}

func there(items []*table.Item) []*table.Item {
	kept := items[:0]
	for _, it := range items {
		if it != nil {
			kept = append(kept, it)
		}
	}
	return kept
}

// planCampaign takes the campaign itself at once and plans its messages by the chunks that have any.
func (g *gathering) planCampaign(ctx context.Context, campaignID string) error {
	if err := g.byKey(ctx, table.CRM, []table.Key{g.keys.record(campaignID), g.keys.control(campaignID)}); err != nil {
		return err
	}
	tallies, err := g.Tallies(ctx, campaignID)
	if err != nil {
		return err
	}
	for chunk := range tallies {
		q := table.Query{Table: table.Outreach, PK: g.keys.chunk(campaignID, chunk)}
		err := g.send(ctx, func(ctx context.Context) error { return g.pages(ctx, q, all) })
		if err != nil {
			return err
		}
	}
	return nil
}

func all(items []*table.Item) []*table.Item { return items }
