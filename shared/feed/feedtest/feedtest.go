// Package feedtest is the suite that every source of the change feed passes: each promise of the port as a named scenario, with two tenants that
// write the same ids.
package feedtest

import (
	"crypto/rand"
	"testing"

	"github.com/dangol/dangol/shared/feed"
	"github.com/dangol/dangol/shared/table"
)

// Subject is a table with its feed.
type Subject struct {
	Table  table.Table
	Source feed.Source
	// Reopen closes both and opens them on the same data; nil where nothing restarts, as with a service.
	Reopen func() Subject
}

// Exempt excuses a source from a scenario, for a reason that holds for the source's kind.
type Exempt struct{ Scenario, Reason string }

// scenario is one promise of the port.
type scenario struct {
	name string
	run  func(w *world)
}

func scenarios() []scenario {
	var all []scenario
	for _, part := range [][]scenario{contents, delivery, places} {
		all = append(all, part...)
	}
	return all
}

// Run runs the suite. open is called for each scenario; sources that cost much to open may return the same subject again, since scenarios use
// tenants and consumers of their own.
func Run(t *testing.T, open func(t *testing.T) Subject, exempt ...Exempt) {
	reasons := map[string]string{}
	for _, e := range exempt {
		reasons[e.Scenario] = e.Reason
	}
	for _, s := range scenarios() {
		if reason := reasons[s.name]; reason != "" {
			t.Logf("exempt: %s: %s", s.name, reason)
			delete(reasons, s.name)
			continue
		}
		t.Run(s.name, func(t *testing.T) { s.run(newWorld(t, open(t))) })
	}
	for name, reason := range reasons {
		t.Errorf("exemption of %q (%q) names no scenario or no reason", name, reason)
	}
}

// world is a subject with two tenants that no run before has used.
type world struct {
	*testing.T
	Subject
	run     string // begins the names of this run's consumers
	tenants [2]string
}

func newWorld(t *testing.T, s Subject) *world {
	run := rand.Text()
	return &world{T: t, Subject: s, run: run, tenants: [2]string{"t#" + run + "A#", "t#" + run + "B#"}}
}
