package campaign

import (
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"github.com/dangol/dangol/shared/crm/message"
	"github.com/dangol/dangol/shared/crm/money"
)

func TestAReportBalancesWhateverIsWrittenSoFar(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		held := rapid.IntRange(0, 50).Draw(t, "holdout")
		planned := rapid.IntRange(0, 50).Draw(t, "planned")
		books := message.Tally{}
		for range rapid.IntRange(0, planned).Draw(t, "written") {
			m := &message.Message{State: rapid.SampledFrom(message.States).Draw(t, "state"), Reason: "r"}
			books.Count(m, 1)
		}
		ctl := Control{Status: rapid.SampledFrom(Statuses).Draw(t, "status"), Frozen: &Frozen{Audience: planned + held, Holdout: held}}
		r := NewReport("cmp_1", Books{Control: ctl, Tally: books, Sales: Attribute("cmp_1", nil, 0, nil), Currency: "KRW"})
		n := r.Counts
		if r.Audience != r.Holdout+n.Planned || n.Planned != n.Accepted+n.Skipped+n.Failed+n.Uncertain+n.Pending+n.Canceled || n.Planned != int64(planned) {
			t.Errorf("got %+v", r)
		}
		if ctl.Status == Canceled && n.Pending != books.Pending() {
			t.Errorf("got %d pending of a canceled campaign, want the %d that workers hold", n.Pending, books.Pending())
		}
	})
}

func TestTheComparisonIsPerPersonWhoCouldBeReached(t *testing.T) {
	krw := func(n int64) money.Bag { return money.Bag{"KRW": decimal.NewFromInt(n)} }
	launched := time.Unix(1_900_000_000, 0)
	books := message.Tally{}
	for range 80 {
		books.Count(&message.Message{State: message.Accepted}, 1)
	}
	r := NewReport("cmp_1", Books{Now: launched.Add(10 * time.Second), Tally: books, Currency: "KRW",
		Control: Control{Status: Sent, LaunchedAt: &launched, Frozen: &Frozen{Audience: 100, Holdout: 20, Reachable: 10}},
		Sales:   Sales{Revenue: krw(900), Sent: Group{Buyers: 8, Revenue: krw(1000)}, Held: Group{Buyers: 0, Revenue: money.Bag{}}}})
	c := r.Comparison
	if c == nil || c.Sent.BoughtShare != 0.1 || c.Sent.RevenuePerPerson.Text() != "12.50" && c.Sent.RevenuePerPerson.Text() != "12.5" || c.Holdout.People != 10 || c.Difference.BoughtShare != 0.1 {
		t.Errorf("got %+v", c)
	}
	if r.Rate != 8 || r.Revenue.Text() != "900" {
		t.Errorf("got rate %v and revenue %s", r.Rate, r.Revenue.Text())
	}
}
