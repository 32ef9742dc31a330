package segment

import (
	"time"

	"github.com/shopspring/decimal"
)

// What follows reads the values of rules, for those who decide a rule by other means than Match (the lake asks a database) and must come to the same.

// Fold brings a text into the form in which texts are compared: composed (Unicode NFC), without capitals.
func Fold(s string) string { return fold(s) }

// Values are the values of "in" and "between", or the one value of any other operator.
func Values(v any) []any { return list(v) }

// TextOf is a value as a text: a number in a list of texts is how it is written.
func TextOf(v any) string { return asText(v) }

// NumberOf is a value that Parse let through as a number, and as a number is compared.
func NumberOf(v any) float64 { return decimalOf(v).InexactFloat64() }

// Amount is the amount of a value of money; code is "" where the rule leaves the currency to the workspace.
func Amount(v any) (amount decimal.Decimal, code string) {
	amount, code, _ = asMoney(v)
	return amount, code
}

// Span is the time that a date or moment stands for, its end not included: a whole day of the zone, or a moment.
func Span(s string, zone *time.Location) (from, to time.Time, ok bool) {
	p, ok := parseSpan(s, zone)
	return p.from, p.to, ok
}

// Since is the first moment of a period that ends now.
func Since(period string, now time.Time, zone *time.Location) (time.Time, bool) {
	p, ok := parsePeriod(period)
	return p.start(now, zone), ok
}

// FieldAt returns the field at a path: one of Fields, or a custom one.
func FieldAt(path string) (FieldInfo, bool) { return find(path, ofCustomers) }

// OrderFieldAt returns the field at a path within "where", with its path in the one spelling.
func OrderFieldAt(path string) (FieldInfo, bool) { return find(path, ofWhere) }

// ListedFieldAt returns the field of a list of orders at a path: order.<field>, or one of the customer who placed it.
func ListedFieldAt(path string) (FieldInfo, bool) { return find(path, ofOrders) }
