package exportwork

import (
	"cmp"
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
	lists  string // an expression for the list that may stand in its place, "" where nobody has one
	sayAll func(all []any) any
}

// field is a column of texts.
func field(header, from string, say func(any) any) column {
	return column{header: header, kind: "text", from: from, say: say}
}

// columns name the fields as an import reads them: those of every customer, then the workspace's own by their labels, archived ones left out.
func columns(ctx context.Context, t *store.Tenant, a *audience.Lake) ([]column, error) {
	out := []column{field("id", "id", plain)}
	for _, path := range customer.TextPaths() {
		out = append(out, field(path, "CAST("+sqltext.Ident(path)+" AS VARCHAR)", plain))
	}
	out = append(out, field("tags", "tags", joined), field("consent.email.marketing", sqltext.Ident("consents.email.marketing"), consented),
		column{header: "createdAt", kind: "moment", from: sqltext.Ident("createdAt"), say: plain})
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
		amount := column{header: fmt.Sprintf(words[0], c.header), kind: "number", from: sqltext.Ident(dictionary.Amount(name)), say: plain}
		code := field(fmt.Sprintf(words[1], c.header), sqltext.Ident(dictionary.Currency(name)), plain)
		return []column{amount.of(there, dictionary.Amount(name)), code.of(there, dictionary.Currency(name))}
	}
	return []column{c.of(there, name).withLists(there, dictionary.Items(name), f, language)}
}

// withLists also prints the lists that records hold in a field, each of whose texts is said as the option that it is.
func (c column) withLists(there []string, lists string, f customfield.Field, language string) column {
	if slices.Contains(there, lists) {
		c.lists, c.sayAll = sqltext.Ident(lists), func(all []any) any { return f.Words(all, language) }
	}
	return c
}

// words says what stands in a row: a list, where there is one, or the one value.
func (c column) words(one, list any) any {
	if all := listOf(list); len(all) > 0 {
		return c.sayAll(all)
	}
	return c.say(one)
}

// expressions are what a row is asked for: the one value of each column, then the list of each.
func expressions(columns []column) []string {
	out := make([]string, 2*len(columns))
	for i, c := range columns {
		out[i], out[len(columns)+i] = c.from, cmp.Or(c.lists, "NULL")
	}
	return out
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
func listOf(v any) []any {
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
