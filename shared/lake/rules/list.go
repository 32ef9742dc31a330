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

// Statement answers with one row: how many customers there are in all, exactly, and the ids of the page, in order (nil where it is empty). The customers who
// are found are looked for once, and then counted and sorted.
func (l List) Statement(w World) (sqltext.Statement, error) {
	c := newCompiler(w)
	condition, keys := l.found(c), l.keys(c)
	var chosen, by []string
	for i, k := range keys {
		name := "key" + strconv.Itoa(i)
		chosen, by = append(chosen, ", "+k.value+" AS "+name), append(by, name+k.direction)
	}
	order := strings.Join(append(by, "id"), ", ")
	c.with = append(c.with, "found AS "+l.materialized(c)+" (SELECT c.id"+strings.Join(chosen, "")+" FROM "+c.from()+" WHERE "+living+" AND "+condition+")")
	query := "WITH " + strings.Join(c.with, ", ") + " SELECT (SELECT count(*) FROM found), (SELECT list(id ORDER BY " + order + ") FROM " +
		"(SELECT * FROM found ORDER BY " + order + " LIMIT " + strconv.Itoa(max(l.Limit, 0)) + " OFFSET " + strconv.Itoa(max(l.Offset, 0)) + "))"
	return sqltext.Statement{SQL: query, Args: c.Values.List()}, c.err
}

// materialized keeps what was found, unless that is everybody: then counting costs nothing, and the first ones are found without keeping the others. A join
// with the scores is not done twice.
func (l List) materialized(c *compiler) string {
	if all, ok := l.Rule.Node.(segment.All); ok && len(all) == 0 && l.Search == "" && !c.scores {
		return "NOT MATERIALIZED"
	}
	return "MATERIALIZED"
}

func (l List) found(c *compiler) string {
	conditions := []string{c.rule(l.Rule)}
	for _, word := range strings.Fields(l.Search) {
		conditions = append(conditions, c.search(word))
	}
	return strings.Join(conditions, " AND ")
}

// key is a value to sort by.
type key struct{ value, direction string }

func (l List) keys(c *compiler) (out []key) {
	for _, s := range l.Sort {
		out = append(out, c.key(s))
	}
	return out
}

func (c *compiler) key(s Sort) key {
	f, known := segment.FieldAt(s.Path)
	value := ""
	if known {
		value = c.sortable(f)
	}
	if value == "" {
		c.fail(errs.Newf(errs.Invalid, "rule_field_unknown", "field", s.Path))
	}
	if s.Descending {
		return key{value, " DESC NULLS LAST"}
	}
	return key{value, " ASC NULLS LAST"}
}

// sortable is the value by which a field sorts; "" where it does not.
func (c *compiler) sortable(f segment.FieldInfo) string {
	column, ofCustomer := strings.CutPrefix(f.Path, "customer.")
	c.scores = c.scores || !ofCustomer
	switch f.Type {
	case segment.Text:
		return "nullif(" + foldedText(f.Path) + ", '')"
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
