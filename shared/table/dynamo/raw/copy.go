package raw

import (
	"context"

	"github.com/dangol/dangol/shared/table"
)

// Side is one table of a copy.
type Side struct {
	Tables *Tables
	Name   string
}

// Copy writes the items that the filter and pick let through from one table to another, page by page, as they are. A page is written before saved is
// told the key behind it, so that a copy that goes on from there has lost nothing. after is nil at the beginning; saved gets nil after the last page.
func Copy(ctx context.Context, from, to Side, f Filter, pick func(Item) (bool, error), after *table.Key, saved func(next *table.Key, items int) error) error {
	for {
		items, next, err := from.Tables.Scan(ctx, from.Name, f, after)
		if err != nil {
			return err
		}
		picked, err := keep(items, pick)
		if err != nil {
			return err
		}
		if err := to.Tables.Put(ctx, to.Name, picked...); err != nil {
			return err
		}
		if err := saved(next, len(picked)); err != nil || next == nil {
			return err
		}
		after = next
	}
}

func keep(items []Item, pick func(Item) (bool, error)) (kept []Item, err error) {
	for _, it := range items {
		ok, err := pick(it)
		if err != nil {
			return nil, err
		}
		if ok {
			kept = append(kept, it)
		}
	}
	return kept, nil
}

// All is a pick that takes everything.
func All(Item) (bool, error) { return true, nil }
