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
			p.Month = v.UTC().Format("2006-01")
		}
	}
	return p
}
