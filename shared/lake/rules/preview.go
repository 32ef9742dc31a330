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
	orders := c.rows("orders") + ` o WHERE o."customerId" IN (SELECT id FROM found)`
	if everybody(r) {
		orders = c.rows("orders") + ` o WHERE o."customerId" NOT IN (SELECT c.id FROM customers c WHERE NOT (` + living + "))"
	}
	c.with = append(c.with, "worth AS MATERIALIZED (SELECT "+ordered(currency("total"))+" AS code, CAST(sum("+ordered(amount("total"))+") AS VARCHAR) AS total FROM "+orders+
		" AND "+ordered(currency("total"))+" IS NOT NULL GROUP BY 1)")
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

func everybody(r segment.Rule) bool {
	all, ok := r.Node.(segment.All)
	return ok && len(all) == 0
}
