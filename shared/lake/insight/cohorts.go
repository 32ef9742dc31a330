package insight

import (
	"slices"
	"strconv"

	"github.com/dangol/dangol/shared/lake/sqltext"
)

func itoa(n int) string { return strconv.Itoa(n) }

func oneOf(field string) bool { return slices.Contains(Fields, field) }

// Cohorts answers with a row for each month of a first order and each month since: the first month, the month, how many customers bought, their orders, and their revenue in
// the workspace's currency. How large a cohort is stands in its first month. Both months are in the range.
func Cohorts(r Range, w World) sqltext.Statement {
	var b bound
	month := func(slot string) string { return months(slot, r, w.Zone) }
	first, last := itoa(int(r.From)), itoa(int(r.To))
	return b.statement("WITH gone AS (SELECT customer FROM customers c JOIN \"customerSales\" k ON k.\"customerId\" = c.id WHERE NOT (" + living + ")), " +
		"known AS (SELECT * FROM \"customerMonths\" m WHERE first >= " + itoa(int(r.From-1)*slots) + " AND NOT EXISTS (FROM gone g WHERE g.customer = m.customer)) " +
		"SELECT " + month("first") + " AS cohort, " + month("slot") + " AS month, count(*) FILTER (orders > 0 AND (prev IS NULL OR " + month("prev") + " <> " + month("slot") + ")), " +
		"CAST(sum(orders) AS BIGINT), sum(revenue) FILTER (currency = " + b.bind(w.Currency) + ") FROM known GROUP BY cohort, month " +
		"HAVING cohort BETWEEN " + first + " AND " + last + " AND month BETWEEN " + first + " AND " + last + " ORDER BY cohort, month")
}
