package due_test

import (
	"testing"
	"time"

	"github.com/dangol/dangol/shared/crm/due"
)

func TestNextComesRoundInTheTenantsNight(t *testing.T) {
	seoul, newYork := zone(t, "Asia/Seoul"), zone(t, "America/New_York")
	for name, c := range map[string]struct {
		every due.Every
		now   string
		zone  *time.Location
		want  string
	}{
		"before three in Seoul, the same night":         {due.Daily, "2026-11-22T17:59:00Z", seoul, "2026-11-22T18:00:00Z"},
		"at three in Seoul, the next night":             {due.Daily, "2026-11-22T18:00:00Z", seoul, "2026-11-23T18:00:00Z"},
		"New York, when summer time ends":               {due.Daily, "2026-10-31T12:00:00Z", newYork, "2026-11-01T08:00:00Z"},
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
