package clock_test

import (
	"testing"
	"time"

	"github.com/dangol/dangol/shared/clock"
	"github.com/dangol/dangol/shared/clock/clocktest"
)

func TestSystem(t *testing.T) {
	clocktest.Run(t, func(*testing.T) clocktest.Subject {
		return clocktest.Subject{Clock: clock.System{}, Advance: time.Sleep}
	})
}

func TestManual(t *testing.T) {
	clocktest.Run(t, func(*testing.T) clocktest.Subject {
		m := clock.NewManual(time.Date(2026, 11, 22, 18, 0, 0, 0, time.FixedZone("KST", 9*3600)))
		return clocktest.Subject{Clock: m, Advance: m.Advance}
	})
}

func TestManualStandsStill(t *testing.T) {
	at := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	m := clock.NewManual(at)
	if m.Now() != at || m.Now() != at {
		t.Errorf("the time is %v, want %v", m.Now(), at)
	}
}
