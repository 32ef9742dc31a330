package segment

import (
	"encoding/json"
	"slices"
	"time"

	"github.com/shopspring/decimal"

	"github.com/dangol/dangol/shared/crm/money"
	"github.com/dangol/dangol/shared/crm/order"
)

// tally counts or sums what passes the period and the condition. A refund is no order to count; it lowers the sum.
func (c *compiler) tally(n Tally) test {
	inside := func(time.Time) bool { return true }
	if n.InLast != "" {
		inside = c.inLast(n.InLast)
	}
	if len(n.Value) == 0 {
		return never[*Facts](c)
	}
	if n.Events {
		return c.events(n, inside)
	}
	c.needs.Orders = true
	where := func(*order.Brief) bool { return true }
	if n.Where != nil {
		where = c.where(*n.Where)
	}
	if n.Sum {
		return c.sum(n, inside, where)
	}
	is := c.number(Field{Op: n.Op, Value: numbers(n)})
	return func(f *Facts) bool {
		count := 0
		for i := range f.Orders {
			if o := &f.Orders[i]; !o.Refund() && inside(o.OrderedAt) && where(o) {
				count++
			}
		}
		return is(known(count))
	}
}

func (c *compiler) events(n Tally, inside func(time.Time) bool) test {
	c.needs.Events = true
	is := c.number(Field{Op: n.Op, Value: numbers(n)})
	return func(f *Facts) bool {
		count := 0
		for _, e := range f.Events {
			if (n.Type == "" || e.Type == n.Type) && inside(e.At) {
				count++
			}
		}
		return is(known(count))
	}
}

// numbers are the figures of a tally as values of a field.
func numbers(n Tally) []any {
	out := make([]any, len(n.Value))
	for i, v := range n.Value {
		out[i] = json.Number(v.String())
	}
	return out
}

// sum adds up totals in one currency, that of the rule or of the workspace; refunds are negative and lower it.
func (c *compiler) sum(n Tally, inside func(time.Time) bool, where func(*order.Brief) bool) test {
	code := n.Code
	if code == "" {
		code = c.env.Currency
	}
	is := ordered(c, n.Op, len(n.Value), func(d decimal.Decimal, i int) int { return d.Cmp(n.Value[i]) }, func(decimal.Decimal) bool { return false })
	return func(f *Facts) bool {
		var sum decimal.Decimal
		for i := range f.Orders {
			if o := &f.Orders[i]; o.Total.Currency == code && inside(o.OrderedAt) && where(o) {
				sum = sum.Add(o.Total.Amount)
			}
		}
		return is(sum)
	}
}

// where compiles a rule about one order.
func (c *compiler) where(r Rule) func(*order.Brief) bool {
	switch n := r.Node.(type) {
	case All:
		return every(each(n, c.where))
	case Any:
		return either(each(n, c.where))
	case Not:
		return not(c.where(n.Rule))
	case Field:
		return c.orderField(n)
	default:
		return never[*order.Brief](c)
	}
}

func (c *compiler) orderField(n Field) func(*order.Brief) bool {
	switch n.Path {
	case "order.product":
		return on(func(o *order.Brief) []string { return o.Products }, c.products(n))
	case "order.channel":
		return on(func(o *order.Brief) string { return o.Channel }, c.text(n))
	case "order.campaignId":
		return on(func(o *order.Brief) string { return o.CampaignID }, c.text(n))
	case "order.total":
		return on(func(o *order.Brief) money.Money { return o.Total }, c.money(n))
	case "order.orderedAt":
		return on(func(o *order.Brief) time.Time { return o.OrderedAt }, c.moment(n))
	default:
		return never[*order.Brief](c)
	}
}

// products are names, so "contains" looks inside each of them, unlike tags, which are whole words.
func (c *compiler) products(n Field) func([]string) bool {
	if n.Op != Contains {
		return c.tags(n)
	}
	is := c.text(n)
	return func(l []string) bool { return slices.ContainsFunc(l, is) }
}
