// Package sheet says what a file of a list is made of: for each subject its columns, what they are called and how their values are said, and the question that finds its
// rows. A subject that is to be exported gets an entry here, and its name in export.Subject.
package sheet

import (
	"slices"

	"github.com/dangol/dangol/shared/crm/customfield"
	"github.com/dangol/dangol/shared/crm/export"
	"github.com/dangol/dangol/shared/crm/segment"
	"github.com/dangol/dangol/shared/lake/dictionary"
	"github.com/dangol/dangol/shared/lake/rules"
	"github.com/dangol/dangol/shared/lake/sqltext"
)

// Subject is what the rows of a file are.
type Subject struct {
	Name   export.Subject
	Lake   string             // the subject of the dictionary whose columns a Parquet file has
	Alias  string             // its rows are called so in Pages.Rows
	Title  dictionary.Meaning // the beginning of the file's name
	Scope  string             // the right to read such records
	Order  string             // that of a list that asks for none
	Read   segment.Grammar    // of its list
	PathOf func(name string) string

	columns func(Own) []Column
	pages   func(Query) Pages
}

// Own is what a workspace has of its own: the fields that it defined, and which columns its lake has of customers, that of a field which nobody filled not among them.
type Own struct {
	Fields   *customfield.Set
	Language string
	There    []string
}

// Query is what a list is asked for.
type Query struct {
	Rule   segment.Rule
	Search string
	Sort   []rules.Sort
	Limit  int
	After  *rules.Place
	Alone  bool // of orders: a search does not look at who placed them
}

// Pages finds the rows of a list, a page at a time.
type Pages interface {
	Rows(w rules.World, columns []string) (sqltext.Statement, error)
}

var subjects = []Subject{
	{Name: export.Customers, Lake: "customers", Alias: "c", Title: dictionary.Meaning{Korean: "고객", English: "Customers"}, Scope: "customers:read", Order: "-createdAt",
		Read: segment.FromFilter, PathOf: segment.PathOf, columns: customers, pages: func(q Query) Pages {
			return rules.List{Rule: q.Rule, Search: q.Search, Sort: q.Sort, Limit: q.Limit, After: q.After}
		}},
	{Name: export.Orders, Lake: "orders", Alias: "o", Title: dictionary.Meaning{Korean: "주문", English: "Orders"}, Scope: "orders:read", Order: "-orderedAt",
		Read: segment.FromOrderFilter, PathOf: segment.ListedPathOf, columns: orders, pages: func(q Query) Pages {
			return rules.OrderList{Rule: q.Rule, Search: q.Search, Sort: q.Sort, Limit: q.Limit, After: q.After, Alone: q.Alone}
		}},
}

// Of returns a subject by its name.
func Of(name export.Subject) (Subject, bool) {
	i := slices.IndexFunc(subjects, func(s Subject) bool { return s.Name == name })
	if i < 0 {
		return Subject{}, false
	}
	return subjects[i], true
}

// Pages returns the question of one page.
func (s Subject) Pages(q Query) Pages { return s.pages(q) }

// Columns are all that a file of the subject can have, those of the list first.
func (s Subject) Columns(o Own) []Column { return s.columns(o) }

// Choose returns the columns of some fields in the order of the fields; of none, those that the list shows. Unknown fields have no column. Of an impersonal file those of
// customers are left out.
func Choose(all []Column, fields []string, impersonal bool) (out []Column) {
	add := func(is func(Column) bool) {
		for _, c := range all {
			if is(c) && !(impersonal && c.Personal) {
				out = append(out, c)
			}
		}
	}
	if len(fields) == 0 {
		add(func(c Column) bool { return !c.Asked })
	}
	for _, f := range fields {
		add(func(c Column) bool { return c.Field == f })
	}
	return out
}
