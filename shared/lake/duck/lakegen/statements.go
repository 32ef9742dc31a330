//go:build cgo

package lakegen

import (
	"fmt"
	"path/filepath"
	"strings"
	"time"
)

// statements write the files. u(i, k) is the k-th random number of record i, between 0 and 1, and pick chooses by one.
func statements(dir string, s Size) []string {
	into := strings.NewReplacer("{dir}", dir, "{customers}", fmt.Sprint(s.Customers), "{orders}", fmt.Sprint(s.Orders), "{seed}", fmt.Sprint(s.Seed),
		"{until}", s.Until.UTC().Format(time.DateTime))
	out := []string{
		"SET preserve_insertion_order = false",
		"SET temp_directory = '" + filepath.Join(dir, "spill") + "'",
		"CREATE MACRO u(i, k) AS (hash(i, k, {seed}) % 1000000007) / 1000000007.0",
		"CREATE MACRO pick(l, x) AS l[1 + CAST(floor(x * len(l)) AS BIGINT)]",
		"CREATE MACRO email(i) AS pick(['kim','lee','park','anna','shop','info','store','mail'], u(i, 4)) || i || '@' || pick(['naver.com','gmail.com','daum.net','example.com'], u(i, 5))",
		"CREATE MACRO customer(i) AS 'cus_' || lpad(CAST(i AS VARCHAR), 22, '0')",
		customers, orders,
		"CREATE VIEW written AS FROM read_parquet('{dir}/orders/*/*.parquet')",
		scores, events, messages, responses,
	}
	if s.Memory != "" {
		out = append([]string{"SET memory_limit = '" + s.Memory + "'"}, out...)
	}
	for i, statement := range out {
		out[i] = into.Replace(statement)
	}
	return out
}

const customers = `COPY (SELECT customer(i) AS id, 1::BIGINT AS _v, TIMESTAMP '{until}' AS _at, false AS _gone,
	CASE WHEN u(i, 1) < 0.7 THEN
		pick(['김','이','박','최','정','강','조','윤','장','임','홍','한','오','서','신'], pow(u(i, 2), 1.5)) ||
		pick(['민준','서연','도윤','지우','하은','길동','예준','수아','지호','서준','현우','유진','은','혜','가람'], u(i, 3))
	ELSE pick(['James','Mary','Robert','Anna','Lucas','Emma','Noah','Olivia'], u(i, 2)) || ' ' || pick(['Smith','Brown','Lee','Walker','Young','King'], u(i, 3)) END AS name,
	email(i) AS email,
	'+8210' || lpad(CAST(CAST(floor(u(i, 6) * 100000000) AS BIGINT) AS VARCHAR), 8, '0') AS phone,
	pick(['consumer','business','channel'], pow(u(i, 7), 3)) AS kind,
	pick(['서울','경기','부산','대구','인천','광주','대전','울산','세종','강원'], pow(u(i, 8), 2)) AS "address.region",
	pick(['중구','남구','서구','동구','북구'], u(i, 20)) AS "address.city",
	pick(['prospect','respondent','buyer','churned'], u(i, 9)) AS "lifecycleStage",
	pick(['female','male',''], u(i, 21)) AS gender,
	CASE WHEN u(i, 10) < 0.8 THEN DATE '1950-01-01' + CAST(floor(u(i, 10) * 20000) AS INTEGER) END AS "birthDate",
	CASE WHEN u(i, 11) < 0.3 THEN ['vip'] WHEN u(i, 11) < 0.5 THEN ['web', '뉴스레터'] ELSE CAST([] AS VARCHAR[]) END AS tags,
	CASE WHEN u(i, 12) < 0.3 THEN 'K-' || i END AS "externalId",
	pick(['granted','withdrawn',''], u(i, 13)) AS "consents.email.marketing",
	pick(['granted','withdrawn',''], u(i, 14)) AS "consents.sms.marketing",
	CASE WHEN u(i, 22) < 0.3 THEN CAST(floor(100000 + 900000 * u(i, 23)) AS DECIMAL(18, 4)) END AS "custom.yearly.amount", CASE WHEN u(i, 22) < 0.3 THEN 'KRW' END AS "custom.yearly.currency",
	floor(u(i, 15) * 100) AS "custom.size", pick(['red','green','blue'], u(i, 16)) AS "custom.colour",
	date_trunc('millisecond', TIMESTAMP '{until}' - to_seconds(CAST(floor(u(i, 17) * 126144000) AS BIGINT))) AS "createdAt",
	TIMESTAMP '{until}' AS "updatedAt", CASE WHEN u(i, 18) < 0.01 THEN TIMESTAMP '{until}' END AS "archivedAt", 'all' AS part
	FROM range({customers}) r(i) ORDER BY id) TO '{dir}/customers' (FORMAT parquet, COMPRESSION zstd, PARTITION_BY (part))`

