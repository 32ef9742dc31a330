package catalogue_test

import (
	"testing"
	"time"

	"github.com/dangol/dangol/shared/catalogue"
)

func TestWhenAScheduleComesRound(t *testing.T) {
	for name, c := range map[string]struct {
		every time.Duration
		zone  string
		now   string
		want  string // "" is an error
	}{
		"a rate counts from the last look":          {time.Minute, "", "2026-03-02T12:00:20Z", "2026-03-02T12:01:20Z"},
		"a zone's clock counts from the full hour":  {15 * time.Minute, "UTC", "2026-03-02T12:01:20Z", "2026-03-02T12:15:00Z"},
		"at the time itself, the next":              {15 * time.Minute, "UTC", "2026-03-02T12:15:00Z", "2026-03-02T12:30:00Z"},
		"Seoul's full hour is that of UTC":          {time.Hour, "Asia/Seoul", "2026-03-02T12:01:00Z", "2026-03-02T13:00:00Z"},
		"Kathmandu's is a quarter past":             {time.Hour, "Asia/Kathmandu", "2026-03-02T12:01:00Z", "2026-03-02T12:15:00Z"},
		"St John's is half past, behind UTC":        {time.Hour, "America/St_Johns", "2026-03-02T12:01:00Z", "2026-03-02T12:30:00Z"},
		"New York, over the hour that is left out":  {30 * time.Minute, "America/New_York", "2026-03-08T06:45:00Z", "2026-03-08T07:00:00Z"},
		"New York, in the hour that there is twice": {30 * time.Minute, "America/New_York", "2026-11-01T05:40:00Z", "2026-11-01T06:00:00Z"},
		"a zone that nobody knows":                  {time.Minute, "Europe/Atlantis", "2026-03-02T12:00:00Z", ""},
	} {
		t.Run(name, func(t *testing.T) {
			now, err := time.Parse(time.RFC3339, c.now)
			if err != nil {
				t.Fatal(err)
			}
			next, err := catalogue.Schedule{Every: c.every, Zone: c.zone}.Next(now)
			if (err != nil) != (c.want == "") {
				t.Fatalf("got %v", err)
			}
			if got := next.Format(time.RFC3339); err == nil && got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}
