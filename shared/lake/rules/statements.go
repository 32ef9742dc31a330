package rules

import (
	"strings"

	"github.com/dangol/dangol/shared/crm/segment"
	"github.com/dangol/dangol/shared/lake/sqltext"
)

// living leaves out the customers who were archived: they are in no list and no segment.
const living = `c."archivedAt" IS NULL`

// Members selects the id of every customer who meets the rule, in order.
func Members(r segment.Rule, w World) (sqltext.Statement, error) {
	return Found(r, "", w)
}

// Found selects the id of every customer who meets the rule and in whom the words of a text are found, in order.
func Found(r segment.Rule, search string, w World) (sqltext.Statement, error) {
	return write(w, func(c *compiler) string { return c.rule(r) + c.searches(search) },
		func(*compiler) string { return "SELECT c.id" }, func(*compiler) string { return " ORDER BY c.id" })
}

// Count counts the customers who meet the rule.
func Count(r segment.Rule, w World) (sqltext.Statement, error) {
	return write(w, of(r), func(*compiler) string { return "SELECT count(*)" }, nothing)
}

// Worth counts the customers who meet the rule and adds up their revenue so far in the workspace's currency, as their scores have it; NULL without any.
func Worth(r segment.Rule, w World) (sqltext.Statement, error) {
	return write(w, of(r), func(c *compiler) string {
		c.scores = true
		revenue := scoreMoney("score.revenue")
		return "SELECT count(*), sum(" + score(amount(revenue)) + ") FILTER (" + score(currency(revenue)) + " = " + c.Bind(w.Currency) + ")"
	}, nothing)
}

func of(r segment.Rule) func(*compiler) string {
	return func(c *compiler) string { return c.rule(r) }
}

func nothing(*compiler) string { return "" }

// write puts a statement together: what is selected of the customers for whom a condition holds, and in what order.
func write(w World, condition, selection, order func(*compiler) string) (sqltext.Statement, error) {
	c := newCompiler(w)
	holds, selected, ordered := condition(c), selection(c), order(c)
	query := selected + " FROM " + c.from() + " WHERE " + living + " AND " + holds + ordered
	if len(c.with) > 0 {
		query = "WITH " + strings.Join(c.with, ", ") + " " + query
	}
	return sqltext.Statement{SQL: query, Args: c.Values.List()}, c.err
}

func newCompiler(w World) *compiler {
	return &compiler{World: w, names: map[string]string{}, narrow: map[string]string{}}
}
