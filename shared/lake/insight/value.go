package insight

import "github.com/dangol/dangol/shared/lake/sqltext"

// scored are the living customers with their scores.
const scored = ` FROM scores s JOIN customers c ON c.id = s."customerId" WHERE ` + living

// Curve answers with a row for each hundredth of the buyers, those who bring most first (score.revenueContribution.rankShare, so that who brings the same is in the same
// one): the percent at which it ends, how many they are, and their revenue in the workspace's currency, as the scores have it.
func Curve(w World) sqltext.Statement {
	var b bound
	return b.statement(`SELECT CAST(least(ceil(round("revenueContribution.rankShare" * 100, 9)), 100) AS BIGINT) AS percent, count(*), coalesce(sum("rfm.revenue.amount") FILTER ("rfm.revenue.currency" = ` +
		b.bind(w.Currency) + `), 0), max("asOf")` + scored + ` AND "revenueContribution.rankShare" IS NOT NULL GROUP BY percent ORDER BY percent`)
}

// Grid answers with a row for each pair of quintiles R and F that anybody has: R, F, customers, and their revenue.
func Grid(w World) sqltext.Statement {
	var b bound
	return b.statement(`SELECT CAST("rfm.r" AS BIGINT) AS r, CAST("rfm.f" AS BIGINT) AS f, count(*), coalesce(sum("rfm.revenue.amount") FILTER ("rfm.revenue.currency" = ` +
		b.bind(w.Currency) + `), 0)` + scored + ` AND "rfm.r" > 0 AND "rfm.f" > 0 GROUP BY r, f ORDER BY r, f`)
}
