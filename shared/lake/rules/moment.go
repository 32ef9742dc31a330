package rules

import (
	"time"

	"github.com/dangol/dangol/shared/crm/segment"
)

// span is a stretch of time, its end not included.
type span struct{ from, to time.Time }

// spans are the values of a rule as stretches of time. inLast is one that begins with the period and ends behind now.
func (c *compiler) spans(n segment.Field) (out []span) {
	if n.Op == segment.InLast {
		from, ok := segment.Since(segment.TextOf(n.Value), c.Now, c.Zone)
		if !ok {
			c.broken()
		}
		return []span{{from, c.Now.Add(1)}}
	}
	for _, v := range segment.Values(n.Value) {
		from, to, _ := segment.Span(segment.TextOf(v), c.Zone)
		out = append(out, span{from, to})
	}
	return out
}

// moment compares a TIMESTAMP, in UTC.
func (c *compiler) moment(n segment.Field, value string) string {
	return c.compareSpans(n, value, func(t time.Time) string { return "CAST(" + c.Bind(ceil(t).Format(timestamp)) + " AS TIMESTAMP)" })
}

const timestamp = "2006-01-02 15:04:05.000000"

// ceil is the first microsecond, which is the grain of a TIMESTAMP, that is not before the moment.
func ceil(t time.Time) time.Time {
	t = t.UTC()
	if whole := t.Truncate(time.Microsecond); whole.Before(t) {
		return whole.Add(time.Microsecond)
	}
	return t
}

// day compares a DATE, which is the first moment of its day in the zone.
func (c *compiler) day(n segment.Field, value string) string {
	return c.compareSpans(n, value, func(t time.Time) string {
		return "CAST(" + c.Bind(firstDay(t, c.Zone).Format(time.DateOnly)) + " AS DATE)"
	})
}

// firstDay is the first day whose first moment is not before t. Where the clocks change at midnight, the first moment of a day may be another hour's.
func firstDay(t time.Time, zone *time.Location) time.Time {
	year, month, day := t.In(zone).Date()
	for time.Date(year, month, day, 0, 0, 0, 0, zone).Before(t) {
		day++
	}
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
}

// compareSpans compares a value with spans; at writes a moment as the value's type.
func (c *compiler) compareSpans(n segment.Field, value string, at func(time.Time) string) string {
	switch n.Op {
	case segment.IsEmpty:
		return value + " IS NULL"
	case segment.IsNotEmpty:
		return value + " IS NOT NULL"
	}
	s := c.spans(n)
	switch n.Op {
	case segment.Eq, segment.InLast:
		return inside(value, s[0], at)
	case segment.Ne:
		return isNot(inside(value, s[0], at))
	case segment.Gt, segment.After:
		return value + " >= " + at(s[0].to)
	case segment.Gte:
		return value + " >= " + at(s[0].from)
	case segment.Lt, segment.Before:
		return value + " < " + at(s[0].from)
	case segment.Lte:
		return value + " < " + at(s[0].to)
	case segment.Between:
		return "(" + value + " >= " + at(s[0].from) + " AND " + value + " < " + at(s[1].to) + ")"
	default:
		return c.broken()
	}
}

func inside(value string, s span, at func(time.Time) string) string {
	return "(" + value + " >= " + at(s.from) + " AND " + value + " < " + at(s.to) + ")"
}
