package importwork

import (
	"context"

	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/importplan"
	"github.com/dangol/dangol/shared/crm/imports"
	"github.com/dangol/dangol/shared/crm/order"
	"github.com/dangol/dangol/shared/crm/origin"
	"github.com/dangol/dangol/shared/crm/workspace"
	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/shared/store"
)

// orderBringer creates orders, or replaces those that a row's externalId names. Rows of one order that stand far apart in the file are added to it.
type orderBringer struct {
	w  *work
	ws *workspace.Workspace
}

type knownOrders struct {
	buyers map[string]*customer.Customer // by externalId
	orders map[string]*order.Order       // by externalId
}

func (b orderBringer) key(r *row) (string, bool) {
	return r.record.Order.Key(b.w.im.ID, int(r.number)), r.record.Order.ExternalID != ""
}

func (b orderBringer) lookup(ctx context.Context, units []unit) (known, error) {
	var buyers, orders []string
	for _, u := range units {
		o := u.first().record.Order
		buyers = append(buyers, o.CustomerExternalID)
		if o.ExternalID != "" {
			orders = append(orders, o.ExternalID)
		}
	}
	var k knownOrders
	var err error
	if k.buyers, err = b.w.T.CustomersBy(ctx, store.LabelExternalID, buyers); err != nil {
		return nil, err
	}
	k.orders, err = b.w.T.OrdersByExternalID(ctx, orders)
	return k, err
}

func (b orderBringer) decide(ctx context.Context, u unit, k known) (decision, error) {
	buyer := k.(knownOrders).buyers[u.first().record.Order.CustomerExternalID]
	if buyer == nil {
		return refused("customer_not_found"), nil
	}
	rows := make([]*importplan.OrderRow, len(u.rows))
	for i, r := range u.rows {
		rows[i] = r.record.Order
	}
	o, code := importplan.Assemble(rows)
	if code != "" {
		return refused(code), nil
	}
	o, err := order.Normalise(o, b.w.T.Now())
	if err != nil {
		return refused(refusal(err)), nil
	}
	o.CustomerID = buyer.ID
	if was := k.(knownOrders).orders[o.ExternalID]; was != nil {
		return b.change(ctx, u, was, &o)
	}
	return decision{outcome: imports.Created, write: func(tx *store.Tx) { b.create(tx, u, &o) }}, nil
}

func (b orderBringer) create(tx *store.Tx, u unit, o *order.Order) {
	o.ID, o.Origin = b.w.T.NewID(id.Order), origin.By(b.w.im.ID, u.first().number, 1)
	tx.CreateOrder(o)
	tx.Journal(b.w.im.ID, u.first().number, imports.Undoable{Outcome: imports.Created, Rows: int64(len(u.rows)), ID: o.ID})
}

// change replaces an order that was there before the import, and adds lines to one that the import itself wrote a segment ago.
func (b orderBringer) change(ctx context.Context, u unit, was, o *order.Order) (decision, error) {
	outcome := imports.Updated
	if was.Origin.Holds(b.w.im.ID, was.Version) {
		if o.CustomerID != was.CustomerID || o.Total.Currency != was.Total.Currency {
			return refused("order_rows_differ"), nil
		}
		o.Lines = append(append([]order.Line{}, was.Lines...), o.Lines...)
		o.Total.Amount = o.Total.Amount.Add(was.Total.Amount)
		before, err := b.w.T.Journaled(ctx, b.w.im.ID, was.Origin.Row) // its first rows tell whether the import made it
		if err != nil {
			return decision{}, err
		}
		if before != nil {
			outcome = before.Outcome
		}
	}
	o.ID, o.CreatedAt, o.Sample, o.Origin = was.ID, was.CreatedAt, was.Sample, origin.By(b.w.im.ID, u.first().number, was.Version+1)
	return decision{outcome: outcome, write: func(tx *store.Tx) {
		tx.SaveOrder(was, o)
		entry := undoable(was.ID, was.Version, was)
		entry.Outcome, entry.Rows = outcome, int64(len(u.rows))
		tx.Journal(b.w.im.ID, u.first().number, entry)
	}}, nil
}

// conflict: every lost race of an order is worth another look, for the order is then there to be changed.
func (b orderBringer) conflict(unit, error) string { return "" }