// orders: the rank of a customer is drawn so that the frequency falls with rank^(-2/3), a mild law of Zipf, in an order that has nothing to do with ids.
// Days are drawn evenly and pulled towards the year's end by a fifth of a year's wave. One in fifty is a refund, and one in thirty is in dollars.
const orders = `COPY (SELECT *, strftime("orderedAt", '%Y-%m') AS part FROM (SELECT 'ord_' || lpad(CAST(i AS VARCHAR), 22, '0') AS id, 1::BIGINT AS _v,
	TIMESTAMP '{until}' AS _at, false AS _gone,
	customer((CAST(floor({customers} * pow(u(i, 1), 3)) AS BIGINT) * 7919) % {customers}) AS "customerId",
	date_trunc('millisecond', TIMESTAMP '{until}' - to_seconds(CAST(floor(94608000 * (i / {orders} + 0.03 * (1 + sin(i / {orders} * 18.85)) / 2)) AS BIGINT))) AS "orderedAt",
	CAST((CASE WHEN u(i, 7) < 0.02 THEN -1 ELSE 1 END) * (CASE WHEN u(i, 8) < 0.03 THEN floor(300 + 20000 * pow(u(i, 3), 4)) / 100 ELSE floor(3000 + 200000 * pow(u(i, 3), 4)) END) AS DECIMAL(18, 4)) AS "total.amount",
	CASE WHEN u(i, 8) < 0.03 THEN 'USD' ELSE 'KRW' END AS "total.currency",
	[pick(['원두','드립백','머그','텀블러','케이크','쿠키'], u(i, 4))] AS products, pick(['web','store','app'], u(i, 5)) AS channel,
	CASE WHEN u(i, 6) < 0.1 THEN 'cmp_' || CAST(floor(u(i, 6) * 200) AS BIGINT) END AS "campaignId"
	FROM range({orders}) r(i)) ORDER BY part, "customerId") TO '{dir}/orders' (FORMAT parquet, COMPRESSION zstd, PARTITION_BY (part))`

const scores = `COPY (SELECT "customerId" AS id, 1::BIGINT AS _v, TIMESTAMP '{until}' AS _at, false AS _gone, "customerId", false AS "notEnoughData",
	CAST(6 - ntile(5) OVER (ORDER BY days) AS DOUBLE) AS "rfm.r", CAST(ntile(5) OVER (ORDER BY n) AS DOUBLE) AS "rfm.f", CAST(ntile(5) OVER (ORDER BY revenue) AS DOUBLE) AS "rfm.m",
	CAST(days AS DOUBLE) AS "rfm.daysSinceLast", CAST(n AS DOUBLE) AS "rfm.orders", revenue AS "rfm.revenue.amount", 'KRW' AS "rfm.revenue.currency",
	1 / (1 + days / 90.0) AS "pAlive", CAST(ntile(10) OVER (ORDER BY revenue DESC) AS DOUBLE) AS "revenueContribution.decile",
	cume_dist() OVER (ORDER BY revenue DESC) AS "revenueContribution.rankShare", 'all' AS part
	FROM (SELECT "customerId", count(*) FILTER ("total.amount" >= 0) AS n, CAST(coalesce(sum("total.amount") FILTER ("total.currency" = 'KRW'), 0) AS DECIMAL(18, 4)) AS revenue,
	date_diff('day', max("orderedAt") FILTER ("total.amount" >= 0), TIMESTAMP '{until}') AS days FROM written GROUP BY 1 HAVING n > 0) ORDER BY id) TO '{dir}/scores' (FORMAT parquet, COMPRESSION zstd, PARTITION_BY (part))`

const events = `COPY (SELECT 'evt_' || i AS id, 1::BIGINT AS _v, TIMESTAMP '{until}' AS _at, false AS _gone,
	customer(CAST(floor({customers} * pow(u(i, 31), 2)) AS BIGINT)) AS "customerId", pick(['login','visit','cart'], u(i, 32)) AS type,
	TIMESTAMP '{until}' - to_seconds(CAST(floor(u(i, 33) * 15552000) AS BIGINT)) AS "at", 'all' AS part
	FROM range({customers}) r(i) ORDER BY "at") TO '{dir}/events' (FORMAT parquet, COMPRESSION zstd, PARTITION_BY (part))`

// messages of the last 400 days, two a customer in the mean: delivered but for one in twenty, opened by a third, clicked by fewer, and some bought by.
const messages = `COPY (SELECT 'msg_' || i AS id, 1::BIGINT AS _v, TIMESTAMP '{until}' AS _at, false AS _gone,
	customer(whose) AS "customerId", 'cmp_' || CAST(floor(u(i, 52) * 20) AS BIGINT) AS "campaignId", 'email' AS channel, email(whose) AS address, 'accepted' AS state, sent AS "acceptedAt",
	CASE WHEN u(i, 53) < 0.95 THEN sent END AS "deliveredAt", CASE WHEN u(i, 53) < 0.32 THEN sent + INTERVAL 3 HOUR END AS "openedAt",
	CASE WHEN u(i, 53) > 0.985 THEN sent + INTERVAL 1 HOUR END AS "bouncedAt", CASE WHEN u(i, 53) < 0.06 THEN sent + INTERVAL 4 HOUR END AS "clickedAt", CASE WHEN u(i, 53) < 0.01 THEN sent + INTERVAL 5 HOUR END AS "boughtAt", 'all' AS part
	FROM (SELECT i, CAST(floor({customers} * u(i, 51)) AS BIGINT) AS whose, date_trunc('millisecond', TIMESTAMP '{until}' - to_seconds(CAST(floor(u(i, 54) * 34560000) AS BIGINT))) AS sent
	FROM range(2 * {customers}) r(i)))
	TO '{dir}/messages' (FORMAT parquet, COMPRESSION zstd, PARTITION_BY (part))`

const responses = `COPY (SELECT 'res_' || i AS id, 1::BIGINT AS _v, TIMESTAMP '{until}' AS _at, false AS _gone,
	customer(CAST(floor({customers} * u(i, 41)) AS BIGINT)) AS "customerId", 'cmp_' || CAST(floor(u(i, 42) * 20) AS BIGINT) AS "campaignId",
	pick(['opened','clicked','bought'], pow(u(i, 43), 2)) AS kind, TIMESTAMP '{until}' - to_seconds(CAST(floor(u(i, 44) * 15552000) AS BIGINT)) AS "at", 'all' AS part
	FROM range({customers}) r(i)) TO '{dir}/responses' (FORMAT parquet, COMPRESSION zstd, PARTITION_BY (part))`
