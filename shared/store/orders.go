package store

import (
	"context"
	"errors"
	"time"

	"github.com/dangol/dangol/shared/crm/order"
	"github.com/dangol/dangol/shared/crm/timeline"
	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/shared/table"
)

// Order reads one order; errs order_not_found.
func (t *Tenant) Order(ctx context.Context, orderID string) (*order.Order, error) {
	if !id.Valid(id.Order, orderID) {
		return nil, errs.New(errs.NotFound, "order_not_found")
	}
	it, err := t.get(ctx, table.CRM, t.keys.record(orderID), "order_not_found")
	if err != nil {
		return nil, err
	}
	o := &order.Order{Version: it.Version}
	return o, decodeBody(it, o)
}

// OrderIDBy returns the id of the order with the externalId, "" when there is none.
func (t *Tenant) OrderIDBy(ctx context.Context, externalID string) (string, error) {
	return t.holder(ctx, "ord."+LabelExternalID, externalID)
}

// Orders lists orders, newest by orderedAt first.
func (t *Tenant) Orders(ctx context.Context, p Page) ([]*order.Order, string, error) {
	p.Reverse = true
	items, next, err := t.list(ctx, table.CRM, 1, "ord.list", Shards, p)
	if err != nil {
		return nil, "", err
	}
	out, err := t.fullOrders(ctx, items)
	return out, next, err
}

// fullOrders reads the whole orders behind entries of the index, which hold briefs.
func (t *Tenant) fullOrders(ctx context.Context, items []table.Item) ([]*order.Order, error) {
	ks := make([]table.Key, len(items))
	for i := range items {
		ks[i] = items[i].Key
	}
	return t.ordersByKey(ctx, ks)
}

// ordersByKey reads whole orders; one that was removed since its key was read is left out.
func (t *Tenant) ordersByKey(ctx context.Context, ks []table.Key) ([]*order.Order, error) {
	got, err := t.batchGet(ctx, table.CRM, ks)
	if err != nil {
		return nil, err
	}
	out := make([]*order.Order, 0, len(got))
	for _, it := range got {
		if it == nil {
			continue
		}
		o := &order.Order{Version: it.Version}
		if err := decodeBody(it, o); err != nil {
			return nil, err
		}
		out = append(out, o)
	}
	return out, nil
}

// CreateOrder adds a new order, its unique externalId and its entry in the customer's timeline. The order must be normalised and its customer
// known to exist. Label: externalId.
func (x *Tx) CreateOrder(o *order.Order) {
	o.CreatedAt = x.t.Now()
	it := x.t.orderItem(o)
	it.Event = x.event("order.created", o.ID, nil, nil)
	x.create(table.CRM, LabelRecord, it)
	x.moveUnique("ord."+LabelExternalID, LabelExternalID, o.ID, "", o.ExternalID)
	x.Tell(o.CustomerID, orderEntry(o))
	o.Version = 1
}

// SaveOrder adds the change from was to o. Label: record.
func (x *Tx) SaveOrder(was, o *order.Order) {
	it := x.t.orderItem(o)
	it.Event = x.event("order.changed", o.ID, nil, nil)
	x.replace(table.CRM, LabelRecord, was.Version, it)
	x.moveUnique("ord."+LabelExternalID, LabelExternalID, o.ID, was.ExternalID, o.ExternalID)
	if was.CustomerID != o.CustomerID || !was.OrderedAt.Equal(o.OrderedAt) {
		x.remove(table.CRM, x.t.keys.timeline(was.CustomerID, was.OrderedAt, was.ID))
	}
	x.Tell(o.CustomerID, orderEntry(o))
	o.Version = was.Version + 1
}

// EraseOrder removes an order, as the undo of its creation. Label: record.
func (x *Tx) EraseOrder(was *order.Order) {
	x.Append(table.Op{Table: table.CRM, Kind: table.OpDelete, If: table.IfVersion, Version: was.Version, Label: LabelRecord,
		Item: table.Item{Key: x.t.keys.record(was.ID), Event: x.event("order.erased", was.ID, nil, nil)}})
	x.moveUnique("ord."+LabelExternalID, LabelExternalID, was.ID, was.ExternalID, "")
	x.remove(table.CRM, x.t.keys.timeline(was.CustomerID, was.OrderedAt, was.ID))
}

func (t *Tenant) orderItem(o *order.Order) table.Item {
	it := table.Item{Key: t.keys.record(o.ID), Head: encode(order.BriefOf(o)), Body: encode(o)}
	it.Index[0] = t.keys.listed("ord.list", o.CustomerID, at(o.OrderedAt)+"#"+o.ID) // in the shard of the customer: see facts.go
	return it
}

func orderEntry(o *order.Order) timeline.Entry {
	data := map[string]any{"orderId": o.ID, "total": o.Total, "lines": len(o.Lines)}
	if len(o.Lines) > 0 && o.Lines[0].Name != "" {
		data["product"] = o.Lines[0].Name
	}
	return timeline.Entry{ID: o.ID, Type: timeline.Ordered, At: o.OrderedAt.UTC().Truncate(time.Millisecond), Data: data}
}

// OrderTaken turns a failed write of an order into the refusal that a caller should see.
func (t *Tenant) OrderTaken(ctx context.Context, err error, externalID string) error {
	var failed *table.ConditionError
	switch {
	case !errors.As(err, &failed):
		return err
	case table.FailedLabel(err, LabelExternalID):
		holder, _ := t.OrderIDBy(ctx, externalID)
		return errs.New(errs.Conflict, "order_duplicate").Add("/externalId", "externalId_taken").
			With("candidates", []map[string]string{{"id": holder, "field": "externalId", "value": externalID}}).Because(err)
	case table.FailedLabel(err, LabelRecord):
		return errs.New(errs.Stale, "version_stale").Because(err)
	}
	return err
}

// OrdersByExternalID reads the orders with these externalIds, by externalId. Those that are not there are absent.
func (t *Tenant) OrdersByExternalID(ctx context.Context, values []string) (map[string]*order.Order, error) {
	_, ids, err := t.heldValues(ctx, "ord."+LabelExternalID, values)
	if err != nil {
		return nil, err
	}
	orders, err := t.ordersByKey(ctx, t.keys.records(ids))
	if err != nil {
		return nil, err
	}
	out := make(map[string]*order.Order, len(orders))
	for _, o := range orders {
		out[o.ExternalID] = o
	}
	return out, nil
}
