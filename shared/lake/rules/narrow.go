package rules

import (
	"slices"
	"strings"
	"time"
)

// holder is the column of a subject that says whose a row is.
var holder = map[string]string{"customers": "id", "scores": "customerId", "orders": "customerId", "events": "customerId", "messages": "customerId", "responses": "customerId"}

// since is the column of a subject that says when a row came to be. A score is of today.
var since = map[string]string{"customers": "createdAt", "orders": "orderedAt", "events": "at", "messages": "acceptedAt", "responses": "at"}

// rows names the rows of a subject that the statement is about: all, or those of some customers and up to a day. Those are looked up once, however often they are
// asked for.
func (c *compiler) rows(subject string) string {
	conditions := c.narrowing(subject)
	if len(conditions) == 0 {
		return subject
	}
	if name, written := c.narrow[subject]; written {
		return name
	}
	name := "some" + subject
	c.narrow[subject] = name
	// In front of what builds on it: what is already there may be a segment's members, but none of them asked for this subject before.
	c.with = slices.Insert(c.with, 0, name+" AS MATERIALIZED (SELECT * FROM "+subject+" WHERE "+strings.Join(conditions, " AND ")+")")
	return name
}

func (c *compiler) narrowing(subject string) (conditions []string) {
	if c.only != "" {
		conditions = append(conditions, `"`+holder[subject]+`" IN (`+unlisted(c.only)+")")
	}
	if column := since[subject]; !c.AsOf.IsZero() && column != "" {
		conditions = append(conditions, `"`+column+`" <= CAST(`+c.Bind(c.AsOf.UTC().Truncate(time.Millisecond).Format(timestamp))+" AS TIMESTAMP)")
	}
	return conditions
}

// between parts ids in one bound text: a list of any length is one value.
const between = "\n"

// listed selects ids that are bound.
func (c *compiler) listed(ids []string) string {
	return unlisted(c.Bind(strings.Join(ids, between)))
}

func unlisted(placeholder string) string {
	return "SELECT unnest(string_split(CAST(" + placeholder + " AS VARCHAR), chr(10)))"
}
