package store

import (
	"context"
	"fmt"

	"github.com/dangol/dangol/shared/table"
)

// ordered is an engine in which the items of all partitions lie in one order, on local disk: a tenant's can be read from one end to the other, at a tenth of
// what a query for each customer and a get for each order cost. In DynamoDB partitions have no order.
type ordered interface {
	// Bodies calls fn with the items whose keys are wanted; what indexes they stand in may be left out.
	Bodies(t table.Name, pkPrefix string, want func(table.Key) bool, fn func(*table.Item) bool) error
}

// gathered are the kinds that Gather is there for.
var gathered = map[Kind]bool{CustomerRecord: true, TimelineEntry: true, ConsentRecord: true, PresentScore: true, LeadRecord: true, OrderRecord: true, CampaignRecord: true,
	CampaignControl: true, MessageRow: true}

// sweptTogether is how many items are handed over at a time.
const sweptTogether = 500

// sweep reads all of the tenant's items of crm and outreach, of which it hands on those that the lake has.
func (g *gathering) sweep(ctx context.Context, in ordered) error {
	for _, n := range []table.Name{table.CRM, table.Outreach} {
		if err := g.sweepTable(ctx, in, n); err != nil {
			return err
		}
	}
	return nil
}

// wanted says which items of a table Gather is there for.
func wanted(n table.Name) func(table.Key) bool {
	return func(k table.Key) bool {
		_, kind, _ := KindOf(n, k)
		return gathered[kind] && !TellsOfOrder(k)
	}
}

func (g *gathering) sweepTable(ctx context.Context, in ordered, n table.Name) error {
	var (
		items  []*table.Item
		failed error
	)
	flush := func() {
		some := items
		items = make([]*table.Item, 0, sweptTogether)
		failed = g.send(ctx, func(context.Context) error { return g.take(n, some) })
	}
	err := in.Bodies(n, table.Own(g.ID), wanted(n), func(it *table.Item) bool {
		if items = append(items, it); len(items) == sweptTogether {
			flush()
		}
		return failed == nil
	})
	if err == nil && failed == nil {
		flush()
	}
	if failed != nil {
		return failed
	}
	if err != nil {
		return fmt.Errorf("sweep %s: %w", n, err)
	}
	return nil
}
