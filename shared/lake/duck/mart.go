package duck

import (
	"slices"
	"strings"
)

// Mart is a set of tables that are derived from a subject, for questions that would otherwise group all of its rows. They are made when a statement first names
// one of them, and from then on kept in step within the transaction that changes the subject: what Renew does is for the keys of the rows that changed alone.
type Mart struct {
	Tables  []string // as statements name them
	Subject string
	Key     string   // columns of a row of the subject, by which Renew knows what changed
	Make    []string // statements that make the tables out of all of the subject
	Renew   []string // statements that bring them up to date with the keys in the table "~changed", each of them once
}

// marts are those of every lake.
var marts = []Mart{sales}

// martsIn lists the tables of marts that a statement may ask: those whose names stand in its text.
func martsIn(statement string) (tables []string) {
	for _, m := range marts {
		for _, t := range m.Tables {
			if strings.Contains(statement, t) {
				tables = append(tables, t)
			}
		}
	}
	return tables
}

// martOf is the mart that has the table.
func martOf(table string) *Mart {
	i := slices.IndexFunc(marts, func(m Mart) bool { return slices.Contains(m.Tables, table) })
	return &marts[i]
}
