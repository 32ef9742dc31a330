package due_test

import (
	"testing"
	"time"

	"github.com/dangol/dangol/shared/crm/due"
)

func TestNextComesRoundInTheTenantsNight(t *testing.T) {
	seoul, newYork, helsinki := zone(t, "Asia/Seoul"), zone(t, "America/New_York"), zone(t, "Europe/Helsinki")
	for name, c := range map[string]struct {
		every due.Every
		now   string
		zone  *time.Location
		want  string
	}{
		"before three in Seoul, the same night":         {due.Daily, "2026-11-22T17:59:00Z", seoul, "2026-11-22T18:00:00Z"},
		"at three in Seoul, the next night":             {due.Daily, "2026-11-22T18:00:00Z", seoul, "2026-11-23T18:00:00Z"},
		"New York, the day before summer time begins":   {due.Daily, "2026-03-06T12:00:00Z", newYork, "2026-03-07T08:00:00Z"},
		"New York, when two becomes three":              {due.Daily, "2026-03-07T08:00:00Z", newYork, "2026-03-08T07:00:00Z"},
		"New York, the night after":                     {due.Daily, "2026-03-08T07:00:00Z", newYork, "2026-03-09T07:00:00Z"},
		"New York, when summer time ends":               {due.Daily, "2026-10-31T12:00:00Z", newYork, "2026-11-01T08:00:00Z"},
		"Helsinki, when three becomes four":             {due.Daily, "2026-03-28T01:00:00Z", helsinki, "2026-03-29T01:00:00Z"}, // four o'clock: there is no three
		"Helsinki, the night after":                     {due.Daily, "2026-03-29T01:00:00Z", helsinki, "2026-03-30T00:00:00Z"},
		"Helsinki, when four becomes three":             {due.Daily, "2026-10-24T00:00:00Z", helsinki, "2026-10-25T01:00:00Z"}, // the second of the two
		"Helsinki, after the first of two threes":       {due.Daily, "2026-10-25T00:30:00Z", helsinki, "2026-10-25T01:00:00Z"},
		"Helsinki, after both":                          {due.Daily, "2026-10-25T01:00:00Z", helsinki, "2026-10-26T01:00:00Z"},
		"weekly from a Sunday in Seoul, Monday's night": {due.Weekly, "2026-11-22T03:00:00Z", seoul, "2026-11-22T18:00:00Z"},
		"weekly from a Monday noon, a week later":       {due.Weekly, "2026-11-23T03:00:00Z", seoul, "2026-11-29T18:00:00Z"},
	} {
		t.Run(name, func(t *testing.T) {
			now, err := time.Parse(time.RFC3339, c.now)
			if err != nil {
				t.Fatal(err)
			}
			if got := c.every.Next(now, c.zone).Format(time.RFC3339); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func zone(t *testing.T, name string) *time.Location {
	t.Helper()
	z, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

// A workspace may be in any zone: over ten years there is one night a day, none twice and none left out, and each begins at a full quarter of an hour,
// which is when schedules look.
func TestThereIsOneNightADayInEveryZone(t *testing.T) {
	for _, name := range []string{"Asia/Seoul", "America/New_York", "Europe/Helsinki", "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Chatham", "Asia/Kolkata", "America/St_Johns",
		"Africa/Casablanca", "America/Santiago", "Asia/Beirut", "Africa/Cairo", "America/Nuuk", "Antarctica/Troll", "Pacific/Kiritimati", "UTC"} {
		t.Run(name, func(t *testing.T) {
			z := zone(t, name)
			now := time.Date(2026, 1, 1, 12, 0, 0, 0, z)
			for range 3650 {
				next := due.NextNight(now, z)
				before, on := now.In(z), next.In(z)
				if day := time.Date(before.Year(), before.Month(), before.Day()+1, 0, 0, 0, 0, time.UTC); on.Format(time.DateOnly) != day.Format(time.DateOnly) {
					t.Fatalf("after %s comes %s", before, on)
				}
				if on.Hour() != due.NightHour && on.Hour() != due.NightHour+1 || next.Truncate(15*time.Minute) != next {
					t.Fatalf("a night begins at %s", on)
				}
				now = next
			}
		})
	}
}

func TestADayAfter(t *testing.T) {
	for from, want := range map[string]string{"2026-03-02T00:00:00Z": "2026-03-03T00:00:00Z", "2026-03-02T00:00:01Z": "2026-03-04T00:00:00Z",
		"2026-03-02T23:59:59Z": "2026-03-04T00:00:00Z", "2026-03-02T09:00:01+09:00": "2026-03-04T00:00:00Z"} {
		at, err := time.Parse(time.RFC3339, from)
		if err != nil {
			t.Fatal(err)
		}
		if got := due.DayAfter(at).Format(time.RFC3339); got != want {
			t.Errorf("%s: got %s, want %s", from, got, want)
		}
	}
}
