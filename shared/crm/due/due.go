// Package due is work that a tenant's calendar asks for: nightly scores, scheduled exports, campaigns to look after, files to remove.
package due

import "time"

// Kind names what is due.
type Kind string

// The kinds.
const (
	Scores    Kind = "scores"    // rebuild of the value scores, every night
	Export    Kind = "export"    // of a segment, in its rhythm; ref is the segment
	Segments  Kind = "segments"  // count of who is in which segment, every night
	Campaigns Kind = "campaigns" // uncertain messages of a campaign to settle, and whether it is over; ref is the campaign
	Files     Kind = "files"     // files of exports and imports whose time is over
)

// Kinds lists every kind.
func Kinds() []Kind { return []Kind{Scores, Export, Segments, Campaigns, Files} }

// Call is what a schedule sends when it is time to look for a kind.
type Call struct {
	Kind Kind `json:"kind"`
}

// NightHour is the hour of the tenant's day at which nightly work starts.
const NightHour = 3

// NextNight returns the first NightHour o'clock in the zone that lies after now, in UTC. On the day that the clock is put forward over it, the
// work starts an hour later, as time.Date counts.
func NextNight(now time.Time, zone *time.Location) time.Time {
	local := now.In(zone)
	night := time.Date(local.Year(), local.Month(), local.Day(), NightHour, 0, 0, 0, zone)
	if !night.After(now) {
		night = time.Date(local.Year(), local.Month(), local.Day()+1, NightHour, 0, 0, 0, zone)
	}
	return night.UTC()
}

// DayAfter returns the first midnight in UTC that lies a day or more after a moment: what falls on one day is looked at once, and none of it too early.
func DayAfter(t time.Time) time.Time {
	const day = 24 * time.Hour
	return t.UTC().Add(2*day - 1).Truncate(day)
}

// Every is how often a scheduled export runs.
type Every string

// The rhythms.
const (
	Daily   Every = "daily"
	Weekly  Every = "weekly"  // on Mondays
	Monthly Every = "monthly" // on the first of the month
)

// Valid says whether it is a rhythm.
func (e Every) Valid() bool { return e == Daily || e == Weekly || e == Monthly }

// Next returns when the rhythm comes round after now, at NightHour in the zone, in UTC.
func (e Every) Next(now time.Time, zone *time.Location) time.Time {
	night := NextNight(now, zone)
	for e == Weekly && night.In(zone).Weekday() != time.Monday || e == Monthly && night.In(zone).Day() != 1 {
		night = NextNight(night, zone)
	}
	return night
}
