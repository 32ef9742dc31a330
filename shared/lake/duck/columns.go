//go:build cgo

package duck

import (
	"fmt"
	"slices"
	"strings"

	"github.com/dangol/dangol/shared/lake/ask"
	"github.com/dangol/dangol/shared/lake/sqltext"
)

// Column is a column of a subject's table. Type is DuckDB's.
type Column = ask.Column

// Subject is a table of the lake. Columns are those that every tenant has; custom fields come with the files.
type Subject struct {
	Name    string
	Columns []Column
	Folded  bool     // texts also stand as they are compared; worth its room where rules and lists look at every row
	Initial []string // texts that are also found by their initial consonants
}

// every row has these; part is the number of the part from which it came, 0 for a delta.
var kept = []Column{{Name: "id", Type: "VARCHAR"}, {Name: "_v", Type: "BIGINT"}, {Name: "_at", Type: "TIMESTAMP"}, {Name: "_gone", Type: "BOOLEAN"}}

const partColumn = "~part"

// rowsOf names the table behind a subject's view; no statement from outside may read it, since it also holds what was removed.
func rowsOf(subject string) string { return sqltext.Ident("~" + subject) }

// derived are the columns that stand beside a text column.
func (s Subject) derived(c Column) (out []derivedColumn) {
	if !s.Folded || c.Name == "id" {
		return nil
	}
	switch c.Type {
	case "VARCHAR":
		out = append(out, derivedColumn{sqltext.Folded(c.Name), c.Type, sqltext.Fold(sqltext.Ident(c.Name))})
		if slices.Contains(s.Initial, c.Name) {
			out = append(out, derivedColumn{sqltext.Initials(c.Name), c.Type, sqltext.InitialsOf(sqltext.Fold(sqltext.Ident(c.Name)))})
		}
	case "VARCHAR[]":
		out = append(out, derivedColumn{sqltext.Folded(c.Name), c.Type, sqltext.FoldAll(sqltext.Ident(c.Name))})
	}
	return out
}

// derivedColumn is made from others when a row is loaded.
type derivedColumn struct{ name, kind, from string }

// all are the columns with those derived from them, as CREATE TABLE wants them.
func (s Subject) definitions(columns []Column) string {
	var out []string
	for _, c := range columns {
		out = append(out, sqltext.Ident(c.Name)+" "+c.Type)
		for _, d := range s.derived(c) {
			out = append(out, sqltext.Ident(d.name)+" "+d.kind)
		}
	}
	return strings.Join(append(out, sqltext.Ident(partColumn)+" INTEGER"), ", ")
}

// selection lists columns and what is derived from them, as they are read from a file or a query.
func (s Subject) selection(columns []Column, part int) string {
	var out []string
	for _, c := range columns {
		out = append(out, sqltext.Ident(c.Name))
		for _, d := range s.derived(c) {
			out = append(out, d.from+" AS "+sqltext.Ident(d.name))
		}
	}
	return strings.Join(append(out, fmt.Sprintf("%d AS %s", part, sqltext.Ident(partColumn))), ", ")
}

// withKept puts the columns of every row before those of the subject.
func withKept(columns []Column) []Column {
	out := slices.Clone(kept)
	for _, c := range columns {
		if !hasColumn(out, c.Name) {
			out = append(out, c)
		}
	}
	return out
}

func hasColumn(columns []Column, name string) bool {
	return slices.ContainsFunc(columns, func(c Column) bool { return c.Name == name })
}
