package rules

import (
	"cmp"
	"encoding/json"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/dangol/dangol/shared/crm/segment"
	"github.com/dangol/dangol/shared/lake/sqltext"
)

// tally asks for the customers among those who have such orders or events. Where the figure of those who have none, 0, passes too, it asks for everybody but
// those whose figure does not.
func (c *compiler) tally(n segment.Tally) string {
	if len(n.Value) == 0 {
		return c.broken()
	}
	from := "orders"
	if n.Events {
		from = "events"
	}
	query := "SELECT o.\"customerId\" FROM " + c.rows(from) + " o WHERE o.\"customerId\" IS NOT NULL" + c.counted(n)
	if anyAtAll(n) {
		return "c.id IN (" + query + ")"
	}
	query += " GROUP BY o.\"customerId\" HAVING "
	if passes(n, decimal.Zero) {
		return "c.id NOT IN (" + query + isNot(c.figure(n)) + ")"
	}
	return "c.id IN (" + query + c.figure(n) + ")"
}

// counted narrows what is counted or summed up.
func (c *compiler) counted(n segment.Tally) (conditions string) {
	at := ordered("orderedAt")
	if n.Events {
		at = ordered("at")
	}
	if n.InLast != "" {
		conditions += " AND " + c.moment(segment.Field{Op: segment.InLast, Value: n.InLast}, at)
	}
	if n.Events {
		if n.Type != "" {
			conditions += " AND o.type = " + c.Bind(n.Type)
		}
		return conditions
	}
	if n.Sum {
		conditions += " AND " + ordered(currency("total")) + " = " + c.Bind(cmp.Or(n.Code, c.Currency))
	} else {
		conditions += " AND " + sqltext.Purchase(ordered(amount("total")))
	}
	if n.Where != nil {
		conditions += " AND " + c.where(*n.Where)
	}
	return conditions
}

// figure compares the number or sum of a customer.
func (c *compiler) figure(n segment.Tally) string {
	if n.Sum {
		return c.compare(n.Op, "sum("+ordered(amount("total"))+")", n.Value)
	}
	values := make([]any, len(n.Value))
	for i, v := range n.Value {
		values[i] = json.Number(v.String())
	}
	return c.number(segment.Field{Op: n.Op, Value: values}, "count(*)")
}

// anyAtAll says whether one order or event is enough.
func anyAtAll(n segment.Tally) bool {
	return !n.Sum && (n.Op == segment.Gte || n.Op == segment.Gt) && !passes(n, decimal.Zero) && passes(n, decimal.New(1, 0))
}

// passes compares one figure.
func passes(n segment.Tally, figure decimal.Decimal) bool {
	against := figure.Cmp(n.Value[0])
	switch n.Op {
	case segment.Eq:
		return against == 0
	case segment.Ne:
		return against != 0
	case segment.Gt:
		return against > 0
	case segment.Gte:
		return against >= 0
	case segment.Lt:
		return against < 0
	case segment.Lte:
		return against <= 0
	default: // between
		return against >= 0 && figure.Cmp(n.Value[len(n.Value)-1]) <= 0
	}
}

// where writes a rule about an order.
func (c *compiler) where(r segment.Rule) string {
	switch n := r.Node.(type) {
	case segment.All:
		return joined(n, c.where, " AND ", "true")
	case segment.Any:
		return joined(n, c.where, " OR ", "false")
	case segment.Not:
		return isNot(c.where(n.Rule))
	case segment.Field:
		return c.orderField(n)
	default:
		return c.broken()
	}
}

// orderField compares a field of an order. Its texts are few and repeat, so that they are folded while they are read.
func (c *compiler) orderField(n segment.Field) string {
	switch n.Path {
	case "order.product":
		return c.list(n, sqltext.FoldAll(ordered("products")), ordered("products"), true)
	case "order.channel":
		return c.text(n, sqltext.Fold(ordered("channel")), ordered("channel"))
	case "order.campaignId":
		return c.text(n, sqltext.Fold(ordered("campaignId")), ordered("campaignId"))
	case "order.total":
		return c.money(n, ordered(amount("total")), ordered(currency("total")))
	case "order.orderedAt", "order.createdAt":
		return c.moment(n, orderColumn(n.Path))
	case "order.externalId":
		return c.text(n, sqltext.Fold(ordered("externalId")), ordered("externalId"))
	case "order.id", "order.customerId":
		return c.orderID(n, orderColumn(n.Path))
	default:
		return c.broken()
	}
}

// orderColumn is the column of an order's field that is one.
func orderColumn(path string) string { return ordered(strings.TrimPrefix(path, "order.")) }

// orderID compares ids, whose capitals are always the same, so that millions are compared as they are.
func (c *compiler) orderID(n segment.Field, column string) string {
	if n.Op != segment.Eq && n.Op != segment.In {
		return c.text(n, sqltext.Fold(column), column)
	}
	var ids []string
	for _, v := range segment.Values(n.Value) {
		ids = append(ids, segment.TextOf(v))
	}
	return c.oneOf(column, ids)
}
