package lists

import (
	"context"
	"strings"

	"github.com/dangol/dangol/shared/api"
	"github.com/dangol/dangol/shared/crm/order"
	"github.com/dangol/dangol/shared/crm/segment"
	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/lake/rules"
	"github.com/dangol/dangol/shared/store"
)

const orderGrammar = `The grammar is that of GET /v1/customers. Fields are those of an order (externalId, customerId, orderedAt, total, product, channel, campaignId, createdAt, id) and, for who may read customers, those of the customer who placed it: customer.<field>, customer.custom.<key>, score.<figure>, and the conditions orders.count, orders.sum, events.<type>, response.<kind> and segment: ` + "`total gte 50000 and orderedAt inLast P30D and customer.address.region eq \"서울\"`" + `.

q finds words in the order's externalId and, for who may read customers, in name, e-mail, phone, externalId and company of who placed it.

GET /v1/segments/fields lists the fields of orders as orders. Changes reach filtered lists within three seconds; who names what it just changed or removed in Dangol-Recent sees it at once.`

// ordersInput narrows a list of orders.
type ordersInput struct {
	Input
	ExternalID string `query:"externalId" maxLength:"200" doc:"Finds the one order with this externalId."`
}

// latest is the order of a list of orders that asks for none.
const latest = "-orderedAt"

// orderMembers are those of an order, by which fields narrows the answer.
var orderMembers = []string{"id", "externalId", "customerId", "orderedAt", "lines", "total", "channel", "campaignId", "origin", "sample", "createdAt"}

func (f *Feature) orders(ctx context.Context, in *ordersInput) (*api.Counted[*order.Order], error) {
	if err := in.Only(ctx, orderMembers...); err != nil {
		return nil, err
	}
	t := f.tenant(ctx)
	switch {
	case in.ExternalID != "":
		return oneOrder(ctx, t, in.ExternalID)
	case in.plain(latest):
		return f.ordersFromTable(ctx, t, in)
	}
	return f.ordersFromLake(ctx, t, in)
}

// ordersFromLake lists orders as the lake finds them.
func (f *Feature) ordersFromLake(ctx context.Context, t *store.Tenant, in *ordersInput) (*api.Counted[*order.Order], error) {
	find := func(q *question, limit int, after *rules.Place) (out page, err error) {
		l := rules.OrderList{Rule: q.rule, Search: in.Q, Alone: !knowsCustomers(ctx), Limit: limit, After: after}
		if l.Sort, err = q.sortOrders(ctx, in.SortInput); err != nil {
			return out, err
		}
		return q.asked(ctx, l)
	}
	read := func(ids []string) ([]*order.Order, error) { return t.OrdersByID(ctx, ids) }
	return lakeList[*order.Order]{"orders", f.askOrders, find, read}.page(ctx, t, &in.Input)
}

// askOrders gets a question about orders ready. About who placed them nobody asks who may not read customers.
func (f *Feature) askOrders(ctx context.Context, t *store.Tenant, in NarrowInput) (*question, error) {
	return f.askBy(ctx, t, in, func(text string, custom segment.Custom) (segment.Rule, error) {
		rule, err := segment.FromOrderFilter(text, custom)
		if err == nil && !rule.OfOrdersAlone() {
			err = mayKnow(ctx)
		}
		return rule, err
	})
}

func (q *question) sortOrders(ctx context.Context, in api.SortInput) ([]rules.Sort, error) {
	keys, err := sorted(in.Read(latest), segment.ListedPathOf, func(path string) bool { return q.defined(path) && q.world.OrdersSortable(path) })
	for _, k := range keys {
		if err == nil && !strings.HasPrefix(k.Path, "order.") {
			err = mayKnow(ctx)
		}
	}
	return keys, err
}

// readCustomers is the right without which orders tell nothing of customers.
const readCustomers = "customers:read"

func knowsCustomers(ctx context.Context) bool { return api.From(ctx).Scopes.Has(readCustomers) }

func mayKnow(ctx context.Context) error { return mayRead(ctx, readCustomers) }

func mayRead(ctx context.Context, scope string) error {
	if api.From(ctx).Scopes.Has(scope) {
		return nil
	}
	return errs.Newf(errs.Forbidden, "scope_missing", "scope", scope)
}

// ordersFromTable lists orders, the latest first.
func (f *Feature) ordersFromTable(ctx context.Context, t *store.Tenant, in *ordersInput) (*api.Counted[*order.Order], error) {
	return tableList[*order.Order]{latest, t.Orders, f.allOrders}.page(ctx, f, t, in.PageInput, in.NarrowInput)
}

func (f *Feature) allOrders(ctx context.Context, t *store.Tenant, in NarrowInput) (int64, error) {
	q, err := f.askOrders(ctx, t, in)
	if err != nil {
		return 0, err
	}
	page, err := q.asked(ctx, rules.OrderList{Rule: segment.Rule{Node: segment.All{}}})
	return page.total, err
}

// oneOrder answers the order that holds an externalId, as a list of one or none.
func oneOrder(ctx context.Context, t *store.Tenant, externalID string) (*api.Counted[*order.Order], error) {
	var found []*order.Order
	holder, err := t.OrderIDBy(ctx, externalID)
	if err == nil && holder != "" {
		found, err = t.OrdersByID(ctx, []string{holder})
	}
	if err != nil {
		return nil, err
	}
	total := int64(len(found))
	return api.NewCounted(found, "", &total), nil
}

func (f *Feature) orderGroups(ctx context.Context, in *groupsInput) (*groupsOutput, error) {
	q, err := f.askOrders(ctx, f.tenant(ctx), in.NarrowInput)
	if err != nil {
		return nil, err
	}
	by := segment.ListedPathOf(in.By)
	_, known := segment.ListedFieldAt(by)
	if err := q.mayGroup(in.By, by, known, q.world.OrdersGroupable(by)); err != nil {
		return nil, err
	}
	if !strings.HasPrefix(by, "order.") {
		if err := mayKnow(ctx); err != nil {
			return nil, err
		}
	}
	return q.grouped(ctx, rules.OrderGroups{Rule: q.rule, Search: in.Q, Alone: !knowsCustomers(ctx), By: by, Limit: in.Limit})
}
