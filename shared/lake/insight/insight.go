// Package insight asks the lake what dashboards show: days, months, cohorts, the spread of value, and who needs attention. It is statements with bound values, like
// rules, and the rule of the customers behind each figure. Customers who were archived are in none of them but the days: what was sold stays sold.
//
// Figures of months read the runner's mart of customer-months (duck: customerSales, customerMonths). Amounts are of one currency; orders in others count as orders and
// add nothing to revenue. Refunds take from the revenue of their day and month, and are neither an order nor make anybody a buyer.
package insight

import (
	"strconv"
	"strings"
	"time"

	"github.com/dangol/dangol/shared/lake/rules"
	"github.com/dangol/dangol/shared/lake/sqltext"
)

// living are the customers of lists and segments.
const living = `c."archivedAt" IS NULL`

// Month counts months: twelve for each year since the year 0.
type Month int

// MonthOf is the month of a moment in its own zone.
func MonthOf(t time.Time) Month { return Month(t.Year()*12 + int(t.Month()) - 1) }

// Start is the first moment of the month in a zone.
func (m Month) Start(zone *time.Location) time.Time {
	return time.Date(int(m)/12, time.Month(int(m)%12+1), 1, 0, 0, 0, 0, zone)
}

// String writes 2026-11.
func (m Month) String() string { return m.Start(time.UTC).Format("2006-01") }

// Range is a stretch of months, both ends included.
type Range struct{ From, To Month }

const (
	quarterHour = 15 * time.Minute
	slots       = 128 // of a month in the mart
	behind      = 23  // from the first slot that may be another month's in some zone, 105, to the next month's first
)

// shift is what to add to a slot of the mart so that slot // 128 is its month in a zone. In zones ahead of UTC a month begins so many quarter hours before that of UTC, in
// others as many behind. Where the clocks change, months differ; those outside the range are taken for its ends.
func shift(slot string, r Range, zone *time.Location) string {
	var out strings.Builder
	last := shiftOf(r.From-1, zone)
	for m := r.From; m <= r.To+1; m++ {
		if s := shiftOf(m, zone); s != last {
			out.WriteString(" WHEN " + slot + " < " + strconv.Itoa(int(m)*slots) + " THEN " + strconv.Itoa(last))
			last = s
		}
	}
	if out.Len() == 0 {
		return strconv.Itoa(last)
	}
	return "CASE" + out.String() + " ELSE " + strconv.Itoa(last) + " END"
}

// shiftOf is the shift of slots in a month of UTC.
func shiftOf(m Month, zone *time.Location) int {
	early := func(m Month) int { return int(m.Start(time.UTC).Sub(m.Start(zone)) / quarterHour) }
	if ahead := early(m + 1); ahead >= 0 {
		return behind + ahead
	}
	return early(m)
}

// months is the expression for the month of a slot.
func months(slot string, r Range, zone *time.Location) string {
	return "((" + slot + " + " + shift(slot, r, zone) + ") // " + strconv.Itoa(slots) + ")"
}

// local is the expression for a moment as clocks in the zone show it, within a stretch of time.
func local(column string, from, to time.Time, zone *time.Location) string {
	var out strings.Builder
	at := from.In(zone)
	for {
		_, offset := at.Zone()
		_, end := at.ZoneBounds()
		if end.IsZero() || !end.Before(to) {
			return column + " + to_seconds(CASE" + out.String() + " WHEN true THEN " + strconv.Itoa(offset) + " END)"
		}
		out.WriteString(" WHEN " + column + " < TIMESTAMP '" + end.UTC().Format(time.DateTime) + "' THEN " + strconv.Itoa(offset))
		at = end
	}
}

// bound collects the values of a statement that begins with the customers of a rule.
type bound struct{ args []any }

func (b *bound) bind(v any) string {
	b.args = append(b.args, v)
	return "$" + strconv.Itoa(len(b.args))
}

func (b *bound) moment(t time.Time) string {
	return "CAST(" + b.bind(t.UTC().Format("2006-01-02 15:04:05.000000")) + " AS TIMESTAMP)"
}

func (b *bound) statement(query string) sqltext.Statement {
	return sqltext.Statement{SQL: query, Args: b.args}
}

// World is what statements need to know: the moment, the zone, the currency, custom fields and segments.
type World = rules.World
