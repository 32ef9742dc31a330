package insight

import (
	"strings"

	"github.com/dangol/dangol/shared/crm/segment"
	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/lake/dictionary"
	"github.com/dangol/dangol/shared/lake/rules"
	"github.com/dangol/dangol/shared/lake/sqltext"
)

// Step is how wide the columns of a pivot are.
type Step string

// The steps, by how many months they hold.
const (
	ByMonth   Step = "month"
	ByQuarter Step = "quarter"
	ByYear    Step = "year"
)

// Months is how many months a step holds; 0 for one that is none.
func (s Step) Months() Month { return map[Step]Month{ByMonth: 1, ByQuarter: 3, ByYear: 12}[s] }

// Pivot asks what customers bought in each period, by a property of theirs.
type Pivot struct {
	Rows  string // a field of rules, "customer.address.region"; "" for one row
	Step  Step
	Range Range        // whole periods
	Rule  segment.Rule // whose customers are counted; all of them where it is empty
}

// Fields are what the rows of a pivot may be, besides custom fields.
var Fields = []string{"customer.kind", "customer.gender", "customer.address.region", "customer.address.city", "customer.address.country", "customer.lifecycleStage", "customer.ownerId", "customer.tags"}

// Statement answers with a row for each value and period: the value as it is compared (NULL without one), as it is written, the period's first month, revenue in the
// workspace's currency, orders, buyers, and those of the buyers who are in the range for the first time. So the last figure, added up over periods, is how many
// bought at all. With tags a customer is in several rows, whose sum means nothing: ask again without rows for totals.
func (p Pivot) Statement(w World) (sqltext.Statement, error) {
	n := int(p.Step.Months())
	if n == 0 || p.Range.To < p.Range.From {
		return sqltext.Statement{}, errs.InvalidField("/columns", "pivot_range")
	}
	var b bound
	by, err := p.value(w)
	if err != nil {
		return sqltext.Statement{}, err
	}
	people, err := p.people(&b, by, w)
	if err != nil {
		return sqltext.Statement{}, err
	}
	period := func(slot string) string { return "(" + months(slot, p.Range, w.Zone) + " // " + itoa(n) + ")" }
	first, last := itoa(int(p.Range.From)/n), itoa(int(p.Range.To)/n)
	return b.statement("WITH " + people + ", " + p.named() + ", bought AS (SELECT customer, orders, CASE WHEN currency = " + b.bind(w.Currency) + " THEN revenue END AS revenue, " +
		period("slot") + " AS period, " + period("prev") + ` AS before FROM "customerMonths" WHERE slot >= ` + itoa(int(p.Range.From-1)*slots) + " AND slot < " + itoa(int(p.Range.To+2)*slots) + "), " +
		"sums AS (SELECT code, period, sum(revenue) AS revenue, CAST(sum(orders) AS BIGINT) AS orders, count(*) FILTER (orders > 0 AND before IS DISTINCT FROM period) AS buyers, " +
		"count(*) FILTER (orders > 0 AND (before IS NULL OR before < " + first + ")) AS new FROM bought JOIN coded USING (customer) WHERE period BETWEEN " + first + " AND " + last + " GROUP BY code, period) " +
		"SELECT value, label, period * " + itoa(n) + ", revenue, orders, buyers, new FROM " + by.figures() + " ORDER BY value NULLS LAST, period"), nil
}

// figures are the sums with what they are called. Customers with the same tags are summed up together, and only those sums are added to each of the tags: that is
// a few thousand rows, where seven million customer-months would each be as many as there are tags.
func (v value) figures() string {
	if !v.list {
		return "sums JOIN named USING (code)"
	}
	return `(SELECT value, value AS label, period, sum(revenue) AS revenue, CAST(sum(orders) AS BIGINT) AS orders, CAST(sum(buyers) AS BIGINT) AS buyers, CAST(sum(new) AS BIGINT) AS new
		FROM (SELECT unnest(CASE WHEN len(value) > 0 THEN list_distinct(value) ELSE [NULL] END) AS value, period, revenue, orders, buyers, new FROM sums JOIN named USING (code)) GROUP BY value, period)`
}

