package importplan

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/dangol/dangol/shared/crm/money"
	"github.com/dangol/dangol/shared/crm/order"
)

// Key says which order a row belongs to. Rows with an external id belong to that one. A row without is an order of its own, known by the import, the row's
// number and its content: repeating a hop finds it again, while two equal rows of one file stay two purchases.
func (o *OrderRow) Key(importID string, row int) string {
	if o.ExternalID != "" {
		return "externalId:" + o.ExternalID
	}
	sum := sha256.Sum256([]byte(strings.Join([]string{importID, strconv.Itoa(row), o.content}, "\x00")))
	return "row:" + hex.EncodeToString(sum[:16])
}

// Assemble makes one order of all rows with one key, in the order of the file; the result must be normalised. It returns a code when they do not agree:
// order_rows_differ (customer, time or currency) or unit_price_missing (several lines without prices of their own).
//
// A total is that of its row or of the whole order, as files have it: the rows' own when they multiply out (quantity x unit price), or when they differ
// and there are no unit prices; the whole order's when every row that has one repeats the same.
func Assemble(rows []*OrderRow) (order.Order, string) {
	first := rows[0]
	o := order.Order{ExternalID: first.ExternalID, OrderedAt: first.OrderedAt}
	for _, r := range rows {
		if r.CustomerExternalID != first.CustomerExternalID || !r.OrderedAt.Equal(first.OrderedAt) || r.currency() != first.currency() {
			return o, "order_rows_differ"
		}
	}
	if !slices.ContainsFunc(rows, func(r *OrderRow) bool { return r.UnitPrice == nil }) {
		return priced(o, rows)
	}
	return unpriced(o, rows)
}

func (o *OrderRow) currency() string {
	if o.Total != nil {
		return o.Total.Currency
	}
	return o.UnitPrice.Currency
}

// priced: every row has a unit price. The lines make the total, unless totals are given: one that all rows repeat is the order's (a discount or shipping
// stands between it and the lines), different ones are the rows' own.
func priced(o order.Order, rows []*OrderRow) (order.Order, string) {
	own := true
	for _, r := range rows {
		line := r.line(*r.UnitPrice)
		o.Lines = append(o.Lines, line)
		own = own && (r.Total == nil || near(r.Total.Amount, order.Sum([]order.Line{line})))
	}
	o.Total = order.Sum(o.Lines)
	if given, same := oneTotal(rows); !own && same {
		o.Total = given
	} else if !own {
		o.Total.Amount = paidFor(rows)
	}
	return named(o), ""
}

// paidFor adds up what each row says was paid, or what its line comes to when it does not say.
func paidFor(rows []*OrderRow) (sum decimal.Decimal) {
	for _, r := range rows {
		if r.Total != nil {
			sum = sum.Add(r.Total.Amount)
		} else {
			sum = sum.Add(order.Sum([]order.Line{r.line(*r.UnitPrice)}).Amount)
		}
	}
	return sum
}

// named leaves out the lines when none says what was bought.
func named(o order.Order) order.Order {
	if !slices.ContainsFunc(o.Lines, func(l order.Line) bool { return l.Name != "" }) {
		o.Lines = nil
	}
	return o
}

// unpriced: at least one row has no unit price but a total.
func unpriced(o order.Order, rows []*OrderRow) (order.Order, string) {
	given, same := oneTotal(rows)
	if len(rows) > 1 && (same || slices.ContainsFunc(rows, func(r *OrderRow) bool { return r.Total == nil && r.UnitPrice == nil })) {
		if slices.ContainsFunc(rows, func(r *OrderRow) bool { return r.ProductName != "" }) {
			return o, "unit_price_missing"
		}
		o.Total = given
		return o, ""
	}
	o.Total = money.Money{Currency: rows[0].currency()}
	for _, r := range rows {
		price := r.UnitPrice
		if r.Total != nil {
			price = &money.Money{Amount: r.Total.Amount.DivRound(r.Quantity, 4), Currency: r.Total.Currency}
		}
		line := r.line(*price)
		o.Lines = append(o.Lines, line)
		o.Total.Amount = o.Total.Amount.Add(r.paid(line))
	}
	return named(o), ""
}

func (o *OrderRow) paid(l order.Line) decimal.Decimal {
	if o.Total != nil {
		return o.Total.Amount
	}
	return order.Sum([]order.Line{l}).Amount
}

func (o *OrderRow) line(price money.Money) order.Line {
	return order.Line{Name: o.ProductName, Quantity: o.Quantity, UnitPrice: price}
}

// oneTotal returns the total that all rows with one repeat.
func oneTotal(rows []*OrderRow) (total money.Money, same bool) {
	for _, r := range rows {
		switch {
		case r.Total == nil:
		case total.Currency == "":
			total, same = *r.Total, true
		case !total.Amount.Equal(r.Total.Amount):
			same = false
		}
	}
	return total, same
}

// near allows for rounding to the smallest coin.
func near(d decimal.Decimal, m money.Money) bool {
	return d.Sub(m.Amount).Abs().LessThanOrEqual(decimal.New(1, -money.Decimals(m.Currency)))
}
