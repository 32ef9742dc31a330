package template

import (
	"strings"

	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/customfield"
	"github.com/dangol/dangol/shared/lazyregexp"
)

// A custom field is printed by its type and in the mail's language ("₩12,000", "예"), but compared and computed with as the record holds it: a condition on an
// amount of points must not meet "1,250", and "아니요" would count as true. So the scanner sends what is only printed to a path of its own, which no template can
// name, since it is not among the variables.
const (
	customPath  = "customer.custom."
	printedPath = "customer.printed."
)

var printedForm = lazyregexp.New(`^\s*customer\.custom\.\w+\s*(?:\||$)`)

// computing are the filters that need the value itself: figures, dates, lists, and what stands in an address.
var computing = set("plus minus times divided_by modulo round floor ceil abs date size first last join sort uniq reverse slice url_encode")

// onlyPrinted says whether an expression prints a custom field, perhaps through filters of texts.
func onlyPrinted(expression string) bool {
	if !printedForm().MatchString(expression) {
		return false
	}
	bare := textForm().ReplaceAllString(expression, "''")
	for _, filter := range strings.Split(bare, "|")[1:] {
		name, _, _ := strings.Cut(strings.TrimSpace(filter), ":")
		if computing[strings.TrimSpace(name)] {
			return false
		}
	}
	return true
}

// printedCustom is a custom value in the words of the mail: by the type of its field; of a key that nobody has defined only an amount of money tells its type, so
// that anything else stays as it is.
func printedCustom(v *Values, key string) any {
	value := v.Customer.Custom[key]
	var field *customfield.Field
	if v.Fields != nil {
		field = v.Fields.At(key)
	}
	_, money := customer.AmountIn(value)
	switch {
	case customer.NoValue(value):
		return nil
	case field != nil:
		return field.Prose(value, v.Language)
	case money:
		return (&customfield.Field{Type: customfield.Money}).Prose(value, v.Language)
	default:
		return value
	}
}
