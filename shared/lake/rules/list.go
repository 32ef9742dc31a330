package rules

import (
	"strconv"
	"strings"

	"github.com/dangol/dangol/shared/crm/filter"
	"github.com/dangol/dangol/shared/crm/segment"
	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/lake/sqltext"
)

// List is a page of the customers who meet a rule and are found by a text.
type List struct {
	Rule   segment.Rule
	Search string // words, all of which must be found; "" finds everybody
	Sort   []Sort // then by id, in the direction of the first
	Limit  int
	After  *Place // the page begins behind it; nil is the first page
	First  int    // of a list that Short may ask: looks only among so many, those whose score comes first; 0 looks among all
}

// Short says whether the page can be asked for with First: it is of everybody, by scores alone, and not yet at those who have none. Such a page holds when it is
// full and all on it have a value to sort by first; otherwise it has to be asked again without.
func (l List) Short() bool {
	for _, s := range l.Sort {
		if !strings.HasPrefix(s.Path, "score.") {
			return false
		}
	}
	return len(l.Sort) > 0 && l.everybody() && (l.After == nil || len(l.After.Keys) > 0 && l.After.Keys[0] != nil)
}

// Sort is an order by a field of the rules. Customers without a value come last either way.
type Sort struct {
	Path       string
	Descending bool
}

// Sorts reads an order as lists are asked for it, "-orderedAt,total"; pathOf is the path of a field that it names.
func Sorts(order string, pathOf func(name string) string) (out []Sort) {
	for _, k := range filter.Keys(order) {
		out = append(out, Sort{pathOf(k.Field), k.Descending})
	}
	return out
}

// Place is where a customer stands in an order: the values by which it sorts, as the database writes them, nil where there is none. It stays a place
// when that customer changes or goes.
type Place struct {
	Keys []*string `json:"k,omitempty"`
	ID   string    `json:"id"`
}

// Statement answers with a row for each customer of the page, in order: how many customers there are in all, exactly, the customer's id, and the values
// by which it sorts, as texts. Of an empty page there is one row, whose id is nil. The customers who are found are looked for once, and then counted and
// sorted.
func (l List) Statement(w World) (sqltext.Statement, error) {
	c := newCompiler(w)
	condition := l.found(c)
	filtered := c.scores
	keys := l.keys(c)
	chosen := named(keys)
	everybody := l.everybody() && !filtered
	if l.First > 0 && l.Short() {
		c.with = append(c.with, `ranked AS (SELECT s."customerId" AS id`+chosen+" FROM scores s)",
			"highest AS (SELECT * FROM ranked"+l.behind(c, keys)+" ORDER BY "+l.order(keys, "")+" LIMIT "+strconv.Itoa(l.First)+")",
			"found AS (SELECT h.* FROM highest h JOIN customers c ON c.id = h.id WHERE "+living+")")
	} else {
		c.with = append(c.with, "found AS "+materialized(!everybody)+" (SELECT c.id AS id"+chosen+" FROM "+c.from()+" WHERE "+living+" AND "+condition+")")
	}
	c.with = append(c.with, l.page(c, keys))
	total := "SELECT count(*) AS total FROM found"
	if everybody {
		total = "SELECT count(*) AS total FROM customers c WHERE " + living
	}
	return l.paged(c, keys, total), c.err
}

// named are the values to sort by, each under its name.
func named(keys []key) (columns string) {
	for i, k := range keys {
		columns += ", " + k.value + " AS " + keyName(i)
	}
	return columns
}

// page is what stands on it, of those that were found.
func (l List) page(c *compiler, keys []key) string {
	return "page AS (SELECT * FROM found" + l.behind(c, keys) + " ORDER BY " + l.order(keys, "") + " LIMIT " + strconv.Itoa(max(l.Limit, 0)) + ")"
}

// paged puts the page and the number of all together.
func (l List) paged(c *compiler, keys []key, total string) sqltext.Statement {
	query := "WITH " + strings.Join(c.with, ", ") + " SELECT t.total, p.id" + texts(keys) + " FROM (" + total + ") t LEFT JOIN page p ON true ORDER BY " + l.order(keys, "p.")
	return sqltext.Statement{SQL: query, Args: c.Values.List()}
}

// texts are the values by which a page p sorts, as a Place has them.
func texts(keys []key) (columns string) {
	for i := range keys {
		columns += ", CAST(p." + keyName(i) + " AS VARCHAR)"
	}
	return columns
}

// materialized keeps what was found, unless that is everybody: then the count needs no scores, and the first ones are found without keeping the others.
func materialized(kept bool) string {
	if kept {
		return "MATERIALIZED"
	}
	return "NOT MATERIALIZED"
}

func (l List) everybody() bool {
	all, ok := l.Rule.Node.(segment.All)
	return ok && len(all) == 0 && strings.TrimSpace(l.Search) == ""
}

func (l List) found(c *compiler) string { return c.rule(l.Rule) + c.searches(l.Search) }

