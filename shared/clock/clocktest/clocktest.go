// Package clocktest is the suite that every clock passes: named scenarios, with two sleepers wherever one is not proof enough.
package clocktest

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/dangol/dangol/shared/clock"
)

// Subject is a clock under test.
type Subject struct {
	Clock clock.Clock
	// Advance lets d pass: it moves a clock that stands still, or waits.
	Advance func(d time.Duration)
}

// Exemption is a scenario that a clock cannot pass, and why.
type Exemption struct{ Scenario, Reason string }

// Run runs every scenario on a fresh clock. An exemption must name a scenario and give a reason, which is logged.
func Run(t *testing.T, open func(t *testing.T) Subject, exempt ...Exemption) {
	reasons := map[string]string{}
	for _, e := range exempt {
		reasons[e.Scenario] = e.Reason
	}
	for _, s := range scenarios {
		reason, exempted := reasons[s.name]
		delete(reasons, s.name)
		t.Run(s.name, func(t *testing.T) {
			if exempted {
				t.Logf("EXEMPT: %s", reason)
				return
			}
			s.run(t, open(t))
		})
	}
	for name := range reasons {
		t.Errorf("exemption %q names no scenario", name)
	}
}

// A step is long enough to tell a sleeper that waits from one that does not; patience ends a test whose sleeper never wakes.
const (
	step     = 50 * time.Millisecond
	patience = 10 * time.Second
)

var scenarios = []struct {
	name string
	run  func(t *testing.T, s Subject)
}{
	{"the time is in UTC", func(t *testing.T, s Subject) {
		if zone := s.Clock.Now().Location(); zone != time.UTC {
			t.Errorf("the time is in %s", zone)
		}
	}},
	{"the time moves by what passes", func(t *testing.T, s Subject) {
		before := s.Clock.Now()
		s.Advance(step)
		if passed := s.Clock.Now().Sub(before); passed < step {
			t.Errorf("%v passed, want at least %v", passed, step)
		}
	}},
	{"a sleeper wakes when its time has come and not before", func(t *testing.T, s Subject) {
		before := s.Clock.Now()
		short, long := sleep(t.Context(), s.Clock, step), sleep(t.Context(), s.Clock, 3*step)
		wantWoken(t, s, before, short, step)
		wantWoken(t, s, before, long, 3*step)
	}},
	{"a sleep of no time or less returns at once", func(t *testing.T, s Subject) {
		for _, d := range []time.Duration{0, -time.Hour} {
			select {
			case err := <-sleep(t.Context(), s.Clock, d):
				if err != nil {
					t.Errorf("sleep of %v: %v", d, err)
				}
			case <-time.After(patience):
				t.Errorf("sleep of %v still sleeps", d)
			}
		}
	}},
	{"a sleeper whose context ends returns its error, and others sleep on", func(t *testing.T, s Subject) {
		ctx, cancel := context.WithCancel(t.Context())
		ended, other := sleep(ctx, s.Clock, time.Hour), sleep(t.Context(), s.Clock, time.Hour)
		cancel()
		select {
		case err := <-ended:
			if !errors.Is(err, context.Canceled) {
				t.Errorf("sleep: %v, want context.Canceled", err)
			}
		case <-time.After(patience):
			t.Error("the sleeper still sleeps")
		}
		select {
		case err := <-other:
			t.Errorf("the other sleeper woke: %v", err)
		default:
		}
	}},
}

// sleep sleeps beside the test.
func sleep(ctx context.Context, c clock.Clock, d time.Duration) <-chan error {
	woken := make(chan error, 1)
	go func() { woken <- c.Sleep(ctx, d) }()
	return woken
}

// wantWoken lets time pass until the sleeper wakes, and asserts that it slept for d since before.
func wantWoken(t *testing.T, s Subject, before time.Time, woken <-chan error, d time.Duration) {
	t.Helper()
	for end := time.Now().Add(patience); time.Now().Before(end); s.Advance(step / 10) {
		select {
		case err := <-woken:
			if slept := s.Clock.Now().Sub(before); err != nil || slept < d {
				t.Errorf("woke after %v, %v; want after %v", slept, err, d)
			}
			return
		default:
		}
	}
	t.Errorf("a sleeper of %v still sleeps", d)
}
