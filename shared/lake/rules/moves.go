package rules

import (
	"strings"

	"github.com/dangol/dangol/shared/crm/segment"
	"github.com/dangol/dangol/shared/lake/sqltext"
)

// Asked is a segment whose members are looked for: those for whom the rule holds.
type Asked struct {
	ID   string
	Rule segment.Rule
}

// Moves compares who meets the rules of segments with who is in them, as the lake's subject memberships has it, and answers with a row for each one who enters
// or leaves: segment, customer, the number of the last stay (0 for none), when that began (nil for one who enters), and the version of the segment that began it.
// It looks at all customers, or only at some, who need not be there any more; nil means all.
func Moves(asked []Asked, only []string, w World) (sqltext.Statement, error) {
	c := newCompiler(w)
	narrowed := ""
	if only != nil {
		c.only = c.Bind(strings.Join(only, between))
		narrowed = ` AND "customerId" IN (` + unlisted(c.only) + ")"
	}
	met, ids := make([]string, len(asked)), make([]string, len(asked))
	for i, a := range asked {
		met[i], ids[i] = c.met(a), a.ID
	}
	c.with = append(c.with, "met AS MATERIALIZED ("+strings.Join(met, " UNION ALL ")+")",
		`stays AS MATERIALIZED (SELECT "segmentId", "customerId", max(stay) AS stay, max("enteredAt") FILTER ("leftAt" IS NULL) AS open, arg_max("segmentVersion", stay) AS version
			FROM memberships WHERE "segmentId" IN (`+c.BindAll(ids)+")"+narrowed+" GROUP BY ALL)")
	query := "WITH " + strings.Join(c.with, ", ") + ` SELECT coalesce(m."segmentId", s."segmentId"), coalesce(m."customerId", s."customerId"), coalesce(s.stay, 0), s.open, coalesce(s.version, 0)
		FROM met m FULL JOIN stays s ON m."segmentId" = s."segmentId" AND m."customerId" = s."customerId" WHERE (m."customerId" IS NULL) <> (s.open IS NULL)`
	return sqltext.Statement{SQL: query, Args: c.Values.List()}, c.err
}

// met selects the members of one segment with its id.
func (c *compiler) met(a Asked) string {
	c.scores, c.path = false, []string{a.ID}
	condition := c.rule(a.Rule)
	c.path = nil
	return "SELECT CAST(" + c.Bind(a.ID) + ` AS VARCHAR) AS "segmentId", c.id AS "customerId" FROM ` + c.from() + " WHERE " + living + " AND " + condition
}
