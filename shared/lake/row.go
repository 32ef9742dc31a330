package lake

import (
	"strconv"
	"time"
)

// Row is the state of one record of a subject at one version. Of one id the highest version holds; of two rows with the same version, the one that is gone.
type Row struct {
	Subject string
	ID      string
	Version int64
	At      time.Time // when it changed, UTC, ms
	// Gone says that the record is not here any more: it was removed, or it moved to another place in the order of its subject. Such a row has no cells but
	// those that say where it stood: by them a compaction finds the part in which older versions are.
	Gone  bool
	Cells []Cell
}

// Cell is the value of one column. Those without a value are left out. Value is a string (text, date as YYYY-MM-DD), int64, Units, float64, time.Time, bool
// or []string.
type Cell struct {
	Column string
	Value  any
}

// Units is an amount of money in ten-thousandths: DECIMAL(18,4).
type Units int64

// String writes the amount as a decimal number.
func (u Units) String() string {
	sign, n := "", uint64(u)
	if u < 0 {
		sign, n = "-", -n
	}
	text := sign + strconv.FormatUint(n/10000, 10)
	if rest := n % 10000; rest > 0 {
		fraction := strconv.FormatUint(10000+rest, 10)[1:]
		for fraction[len(fraction)-1] == '0' {
			fraction = fraction[:len(fraction)-1]
		}
		text += "." + fraction
	}
	return text
}

// MarshalText writes the amount as a text, so that no reader makes a float of it.
func (u Units) MarshalText() ([]byte, error) { return []byte(u.String()), nil }

// Value returns the value of a column, nil for none.
func (r *Row) Value(column string) any {
	for i := range r.Cells {
		if r.Cells[i].Column == column {
			return r.Cells[i].Value
		}
	}
	return nil
}

// stamp is a moment as deltas have it: UTC, milliseconds, fixed width.
const stamp = "2006-01-02T15:04:05.000Z"

// appendLine appends the row as a line of a delta. Cells stay in their order, so that the same row is the same line.
func appendLine(b []byte, r *Row) []byte {
	b = append(b, `{"s":`...)
	b = appendJSON(b, r.Subject)
	b = append(b, `,"v":`...)
	b = strconv.AppendInt(b, r.Version, 10)
	b = append(b, `,"at":`...)
	b = appendJSON(b, r.At)
	if r.Gone {
		b = append(b, `,"gone":true`...)
	}
	b = append(b, `,"id":`...)
	b = appendJSON(b, r.ID)
	b = append(b, `,"row":{`...)
	for i, c := range r.Cells {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendJSON(b, c.Column)
		b = append(b, ':')
		b = appendJSON(b, c.Value)
	}
	return append(b, "}}\n"...)
}
