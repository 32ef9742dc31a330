package segment

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/money"
)

// dynamic compares a custom field (string, float64, bool, []string, an amount of money, or nothing). The value in the rule says how: an amount compares
// amounts; a number compares numbers, texts that are numbers, and amounts in the workspace's currency; a date with before, after, gt ... compares texts that
// are dates; anything else compares texts. A list counts like tags. A value that cannot be compared so is missing.
func (c *compiler) dynamic(n Field) func(any) bool {
	switch n.Op {
	case IsEmpty:
		return customer.NoValue
	case IsNotEmpty:
		return not(customer.NoValue)
	case Ne:
		return not(c.dynamic(Field{Path: n.Path, Op: Eq, Value: n.Value}))
	}
	plain, amount := c.dynamicPlain(n), either(c.dynamicMoney(n))
	return func(v any) bool {
		if _, nested := v.(map[string]any); !nested {
			return plain(v)
		}
		m, ok := customer.AmountIn(v)
		return ok && amount(m)
	}
}

func (c *compiler) dynamicMoney(n Field) (tests []func(money.Money) bool) {
	for _, one := range OverMoney(n) {
		tests = append(tests, c.money(one))
	}
	return tests
}

// OverMoney is what a condition over a custom field asks of an amount of money: to meet one of the conditions returned. There are none when the values of the
// rule cannot be compared with amounts, one for each amount of "in". Not for ne, isEmpty and isNotEmpty.
func OverMoney(n Field) (out []Field) {
	amounts := slices.DeleteFunc(slices.Clone(list(n.Value)), func(v any) bool { _, _, ok := asMoney(v); return !ok })
	switch n.Op {
	case Eq, In:
		for _, v := range amounts {
			out = append(out, Field{Path: n.Path, Op: Eq, Value: v})
		}
	case Gt, Gte, Lt, Lte, Between:
		if len(amounts) == len(list(n.Value)) {
			out = append(out, n)
		}
	}
	return out
}

// IsNamedAmount says whether a value of a rule is an amount with its currency, which only amounts compare with.
func IsNamedAmount(v any) bool {
	_, named := v.(map[string]any)
	return named
}

// dynamicPlain compares what is no amount.
func (c *compiler) dynamicPlain(n Field) func(any) bool {
	first := list(n.Value)[0]
	_, isNumber := first.(json.Number)
	switch {
	case IsNamedAmount(first) && n.Op != In:
		return func(any) bool { return false }
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
