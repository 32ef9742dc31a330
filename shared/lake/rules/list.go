package rules

import (
	"strconv"
	"strings"

	"github.com/dangol/dangol/shared/crm/segment"
	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/lake/sqltext"
)

// List is a page of the customers who meet a rule and are found by a text.
type List struct {
	Rule   segment.Rule
	Search string // words, all of which must be found; "" finds everybody
	Sort   []Sort // then by id
	Limit  int
	Offset int
}

// Sort is an order by a field of the rules. Customers without a value come last either way.
type Sort struct {
	Path       string
	Descending bool
}

// Statements are the page's ids, in order, and how many there are in all. They are two, since counting needs no order: the database is faster with both
// than with one that says both.
func (l List) Statements(w World) (page, total sqltext.Statement, err error) {
	page, err = write(w, l.found, func(c *compiler) string { return "SELECT c.id" }, l.order)
	if err != nil {
		return page, total, err
	}
	total, err = write(w, l.found, func(*compiler) string { return "SELECT count(*)" }, nothing)
	return page, total, err
}

func (l List) found(c *compiler) string {
	conditions := []string{c.rule(l.Rule)}
	for _, word := range strings.Fields(l.Search) {
		conditions = append(conditions, c.search(word))
	}
	return strings.Join(conditions, " AND ")
}

func (l List) order(c *compiler) string {
	var by []string
	for _, s := range l.Sort {
		by = append(by, c.sorted(s))
	}
	return " ORDER BY " + strings.Join(append(by, "c.id"), ", ") + " LIMIT " + strconv.Itoa(max(l.Limit, 0)) + " OFFSET " + strconv.Itoa(max(l.Offset, 0))
}

func (c *compiler) sorted(s Sort) string {
	f, known := segment.FieldAt(s.Path)
	value := ""
	if known {
		value = c.sortable(f)
	}
	if value == "" {
		c.fail(errs.Newf(errs.Invalid, "rule_field_unknown", "field", s.Path))
	}
	if s.Descending {
		return value + " DESC NULLS LAST"
	}
	return value + " ASC NULLS LAST"
}

// sortable is the value by which a field sorts; "" where it does not.
func (c *compiler) sortable(f segment.FieldInfo) string {
	column, ofCustomer := strings.CutPrefix(f.Path, "customer.")
	c.scores = c.scores || !ofCustomer
	switch f.Type {
	case segment.Text:
		return "nullif(" + folded(column) + ", '')"
	case segment.Number:
		return scoreNumber(f.Path)
	case segment.Money:
		return score(amount(scoreMoney(f.Path)))
	case segment.Bool:
		return score("notEnoughData")
	case segment.Date:
		return customer(column)
	case segment.Dynamic:
		return c.sortableCustom(column)
	default:
		return ""
	}
}

func (c *compiler) sortableCustom(column string) string {
	kind := ""
	if c.Custom != nil {
		kind, _ = c.Custom(column)
	}
	switch kind {
	case "":
		return "nullif(c.id, c.id)" // nobody has one
	case "VARCHAR":
		return "nullif(" + customer(sqltext.Folded(column)) + ", '')"
	default:
		return customer(column)
	}
}
