package lists

import (
	"context"
	"time"

	"github.com/dangol/dangol/shared/api"
	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/segment"
	"github.com/dangol/dangol/shared/lake/rules"
	"github.com/dangol/dangol/shared/store"
)

// tableList is a list in the one order that the table has, of nothing narrowed.
type tableList[T any] struct {
	order string // that of the cursor
	read  func(ctx context.Context, p store.Page) ([]T, string, error)
	count func(ctx context.Context, t *store.Tenant, in NarrowInput) (int64, error) // asks the lake
}

// page reads a page. How many there are in all is asked of the lake, unless one page holds them; when the lake does not answer soon, the page comes without.
func (l tableList[T]) page(ctx context.Context, f *Feature, t *store.Tenant, at api.PageInput, in NarrowInput) (*api.Counted[T], error) {
	p := store.Page{Limit: at.Limit}
	turned, err := api.OpenCursor(ctx, at.Cursor, &p.After, l.order)
	if err != nil {
		return nil, err
	}
	found, next, err := l.read(ctx, p)
	if err != nil {
		return nil, err
	}
	if n := int64(len(found)); !turned && next == "" {
		return api.NewCounted(found, "", &n), nil
	}
	return api.NewCounted(found, api.NextCursor(ctx, next, l.order), f.total(ctx, t, in, l.count)), nil
}

// totalTime is how long a page waits for how many there are in all.
const totalTime = 4 * time.Second

func (f *Feature) total(ctx context.Context, t *store.Tenant, in NarrowInput, count func(context.Context, *store.Tenant, NarrowInput) (int64, error)) *int64 {
	ctx, cancel := context.WithTimeout(ctx, totalTime)
	defer cancel()
	n, err := count(ctx, t, in)
	if err != nil {
		f.env.Log.WarnContext(ctx, "a list has no total", "function", "lists", "tenant", t.ID, "error", err)
		return nil
	}
	return &n
}

// fromTable lists customers newest first.
func (f *Feature) fromTable(ctx context.Context, t *store.Tenant, in *listInput) (*api.Counted[*customer.Customer], error) {
	return tableList[*customer.Customer]{newest, t.Customers, f.everybody}.page(ctx, f, t, in.PageInput, in.NarrowInput)
}

func (f *Feature) everybody(ctx context.Context, t *store.Tenant, in NarrowInput) (int64, error) {
	q, err := f.ask(ctx, t, in)
	if err != nil {
		return 0, err
	}
	page, err := q.page(ctx, rules.List{Rule: segment.Rule{Node: segment.All{}}})
	return page.total, err
}

// one answers the customer that holds a unique value, as a list of one or none.
func one(ctx context.Context, t *store.Tenant, label, value string) (*api.Counted[*customer.Customer], error) {
	var found []*customer.Customer
	holder, err := t.CustomerIDBy(ctx, label, value)
	if err == nil && holder != "" {
		found = make([]*customer.Customer, 1)
		found[0], err = t.Customer(ctx, holder)
	}
	if err != nil {
		return nil, err
	}
	total := int64(len(found))
	return api.NewCounted(found, "", &total), nil
}
