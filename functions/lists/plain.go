package lists

import (
	"context"

	"github.com/dangol/dangol/shared/api"
	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/segment"
	"github.com/dangol/dangol/shared/lake/rules"
	"github.com/dangol/dangol/shared/store"
)

// fromTable lists customers newest first, as the table has them. How many there are in all is asked of the lake, unless one page holds them; when the lake does
// not answer, the page comes without.
func (f *Feature) fromTable(ctx context.Context, t *store.Tenant, in *listInput) (*api.Counted[*customer.Customer], error) {
	p := store.Page{Limit: in.Limit}
	turned, err := api.OpenCursor(ctx, in.Cursor, &p.After, newest)
	if err != nil {
		return nil, err
	}
	found, next, err := t.Customers(ctx, p)
	if err != nil {
		return nil, err
	}
	total := int64(len(found))
	if !turned && next == "" {
		return api.NewCounted(found, "", &total), nil
	}
	known, err := f.everybody(ctx, t, in.NarrowInput)
	if err != nil {
		f.env.Log.WarnContext(ctx, "a list has no total", "function", "lists", "tenant", t.ID, "error", err)
	}
	return api.NewCounted(found, api.NextCursor(ctx, next, newest), known), nil
}

func (f *Feature) everybody(ctx context.Context, t *store.Tenant, in NarrowInput) (*int64, error) {
	q, err := f.ask(ctx, t, in)
	if err != nil {
		return nil, err
	}
	page, err := q.page(ctx, rules.List{Rule: segment.Rule{Node: segment.All{}}})
	return &page.total, err
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
