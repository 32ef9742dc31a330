// Package tabletest is the suite that every engine of the table port passes: each promise of the port as a named scenario, and random operations
// against a model. Every scenario runs for two tenants that hold the same ids, and the first must come out untouched.
package tabletest

import (
	"crypto/rand"
	"testing"
	"time"

	"github.com/dangol/dangol/shared/table"
)

// Subject is an open engine under test.
type Subject struct {
	Table table.Table
	// Eventually bounds how long an index read may lag behind an acknowledged write; 0 is not at all.
	Eventually time.Duration
	// Faults switches faults on, where the engine can.
	Faults Faults
	// Reopen closes the engine and opens it on the same data; nil where nothing restarts, as with a service.
	Reopen func() Subject
	// Rounds bounds the runs of random operations, where each call goes over a network; 0 is as many as the flag -rapid.checks says.
	Rounds int
}

// Faults are the switches of an engine that misbehaves on demand.
type Faults interface {
	ThrottleNext(n int)
	DelayIndexes(lag time.Duration) error
	CrashBeforeWrite(h func(ops []table.Op) error)
	CrashAfterWrite(h func(ops []table.Op) error)
}

// Exempt excuses an engine from a scenario, for a reason that holds for the engine's kind.
type Exempt struct{ Scenario, Reason string }

// scenario is one promise of the port. It runs twice: for a tenant whose data must then survive the second run.
type scenario struct {
	name string
	run  func(x *tenant)
}

// scenarios lists the suite.
func scenarios() []scenario {
	var all []scenario
	for _, part := range [][]scenario{
		writes, conditions(), transactions, limits, reads, queries, indexes, concurrency, faults,
	} {
		all = append(all, part...)
	}
	return all
}

// Run runs the suite. open is called for each scenario; engines that cost much to open may return the same subject again, since scenarios use
// tenants of their own.
func Run(t *testing.T, open func(t *testing.T) Subject, exempt ...Exempt) {
	reasons := reasonsOf(t, exempt)
	for _, s := range scenarios() {
		if reason, ok := reasons[s.name]; ok {
			t.Logf("exempt: %s: %s", s.name, reason)
			continue
		}
		t.Run(s.name, func(t *testing.T) { runTwice(t, open(t), s) })
	}
	t.Run("random operations behave as a map in memory", func(t *testing.T) { checkModel(t, open(t)) })
}

// reasonsOf fails the test for an exemption that excuses nothing.
func reasonsOf(t *testing.T, exempt []Exempt) map[string]string {
	known := map[string]bool{}
	for _, s := range scenarios() {
		known[s.name] = true
	}
	reasons := map[string]string{}
	for _, e := range exempt {
		if !known[e.Scenario] || e.Reason == "" {
			t.Errorf("exemption of %q (%q) names no scenario or no reason", e.Scenario, e.Reason)
		}
		reasons[e.Scenario] = e.Reason
	}
	return reasons
}

func runTwice(t *testing.T, s Subject, sc scenario) {
	first, second := newTenant(t, s), newTenant(t, s)
	sc.run(first)
	before := first.dump()
	sc.run(second)
	if after := first.dump(); after != before {
		t.Errorf("another tenant's run of the scenario changed this tenant's data:\n%s\nwas\n%s", after, before)
	}
}

// newTenant returns a tenant that no run before has used.
func newTenant(t *testing.T, s Subject) *tenant {
	return &tenant{T: t, Subject: s, scoped: newScoped(s.Table, "t#"+rand.Text()+"#")}
}
