// Package money holds exact amounts: a decimal number and the currency it is in. Nothing here ever passes through a float.
package money

import (
	"encoding/json"
	"errors"
	"fmt"
	"sort"
	"strings"

	"github.com/shopspring/decimal"
	"golang.org/x/text/currency"
)

// Money is an amount in one currency (ISO 4217). The zero value is no amount.
type Money struct {
	Amount   decimal.Decimal `json:"amount"`
	Currency string          `json:"currency"`
}

// ErrCurrency reports a code that ISO 4217 does not know; ErrAmount a text that is no plain decimal number.
var (
	ErrCurrency = errors.New("money: unknown currency")
	ErrAmount   = errors.New("money: not a decimal number")
)

// Parse reads an amount such as "12.50" in a currency such as "KRW". At most 12 digits before and 4 after the point.
func Parse(amount, code string) (Money, error) {
	if !ValidCurrency(code) {
		return Money{}, fmt.Errorf("%w: %q", ErrCurrency, code)
	}
	d, err := decimal.NewFromString(amount)
	if err != nil || d.Exponent() < -4 || d.Exponent() > 0 && d.Exponent() > 12 || d.Abs().Cmp(limit) >= 0 {
		return Money{}, fmt.Errorf("%w: %q", ErrAmount, amount)
	}
	return Money{Amount: d, Currency: code}, nil
}

var limit = decimal.New(1, 12)

// ValidCurrency says whether the code is one of ISO 4217's, in capitals.
func ValidCurrency(code string) bool {
	u, err := currency.ParseISO(code)
	return err == nil && u.String() == code
}

// IsZero says whether there is no amount or an amount of nothing.
func (m Money) IsZero() bool { return m.Amount.IsZero() }

// Text returns the amount with as many decimals as the currency has, more only if the amount needs them.
func (m Money) Text() string {
	places := Decimals(m.Currency)
	if -m.Amount.Exponent() > places && !m.Amount.Equal(m.Amount.Truncate(places)) {
		return m.Amount.String()
	}
	return m.Amount.StringFixed(places)
}

// Decimals returns how many decimals the currency's smallest coin has: 0 for KRW, 2 for USD.
func Decimals(code string) int32 {
	u, err := currency.ParseISO(code)
	if err != nil {
		return 2
	}
	scale, _ := currency.Standard.Rounding(u)
	return int32(scale)
}

// Units is the amount in ten-thousandths, the finest that Parse lets in: exact up to 900 trillion.
func (m Money) Units() int64 {
	if e := m.Amount.Exponent(); e <= 0 && e >= -4 {
		return m.Amount.CoefficientInt64() * powers[4+e]
	}
	return m.Amount.Shift(4).IntPart()
}

var powers = [...]int64{1, 10, 100, 1000, 10000}

type wire struct {
	Amount   string `json:"amount"`
	Currency string `json:"currency"`
}

// MarshalJSON writes {"amount": "12.50", "currency": "USD"}.
func (m Money) MarshalJSON() ([]byte, error) {
	return json.Marshal(wire{Amount: m.Text(), Currency: m.Currency})
}

// UnmarshalJSON reads what MarshalJSON writes.
func (m *Money) UnmarshalJSON(b []byte) error {
	var w wire
	if err := json.Unmarshal(b, &w); err != nil {
		return err
	}
	if w.Currency == "" && strings.Trim(w.Amount, "0.") == "" { // no amount, as MarshalJSON writes the zero value
		*m = Money{}
		return nil
	}
	var err error
	*m, err = Parse(w.Amount, w.Currency)
	return err
}

// Bag is a sum per currency: amounts of two currencies are never added.
type Bag map[string]decimal.Decimal

// Add puts an amount into the bag.
func (b Bag) Add(m Money) { b[m.Currency] = b[m.Currency].Add(m.Amount) }

// List returns the sums ordered by currency.
func (b Bag) List() []Money {
	out := make([]Money, 0, len(b))
	for c, d := range b {
		out = append(out, Money{Amount: d, Currency: c})
	}
	sort.Slice(out, func(i, j int) bool { return out[i].Currency < out[j].Currency })
	return out
}

// In returns the sum in one currency.
func (b Bag) In(code string) Money { return Money{Amount: b[code], Currency: code} }
