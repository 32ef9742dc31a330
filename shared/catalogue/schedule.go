package catalogue

import (
	"time"

	"github.com/dangol/dangol/shared/crm/due"
)

// Schedule is when one kind of due work is looked for. A tenant's own hour and zone stand in its dates (shared/crm/due), not here.
type Schedule struct {
	Kind  due.Kind
	Every time.Duration // whole minutes; with a Zone, a part of an hour
	// Zone is the IANA name of the zone whose full hours the looks count from; "" counts from when the schedule was made.
	Zone string
}

// quarter is how far apart nights can begin: all zones in use are whole quarters of an hour from UTC.
const quarter = 15 * time.Minute

// schedules has one entry for each kind: a kind that is late holds up no other.
func schedules() []Schedule {
	return []Schedule{
		{Kind: due.Campaigns, Every: time.Minute},
		{Kind: due.Scores, Every: quarter, Zone: "UTC"},
		{Kind: due.Export, Every: quarter, Zone: "UTC"},
		{Kind: due.Segments, Every: quarter, Zone: "UTC"},
		{Kind: due.Files, Every: time.Hour, Zone: "UTC"},
	}
}

// Next returns when the schedule comes round after now, in UTC, where it is not EventBridge that says so.
func (s Schedule) Next(now time.Time) (time.Time, error) {
	if s.Zone == "" {
		return now.UTC().Add(s.Every), nil
	}
	zone, err := time.LoadLocation(s.Zone)
	if err != nil {
		return time.Time{}, err
	}
	_, seconds := now.In(zone).Zone()
	ahead := time.Duration(seconds) * time.Second
	return now.UTC().Add(ahead).Truncate(s.Every).Add(s.Every - ahead), nil
}

// Often is how long the function goes without being started when all is well.
func (f Function) Often() time.Duration {
	least := f.Schedules[0].Every
	for _, s := range f.Schedules {
		least = min(least, s.Every)
	}
	return least
}
