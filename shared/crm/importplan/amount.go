package importplan

import (
	"strings"

	"github.com/shopspring/decimal"
	"golang.org/x/text/unicode/norm"

	"github.com/dangol/dangol/shared/crm/money"
	"github.com/dangol/dangol/shared/lazyregexp"
)

// grouped is a number whose thousands are set apart by commas or not at all; the decimal mark is the point.
var grouped = lazyregexp.New(`^(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?$`)

// symbols are written before or behind an amount. "$" and "¥" belong to several currencies: see currencyOf.
var symbols = []struct{ text, currency string }{
	{"₩", "KRW"}, {"원", "KRW"}, {"US$", "USD"}, {"$", "USD"}, {"달러", "USD"}, {"€", "EUR"}, {"유로", "EUR"}, {"£", "GBP"}, {"¥", "JPY"}, {"엔", "JPY"}, {"위안", "CNY"},
}

// parseNumber reads 1,234.5 and -3 and (3), which is how accountants write -3.
func parseNumber(cell string) (decimal.Decimal, bool) {
	s := strings.TrimSpace(norm.NFKC.String(cell))
	negative := false
	if strings.HasPrefix(s, "(") && strings.HasSuffix(s, ")") {
		negative, s = true, s[1:len(s)-1]
	}
	s = strings.Replace(s, "−", "-", 1)
	if rest, minus := strings.CutPrefix(s, "-"); minus {
		negative, s = !negative, rest
	} else {
		s = strings.TrimPrefix(s, "+")
	}
	s = strings.TrimSpace(s)
	if s == "" || s == "." || !grouped().MatchString(s) {
		return decimal.Decimal{}, false
	}
	d, err := decimal.NewFromString(strings.ReplaceAll(s, ",", ""))
	if negative {
		d = d.Neg()
	}
	return d, err == nil
}

// parseAmount reads a number with a currency's sign or code before or behind it; the currency is "" when the cell names none.
func parseAmount(cell string) (decimal.Decimal, string, bool) {
	s := strings.TrimSpace(norm.NFKC.String(cell))
	negative := false
	if rest, minus := strings.CutPrefix(s, "-"); minus { // -₩1,000
		negative, s = true, rest
	}
	s, code := cutCurrency(s)
	d, ok := parseNumber(s)
	if negative {
		d = d.Neg()
	}
	return d, code, ok
}

func cutCurrency(s string) (rest, code string) {
	for _, y := range symbols {
		text := norm.NFKC.String(y.text)
		if rest, ok := strings.CutPrefix(s, text); ok {
			return strings.TrimSpace(rest), y.text
		}
		if rest, ok := strings.CutSuffix(s, text); ok {
			return strings.TrimSpace(rest), y.text
		}
	}
	if len(s) > 3 {
		if c := strings.ToUpper(s[:3]); money.ValidCurrency(c) {
			return strings.TrimSpace(s[3:]), c
		}
		if c := strings.ToUpper(s[len(s)-3:]); money.ValidCurrency(c) {
			return strings.TrimSpace(s[:len(s)-3]), c
		}
	}
	return s, ""
}

// dollars and yens are the currencies whose people write "$" and "¥" alone.
var (
	dollars = map[string]bool{"USD": true, "AUD": true, "CAD": true, "HKD": true, "MXN": true, "NZD": true, "SGD": true, "TWD": true}
	yens    = map[string]bool{"JPY": true, "CNY": true}
)

// currencyOf turns a sign or code into a currency; a sign of several currencies is that of the default one when it is among them.
func currencyOf(sign, fallback string) (string, bool) {
	switch {
	case sign == "":
		return fallback, money.ValidCurrency(fallback)
	case sign == "$" && dollars[fallback], sign == "¥" && yens[fallback]:
		return fallback, true
	}
	for _, y := range symbols {
		if y.text == sign {
			return y.currency, true
		}
	}
	code := strings.ToUpper(strings.TrimSpace(sign))
	return code, money.ValidCurrency(code)
}
