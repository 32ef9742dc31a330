package order

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/shopspring/decimal"

	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/money"
	"github.com/dangol/dangol/shared/errs"
)

// Limits of an order; texts in characters.
const (
	MaxLines   = 200
	MaxText    = 200
	MaxProduct = 300
)

// MaxQuantity bounds a line's quantity on both sides of zero; four decimals at most.
var MaxQuantity = decimal.New(1, 9)

var earliest = time.Date(1970, 1, 1, 0, 0, 0, 0, time.UTC)

// Normalise brings an order into the one form that is stored: texts trimmed, OrderedAt in UTC, the total derived from the lines when none is given
// (Total.Currency empty). It reports every rule that is broken, with JSON pointers: all amounts are in one currency; quantities are not zero; OrderedAt is between 1970 and a day
// after now (a day, since zones differ). A given total need not be the sum of the lines: discounts, shipping and taxes stand between them. Who the customer is, is for the caller to find out.
func Normalise(o Order, now time.Time) (Order, error) {
	n := normaliser{errs.New(errs.Invalid, "validation_failed")}
	o.ExternalID = n.text("/externalId", o.ExternalID, MaxText)
	o.Channel = n.text("/channel", o.Channel, MaxText)
	o.CampaignID = n.text("/campaignId", o.CampaignID, MaxText)
	o.OrderedAt = n.orderedAt(o.OrderedAt, now)
	o.Lines = n.lines(o.Lines)
	o.Total = n.total(o.Total, o.Lines)
	return o, n.OrNil()
}

// normaliser collects what is refused.
type normaliser struct{ *errs.Error }

func (n normaliser) text(pointer, s string, most int) string {
	s = customer.Text(s)
	if utf8.RuneCountInString(s) > most {
		n.Add(pointer, "value_too_long", "max", most)
	}
	return s
}

func (n normaliser) orderedAt(at, now time.Time) time.Time {
	switch {
	case at.IsZero():
		n.Add("/orderedAt", "required_missing")
	case at.Before(earliest):
		n.Add("/orderedAt", "time_too_early")
	case at.After(now.Add(24 * time.Hour)):
		n.Add("/orderedAt", "time_in_future")
	}
	return at.UTC()
}

func (n normaliser) lines(in []Line) []Line {
	if len(in) > MaxLines {
		n.Add("/lines", "too_many", "max", MaxLines)
		return in
	}
	out := slices.Clone(in)
	for i := range out {
		n.line(fmt.Sprintf("/lines/%d", i), &out[i])
	}
	return out
}

func (n normaliser) line(p string, l *Line) {
	l.ProductID = n.text(p+"/productId", l.ProductID, MaxText)
	l.Name = n.text(p+"/name", l.Name, MaxProduct)
	if l.ProductID == "" && l.Name == "" {
		n.Add(p+"/name", "required_missing")
	}
	if l.Quantity.IsZero() || l.Quantity.Abs().GreaterThan(MaxQuantity) || !l.Quantity.Equal(l.Quantity.Truncate(4)) {
		n.Add(p+"/quantity", "quantity_invalid")
	}
	if !money.ValidCurrency(l.UnitPrice.Currency) {
		n.Add(p+"/unitPrice", "currency_unknown", "value", l.UnitPrice.Currency)
	}
}

func (n normaliser) total(given money.Money, lines []Line) money.Money {
	if given.Currency == "" && len(lines) == 0 {
		n.Add("/total", "required_missing")
		return given
	}
	if given.Currency == "" {
		return n.oneCurrency(Sum(lines), lines)
	}
	if !money.ValidCurrency(given.Currency) {
		n.Add("/total", "currency_unknown", "value", given.Currency)
		return given
	}
	return n.oneCurrency(given, lines)
}

func (n normaliser) oneCurrency(total money.Money, lines []Line) money.Money {
	for i, l := range lines {
		if l.UnitPrice.Currency != total.Currency {
			n.Add(fmt.Sprintf("/lines/%d/unitPrice", i), "currency_mixed", "value", l.UnitPrice.Currency, "expected", total.Currency)
		}
	}
	return total
}

// Sum is what the lines amount to, quantity times unit price, rounded once to the currency's smallest coin (half away from zero). The currency is
// that of the first line; no lines are no money.
func Sum(lines []Line) money.Money {
	if len(lines) == 0 {
		return money.Money{}
	}
	var sum decimal.Decimal
	for _, l := range lines {
		sum = sum.Add(l.Quantity.Mul(l.UnitPrice.Amount))
	}
	code := lines[0].UnitPrice.Currency
	return money.Money{Amount: sum.Round(money.Decimals(code)), Currency: code}
}

// BriefOf is what the order index holds of an order: names and ids of its lines once each, in their order.
func BriefOf(o *Order) Brief {
	b := Brief{ID: o.ID, CustomerID: o.CustomerID, OrderedAt: o.OrderedAt, Total: o.Total, Channel: o.Channel, CampaignID: o.CampaignID}
	for _, l := range o.Lines {
		for _, p := range []string{l.Name, l.ProductID} {
			if p = strings.TrimSpace(p); p != "" && !slices.Contains(b.Products, p) {
				b.Products = append(b.Products, p)
			}
		}
	}
	return b
}
