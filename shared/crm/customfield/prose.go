package customfield

import (
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/money"
)

// Prose writes a value as a sentence in a language (ko or en) has it: figures grouped by thousands, an amount behind its currency's sign, a date in words (a
// day of no zone is the same day everywhere), choices by their labels, yes or no. Texts and links stay as they are; "" is no value.
func (f *Field) Prose(v any, language string) string {
	switch v := v.(type) {
	case bool:
		return capital(f.Words(v, language))
	case float64:
		return grouped(strconv.FormatFloat(v, 'f', -1, 64))
	case string:
		if f.Type == Date {
			return day(v, language)
		}
	case map[string]any:
		m, ok := customer.AmountIn(v)
		if !ok {
			return ""
		}
		return amount(m)
	}
	return f.Words(v, language)
}

// capital writes an English word with a capital; Korean has none.
func capital(word string) string {
	first, size := utf8.DecodeRuneInString(word)
	return string(unicode.ToUpper(first)) + word[size:]
}

// grouped sets commas between the thousands of a plain decimal number, as both languages write them.
func grouped(number string) string {
	sign := ""
	if strings.HasPrefix(number, "-") {
		sign, number = "-", number[1:]
	}
	whole, fraction, _ := strings.Cut(number, ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if fraction != "" {
		whole += "." + fraction
	}
	return sign + whole
}

// signs are those of the currencies that shops here name by one; others are named by their code.
var signs = map[string]string{"KRW": "₩", "USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "CNY": "CN¥", "TWD": "NT$", "HKD": "HK$", "SGD": "S$", "VND": "₫", "THB": "฿"}

// amount writes -₩1,000 or, of a currency without a sign, -1,000.00 CHF.
func amount(m money.Money) string {
	figure := grouped(m.Text())
	sign, known := signs[m.Currency]
	if !known {
		return figure + " " + m.Currency
	}
	if rest, negative := strings.CutPrefix(figure, "-"); negative {
		return "-" + sign + rest
	}
	return sign + figure
}

// day writes a date in words; a text that is none stays.
func day(s, language string) string {
	t, err := time.Parse(time.DateOnly, s)
	switch {
	case err != nil:
		return s
	case language == "ko":
		return t.Format("2006년 1월 2일")
	default:
		return t.Format("2 January 2006")
	}
}
