//go:build cgo

package scorework_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/dangol/dangol/shared/crm/consent"
	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/lifecycle"
	"github.com/dangol/dangol/shared/id"
)

// stage is where a customer stands: stage, reason, since when, where before.
func (s *shop) stage(i int) string {
	s.Helper()
	sc, err := s.score(i, "")
	s.must(err)
	return fmt.Sprintf("%s (%s) since %s, before %s", sc.LifecycleStage, sc.LifecycleReason, sc.LifecycleSince, sc.LifecycleBefore)
}

// moves are the flows that ended in a month, and whether it is closed.
func (s *shop) moves(month string) string {
	s.Helper()
	m, err := s.LifecycleMonth(s.Context(), month)
	s.must(err)
	if m == nil {
		return "none"
	}
	out := []string{fmt.Sprintf("%s closed %v:", m.AsOf, m.Closed)}
	for _, f := range m.Flows {
		out = append(out, fmt.Sprintf("%s>%s %d %s", f.From, f.To, f.Customers, f.Revenue.Text()))
	}
	return strings.Join(out, " ")
}

func (s *shop) change(i int, f func(c *customer.Customer)) {
	s.Helper()
	was, err := s.Customer(s.Context(), s.ids[i])
	s.must(err)
	is := *was
	f(&is)
	tx := s.Begin()
	tx.SaveCustomer(was, &is)
	s.must(tx.Commit(s.Context()))
}

// One who buys, a second who never did, a third whom the business blocks, a fourth who took back the consent in February.
func TestCustomersMoveThroughTheLifecycle(t *testing.T) {
	s := open(t, 4)
	s.buys(0, "2025-01-20T03:00:00Z")
	s.change(2, func(c *customer.Customer) { c.Tags = []string{"blocked"} })
	said := consent.Consent{ID: s.NewID(id.Consent), Channel: consent.Email, Purpose: consent.Marketing, State: consent.Withdrawn, At: s.Now().AddDate(0, 0, -10)}
	s.change(3, func(c *customer.Customer) { c.Consents, c.ConsentsSince = consent.Apply(nil, nil, said) })
	tx := s.Begin()
	tx.KeepConsent(s.ids[3], said)
	s.must(tx.Commit(t.Context()))
	for _, c := range []struct{ asOf, first, second, third, fourth, moves string }{
		{"2025-01-31", "newBuyer (firstPurchase) since 2025-01-31, before prospect", "prospect (neverBought) since 2025-01-31, before prospect",
			"churnedForced (forcedTag) since 2025-01-31, before churnedForced", "prospect (neverBought) since 2025-01-31, before prospect",
			"2025-01-31 closed true: prospect>prospect 2 0 prospect>newBuyer 1 1000 churnedForced>churnedForced 1 0"},
		{"2025-05-10", "lowValue (fewBuyers) since 2025-05-10, before lowValue", "prospect (neverBought) since 2025-01-31, before prospect",
			"churnedForced (forcedTag) since 2025-01-31, before churnedForced", "prospect (neverBought) since 2025-01-31, before prospect",
			"2025-05-10 closed false: prospect>prospect 2 0 lowValue>lowValue 1 1000 churnedForced>churnedForced 1 0"},
		{"2026-02-28", "churnedVoluntary (silentNoModel) since 2026-02-28, before churnedVoluntary", "prospect (neverBought) since 2025-01-31, before prospect",
			"churnedForced (forcedTag) since 2025-01-31, before churnedForced", "churnedVoluntary (withdrew) since 2026-02-28, before prospect",
			"2026-02-28 closed true: prospect>prospect 1 0 prospect>churnedVoluntary 1 0 churnedVoluntary>churnedVoluntary 1 1000 churnedForced>churnedForced 1 0"},
	} {
		s.rebuild(c.asOf)
		for i, want := range []string{c.first, c.second, c.third, c.fourth} {
			if got := s.stage(i); got != want {
				t.Errorf("as of %s, customer %d: got %s, want %s", c.asOf, i, got, want)
			}
		}
		if got := s.moves(c.asOf[:7]); got != c.moves {
			t.Errorf("as of %s: got %s, want %s", c.asOf, got, c.moves)
		}
	}
}

// A month that is over is stated once, and again only when an order of it comes in late.
func TestAClosedMonthIsStatedAgainForLateOrders(t *testing.T) {
	s := open(t, 2)
	s.rebuild("")
	if got := s.moves("2026-02"); got != "2026-02-28 closed true:" {
		t.Fatalf("got %s", got)
	}
	february, err := s.LifecycleMonth(t.Context(), "2026-02")
	s.must(err)
	s.change(1, func(c *customer.Customer) { c.Tags = []string{"blocked"} }) // has no date, and is no order
	s.rebuild("")
	if again, _ := s.LifecycleMonth(t.Context(), "2026-02"); again.Hash != february.Hash || again.BuiltAt != february.BuiltAt {
		t.Error("the closed month was written again")
	}
	if got, want := s.moves("2026-03"), "2026-03-02 closed false: prospect>prospect 1 0 prospect>churnedForced 1 0"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	s.buys(0, "2026-02-20T03:00:00Z")
	s.rebuild("")
	if got, want := s.moves("2026-03"), "2026-03-02 closed false: newBuyer>newBuyer 1 1000 churnedForced>churnedForced 1 0"; got != want {
		t.Errorf("after the late order: got %s, want %s", got, want)
	}
}

// A rebuild as of an earlier day of a month does not take the place of a later one; and the workspace's rules hold.
func TestTheLaterDayOfAMonthStays(t *testing.T) {
	s := open(t, 1)
	s.buys(0, "2026-01-01T03:00:00Z")
	ws, err := s.Workspace(t.Context())
	s.must(err)
	ws.Lifecycle.NewDays, ws.Lifecycle.DormantBy, ws.Lifecycle.DormantDays = 5, lifecycle.ByDays, 10
	tx := s.Begin()
	tx.SaveWorkspace(ws, []string{"lifecycle"})
	s.must(tx.Commit(t.Context()))
	s.rebuild("2026-01-20")
	s.rebuild("2026-01-07")
	if got, want := s.stage(0), "churnedVoluntary (silentByDays) since 2026-01-20, before prospect"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if sc, err := s.score(0, "2026-01-07"); err != nil || sc.LifecycleStage != lifecycle.LowValue || sc.AsOf != "2026-01-07" {
		t.Errorf("of the earlier day: got %+v, %v", sc, err)
	}
	if got, want := s.moves("2026-01"), "2026-01-20 closed false: prospect>churnedVoluntary 1 1000"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
