package insight

import (
	"time"

	"github.com/dangol/dangol/shared/lake/sqltext"
)

// week is the seven days for which first orders and birthdays are looked at.
const week = 7

// Lapsing answers with those who bought at least three times and will probably not come again (P(alive) below a half), who brought most first: id, name, days since the last
// order, P(alive), revenue.
func Lapsing(w World, limit int) sqltext.Statement {
	var b bound
	return b.statement(`SELECT c.id, c.name, CAST(s."rfm.daysSinceLast" AS BIGINT), s."pAlive", s."rfm.revenue.amount"` + scored +
		` AND s."rfm.orders" >= 3 AND s."pAlive" < 0.5 AND s."rfm.revenue.currency" = ` + b.bind(w.Currency) + ` ORDER BY s."rfm.revenue.amount" DESC, c.id LIMIT ` + itoa(limit))
}

// Missing is Lapsing for a workspace without forecasts: those who bought at least three times and not in the last 60 days, but in the last year.
func Missing(w World, limit int) sqltext.Statement {
	var b bound
	return b.statement(`SELECT c.id, c.name, CAST(s."rfm.daysSinceLast" AS BIGINT), NULL, s."rfm.revenue.amount"` + scored +
		` AND s."rfm.orders" >= 3 AND s."pAlive" IS NULL AND s."rfm.daysSinceLast" BETWEEN 60 AND 365 AND s."rfm.revenue.currency" = ` + b.bind(w.Currency) +
		` ORDER BY s."rfm.revenue.amount" DESC, c.id LIMIT ` + itoa(limit))
}

// Birthdays answers with those whose birthday is today or in the six days that follow, who brought most first: id, name, the days until then, revenue. Who was born on 29
// February has it on the first of March in other years.
func Birthdays(w World, limit int) sqltext.Statement {
	var b bound
	today := w.Now.In(w.Zone)
	days := ""
	for i := range week {
		day := today.AddDate(0, 0, i)
		days += " WHEN " + b.bind(day.Format("01-02")) + " THEN " + itoa(i)
		if leap := time.Date(day.Year(), time.February, 29, 0, 0, 0, 0, time.UTC); day.Format("01-02") == "03-01" && leap.Month() == time.March {
			days += " WHEN '02-29' THEN " + itoa(i)
		}
	}
	return b.statement(`WITH born AS (SELECT c.id, c.name, CASE strftime(c."birthDate", '%m-%d')` + days + ` END AS days FROM customers c WHERE ` + living + ` AND c."birthDate" IS NOT NULL) ` +
		`SELECT b.id, b.name, CAST(days AS BIGINT), s."rfm.revenue.amount" FROM born b LEFT JOIN scores s ON s."customerId" = b.id AND s."rfm.revenue.currency" = ` + b.bind(w.Currency) +
		` WHERE days IS NOT NULL ORDER BY s."rfm.revenue.amount" DESC NULLS LAST, b.id LIMIT ` + itoa(limit))
}

// FirstOrders answers with those whose only order is of the last seven days and at least twice the mean order of 90 days, the largest first: id, name, amount, and that mean.
func FirstOrders(w World, limit int) sqltext.Statement {
	var b bound
	year, month, day := w.Now.In(w.Zone).Date()
	back := func(days int) string { return b.moment(time.Date(year, month, day-days, 0, 0, 0, 0, w.Zone)) }
	code := b.bind(w.Currency)
	return b.statement(`WITH usual AS (SELECT avg("total.amount") AS mean FROM orders WHERE "total.currency" = ` + code + ` AND "orderedAt" >= ` + back(90) + ` AND "total.amount" > 0) ` +
		`SELECT c.id, c.name, o."total.amount", CAST(mean AS DECIMAL(38, 4)) FROM orders o JOIN "customerSales" k USING ("customerId") JOIN customers c ON c.id = o."customerId", usual WHERE ` + living +
		` AND k.orders = 1 AND o."total.currency" = ` + code + ` AND o."orderedAt" >= ` + back(week-1) + ` AND o."total.amount" >= 2 * mean ORDER BY o."total.amount" DESC, c.id LIMIT ` + itoa(limit))
}
