package segment

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"github.com/dangol/dangol/shared/crm/customer"
)

// dynamic compares a custom field (string, float64, bool, []string, or nothing). The value in the rule says how: a number compares numbers, and texts that
// are numbers; a date with before, after, gt ... compares texts that are dates; anything else compares texts. A list counts like tags. A value that cannot
// be compared so is missing.
func (c *compiler) dynamic(n Field) func(any) bool {
	first := list(n.Value)[0]
	_, isNumber := first.(json.Number)
	switch {
	case n.Op == IsEmpty:
		return customer.NoValue
	case n.Op == IsNotEmpty:
		return not(customer.NoValue)
	case n.Op == Ne:
		return not(c.dynamic(Field{Path: n.Path, Op: Eq, Value: n.Value}))
	case n.Op == InLast || n.Op == Before || n.Op == After || slices.Contains(orderOps, n.Op) && isDate(first):
		return c.dynamicDate(n)
	case slices.Contains(orderOps, n.Op), n.Op == Eq && isNumber:
		return c.dynamicNumber(n)
	default:
		return c.dynamicText(n)
	}
}

var orderOps = []Op{Gt, Gte, Lt, Lte, Between}

func (c *compiler) dynamicDate(n Field) func(any) bool {
	is := c.moment(n)
	return func(v any) bool {
		s, ok := v.(string)
		if !ok {
			return false
		}
		span, ok := parseSpan(s, c.env.Zone)
		return ok && is(span.from)
	}
}

func (c *compiler) dynamicNumber(n Field) func(any) bool {
	is := c.number(n)
	return func(v any) bool { return is(numberIn(v)) }
}

func numberIn(v any) maybe {
	switch v := v.(type) {
	case float64:
		return known(v)
	case string:
		f, err := strconv.ParseFloat(strings.TrimSpace(v), 64)
		return maybe{f, err == nil}
	default:
		return maybe{}
	}
}

func (c *compiler) dynamicText(n Field) func(any) bool {
	one, many := c.text(n), c.tags(n)
	return func(v any) bool {
		switch v := v.(type) {
		case nil:
			return false
		case []string:
			return many(v)
		case []any: // as JSON decodes it
			return many(texts(v))
		default:
			return one(asText(v))
		}
	}
}

func texts(l []any) []string {
	out := make([]string, len(l))
	for i, v := range l {
		out[i] = asText(v)
	}
	return out
}
