package rules

import (
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/dangol/dangol/shared/crm/segment"
	"github.com/dangol/dangol/shared/lake/sqltext"
)

var orderOps = []segment.Op{segment.Gt, segment.Gte, segment.Lt, segment.Lte, segment.Between}

// dynamic compares a custom field. The value in the rule says how, the column's type what there is to compare; what cannot be compared so is missing. Lists
// stand in a column of their own, and amounts of money in two, beside the one of everything else.
func (c *compiler) dynamic(n segment.Field, column string) string {
	switch n.Op {
	case segment.IsEmpty:
		return isNot(c.set(column))
	case segment.IsNotEmpty:
		return c.set(column)
	case segment.Ne:
		return isNot(c.dynamic(segment.Field{Path: n.Path, Op: segment.Eq, Value: n.Value}, column))
	}
	conditions := []string{c.dynamicPlain(n, column)}
	if c.ofLists(column) {
		conditions = append(conditions, c.dynamicPlain(n, items(column)))
	}
	if !c.ofMoney(column) {
		return either(conditions)
	}
	for _, one := range segment.OverMoney(n) {
		conditions = append(conditions, c.money(one, customer(amount(column)), customer(currency(column))))
	}
	return either(conditions)
}

func either(conditions []string) string { return "(" + strings.Join(conditions, " OR ") + ")" }

// ofLists says whether anybody has a list in a custom field.
func (c *compiler) ofLists(column string) bool { return c.kindOf(items(column)) != "" }

// ofMoney says whether anybody has an amount of money in a custom field.
func (c *compiler) ofMoney(column string) bool {
	return c.kindOf(amount(column)) != "" && c.kindOf(currency(column)) != ""
}

// set says that a custom field has a value.
func (c *compiler) set(column string) string {
	conditions := []string{present(c.kindOf(column), customer(column)), present(c.kindOf(items(column)), customer(items(column)))}
	if c.ofMoney(column) {
		conditions = append(conditions, customer(currency(column))+" IS NOT NULL")
	}
	return either(conditions)
}

// dynamicPlain compares what is no amount.
func (c *compiler) dynamicPlain(n segment.Field, column string) string {
	kind, first := c.kindOf(column), segment.Values(n.Value)[0]
	_, isNumber := first.(json.Number)
	switch {
	case kind == "", segment.IsNamedAmount(first) && n.Op != segment.In:
		return "false"
	case n.Op == segment.InLast || n.Op == segment.Before || n.Op == segment.After || slices.Contains(orderOps, n.Op) && isDate(first):
		return c.dynamicDate(n, kind, customer(column))
	case slices.Contains(orderOps, n.Op), n.Op == segment.Eq && isNumber:
		return c.dynamicNumber(n, kind, customer(column))
	default:
		return c.dynamicText(n, kind, column)
	}
}

func isDate(v any) bool {
	s, _ := v.(string)
	_, _, ok := segment.Span(s, time.UTC)
	return ok
}

// present says that a custom field is set.
func present(kind, value string) string {
	switch kind {
	case "":
		return "false"
	case "VARCHAR":
		return value + " <> ''"
	case "VARCHAR[]":
		return "len(" + value + ") > 0"
	default:
		return value + " IS NOT NULL"
	}
}

func (c *compiler) dynamicDate(n segment.Field, kind, value string) string {
	switch kind {
	case "DATE":
		return c.day(n, value)
	case "TIMESTAMP":
		return c.moment(n, value)
	case "VARCHAR": // a day, or a moment as RFC 3339 writes it
		return "CASE WHEN regexp_full_match(" + value + `, '\d{4}-\d{2}-\d{2}') THEN ` + c.day(n, "TRY_CAST("+value+" AS DATE)") +
			" WHEN regexp_full_match(" + value + `, '\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}([.,]\d+)?(Z|[+-]\d{2}:\d{2})') THEN ` +
			c.moment(n, "(TRY_CAST(replace("+value+", ',', '.') AS TIMESTAMPTZ) AT TIME ZONE 'UTC')") + " ELSE false END"
	default:
		return "false"
	}
}

// spaces are what strings.TrimSpace takes away.
const spaces = "\t\n\v\f\r \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"

func (c *compiler) dynamicNumber(n segment.Field, kind, value string) string {
	switch kind {
	case "DOUBLE", "BIGINT":
		return c.number(n, value)
	case "VARCHAR":
		return c.number(n, c.parsed(value))
	default:
		return "false"
	}
}

// parsed is the number that a text is, as strconv.ParseFloat reads it, but for hexadecimal ones. One that is no number compares as less than all.
func (c *compiler) parsed(value string) string {
	text := "trim(" + value + ", " + c.Bind(spaces) + ")"
	number := "TRY_CAST(" + text + " AS DOUBLE)"
	return "CASE WHEN regexp_full_match(" + text + `, '[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?') THEN CASE WHEN isfinite(` + number + ") THEN " + number + " END" +
		" WHEN regexp_full_match(lower(" + text + `), '\+?inf(inity)?') THEN CAST('inf' AS DOUBLE)` +
		" WHEN regexp_full_match(lower(" + text + `), '-inf(inity)?|nan') THEN CAST('-inf' AS DOUBLE) END`
}

func (c *compiler) dynamicText(n segment.Field, kind, column string) string {
	same, plain := asText(kind, column)
	if kind == "VARCHAR[]" {
		return c.list(n, same, plain, false)
	}
	return c.text(n, same, plain)
}

// asText is a custom field as texts are compared, and as it is; of a list, each of its texts.
func asText(kind, column string) (same, plain string) {
	value := customer(column)
	switch kind {
	case "VARCHAR", "VARCHAR[]":
		return customer(sqltext.Folded(column)), value
	case "DOUBLE":
		return digits(value), digits(value)
	default:
		return "lower(CAST(" + value + " AS VARCHAR))", "CAST(" + value + " AS VARCHAR)"
	}
}

// allOf is what is in a key that holds lists, as a list: one value that is none stands alone in it. same is as texts are compared, plain as they are.
func (c *compiler) allOf(column string) (same, plain string) {
	same, plain = asText("VARCHAR[]", items(column))
	kind := c.kindOf(column)
	one, label := asText(kind, column)
	switch kind {
	case "":
		return same, plain
	case "VARCHAR[]":
		return "coalesce(" + same + ", " + one + ")", "coalesce(" + plain + ", " + label + ")"
	default:
		alone := "CASE WHEN " + present(kind, customer(column)) + " THEN ["
		return alone + one + "] ELSE " + same + " END", alone + label + "] ELSE " + plain + " END"
	}
}

// digits writes a number with all of its digits and no exponent, as short as it can be told from others: as strconv.FormatFloat with 'f' and -1.
func digits(value string) string {
	text := "CAST(" + value + " AS VARCHAR)"
	sign := "CASE WHEN " + value + " < 0 THEN '-' ELSE '' END"
	figures := "replace(replace(split_part(" + text + ", 'e', 1), '.', ''), '-', '')"
	exponent := "TRY_CAST(split_part(" + text + ", 'e', 2) AS INTEGER)"
	return "CASE WHEN NOT contains(" + text + ", 'e') THEN regexp_replace(" + text + `, '\.0$', '')` +
		" WHEN " + exponent + " > 0 THEN " + sign + " || rpad(" + figures + ", " + exponent + " + 1, '0')" +
		" ELSE " + sign + " || '0.' || repeat('0', -1 - " + exponent + ") || " + figures + " END"
}
