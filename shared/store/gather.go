package store

import (
	"context"
	"fmt"
	"slices"
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

// Customers that are read in one errand, and records that are one item.
const (
	customersTogether = 50
	wholeTogether     = 10 * table.MaxBatchGet
)

// readersAfar is how many goroutines read at least where each read is a call over a network, for which it waits some milliseconds: a million customers are as
// many queries.
const readersAfar = 32

// Gather calls take, from so many goroutines at once (readersAfar at least where the table is not on this machine), for all items of the kinds that the lake
// has: customers, those archived among them, with what lies in their partitions, their orders, leads, campaigns and messages. They come in no order, some of
// other kinds with them. Entries of orders in the timelines stay out. What changes meanwhile is read before or after, or, when it moves, at both places; only
// the keys come from an index.
func (t *Tenant) Gather(ctx context.Context, width int, take func(table.Name, []*table.Item) error) error {
	work, ctx := errgroup.WithContext(ctx)
	in, near := t.table.(ordered)
	if !near {
		width = max(width, readersAfar)
	}
	g := &gathering{Tenant: t, take: take, errands: make(chan errand, width)}
	work.Go(func() error {
		defer close(g.errands)
		if near {
			return g.sweep(ctx, in)
		}
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
			if err := g.planList(ctx, list, s, customersTogether, g.customers); err != nil {
				return err
			}
		}
		for _, list := range []string{"ord.list", "led.list"} {
			if err := g.planList(ctx, list, s, wholeTogether, g.whole); err != nil {
				return err
			}
		}
	}
	return g.scan(ctx, "cmp.list", 0, func(it *table.Item) error {
		return g.planCampaign(ctx, aggregate(it.Key))
	})
}

// planList cuts a shard of a list into errands for so many records each.
func (g *gathering) planList(ctx context.Context, list string, shard, together int, do func(context.Context, []table.Key) error) error {
	var ks []table.Key
	flush := func() error {
		some := ks
		ks = make([]table.Key, 0, together)
		return g.send(ctx, func(ctx context.Context) error { return do(ctx, some) })
	}
	err := g.scan(ctx, list, shard, func(it *table.Item) error {
		if ks = append(ks, it.Key); len(ks) < together {
			return nil
		}
		return flush()
	})
	if err != nil {
		return fmt.Errorf("gather %s: %w", list, err)
	}
	return flush()
}

// customers reads the partitions.
func (g *gathering) customers(ctx context.Context, ks []table.Key) error {
	for _, k := range ks {
		if err := g.pages(ctx, table.Query{Table: table.CRM, PK: k.PK}, butOrders); err != nil {
			return err
		}
	}
	return nil
}

// butOrders leaves out what the timeline tells of orders: as many entries as there are orders, of which the lake has the orders themselves.
func butOrders(items []*table.Item) []*table.Item {
	return slices.DeleteFunc(items, func(it *table.Item) bool { return TellsOfOrder(it.Key) })
}

// TellsOfOrder says whether the key is that of a timeline's entry about an order.
func TellsOfOrder(k table.Key) bool {
	return strings.HasPrefix(k.SK, "tl#") && strings.HasPrefix(k.SK[strings.LastIndexByte(k.SK, '#')+1:], string(id.Order)+"_")
}

// whole reads records of one item. Those that were made one after the other often lie side by side.
func (g *gathering) whole(ctx context.Context, ks []table.Key) error {
	slices.SortFunc(ks, func(a, b table.Key) int { return strings.Compare(a.PK, b.PK) })
	return g.byKey(ctx, table.CRM, ks)
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
