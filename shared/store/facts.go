package store

import (
	"context"
	"fmt"
	"maps"
	"sync"

	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/order"
	"github.com/dangol/dangol/shared/table"
)

// Scans read whole lists from the index, one goroutine a shard. They serve segments and scores until the lake does; they are not part of any
// request that answers one record.

// ScanCustomers calls f for every customer not archived, in no order, from Shards goroutines at once; shard tells which.
func (t *Tenant) ScanCustomers(ctx context.Context, f func(shard int, c *customer.Customer) error) error {
	return t.scan(ctx, "cus.list", func(shard int, it *table.Item) error {
		c, err := decodeCustomer(it)
		if err != nil {
			return err
		}
		return f(shard, c)
	})
}

// ScanOrders calls f for the brief of every order (without its id), in no order over shards, from Shards goroutines at once.
func (t *Tenant) ScanOrders(ctx context.Context, f func(shard int, b *order.Brief) error) error {
	var readers [Shards]*order.BriefReader
	for i := range readers {
		readers[i] = order.NewBriefReader()
	}
	return t.scan(ctx, "ord.list", func(shard int, it *table.Item) error {
		b, err := readers[shard].Read(it.Head)
		if err != nil {
			return fmt.Errorf("decode order %s: %w", it.PK, err)
		}
		return f(shard, &b)
	})
}

// scan reads every shard of a list to its end.
func (t *Tenant) scan(ctx context.Context, list string, f func(shard int, it *table.Item) error) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	var wg sync.WaitGroup
	for s := range Shards {
		wg.Go(func() {
			q := table.Query{Table: table.CRM, Index: 1, PK: t.keys.list(list, s)}
			err := t.each(ctx, q, func(it *table.Item) (bool, error) { return true, f(s, it) })
			if err != nil {
				stop(err)
			}
		})
	}
	wg.Wait()
	return context.Cause(ctx)
}

// OrdersByCustomer reads the briefs of all orders, by customer, in no order. The briefs name neither order nor customer: a tenant's whole history is
// held in memory, and these would be half of it.
func (t *Tenant) OrdersByCustomer(ctx context.Context) (map[string][]order.Brief, error) {
	var parts [64]struct {
		sync.Mutex
		of map[string][]order.Brief
	}
	for i := range parts {
		parts[i].of = map[string][]order.Brief{}
	}
	err := t.ScanOrders(ctx, func(_ int, b *order.Brief) error {
		customer := b.CustomerID
		b.CustomerID = ""
		p := &parts[spot(customer)%len(parts)]
		p.Lock()
		defer p.Unlock()
		p.of[customer] = append(p.of[customer], *b)
		return nil
	})
	all := parts[0].of
	for i := range parts[1:] {
		maps.Copy(all, parts[1+i].of)
		parts[1+i].of = nil
	}
	return all, err
}
