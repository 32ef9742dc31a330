package store

import (
	"context"
	"encoding/json"
	"fmt"
	"sync"
	"time"

	"github.com/dangol/dangol/shared/crm/order"
	"github.com/dangol/dangol/shared/table"
)

// OrdersBetween reads the briefs of all orders with from <= orderedAt < to, in no order, one goroutine a shard of the index.
func (t *Tenant) OrdersBetween(ctx context.Context, from, to time.Time) ([]*order.Brief, error) {
	parts, failures := make([][]*order.Brief, Shards), make([]error, Shards)
	var wg sync.WaitGroup
	for s := range Shards {
		wg.Go(func() {
			q := table.Query{Table: table.CRM, Index: 1, PK: t.keys.list("ord.list", s), From: at(from), To: at(to)}
			failures[s] = t.each(ctx, q, func(it *table.Item) (bool, error) {
				b := &order.Brief{}
				parts[s] = append(parts[s], b)
				return true, json.Unmarshal(it.Head, b)
			})
		})
	}
	wg.Wait()
	var out []*order.Brief
	for s := range parts {
		if failures[s] != nil {
			return nil, fmt.Errorf("read orders since %s: %w", at(from), failures[s])
		}
		out = append(out, parts[s]...)
	}
	return out, nil
}
