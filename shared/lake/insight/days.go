package insight

import (
	"time"

	"github.com/dangol/dangol/shared/lake/sqltext"
)

// Days are whole days of the workspace's zone: From is the first moment of the first, To the first behind the last.
type Days struct{ From, To time.Time }

// LastDays are n days, the last of which is today.
func LastDays(w World, n int) Days {
	year, month, day := w.Now.In(w.Zone).Date()
	return Days{time.Date(year, month, day-n+1, 0, 0, 0, 0, w.Zone), time.Date(year, month, day+1, 0, 0, 0, 0, w.Zone)}
}

// Sold answers with a row for each day that had orders or refunds: the day, orders, those who ordered, and the revenue less refunds in the workspace's currency (NULL without any).
func (d Days) Sold(w World) sqltext.Statement {
	var b bound
	purchase := sqltext.Purchase(`"total.amount"`)
	return b.statement("SELECT CAST(" + local(`"orderedAt"`, d.From, d.To, w.Zone) + ` AS DATE) AS day, count(*) FILTER (` + purchase + `), count(DISTINCT "customerId") FILTER (` + purchase + `), sum("total.amount") FILTER ("total.currency" = ` +
		b.bind(w.Currency) + `) FROM orders WHERE "orderedAt" >= ` + b.moment(d.From) + ` AND "orderedAt" < ` + b.moment(d.To) + " GROUP BY day ORDER BY day")
}

// Others answers with the revenue of the days in each other currency.
func (d Days) Others(w World) sqltext.Statement {
	var b bound
	return b.statement(`SELECT "total.currency" AS currency, sum("total.amount") FROM orders WHERE "total.currency" <> ` + b.bind(w.Currency) + ` AND "orderedAt" >= ` + b.moment(d.From) +
		` AND "orderedAt" < ` + b.moment(d.To) + " GROUP BY currency ORDER BY currency")
}

// Joined answers with the days on which customers were created, and how many.
func (d Days) Joined(w World) sqltext.Statement {
	var b bound
	return b.statement("SELECT CAST(" + local(`"createdAt"`, d.From, d.To, w.Zone) + ` AS DATE) AS day, count(*) FROM customers WHERE "createdAt" >= ` + b.moment(d.From) +
		` AND "createdAt" < ` + b.moment(d.To) + " GROUP BY day ORDER BY day")
}
