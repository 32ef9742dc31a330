package exportwork

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"github.com/dangol/dangol/shared/audience"
	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/customfield"
	"github.com/dangol/dangol/shared/lake/dictionary"
	"github.com/dangol/dangol/shared/lake/sqltext"
	"github.com/dangol/dangol/shared/store"
)

// column is one of a file: what it is called, where the lake has it, and how its values are said in a spreadsheet.
type column struct {
	header string
	kind   string // text, number, moment
	from   string // an expression over a row of customers
	say    func(v any) any
}

// columns name the fields as an import reads them: those of every customer, then the workspace's own by their labels, archived ones left out.
func columns(ctx context.Context, t *store.Tenant, a *audience.Lake) ([]column, error) {
	out := []column{{"id", "text", "id", plain}}
	for _, path := range customer.TextPaths() {
		out = append(out, column{path, "text", "CAST(" + sqltext.Ident(path) + " AS VARCHAR)", plain})
	}
	out = append(out, column{"tags", "text", "tags", joined}, column{"consent.email.marketing", "text", sqltext.Ident("consents.email.marketing"), consented},
		column{"createdAt", "moment", sqltext.Ident("createdAt"), plain})
	own, err := ownColumns(ctx, t, a)
	return append(out, own...), err
}

func ownColumns(ctx context.Context, t *store.Tenant, a *audience.Lake) (out []column, err error) {
	set, err := t.CustomFields(ctx)
	if err != nil {
		return nil, err
	}
	w, err := t.Workspace(ctx)
	if err != nil {
		return nil, err
	}
	there, err := a.Columns(ctx)
	if err != nil {
		return nil, err
	}
	for _, f := range set.Live() {
		out = append(out, ownColumnsOf(f, w.Language, there)...)
	}
	return out, nil
}

// ownColumnsOf reads a field of the workspace, of which the lake has no column when nobody ever filled it. An amount is a number that a spreadsheet adds up, and its
// currency stands beside it; neither is headed as the field itself, so that an import does not take amounts of several currencies for those of one.
func ownColumnsOf(f customfield.Field, language string, there []string) []column {
	name := "custom." + f.Key
	c := column{header: f.Label.In(language), kind: "text", from: sqltext.Ident(name), say: func(v any) any { return f.Words(v, language) }}
	switch f.Type {
	case customfield.Number:
		c.kind, c.say = "number", plain
	case customfield.Money:
		words := moneyWords[language == "ko"]
		amount := column{fmt.Sprintf(words[0], c.header), "number", sqltext.Ident(dictionary.Amount(name)), plain}
		code := column{fmt.Sprintf(words[1], c.header), "text", sqltext.Ident(dictionary.Currency(name)), plain}
		return []column{amount.of(there, dictionary.Amount(name)), code.of(there, dictionary.Currency(name))}
	case customfield.Choices:
		c.say = func(v any) any { return f.Words(listOf(v), language) }
	}
	return []column{c.of(there, name)}
}

// moneyWords head the two columns of an amount, in Korean or in English.
var moneyWords = map[bool][2]string{true: {"%s (금액)", "%s (통화)"}, false: {"%s (amount)", "%s (currency)"}}

// of is the column, empty where the lake has none of that name.
func (c column) of(there []string, name string) column {
	if !slices.Contains(there, name) {
		c.from, c.say = "NULL", plain
	}
	return c
}

func plain(v any) any { return v }

func joined(v any) any {
	list, _ := v.([]string)
	return strings.Join(list, ", ")
}

func consented(v any) any {
	return map[any]string{"granted": "yes", "withdrawn": "no"}[v]
}

// listOf gives a list the form that records hold it in.
func listOf(v any) any {
	list, _ := v.([]string)
	out := make([]any, len(list))
	for i, s := range list {
		out[i] = s
	}
	return out
}

// text writes a value as a cell of CSV.
func text(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case time.Time:
		return v.UTC().Format(time.RFC3339)
	case decimal.Decimal:
		return v.String()
	case nil:
		return ""
	default:
		return (&customfield.Field{}).Words(v, "en")
	}
}
