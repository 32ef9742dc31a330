package duck

import (
	"strings"

	"github.com/dangol/dangol/shared/lake/sqltext"
)

// sales is the mart of what customers bought when.
//
// customerSales has a row for each customer who ever ordered: customerId, a whole number for them (customer), by which tables are joined in a fraction of the time
// that texts take, and how many orders they have, refunds apart.
//
// customerMonths has a row for each customer, month and currency: customer, slot, currency (NULL without one), orders, revenue, prev and first. The slot is when it was, as
// exactly as any time zone needs to tell its months apart: 128 for each month of UTC since the year 0, and within the month the quarter hour, counted from 0, of the
// first 12 hours; 48 for all that lies between; and for the last 14 hours a number from 49 to 104, the last quarter hour being 104. So (slot + shift) // 128 is the
// month in a zone (insight.Months has the shifts). prev is the slot of the customer's purchase before, NULL in the first, so that a customer is counted once in a
// period where prev lies in an earlier one; first is the slot of their first purchase. A refund takes from the revenue and is no order
// (sqltext.Purchase), so that rows of refunds alone have 0 orders.
//
// customerTotals has a row for each customer and currency: customerId, currency, and the revenue of all of their orders, by which the worth of any crowd is added up.
var sales = Mart{
	Tables:  []string{"customerSales", "customerMonths", "customerTotals"},
	Subject: "orders",
	Key:     `"customerId", ` + monthOf(`"orderedAt"`) + ` AS month`,
	Make: []string{
		`CREATE TABLE "customerSales" AS SELECT "customerId", CAST(row_number() OVER () AS INTEGER) AS customer, orders FROM (
			SELECT "customerId", count(*) FILTER (` + sqltext.Purchase(`"total.amount"`) + `) AS orders FROM orders WHERE "customerId" IS NOT NULL GROUP BY ALL)`,
		`CREATE TABLE "customerMonths" AS ` + inOrder(monthly("orders")),
		`CREATE TABLE "customerTotals" AS SELECT "customerId", currency, sum(revenue) AS revenue FROM "customerMonths" JOIN "customerSales" USING (customer) GROUP BY ALL`,
	},
	Renew: []string{
		// Customers who are new get the numbers that follow.
		`INSERT INTO "customerSales" SELECT "customerId", CAST((SELECT coalesce(max(customer), 0) FROM "customerSales") + row_number() OVER () AS INTEGER), 0
			FROM (SELECT DISTINCT "customerId" FROM "~changed" c WHERE "customerId" IS NOT NULL AND NOT EXISTS (FROM "customerSales" k WHERE k."customerId" = c."customerId"))`,
		`CREATE TEMP TABLE "~who" AS SELECT customer, c."customerId", month FROM "~changed" c JOIN "customerSales" USING ("customerId")`,
		`CREATE TEMP TABLE "~rows" AS ` + inOrder(monthly(`(SELECT o.* FROM orders o SEMI JOIN "~changed" c ON o."customerId" = c."customerId" AND `+monthOf(`o."orderedAt"`)+` = c.month)`)+
			` UNION ALL BY NAME SELECT customer, slot, currency, orders, revenue FROM "customerMonths" m WHERE customer IN (SELECT customer FROM "~who")
			AND NOT EXISTS (FROM "~who" w WHERE w.customer = m.customer AND w.month = m.slot // 128)`),
		`DELETE FROM "customerMonths" WHERE customer IN (SELECT customer FROM "~who")`,
		`INSERT INTO "customerMonths" BY NAME FROM "~rows"`,
		`UPDATE "customerSales" k SET orders = coalesce(n.orders, 0) FROM (SELECT w.customer, sum(r.orders) AS orders FROM (SELECT DISTINCT customer FROM "~who") w
			LEFT JOIN "~rows" r USING (customer) GROUP BY ALL) n WHERE n.customer = k.customer`,
		`DELETE FROM "customerTotals" WHERE "customerId" IN (SELECT "customerId" FROM "~who")`,
		`INSERT INTO "customerTotals" SELECT k."customerId", r.currency, sum(r.revenue) FROM "~rows" r JOIN "customerSales" k USING (customer) GROUP BY ALL`,
		`DROP TABLE "~rows"`, `DROP TABLE "~who"`,
	},
}

// at is when something was ordered; the beginning of 1970 where the lake does not say.
func at(column string) string { return "coalesce(" + column + ", TIMESTAMP '1970-01-01')" }

// monthOf counts the months of UTC since the year 0.
func monthOf(column string) string {
	return "year(" + at(column) + ") * 12 + month(" + at(column) + ") - 1"
}

// monthly adds up orders by customer, slot and currency.
func monthly(orders string) string {
	return strings.NewReplacer("{orders}", orders, "{month}", monthOf("o.\"orderedAt\""), "{at}", at("o.\"orderedAt\""), "{purchase}", sqltext.Purchase("amount")).Replace(
		`SELECT customer, CAST(month * 128 + CASE WHEN since < 48 THEN since WHEN until <= 56 THEN 105 - until ELSE 48 END AS INTEGER) AS slot,
			currency, CAST(count(*) FILTER ({purchase}) AS INTEGER) AS orders, sum(amount) AS revenue
		FROM (SELECT k.customer, {month} AS month, o."total.currency" AS currency, o."total.amount" AS amount,
			(epoch_us({at}) - epoch_us(date_trunc('month', {at}))) // 900000000 AS since,
			(epoch_us(date_trunc('month', {at}) + INTERVAL 1 MONTH) - epoch_us({at}) + 899999999) // 900000000 AS until
			FROM {orders} o JOIN "customerSales" k ON k."customerId" = o."customerId") GROUP BY ALL`)
}

// inOrder tells every row of a customer the purchase before and the first.
func inOrder(rows string) string {
	return `SELECT *, max(CASE WHEN orders > 0 THEN slot END) OVER (PARTITION BY customer ORDER BY slot, currency ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS prev,
		min(CASE WHEN orders > 0 THEN slot END) OVER (PARTITION BY customer) AS first FROM (` + rows + ")"
}
