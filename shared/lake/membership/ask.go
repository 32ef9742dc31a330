package membership

import (
	"strconv"
	"time"

	"github.com/dangol/dangol/shared/lake/sqltext"
)

// moment writes a moment for a TIMESTAMP, in UTC.
func moment(v *sqltext.Values, t time.Time) string {
	return "CAST(" + v.Bind(t.UTC().Format("2006-01-02 15:04:05.000")) + " AS TIMESTAMP)"
}

// At selects the ids of those who were in a segment at a moment, in order.
func At(segmentID string, at time.Time) sqltext.Statement {
	var v sqltext.Values
	sql := `SELECT DISTINCT "customerId" FROM memberships WHERE "segmentId" = ` + v.Bind(segmentID) + ` AND "enteredAt" <= ` + moment(&v, at) +
		` AND ("leftAt" IS NULL OR "leftAt" > ` + moment(&v, at) + `) ORDER BY "customerId"`
	return sqltext.Statement{SQL: sql, Args: v.List()}
}

// Known answers with the moment from which on the members of a segment are known, nil for never.
func Known(segmentID string) sqltext.Statement {
	var v sqltext.Values
	sql := `SELECT least((SELECT min("enteredAt") FROM memberships WHERE "segmentId" = ` + v.Bind(segmentID) + `), (SELECT min("countedAt") FROM segmentSizes WHERE "segmentId" = ` +
		v.Bind(segmentID) + "))"
	return sqltext.Statement{SQL: sql, Args: v.List()}
}

// Change is that somebody entered or left.
type Change struct {
	Type     string // Entered or Left
	Customer string
	At       time.Time
	Version  int64  // of the segment whose rule let them in
	Stay     string // the id of the stay
}

// The types of changes.
const (
	Entered = "entered"
	Left    = "left"
)

// Place is the change behind which a page begins; the zero value is the first page's.
type Place struct {
	At   time.Time
	Stay string
	Type string
}

// Changes selects who entered and left a segment since a moment, in the order in which it was found, or the latest first, behind a place. ChangeOf reads the rows.
func Changes(segmentID string, since time.Time, behind Place, latest bool, limit int) sqltext.Statement {
	var v sqltext.Values
	id := v.Bind(segmentID)
	from := moment(&v, since)
	sql := `SELECT kind, "customerId", moment, "segmentVersion", id FROM (
		SELECT '` + Entered + `' AS kind, "customerId", "enteredAt" AS moment, "segmentVersion", id FROM memberships WHERE "segmentId" = ` + id + ` AND "enteredAt" >= ` + from + `
		UNION ALL SELECT '` + Left + `', "customerId", "leftAt", "segmentVersion", id FROM memberships WHERE "segmentId" = ` + id + ` AND "leftAt" >= ` + from + ")"
	beyond, order := ">", "ORDER BY moment, id, kind"
	if latest {
		beyond, order = "<", "ORDER BY moment DESC, id DESC, kind DESC"
	}
	if behind.Stay != "" {
		sql += " WHERE (moment, id, kind) " + beyond + " (" + moment(&v, behind.At) + ", " + v.Bind(behind.Stay) + ", " + v.Bind(behind.Type) + ")"
	}
	return sqltext.Statement{SQL: sql + " " + order + " LIMIT " + strconv.Itoa(max(limit, 0)), Args: v.List()}
}

// ChangeOf reads a row of Changes.
func ChangeOf(row []any) (c Change) {
	c.Type, _ = row[0].(string)
	c.Customer, _ = row[1].(string)
	c.At, _ = row[2].(time.Time)
	c.Version, _ = row[3].(int64)
	c.Stay, _ = row[4].(string)
	return c
}

// Sizes selects the sizes of a segment: day, when it was counted, members, amount and currency of the revenue, in order.
func Sizes(segmentID string, fromDay string) sqltext.Statement {
	var v sqltext.Values
	sql := `SELECT CAST(day AS VARCHAR), "countedAt", members, "revenue.amount", "revenue.currency" FROM segmentSizes WHERE "segmentId" = ` + v.Bind(segmentID) +
		" AND day >= CAST(" + v.Bind(fromDay) + ` AS DATE) ORDER BY 1, 5`
	return sqltext.Statement{SQL: sql, Args: v.List()}
}

// Flows selects how many entered and left a segment, by quarters of an hour: all zones in use are whole quarters from UTC, so that days of any zone can be made of
// them. Rows are the quarter's beginning, entered and left.
func Flows(segmentID string, since time.Time) sqltext.Statement {
	var v sqltext.Values
	id, from := v.Bind(segmentID), moment(&v, since)
	sql := `SELECT make_timestamp(900000000 * (epoch_us(moment) // 900000000)) AS quarter_hour, sum("in"), sum("out") FROM (
		SELECT "enteredAt" AS moment, 1 AS "in", 0 AS "out" FROM memberships WHERE "segmentId" = ` + id + ` AND "enteredAt" >= ` + from + `
		UNION ALL SELECT "leftAt", 0, 1 FROM memberships WHERE "segmentId" = ` + id + ` AND "leftAt" >= ` + from + ") GROUP BY 1 ORDER BY 1"
	return sqltext.Statement{SQL: sql, Args: v.List()}
}
