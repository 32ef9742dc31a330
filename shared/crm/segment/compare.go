package segment

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/shopspring/decimal"
	"golang.org/x/text/unicode/norm"

	"github.com/dangol/dangol/shared/crm/money"
)

// fold brings a text into the form in which texts are compared.
func fold(s string) string {
	if !norm.NFC.IsNormalString(s) {
		s = norm.NFC.String(s)
	}
	return strings.ToLower(s)
}

func not[T any](is func(T) bool) func(T) bool { return func(v T) bool { return !is(v) } }

func every[T any](tests []func(T) bool) func(T) bool {
	return func(v T) bool {
		for _, is := range tests {
			if !is(v) {
				return false
			}
		}
		return true
	}
}

func either[T any](tests []func(T) bool) func(T) bool {
	return func(v T) bool {
		for _, is := range tests {
			if is(v) {
				return true
			}
		}
		return false
	}
}

// each compiles every rule of a list.
func each[T any](rules []Rule, compile func(Rule) func(T) bool) []func(T) bool {
	out := make([]func(T) bool, len(rules))
	for i, r := range rules {
		out[i] = compile(r)
	}
	return out
}

// never is the test of what Parse would have refused.
func never[T any](c *compiler) func(T) bool {
	c.broken = true
	return func(T) bool { return false }
}

// list returns the values of "in" and "between", or the one value of any other operator.
func list(v any) []any {
	if l, ok := v.([]any); ok {
		return l
	}
	return []any{v}
}

// folded are the values as texts: a number in a list of texts is how it is written.
func folded(v any) []string {
	var out []string
	for _, e := range list(v) {
		out = append(out, fold(asText(e)))
	}
	return out
}

func asText(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case bool:
		return strconv.FormatBool(v)
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case interface{ String() string }: // json.Number
		return v.String()
	default:
		return ""
	}
}

func (c *compiler) text(n Field) func(string) bool {
	values := folded(n.Value)
	switch n.Op {
	case Eq, Ne, In:
		is := func(s string) bool { return s != "" && slices.Contains(values, fold(s)) }
		if len(values) == 1 {
			only := values[0]
			is = func(s string) bool { return s != "" && fold(s) == only }
		}
		if n.Op == Ne {
			return not(is)
		}
		return is
	case Contains:
		return func(s string) bool { return s != "" && strings.Contains(fold(s), values[0]) }
	case StartsWith:
		return func(s string) bool { return s != "" && strings.HasPrefix(fold(s), values[0]) }
	case IsEmpty:
		return func(s string) bool { return s == "" }
	case IsNotEmpty:
		return func(s string) bool { return s != "" }
	default:
		return never[string](c)
	}
}

// tags is true when any of the texts is: eq and contains mean that the list holds the tag, ne that it does not.
func (c *compiler) tags(n Field) func([]string) bool {
	switch n.Op {
	case Ne:
		return not(c.tags(Field{Op: Eq, Value: n.Value}))
	case Contains:
		return c.tags(Field{Op: Eq, Value: n.Value})
	case IsEmpty:
		return func(l []string) bool { return len(l) == 0 }
	case IsNotEmpty:
		return func(l []string) bool { return len(l) > 0 }
	}
	is := c.text(n)
	return func(l []string) bool { return slices.ContainsFunc(l, is) }
}

// ordered decides from how a value compares with each value of the rule (-1, 0, 1).
func ordered[T any](c *compiler, op Op, values int, against func(v T, i int) int, missing func(T) bool) func(T) bool {
	has := func(is func(T) bool) func(T) bool { return func(v T) bool { return !missing(v) && is(v) } }
	switch op {
	case Eq, In:
		return has(func(v T) bool {
			for i := range values {
				if against(v, i) == 0 {
					return true
				}
			}
			return false
		})
	case Ne:
		return not(ordered(c, Eq, values, against, missing))
	case Gt, After:
		return has(func(v T) bool { return against(v, 0) > 0 })
	case Gte:
		return has(func(v T) bool { return against(v, 0) >= 0 })
	case Lt, Before:
		return has(func(v T) bool { return against(v, 0) < 0 })
	case Lte:
		return has(func(v T) bool { return against(v, 0) <= 0 })
	case Between:
		return has(func(v T) bool { return against(v, 0) >= 0 && against(v, 1) <= 0 })
	case IsEmpty:
		return missing
	case IsNotEmpty:
		return not(missing)
	default:
		return never[T](c)
	}
}

func (c *compiler) number(n Field) func(maybe) bool {
	var values []float64
	for _, v := range list(n.Value) {
		values = append(values, decimalOf(v).InexactFloat64())
	}
	return ordered(c, n.Op, len(values), func(v maybe, i int) int { return cmp.Compare(v.value, values[i]) }, func(v maybe) bool { return !v.known })
}

// money compares amounts of one currency, that of the value or of the workspace; others are missing.
func (c *compiler) money(n Field) func(money.Money) bool {
	var values []decimal.Decimal
	code := c.env.Currency
	for _, v := range list(n.Value) {
		d, named, _ := asMoney(v)
		values = append(values, d)
		if named != "" {
			code = named
		}
	}
	return ordered(c, n.Op, len(values), func(m money.Money, i int) int { return m.Amount.Cmp(values[i]) },
		func(m money.Money) bool { return m.Currency == "" || m.Currency != code })
}

func (c *compiler) moment(n Field) func(time.Time) bool {
	if n.Op == InLast {
		return c.inLast(n.Value)
	}
	var spans []span
	for _, v := range list(n.Value) {
		s, _ := parseSpan(asText(v), c.env.Zone)
		spans = append(spans, s)
	}
	against := func(t time.Time, i int) int {
		switch {
		case t.Before(spans[i].from):
			return -1
		case t.Before(spans[i].to):
			return 0
		default:
			return 1
		}
	}
	return ordered(c, n.Op, len(spans), against, time.Time.IsZero)
}

// inLast takes in both ends: the first moment of the period, and now.
func (c *compiler) inLast(v any) func(time.Time) bool {
	p, ok := parsePeriod(asText(v))
	if !ok {
		return never[time.Time](c)
	}
	from := p.start(c.env.Now, c.env.Zone)
	return func(t time.Time) bool { return !t.Before(from) && !t.After(c.env.Now) }
}

func (c *compiler) boolean(n Field) func(*bool) bool {
	want, _ := n.Value.(bool)
	switch n.Op {
	case Eq:
		return func(b *bool) bool { return b != nil && *b == want }
	case Ne:
		return func(b *bool) bool { return b == nil || *b != want }
	case IsEmpty:
		return func(b *bool) bool { return b == nil }
	case IsNotEmpty:
		return func(b *bool) bool { return b != nil }
	default:
		return never[*bool](c)
	}
}
