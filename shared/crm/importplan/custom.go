package importplan

import (
	"slices"
	"strings"

	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/customfield"
	"github.com/dangol/dangol/shared/crm/money"
)

// CustomFields lists what columns of a customers file may mean beside Fields: the defined custom fields that are not archived, by their labels.
func CustomFields(set *customfield.Set) []Field {
	out := []Field{}
	for _, f := range set.Live() {
		out = append(out, Field{Path: "custom." + f.Key, Korean: f.Label.In("ko"), English: f.Label.In("en"), Words: []string{f.Key}})
	}
	return out
}

// ReadCustom reads what a cell says of a defined custom field, in the ways that people write its type; choices go by key or label. Errors: the code of
// what is wrong, "" for nothing.
func ReadCustom(f *customfield.Field, cell string) (any, string) {
	switch f.Type {
	case customfield.Number:
		n, ok := parseNumber(cell)
		return n.InexactFloat64(), unless(ok, "number_invalid")
	case customfield.Money:
		return customMoney(f, cell)
	case customfield.Date:
		m, ok := parseDate(cell)
		if !ok {
			return nil, "date_invalid"
		}
		return m.date(), ""
	case customfield.YesNo:
		answer, ok := yesNo[word(cell)]
		return answer == "yes", unless(ok, "yes_no_invalid")
	case customfield.Choice:
		return choiceKey(f, cell), ""
	case customfield.Choices:
		return choiceKeys(f, cell), ""
	default:
		return cell, ""
	}
}

func unless(ok bool, code string) string {
	if ok {
		return ""
	}
	return code
}

func customMoney(f *customfield.Field, cell string) (any, string) {
	n, sign, ok := parseAmount(cell)
	if !ok {
		return nil, "money_invalid"
	}
	code, ok := currencyOf(sign, f.Currency)
	if !ok {
		return nil, "currency_unknown"
	}
	m, err := money.Parse(n.String(), code)
	if err != nil {
		return nil, "money_invalid"
	}
	return customer.Amount(m), ""
}

// choiceKey returns the key of the choice that a text names, or the text itself, which the field then refuses.
func choiceKey(f *customfield.Field, text string) string {
	i := slices.IndexFunc(f.Choices, func(o customfield.Option) bool {
		return slices.Contains([]string{word(o.Key), word(o.Label.Korean), word(o.Label.English)}, word(text))
	})
	if i < 0 {
		return text
	}
	return f.Choices[i].Key
}

func choiceKeys(f *customfield.Field, cell string) []string {
	var out []string
	for _, text := range splitTags(cell) {
		if text = strings.TrimSpace(text); text != "" {
			out = append(out, choiceKey(f, text))
		}
	}
	return out
}
