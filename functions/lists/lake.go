package lists

import (
	"context"

	"github.com/dangol/dangol/shared/api"
	"github.com/dangol/dangol/shared/lake/rules"
	"github.com/dangol/dangol/shared/store"
)

// lakeList is a list as the lake has it: narrowed, or in an order of its own.
type lakeList[T any] struct {
	name string // what cursors are bound to, beside what was asked
	ask  func(ctx context.Context, t *store.Tenant, in NarrowInput) (*question, error)
	find func(q *question, limit int, after *rules.Place) (page, error)
	read func(ids []string) ([]T, error)
}

// page asks the lake what is on the page, and the table for the records. One that is not there any more is left out.
func (l lakeList[T]) page(ctx context.Context, t *store.Tenant, in *Input) (*api.Counted[T], error) {
	query := in.query(l.name)
	after, err := placeOf(ctx, in.Cursor, query)
	if err != nil {
		return nil, err
	}
	q, err := l.ask(ctx, t, in.NarrowInput)
	if err != nil {
		return nil, err
	}
	page, err := l.find(q, in.Limit+1, after)
	if err != nil {
		return nil, err
	}
	next := page.cut(ctx, in.Limit, query)
	found, err := l.read(page.ids())
	if err != nil {
		return nil, err
	}
	return api.NewCounted(found, next, &page.total), nil
}
