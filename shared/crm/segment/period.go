package segment

import (
	"strconv"
	"time"

	"github.com/dangol/dangol/shared/lazyregexp"
)

// period is an ISO 8601 duration.
type period struct {
	years, months, days int
	clock               time.Duration
}

var periodForm = lazyregexp.New(`^P(?:(\d{1,3})Y)?(?:(\d{1,4})M)?(?:(\d{1,4})W)?(?:(\d{1,5})D)?(?:T(?:(\d{1,5})H)?(?:(\d{1,5})M)?)?$`)

// parsePeriod reads P90D, P3M, P1Y, P2W, PT24H and the like; it may not be empty.
func parsePeriod(s string) (period, bool) {
	m := periodForm().FindStringSubmatch(s)
	if m == nil {
		return period{}, false
	}
	n := make([]int, len(m))
	for i := range m {
		n[i], _ = strconv.Atoi(m[i])
	}
	p := period{n[1], n[2], 7*n[3] + n[4], time.Duration(n[5])*time.Hour + time.Duration(n[6])*time.Minute}
	return p, p != period{}
}

// start is the first moment of the period that ends now. A period of days begins with the whole day, in the zone, that lies so many days back.
func (p period) start(now time.Time, zone *time.Location) time.Time {
	t := now.In(zone)
	if p.clock == 0 {
		year, month, day := t.Date()
		t = time.Date(year, month, day, 0, 0, 0, 0, zone)
	}
	return t.AddDate(-p.years, -p.months, -p.days).Add(-p.clock)
}

// span is a stretch of time, its end not included: a whole day, or a moment.
type span struct{ from, to time.Time }

// isDate says whether a value is a day (2026-11-22) or a moment (RFC 3339).
func isDate(v any) bool {
	s, _ := v.(string)
	_, ok := parseSpan(s, time.UTC)
	return ok
}

func parseSpan(s string, zone *time.Location) (span, bool) {
	if d, err := time.ParseInLocation(time.DateOnly, s, zone); err == nil {
		return span{d, d.AddDate(0, 0, 1)}, true
	}
	if t, err := time.Parse(time.RFC3339Nano, s); err == nil {
		return span{t, t.Add(1)}, true
	}
	return span{}, false
}