// searches narrows to those in whom all words of a text are found.
func (c *compiler) searches(text string) (conditions string) {
	for _, word := range strings.Fields(text) {
		conditions += " AND " + c.search(word)
	}
	return conditions
}

func keyName(i int) string { return "key" + strconv.Itoa(i) }

// order is what a page is sorted by, its columns after the prefix.
func (l List) order(keys []key, prefix string) string {
	out := make([]string, 0, len(keys)+1)
	for i, k := range keys {
		out = append(out, prefix+keyName(i)+direction(k.descending)+" NULLS LAST")
	}
	return strings.Join(append(out, prefix+"id"+direction(l.descending())), ", ")
}

func (l List) descending() bool { return len(l.Sort) > 0 && l.Sort[0].Descending }

func direction(descending bool) string {
	if descending {
		return " DESC"
	}
	return " ASC"
}

// behind is the condition of those who stand behind the place: in the first value in which they differ from it.
func (l List) behind(c *compiler, keys []key) string {
	if l.After == nil {
		return ""
	}
	if len(l.After.Keys) != len(keys) {
		return " WHERE " + c.broken()
	}
	alike, ways := "", []string{}
	for i, k := range keys {
		equal, later := k.against(c, keyName(i), l.After.Keys[i])
		ways = append(ways, "("+alike+later+")")
		alike += equal + " AND "
	}
	sign := " > "
	if l.descending() {
		sign = " < "
	}
	ways = append(ways, "("+alike+"id"+sign+c.Bind(l.After.ID)+")")
	return " WHERE (" + strings.Join(ways, " OR ") + ")"
}

// key is a value to sort by, of a type of DuckDB.
type key struct {
	value, kind string
	descending  bool
}

// against compares a column with a value of the key: those who have the same, and those who come later.
func (k key) against(c *compiler, column string, value *string) (equal, later string) {
	if value == nil {
		return column + " IS NULL", "false"
	}
	bound, sign := "CAST("+c.Bind(*value)+" AS "+k.kind+")", " > "
	if k.descending {
		sign = " < "
	}
	return column + " = " + bound, "(" + column + sign + bound + " OR " + column + " IS NULL)"
}

func (l List) keys(c *compiler) []key { return l.keysBy(c, c.sortable) }

func (l List) keysBy(c *compiler, sortable func(path string) (value, kind string)) (out []key) {
	for _, s := range l.Sort {
		value, kind := sortable(s.Path)
		if value == "" {
			c.fail(unknownField(s.Path))
			value, kind = "NULL", "VARCHAR"
		}
		out = append(out, key{value, kind, s.Descending})
	}
	return out
}

// Sortable says whether lists can be sorted by a field.
func (w World) Sortable(path string) bool {
	value, _ := newCompiler(w).sortable(path)
	return value != ""
}

// sortable is the value by which a field sorts, with its type; "" where it does not.
func (c *compiler) sortable(path string) (value, kind string) {
	f, known := segment.FieldAt(path)
	if !known {
		return "", ""
	}
	column, ofCustomer := strings.CutPrefix(f.Path, "customer.")
	c.scores = c.scores || !ofCustomer
	switch f.Type {
	case segment.Text:
		return "nullif(" + foldedText(f.Path) + ", '')", "VARCHAR"
	case segment.Number:
		return scoreNumber(f.Path), "DOUBLE"
	case segment.Money:
		return score(amount(scoreMoney(f.Path))), "DECIMAL(38, 4)"
	case segment.Bool:
		return score("notEnoughData"), "BOOLEAN"
	case segment.Date:
		return customer(column), "TIMESTAMP"
	case segment.Dynamic:
		return c.sortableCustom(column)
	default:
		return "", ""
	}
}

// sortableCustom sorts a key that holds lists as texts, since a list and a number have no order.
func (c *compiler) sortableCustom(column string) (value, kind string) {
	if c.ofLists(column) {
		all, _ := c.allOf(column)
		return "nullif(array_to_string(" + all + ", ' '), '')", "VARCHAR"
	}
	switch kind := c.kindOf(column); kind {
	case "":
		if money := c.kindOf(amount(column)); money != "" {
			return customer(amount(column)), "DECIMAL(38, 4)"
		}
		return "nullif(c.id, c.id)", "VARCHAR" // nobody has one
	case "VARCHAR":
		return "nullif(" + customer(sqltext.Folded(column)) + ", '')", kind
	case "VARCHAR[]":
		return "nullif(array_to_string(" + customer(sqltext.Folded(column)) + ", ' '), '')", "VARCHAR"
	default:
		return customer(column), kind
	}
}

// kindOf is the type of a custom field's column; "" where nobody has one.
func (c *compiler) kindOf(column string) string {
	if c.Custom == nil {
		return ""
	}
	kind, _ := c.Custom(column)
	return kind
}

func unknownField(path string) error {
	return errs.Newf(errs.Invalid, "rule_field_unknown", "field", path)
}
