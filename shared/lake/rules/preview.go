package rules

import (
	"strconv"
	"strings"

	"github.com/dangol/dangol/shared/crm/segment"
	"github.com/dangol/dangol/shared/lake/sqltext"
)

// Preview answers with one row about the customers who meet a rule: how many they are, the ids of those who came last (nil for nobody), and the currencies and
// the sums, as texts, of all that they have ordered.
func Preview(r segment.Rule, sample int, w World) (sqltext.Statement, error) {
	c := newCompiler(w)
	c.found(r)
	c.with = append(c.with, "worth AS MATERIALIZED ("+c.worth()+")")
	query := "WITH " + strings.Join(c.with, ", ") + " SELECT (SELECT count(*) FROM found), " +
		"(SELECT list(id ORDER BY id DESC) FROM (SELECT id FROM found ORDER BY id DESC LIMIT " + strconv.Itoa(max(sample, 0)) + ")), " +
		"(SELECT list(code ORDER BY code) FROM worth), (SELECT list(total ORDER BY code) FROM worth)"
	return sqltext.Statement{SQL: query, Args: c.Values.List()}, c.err
}

// found looks for the customers who meet a rule once, under that name.
func (c *compiler) found(r segment.Rule) {
	condition := c.rule(r)
	c.with = append(c.with, "found AS MATERIALIZED (SELECT c.id FROM "+c.from()+" WHERE "+living+" AND "+condition+")")
}

// worth adds up by currency what those who were found have ordered: out of the mart's totals, or out of the orders up to a day.
func (c *compiler) worth() string {
	if c.AsOf.IsZero() {
		return `SELECT currency AS code, CAST(sum(revenue) AS VARCHAR) AS total FROM customerTotals WHERE currency IS NOT NULL AND "customerId" IN (SELECT id FROM found) GROUP BY 1`
	}
	return "SELECT " + ordered(currency("total")) + " AS code, CAST(sum(" + ordered(amount("total")) + ") AS VARCHAR) AS total FROM " + c.rows("orders") +
		` o WHERE o."customerId" IN (SELECT id FROM found) AND ` + ordered(currency("total")) + " IS NOT NULL GROUP BY 1"
}
