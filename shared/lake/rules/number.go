package rules

import (
	"strconv"

	"github.com/shopspring/decimal"

	"github.com/dangol/dangol/shared/crm/segment"
)

// comparisons are the operators that SQL has, too.
var comparisons = map[segment.Op]string{
	segment.Eq: " = ", segment.Gt: " > ", segment.Gte: " >= ", segment.Lt: " < ", segment.Lte: " <= ",
}

// number compares a figure, NULL where it is missing, as the floating-point number that segment compares.
func (c *compiler) number(n segment.Field, value string) string {
	values, as := segment.Values(n.Value), "CAST("+value+" AS DOUBLE)"
	switch n.Op {
	case segment.Ne:
		return isNot(as + " = " + c.double(values[0]))
	case segment.In:
		return joined(values, func(v any) string { return as + " = " + c.double(v) }, " OR ", "false")
	case segment.Between:
		return "(" + as + " >= " + c.double(values[0]) + " AND " + as + " <= " + c.double(values[1]) + ")"
	case segment.IsEmpty:
		return value + " IS NULL"
	case segment.IsNotEmpty:
		return value + " IS NOT NULL"
	}
	op, ok := comparisons[n.Op]
	if !ok {
		return c.broken()
	}
	return as + op + c.double(values[0])
}

// double binds a figure. It is written out, so that the database does not take it for the type of what it is compared with.
func (c *compiler) double(v any) string {
	return "CAST(" + c.Bind(strconv.FormatFloat(segment.NumberOf(v), 'g', -1, 64)) + " AS DOUBLE)"
}

// money compares an amount in one currency, that of the value or of the workspace. In another currency it is missing.
func (c *compiler) money(n segment.Field, amount, currency string) string {
	code := c.Currency
	var values []decimal.Decimal
	for _, v := range segment.Values(n.Value) {
		d, named := segment.Amount(v)
		values = append(values, d)
		if named != "" {
			code = named
		}
	}
	known := "(" + currency + " = " + c.Bind(code) + ")"
	if code == "" {
		known = "false"
	}
	switch n.Op {
	case segment.IsEmpty:
		return isNot(known)
	case segment.IsNotEmpty:
		return known
	case segment.Ne:
		return isNot("(" + known + " AND " + c.compare(segment.Eq, amount, values) + ")")
	default:
		return "(" + known + " AND " + c.compare(n.Op, amount, values) + ")"
	}
}

// places are the decimals of amounts in the lake.
const places = 4

// most is more than any amount or sum in the lake.
var most = decimal.New(1, 30)

// compare compares an exact amount with exact values. The lake's amounts have four decimals: a value with more lies between two of them.
func (c *compiler) compare(op segment.Op, amount string, values []decimal.Decimal) string {
	if len(values) == 0 {
		return c.broken()
	}
	v := values[0]
	below := v.RoundFloor(places)
	exact := below.Equal(v)
	bound := func() string {
		return "CAST(" + c.Bind(decimal.Min(decimal.Max(below, most.Neg()), most).StringFixed(places)) + " AS DECIMAL(38, 4))"
	}
	switch {
	case op == segment.Ne:
		return isNot(c.compare(segment.Eq, amount, values))
	case op == segment.Between && len(values) == 2:
		return "(" + c.compare(segment.Gte, amount, values[:1]) + " AND " + c.compare(segment.Lte, amount, values[1:]) + ")"
	case op == segment.Eq && !exact:
		return "false"
	case op == segment.Gte && !exact:
		return amount + " > " + bound()
	case op == segment.Lt && !exact:
		return amount + " <= " + bound()
	}
	sign, ok := comparisons[op]
	if !ok {
		return c.broken()
	}
	return amount + sign + bound()
}
