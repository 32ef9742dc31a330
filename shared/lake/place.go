package lake

import "time"

// Place is where a row stands in its subject: the month of its partition ("" for a subject in one) and its place in that one's order.
type Place struct{ Month, Sort string }

// between parts a customer from an id, which has no such character.
const between = "\x1f"

// PlaceOf returns where a row stands. Rows of one id can stand at several places, of which one is not gone.
func PlaceOf(r *Row) Place {
	p := Place{Sort: r.ID}
	for _, column := range placing[r.Subject] {
		switch v := r.Value(column).(type) {
		case string:
			p.Sort = v + between + r.ID
		case time.Time:
			p.Month = monthOf(v)
		}
	}
	return p
}

// monthOf is the month in UTC as YYYY-MM. It is asked for each row of a lake, where time's own Format costs more than the rest of its place.
func monthOf(t time.Time) string {
	year, month, _ := t.UTC().Date()
	if year < 1000 || year > 9999 {
		return t.UTC().Format("2006-01")
	}
	return string([]byte{'0' + byte(year/1000), '0' + byte(year/100%10), '0' + byte(year/10%10), '0' + byte(year%10), '-', '0' + byte(month/10), '0' + byte(month%10)})
}
