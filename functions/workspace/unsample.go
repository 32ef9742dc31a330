package workspace

import (
	"context"
	"net/http"

	"github.com/dangol/dangol/shared/api"
	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/store"
	"github.com/dangol/dangol/shared/table"
	"github.com/dangol/dangol/tenants/demo"
)

// removeSample removes the sample records and nothing else, whatever was done with them. A sample customer to whom the owner gave an order stays, as
// a customer of their own. A call that was broken off is completed by the next one.
func (f *Feature) removeSample(ctx context.Context, _ *struct{}) (*struct{}, error) {
	t := f.tenant(ctx)
	ids := demo.IDsOf(t.ID)
	for _, part := range []func(context.Context, *store.Tenant, demo.IDs) error{removeOrders, removeCustomers, removeRest} {
		if err := part(ctx, t, ids); err != nil {
			return nil, store.Raced(err)
		}
	}
	w, err := t.Workspace(ctx)
	if err != nil {
		return nil, err
	}
	w.Sample = false
	tx := t.Begin()
	tx.SaveWorkspace(w, []string{"sample"})
	return nil, store.Raced(api.Commit(ctx, tx, http.StatusNoContent, nil))
}

func removeOrders(ctx context.Context, t *store.Tenant, ids demo.IDs) error {
	orders, err := t.OrdersByID(ctx, ids.Orders)
	if err != nil {
		return err
	}
	tx := t.Begin()
	for _, o := range orders {
		if tx.Len()+most > table.MaxTxItems {
			if err := tx.Commit(ctx); err != nil {
				return err
			}
			tx = t.Begin()
		}
		tx.EraseOrder(o)
	}
	return tx.Commit(ctx)
}

func removeCustomers(ctx context.Context, t *store.Tenant, ids demo.IDs) error {
	customers, err := t.CustomersByID(ctx, ids.Customers)
	if err != nil {
		return err
	}
	for _, c := range customers {
		if c == nil || !c.Sample {
			continue
		}
		own, err := t.Bought(ctx, c.ID) // the sample orders are gone: one that is left is the owner's
		if err != nil {
			return err
		}
		if !own {
			if err := t.PurgeCustomer(ctx, c); err != nil {
				return err
			}
			continue
		}
		tx := t.Begin()
		tx.KeepSample(c)
		if err := tx.Commit(ctx); err != nil {
			return err
		}
	}
	return nil
}

func removeRest(ctx context.Context, t *store.Tenant, ids demo.IDs) error {
	tx := t.Begin()
	for _, one := range ids.Products {
		p, err := t.Product(ctx, one)
		if err == nil && p.Sample {
			tx.EraseProduct(p)
		} else if err != nil && errs.Code(err) != "product_not_found" {
			return err
		}
	}
	for _, one := range ids.Segments {
		s, err := t.Segment(ctx, one)
		if err == nil && s.Sample {
			tx.RemoveSegment(s)
		} else if err != nil && errs.Code(err) != "segment_not_found" {
			return err
		}
	}
	return tx.Commit(ctx)
}
