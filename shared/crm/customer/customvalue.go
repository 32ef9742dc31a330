package customer

import "github.com/dangol/dangol/shared/crm/money"

// NoValue says whether a value of a custom field, as JSON decodes it or Normalise leaves it, is none: null, an empty text, an empty list.
func NoValue(v any) bool {
	switch v := v.(type) {
	case nil:
		return true
	case string:
		return v == ""
	case []string:
		return len(v) == 0
	case []any:
		return len(v) == 0
	default:
		return false
	}
}

// Amount is the form in which a custom field holds an amount of money, that of every amount in the API: {"amount": "12.50", "currency": "USD"}.
func Amount(m money.Money) map[string]any {
	return map[string]any{"amount": m.Text(), "currency": m.Currency}
}

// AmountIn reads a value of that form.
func AmountIn(v any) (money.Money, bool) {
	held, _ := v.(map[string]any)
	amount, _ := held["amount"].(string)
	code, _ := held["currency"].(string)
	m, err := money.Parse(amount, code)
	return m, err == nil
}
