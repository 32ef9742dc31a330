package store

import (
	"context"

	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/order"
	"github.com/dangol/dangol/shared/crm/timeline"
	"github.com/dangol/dangol/shared/table"
)

// Present says which of the records, of any noun of crm, exist, in the order of the ids.
func (t *Tenant) Present(ctx context.Context, ids []string) ([]bool, error) {
	out := make([]bool, 0, len(ids))
	err := t.eachRecord(ctx, ids, func(it *table.Item) error {
		out = append(out, it != nil)
		return nil
	})
	return out, err
}

// OrdersByID reads orders in the order of the ids, leaving out those that are not there.
func (t *Tenant) OrdersByID(ctx context.Context, ids []string) (out []*order.Order, err error) {
	err = t.eachRecord(ctx, ids, func(it *table.Item) error {
		if it == nil {
			return nil
		}
		o := &order.Order{Version: it.Version}
		out = append(out, o)
		return decodeBody(it, o)
	})
	return out, err
}

// eachRecord calls f for the item of each id, nil for one that is not there.
func (t *Tenant) eachRecord(ctx context.Context, ids []string, f func(*table.Item) error) error {
	items, err := t.batchGet(ctx, table.CRM, t.keys.records(ids))
	if err != nil {
		return err
	}
	for _, it := range items {
		if err := f(it); err != nil {
			return err
		}
	}
	return nil
}

// Bought says whether the customer's timeline holds an order.
func (t *Tenant) Bought(ctx context.Context, customerID string) (found bool, err error) {
	err = t.each(ctx, table.Query{Table: table.CRM, PK: t.keys.record(customerID).PK}.Prefix("tl#"), func(it *table.Item) (bool, error) {
		var e timeline.Entry
		err := decode(it, &e)
		found = e.Type == timeline.Ordered
		return !found, err
	})
	return found, err
}

// KeepSample turns a customer of the sample data into one of the workspace's own. Label: record.
func (x *Tx) KeepSample(was *customer.Customer) {
	c := *was
	c.Sample = false
	x.saveCustomer(was, &c, "customer.changed", []string{"sample"})
}

// PurgeCustomer removes a customer with everything in its partition: timeline, consents, scores. The record goes last and with it its unique values,
// so that a purge that was broken off can be repeated. Errors: a failed condition (label record) when someone else changed it meanwhile.
func (t *Tenant) PurgeCustomer(ctx context.Context, was *customer.Customer) error {
	record := t.keys.record(was.ID)
	x := t.Begin()
	err := t.each(ctx, table.Query{Table: table.CRM, PK: record.PK}, func(it *table.Item) (bool, error) {
		if it.Key == record || it.SK == "phone" { // EraseCustomer takes them
			return true, nil
		}
		x.remove(table.CRM, it.Key)
		if x.Len() < table.MaxTxItems {
			return true, nil
		}
		err := x.Commit(ctx)
		x = t.Begin()
		return true, err
	})
	if err != nil {
		return err
	}
	if err := x.Commit(ctx); err != nil {
		return err
	}
	x = t.Begin()
	x.EraseCustomer(was)
	return x.Commit(ctx)
}
