package sheet

import (
	"fmt"
	"slices"

	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/customfield"
	"github.com/dangol/dangol/shared/lake/dictionary"
)

// customers name the fields as an import reads them: those of every customer, then the workspace's own by their labels, archived ones left out.
func customers(o Own) []Column {
	out := []Column{text("id", of("c", "id"))}
	for _, path := range customer.TextPaths() {
		out = append(out, text(path, "CAST("+of("c", path)+" AS VARCHAR)"))
	}
	out = append(out, text("tags", of("c", "tags")).said(joined), text("consent.email.marketing", of("c", "consents.email.marketing")).said(consented), moment("createdAt", of("c", "createdAt")))
	for _, f := range o.Fields.Live() {
		out = append(out, o.columnsOf(f)...)
	}
	updated := moment("updatedAt", of("c", "updatedAt"))
	updated.Asked = true
	return append(out, updated)
}

// columnsOf reads a field of the workspace, of which the lake has no column when nobody ever filled it. An amount is a number that a spreadsheet adds up, and its
// currency stands beside it; neither is headed as the field itself, so that an import does not take amounts of several currencies for those of one.
func (o Own) columnsOf(f customfield.Field) []Column {
	name, label := "custom."+f.Key, f.Label.In(o.Language)
	c := text(name, of("c", name)).said(func(v any) any { return f.Words(v, o.Language) })
	c.Header = label
	switch f.Type {
	case customfield.Number:
		c.Kind, c.say = "number", plain
	case customfield.Money:
		words := moneyWords[o.Language == "ko"]
		amount, code := number(name, of("c", dictionary.Amount(name))), text(name, of("c", dictionary.Currency(name)))
		amount.Header, code.Header = fmt.Sprintf(words[0], label), fmt.Sprintf(words[1], label)
		return []Column{o.known(amount, dictionary.Amount(name)), o.known(code, dictionary.Currency(name))}
	}
	return []Column{o.withLists(o.known(c, name), dictionary.Items(name), f)}
}

// moneyWords head the two columns of an amount, in Korean or in English.
var moneyWords = map[bool][2]string{true: {"%s (금액)", "%s (통화)"}, false: {"%s (amount)", "%s (currency)"}}

// withLists also prints the lists that records hold in a field, each of whose texts is said as the option that it is.
func (o Own) withLists(c Column, lists string, f customfield.Field) Column {
	if slices.Contains(o.There, lists) {
		c.lists, c.sayAll = of("c", lists), func(all []any) any { return f.Words(all, o.Language) }
	}
	return c
}

// known is the column, empty where the lake has none of that name.
func (o Own) known(c Column, name string) Column {
	if !slices.Contains(o.There, name) {
		c.from, c.say = "NULL", plain
	}
	return c
}