// named gives each value a number, by which millions of rows are grouped in less time than by texts, and coded has the number of each customer.
func (p Pivot) named() string {
	if p.Rows == "" {
		return "named AS (SELECT NULL AS value, NULL AS label, 0 AS code), coded AS (SELECT customer, 0 AS code FROM people)"
	}
	return "named AS (SELECT value, min(label) AS label, CAST(row_number() OVER () AS INTEGER) AS code FROM people GROUP BY value), " +
		"coded AS (SELECT customer, code FROM people JOIN named ON people.value IS NOT DISTINCT FROM named.value)"
}

// people selects whose orders are counted, with the value that is their row.
func (p Pivot) people(b *bound, by value, w World) (string, error) {
	among := ""
	if all, ok := p.Rule.Node.(segment.All); p.Rule.Node != nil && (!ok || len(all) > 0) {
		chosen, err := rules.Members(p.Rule, w)
		if err != nil {
			return "", err
		}
		b.args = append(b.args, chosen.Args...)
		among = " AND c.id IN (" + chosen.SQL + ")"
	}
	return "people AS (SELECT customer, " + by.compared + " AS value, " + by.written + ` AS label FROM "customerSales" k JOIN customers c ON c.id = k."customerId" WHERE ` + living + among + ")", nil
}

// value is what a customer's row is called: expressions of the text as it is compared, and as it is written. A list of such texts is written as it is compared.
type value struct {
	compared, written string
	list              bool
}

func (p Pivot) value(w World) (value, error) {
	column, ofCustomer := strings.CutPrefix(p.Rows, "customer.")
	f, known := segment.FieldAt(p.Rows)
	kind := "VARCHAR"
	if f.Type == segment.Dynamic && w.Custom != nil {
		kind = kindOf(column, w)
	}
	if kind == listed {
		return value{compared: listOf(column, w), written: "NULL", list: true}, nil
	}
	folded, plain := "c."+sqltext.Ident(sqltext.Folded(column)), "c."+sqltext.Ident(column)
	switch {
	case p.Rows == "":
		return value{compared: "NULL", written: "NULL"}, nil
	case !known || !ofCustomer || !oneOf(p.Rows) && f.Type != segment.Dynamic:
		return value{}, errs.InvalidField("/rows", "pivot_rows")
	case kind == unwritten:
		return value{compared: "CAST(NULL AS VARCHAR)", written: "CAST(NULL AS VARCHAR)"}, nil
	case f.Type == segment.Tags || kind == "VARCHAR[]":
		return value{compared: folded, written: "NULL", list: true}, nil
	case kind == "VARCHAR":
		return value{compared: "nullif(" + folded + ", '')", written: plain}, nil
	case kind == "BOOLEAN":
		text := "CAST(" + plain + " AS VARCHAR)"
		return value{compared: text, written: text}, nil
	default:
		return value{}, errs.InvalidField("/rows", "pivot_rows")
	}
}

// listed is the kind of a custom field of which some customer has several values; others may have one (dictionary.Items).
const listed = "list"

// listOf is the expression of the values of such a field, however many a customer has.
func listOf(column string, w World) string {
	items := "c." + sqltext.Ident(sqltext.Folded(dictionary.Items(column)))
	if kind, single := w.Custom(column); !single {
		return items
	} else if kind != "VARCHAR" {
		return "coalesce(" + items + ", [CAST(c." + sqltext.Ident(column) + " AS VARCHAR)])"
	}
	return "coalesce(" + items + ", [nullif(c." + sqltext.Ident(sqltext.Folded(column)) + ", '')])"
}

// unwritten is the kind of a custom field that no customer in the lake has a value of yet: all are in the row without one.
const unwritten = ""

// kindOf is the kind of a custom field's column. Those of money have two columns, and neither is one of values to group by.
func kindOf(column string, w World) string {
	if _, several := w.Custom(dictionary.Items(column)); several {
		return listed
	}
	if _, money := w.Custom(dictionary.Amount(column)); money {
		return "money"
	}
	kind, _ := w.Custom(column)
	return kind
}
