package sheet

import (
	"cmp"
	"strings"

	"github.com/dangol/dangol/shared/lake/sqltext"
)

// Column is one of a file: what it is called, where the lake has it, and how its values are said in a spreadsheet.
type Column struct {
	Field    string // by which it is asked for; an amount and its currency have one
	Header   string // in the file, as an import reads it
	Kind     string // text, number, moment
	Asked    bool   // it is in files that ask for it alone
	Personal bool   // it tells of the customer behind a record of another subject

	from   string // an expression over the subject's row
	say    func(v any) any
	lists  string // an expression for the list that may stand in its place, "" where nobody has one
	sayAll func(all []any) any
}

// text is a column of texts, number one of figures, moment one of moments in UTC.
func text(name, from string) Column {
	return Column{Field: name, Header: name, Kind: "text", from: from, say: plain}
}

func number(name, from string) Column {
	return Column{Field: name, Header: name, Kind: "number", from: from, say: plain}
}

func moment(name, from string) Column {
	return Column{Field: name, Header: name, Kind: "moment", from: from, say: plain}
}

// said is the column with its values put into words.
func (c Column) said(say func(any) any) Column {
	c.say = say
	return c
}

// Words says what stands in a row: a list, where there is one, or the one value.
func (c Column) Words(one, list any) any {
	if all := listOf(list); len(all) > 0 && c.sayAll != nil {
		return c.sayAll(all)
	}
	return c.say(one)
}

// Expressions are what a row is asked for: the one value of each column, then the list of each.
func Expressions(columns []Column) []string {
	out := make([]string, 2*len(columns))
	for i, c := range columns {
		out[i], out[len(columns)+i] = c.from, cmp.Or(c.lists, "NULL")
	}
	return out
}

// of is the column of a row called alias.
func of(alias, column string) string { return alias + "." + sqltext.Ident(column) }

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
