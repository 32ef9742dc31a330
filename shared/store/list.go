package store

import (
	"context"
	"fmt"
	"sort"

	"github.com/dangol/dangol/shared/table"
)

// Page asks for a part of a list. After is the sort key behind which it starts ("" is the beginning); sort keys in a list are unique.
type Page struct {
	Limit   int
	After   string
	Reverse bool // newest first, where the sort key is a time or an id
	Prefix  string
}

// bounds returns the sort key range of the page.
func (p Page) bounds() (from, to string) {
	if p.Prefix != "" {
		from, to = p.Prefix, table.After(p.Prefix)
	}
	switch {
	case p.After == "":
	case p.Reverse:
		to = p.After
	default:
		from = p.After + "\x00"
	}
	return from, to
}

// list reads a page of a list that is spread over shards, merged in order. next is the After of the following page, "" at the end.
func (t *Tenant) list(ctx context.Context, n table.Name, index int, list string, shards int, p Page) (items []table.Item, next string, err error) {
	more := false
	for s := range shards {
		part, rest, err := t.shardPage(ctx, n, index, t.keys.list(list, s), p)
		if err != nil {
			return nil, "", fmt.Errorf("list %s: %w", list, err)
		}
		items, more = append(items, part...), more || rest
	}
	place := func(i int) string { return indexKey(&items[i], index).SK }
	if shards > 1 {
		sort.SliceStable(items, func(i, j int) bool { return (place(i) < place(j)) != p.Reverse })
	}
	if len(items) > p.Limit {
		items, more = items[:p.Limit], true
	}
	if more && len(items) > 0 {
		next = place(len(items) - 1)
	}
	return items, next, nil
}

// shardPage reads up to the page's limit from one shard, over as many engine pages as that takes.
func (t *Tenant) shardPage(ctx context.Context, n table.Name, index int, pk string, p Page) (items []table.Item, more bool, err error) {
	from, to := p.bounds()
	q := table.Query{Table: n, Index: index, PK: pk, From: from, To: to, Reverse: p.Reverse, Limit: p.Limit}
	for {
		page, err := t.table.Query(ctx, q)
		if err != nil {
			return nil, false, err
		}
		items = append(items, page.Items...)
		if page.Next == nil || len(items) >= p.Limit {
			return items, page.Next != nil, nil
		}
		q.After, q.Limit = page.Next, p.Limit-len(items)
	}
}

// each calls f for every item of a partition range, in order, page by page. A false answer stops it.
func (t *Tenant) each(ctx context.Context, q table.Query, f func(*table.Item) (bool, error)) error {
	for {
		page, err := t.table.Query(ctx, q)
		if err != nil {
			return fmt.Errorf("query %s: %w", q.PK, err)
		}
		for i := range page.Items {
			if more, err := f(&page.Items[i]); err != nil || !more {
				return err
			}
		}
		if page.Next == nil {
			return nil
		}
		q.After = page.Next
	}
}

// indexKey returns the item's key in the index, or its own key for the table itself.
func indexKey(it *table.Item, index int) table.Key {
	if index == 0 {
		return it.Key
	}
	return it.Index[index-1]
}
