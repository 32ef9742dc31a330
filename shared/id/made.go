package id

import (
	"strings"
	"time"

	"github.com/oklog/ulid/v2"
)

// Made returns when an identifier was made (UTC, ms); the zero time for a text that is none, and for a time beyond the year 9999, as derived ones may have.
func Made(s string) time.Time {
	u, err := ulid.ParseStrict(s[strings.IndexByte(s, '_')+1:])
	if err != nil {
		return time.Time{}
	}
	at := ulid.Time(u.Time()).UTC()
	if at.Year() > 9999 {
		return time.Time{}
	}
	return at
}
