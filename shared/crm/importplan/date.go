package importplan

import (
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"github.com/dangol/dangol/shared/lazyregexp"
)

// moment is a date and perhaps a time of day, as a cell says it.
type moment struct {
	year, month, day, hour, minute, second int
	zone                                   *time.Location // nil when the cell names none
	timed                                  bool
}

// The forms that are read. Two numbers before the year are read only when one of them can be no month: 11/22/2026 and 22/11/2026, not 03/04/2026.
var (
	yearFirst = lazyregexp.New(`^(\d{4})\s*(?:[-./]|년)\s*(\d{1,2})\s*(?:[-./]|월)\s*(\d{1,2})\s*[.일]?(?:\s*\([월화수목금토일]\))?(.*)$`)
	compact   = lazyregexp.New(`^((?:19|20)\d{2})(\d{2})(\d{2})(?:[T ]?(\d{2})(\d{2})(\d{2})?)?$`)
	yearLast  = lazyregexp.New(`^(\d{1,2})[-./](\d{1,2})[-./](\d{4})(.*)$`)
	dayMonth  = lazyregexp.New(`^(\d{1,2})[- ]([A-Za-z]{3,9})\.?,?[- ](\d{4})(.*)$`)
	monthDay  = lazyregexp.New(`^([A-Za-z]{3,9})\.? (\d{1,2}),? (\d{4})(.*)$`)
	serial    = lazyregexp.New(`^\d{5}(?:\.\d+)?$`)
	clock     = lazyregexp.New(`^[T\s]*(오전|오후|(?i:am|pm))?\s*(\d{1,2})(?::|시)\s*(\d{1,2})(?:(?::|분)\s*(?:(\d{1,2})(?:[.,]\d+)?초?)?)?\s*((?i:am|pm))?\s*(Z|[+-]\d{2}:?\d{2})?$`)
)

// parseDate reads a date with or without a time. A bare number of five digits is Excel's: days since 1899-12-30, the fraction being the time of day.
func parseDate(cell string) (moment, bool) {
	s := strings.TrimSpace(norm.NFKC.String(cell))
	if m := yearFirst().FindStringSubmatch(s); m != nil {
		return date(m[1], m[2], m[3]).at(m[4])
	}
	if m := compact().FindStringSubmatch(s); m != nil {
		d := date(m[1], m[2], m[3])
		d.hour, d.minute, d.second, d.timed = number(m[4]), number(m[5]), number(m[6]), m[4] != ""
		return d, d.real()
	}
	if m := yearLast().FindStringSubmatch(s); m != nil {
		return fromYearLast(m)
	}
	if m := dayMonth().FindStringSubmatch(s); m != nil {
		return date(m[3], monthNumber(m[2]), m[1]).at(m[4])
	}
	if m := monthDay().FindStringSubmatch(s); m != nil {
		return date(m[3], monthNumber(m[1]), m[2]).at(m[4])
	}
	if serial().MatchString(s) {
		return fromSerial(s)
	}
	return moment{}, false
}

func fromYearLast(m []string) (moment, bool) {
	a, b := number(m[1]), number(m[2])
	switch {
	case a > 12 || a == b:
		return date(m[3], m[2], m[1]).at(m[4])
	case b > 12:
		return date(m[3], m[1], m[2]).at(m[4])
	default:
		return moment{}, false
	}
}

func fromSerial(s string) (moment, bool) {
	days, err := strconv.ParseFloat(s, 64)
	if err != nil || days < 10_000 {
		return moment{}, false
	}
	t := time.Date(1899, 12, 30, 0, 0, int(days*86400+0.5), 0, time.UTC)
	return moment{t.Year(), int(t.Month()), t.Day(), t.Hour(), t.Minute(), t.Second(), nil, strings.Contains(s, ".")}, true
}

func date(year, month, day string) moment {
	return moment{year: number(year), month: number(month), day: number(day)}
}

// at adds what stands behind the date: nothing or a time of day.
func (d moment) at(rest string) (moment, bool) {
	if strings.TrimSpace(rest) == "" {
		return d, d.real()
	}
	m := clock().FindStringSubmatch(rest)
	if m == nil {
		return d, false
	}
	d.hour, d.minute, d.second, d.timed = number(m[2]), number(m[3]), number(m[4]), true
	half := strings.ToLower(m[1] + m[5])
	if half != "" && (d.hour < 1 || d.hour > 12) && d.hour != 0 {
		return d, false
	}
	if half == "오후" || half == "pm" {
		d.hour = d.hour%12 + 12
	} else if half != "" {
		d.hour %= 12
	}
	d.zone = offset(m[6])
	return d, d.real()
}

func offset(s string) *time.Location {
	if s == "" {
		return nil
	}
	t, err := time.Parse("Z07:00", s)
	if err != nil {
		t, err = time.Parse("Z0700", s)
	}
	if err != nil {
		return nil
	}
	return t.Location()
}

// real says whether there is such a day and time: no 30th of February, no hour 24.
func (d moment) real() bool {
	t := time.Date(d.year, time.Month(d.month), d.day, d.hour, d.minute, d.second, 0, time.UTC)
	return t.Year() == d.year && int(t.Month()) == d.month && t.Day() == d.day && t.Hour() == d.hour && t.Minute() == d.minute && t.Second() == d.second
}

// in returns the moment in UTC, a cell without a zone being in the one given.
func (d moment) in(zone *time.Location) time.Time {
	if d.zone != nil {
		zone = d.zone
	}
	return time.Date(d.year, time.Month(d.month), d.day, d.hour, d.minute, d.second, 0, zone).UTC()
}

// day returns YYYY-MM-DD.
func (d moment) date() string {
	return time.Date(d.year, time.Month(d.month), d.day, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
}

func monthNumber(name string) string {
	for m := time.January; m <= time.December; m++ {
		if len(name) >= 3 && strings.HasPrefix(strings.ToLower(m.String()), strings.ToLower(name)) {
			return strconv.Itoa(int(m))
		}
	}
	return "0"
}

func number(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}
