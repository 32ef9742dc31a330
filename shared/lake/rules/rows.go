package rules

import (
	"strconv"
	"strings"

	"github.com/dangol/dangol/shared/lake/sqltext"
)

// Rows answers with a page for a file: in its order, of each row the id and the values by which it sorts, of which PlaceOf makes the place behind which the next page
// begins; then the columns, which are expressions over the customer c. It counts nothing, so that a list is read whole by pages, each in bounded memory.
func (l List) Rows(w World, columns []string) (sqltext.Statement, error) {
	c := newCompiler(w)
	condition := l.found(c)
	keys := l.keys(c)
	return l.rows(c, keys, "c", c.from()+" WHERE "+living+" AND "+condition, "JOIN customers c ON c.id = p.id", columns)
}

// Rows is described with List.Rows. Columns are expressions over the order o and the customer c who placed it.
func (l OrderList) Rows(w World, columns []string) (sqltext.Statement, error) {
	c, list := newCompiler(w), List{Sort: l.Sort, Limit: l.Limit, After: l.After}
	o := orderCompiler{compiler: c}
	condition := o.rule(l.Rule) + o.searches(l.Search, l.Alone)
	keys := list.keysBy(c, o.sortable)
	return list.rows(c, keys, "o", o.from()+" WHERE "+condition, `JOIN orders o ON o.id = p.id LEFT JOIN customers c ON c.id = o."customerId"`, columns)
}

// rows finds the page by ids and keys alone, and reads the columns of its rows only.
func (l List) rows(c *compiler, keys []key, alias, found, joins string, columns []string) (sqltext.Statement, error) {
	page := "SELECT * FROM (SELECT " + alias + ".id AS id" + named(keys) + " FROM " + found + ") found" + l.behind(c, keys) +
		" ORDER BY " + l.order(keys, "") + " LIMIT " + strconv.Itoa(max(l.Limit, 0))
	query := "SELECT " + strings.Join(append([]string{"p.id" + texts(keys)}, columns...), ", ") + " FROM (" + page + ") p " + joins + " ORDER BY " + l.order(keys, "p.")
	if len(c.with) > 0 {
		query = "WITH " + strings.Join(c.with, ", ") + " " + query
	}
	return sqltext.Statement{SQL: query, Args: c.Values.List()}, c.err
}

// PlaceOf is where a row of Rows stands in a list that sorts by so many values, and the row's columns.
func PlaceOf(row []any, sorts int) (at Place, columns []any) {
	at.ID, _ = row[0].(string)
	for _, v := range row[1 : 1+sorts] {
		text, has := v.(string)
		at.Keys = append(at.Keys, nil)
		if has {
			at.Keys[len(at.Keys)-1] = &text
		}
	}
	return at, row[1+sorts:]
}
