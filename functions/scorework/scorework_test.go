//go:build cgo

package scorework_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/dangol/dangol/functions/scorework"
	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/job"
	"github.com/dangol/dangol/shared/crm/money"
	"github.com/dangol/dangol/shared/crm/order"
	"github.com/dangol/dangol/shared/crm/score"
	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/shared/lake"
	"github.com/dangol/dangol/shared/lake/scorebook"
	"github.com/dangol/dangol/shared/lake/sqltext"
	"github.com/dangol/dangol/shared/queue"
	"github.com/dangol/dangol/shared/store"
	"github.com/dangol/dangol/shared/table"
	"github.com/dangol/dangol/shared/testkit/lakekit"
	"github.com/dangol/dangol/shared/testkit/testenv"
)

// shop is a workspace in Seoul with the worker of its scores.
type shop struct {
	testing.TB
	*testenv.Place
	*store.Tenant
	worker *scorework.Worker
	ids    []string
}

func open(t testing.TB, customers int) *shop {
	t.Helper()
	p := testenv.New(t)
	p.Files(t)
	lakekit.Open(t, p.Env, p.Engine)
	s := &shop{TB: t, Place: p, Tenant: p.DB.Tenant(p.Owner(t, "mina@shop.kr").Workspace.ID), worker: scorework.New(p.Env)}
	var all sync.WaitGroup
	s.ids = make([]string, customers)
	for i := range customers {
		s.ids[i] = s.NewID(id.Customer)
		all.Go(func() {
			tx := s.Begin()
			tx.CreateCustomer(&customer.Customer{ID: s.ids[i], Fields: customer.Fields{Name: fmt.Sprint(i)}})
			if err := tx.Commit(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	return s
}

func (s *shop) must(err error) {
	s.Helper()
	if err != nil {
		s.Fatal(err)
	}
}

func (s *shop) buys(customer int, at string) {
	s.Helper()
	paid, err := money.Parse("1000", "KRW")
	s.must(err)
	when, err := time.Parse(time.RFC3339, at)
	s.must(err)
	tx := s.Begin()
	tx.CreateOrder(&order.Order{ID: s.NewID(id.Order), CustomerID: s.ids[customer], OrderedAt: when, Total: paid})
	s.must(tx.Commit(s.Context()))
}

// start asks for a rebuild as of a day in Seoul, "" for today.
func (s *shop) start(asOf string) string {
	s.Helper()
	var p score.RebuildParams
	if asOf != "" {
		day, err := time.ParseInLocation(time.DateOnly, asOf, time.FixedZone("KST", 9*3600))
		s.must(err)
		p.AsOf = &day
	}
	tx := s.Begin()
	j := tx.StartJob(job.ScoreRebuild, "", 0, p)
	s.must(tx.Commit(s.Context()))
	return j.ID
}

func (s *shop) rebuild(asOf string) *job.Job {
	s.Helper()
	return s.Finish(s.TB, s.Tenant, s.start(asOf), s.worker.Handle)
}

// bands is a customer's present score: day, days since the last order, orders.
func (s *shop) bands(customer int) string {
	s.Helper()
	sc, err := s.score(customer, "")
	s.must(err)
	if sc == nil || sc.RFM == nil {
		return "none"
	}
	return fmt.Sprintf("%s: %d days, %d orders", sc.AsOf, sc.RFM.DaysSinceLast, sc.RFM.Orders)
}

// score is a customer's at the end of a day that is kept, or the present one for "".
func (s *shop) score(customer int, asOf string) (*score.Score, error) {
	return scorebook.Of(s.Context(), s.Tenant, s.Objects(s.Tenant.ID), s.ids[customer], asOf)
}

func (s *shop) history(customer int) string {
	s.Helper()
	points, err := s.ScoreHistory(s.Context(), s.ids[customer], 100)
	s.must(err)
	var days []string
	for _, p := range points {
		days = append(days, p.AsOf)
	}
	return strings.Join(days, " ")
}

// A day is the workspace's: an order just before midnight in Seoul belongs to it, one just after does not.
func TestABackTestIgnoresLaterOrders(t *testing.T) {
	s := open(t, 2)
	s.buys(0, "2026-01-31T14:59:59Z") // 23:59:59 in Seoul
	s.buys(0, "2026-01-31T15:00:00Z") // midnight
	s.buys(1, "2026-02-20T00:00:00Z")
	for _, c := range []struct{ asOf, first, second string }{
		{"2026-01-31", "2026-01-31: 0 days, 1 orders", "none"},
		{"2026-02-01", "2026-02-01: 0 days, 2 orders", "none"},
		{"", "2026-03-02: 29 days, 2 orders", "2026-03-02: 10 days, 1 orders"},
	} {
		if j := s.rebuild(c.asOf); j.Status != job.Succeeded || j.Done != 2 || j.Total != 2 {
			t.Errorf("as of %q: got %s, %d of %d", c.asOf, j.Status, j.Done, j.Total)
		}
		if got := s.bands(0); got != c.first {
			t.Errorf("as of %q: got %s, want %s", c.asOf, got, c.first)
		}
		if got := s.bands(1); got != c.second {
			t.Errorf("as of %q, the second: got %s, want %s", c.asOf, got, c.second)
		}
	}
	days, err := s.Summaries(t.Context(), 10)
	if err != nil || strings.Join(days, " ") != "2026-03-02 2026-02-01 2026-01-31" {
		t.Errorf("got pictures of %q, %v", days, err)
	}
}

func TestHistoryIsOnlyOfDaysOnWhichBandsChange(t *testing.T) {
	s := open(t, 5)
	for i, at := range []string{"2026-02-20T00:00:00Z", "2026-02-18T00:00:00Z", "2026-02-16T00:00:00Z", "2026-02-14T00:00:00Z", "2026-02-12T00:00:00Z"} {
		s.buys(i, at)
	}
	for range 3 { // quiet days
		s.rebuild("")
		s.Time.Advance(24 * time.Hour)
	}
	if got := s.history(0) + " / " + s.history(4); got != "2026-03-02 / 2026-03-02" {
		t.Errorf("quiet days: got %s", got)
	}
	s.buys(4, "2026-03-05T00:00:00Z") // the last becomes the first
	s.rebuild("")
	s.rebuild("")
	if got := s.history(0) + " / " + s.history(4); got != "2026-03-05 2026-03-02 / 2026-03-05 2026-03-02" {
		t.Errorf("after an order: got %s", got)
	}
}

// The grid of the end of February against that of today: the last buyer becomes the first, all others go down or stay, and one comes.
func TestWhoMovedInTheGridSinceTheMonthBefore(t *testing.T) {
	s := open(t, 7)
	for i, at := range []string{"2026-02-20T00:00:00Z", "2026-02-18T00:00:00Z", "2026-02-16T00:00:00Z", "2026-02-14T00:00:00Z", "2026-02-12T00:00:00Z"} {
		s.buys(i, at)
	}
	s.rebuild("2026-02-28")
	s.buys(4, "2026-03-01T00:00:00Z")
	s.buys(4, "2026-03-01T01:00:00Z")
	s.buys(5, "2026-03-02T00:00:00Z")
	s.rebuild("")
	sum, err := s.Summary(t.Context(), "")
	s.must(err)
	var got []string
	for _, m := range sum.Moves {
		got = append(got, fmt.Sprintf("%d%d>%d%d %d", m.FromR, m.FromF, m.ToR, m.ToF, m.Customers))
	}
	want := "53>33 1 43>33 1 33>23 1 23>13 1 13>45 1 00>53 1"
	if strings.Join(got, " ") != want || sum.MovedSince != "2026-02-28" {
		t.Errorf("since %s: got %s, want %s", sum.MovedSince, strings.Join(got, " "), want)
	}
	for customer, want := range map[int]string{0: "53", 4: "13", 5: "00"} {
		if now, err := s.score(customer, ""); err != nil || fmt.Sprint(now.RFM.BeforeR, now.RFM.BeforeF) != want[:1]+" "+want[1:] {
			t.Errorf("customer %d: got %+v, %v, want from %s", customer, now.RFM, err, want)
		}
	}
	if old, err := s.score(4, "2026-02-28"); err != nil || old.RFM.R != 1 {
		t.Errorf("the score of the month's end: got %+v, %v", old, err)
	}
	if _, err := s.score(4, "2026-02-27"); err == nil {
		t.Error("there is a score of a day of which there is no picture")
	}
}

// A rebuild of an earlier day is kept as that day's, and takes the place of the present scores only when it is asked to. The table, and the lake, have the present ones.
func TestABackTestDoesNotTakeThePlaceOfThePresent(t *testing.T) {
	s := open(t, 1)
	s.buys(0, "2026-02-20T00:00:00Z")
	s.rebuild("")
	s.rebuild("2026-02-21")
	earlier, err := s.score(0, "2026-02-21")
	s.must(err)
	if got := fmt.Sprint(s.bands(0), " / ", earlier.RFM.DaysSinceLast, " / ", s.inLake()); got != "2026-03-02: 10 days, 1 orders / 1 / 2026-03-02" {
		t.Errorf("got %s", got)
	}
	day := time.Date(2026, 2, 21, 12, 0, 0, 0, time.UTC)
	tx := s.Begin()
	j := tx.StartJob(job.ScoreRebuild, "", 0, score.RebuildParams{AsOf: &day, Replace: true})
	s.must(tx.Commit(t.Context()))
	s.Finish(t, s.Tenant, j.ID, s.worker.Handle)
	if got := fmt.Sprint(s.bands(0), " / ", s.inLake()); got != "2026-02-21: 1 days, 1 orders / 2026-02-21" {
		t.Errorf("after it was asked to: got %s", got)
	}
}

// inLake are the days of the scores that the lake has.
func (s *shop) inLake() (days string) {
	s.Helper()
	l, err := s.Env.Lake(s.Tenant.ID)
	s.must(err)
	s.must(l.Query(s.Context(), sqltext.Statement{SQL: `SELECT string_agg(DISTINCT CAST("asOf" AS VARCHAR), ' ') FROM scores`}, func(row []any) error {
		days, _ = row[0].(string)
		return nil
	}))
	return days
}

// Two customers of an e-mail campaign of 9,000 won got it: one once, one twice by sending it again; a third one's message bounced. A campaign in dollars is left out of every profit.
// Of their four messages one was opened, so that the response score of who opened one of two is (1 + 2 x 0.25) / (2 + 2).
func TestCampaignCostsAreSharedOutOverDeliveredMessages(t *testing.T) {
	s := open(t, 6)
	for i := range 5 {
		s.buys(i, "2026-02-20T00:00:00Z")
	}
	s.rebuild("") // the lake is there
	at := time.Date(2026, 2, 21, 0, 0, 0, 0, time.UTC)
	row := func(subject, id string, cells ...lake.Cell) lake.Row {
		return lake.Row{Subject: subject, ID: id, Version: 1, At: at, Cells: cells}
	}
	priced := func(id string, units lake.Units, currency string) lake.Row {
		return row("campaigns", id, lake.Cell{Column: "cost.amount", Value: units}, lake.Cell{Column: "cost.currency", Value: currency})
	}
	sent := func(id, campaign string, customer int, delivered bool) lake.Row {
		cells := []lake.Cell{{Column: "campaignId", Value: campaign}, {Column: "customerId", Value: s.ids[customer]}, {Column: "plannedAt", Value: at}, {Column: "channel", Value: "email"}}
		if delivered {
			cells = append(cells, lake.Cell{Column: "deliveredAt", Value: at})
		}
		if id == "m2" {
			cells = append(cells, lake.Cell{Column: "openedAt", Value: at})
		}
		return row("messages", id, cells...)
	}
	_, err := lake.WriteDelta(t.Context(), s.Objects(s.Tenant.ID), s.Tenant.ID, []lake.Row{
		priced("won", 90_000_000, "KRW"), priced("dollars", 70_000, "USD"),
		sent("m1", "won", 0, true), sent("m2", "won", 5, true), sent("m3", "won", 5, true), sent("m4", "won", 1, false), sent("m5", "dollars", 0, true),
	})
	s.must(err)
	s.rebuild("")
	var got []string
	for _, customer := range []int{0, 1, 5} {
		sc, err := s.score(customer, "")
		s.must(err)
		got = append(got, sc.ProfitContribution.Profit.Text())
	}
	sum, err := s.Summary(t.Context(), "")
	if sc, err := s.score(5, ""); err != nil || len(sc.Responses) != 1 || sc.Responses[0] != (score.Response{Channel: "email", Delivered: 2, Responses: 1, Rate: 0.375}) {
		t.Errorf("two delivered, one opened: got %+v, %v", sc.Responses, err)
	}
	if want := "-2000 1000 -6000"; err != nil || strings.Join(got, " ") != want || len(sum.OtherCosts) != 1 || sum.OtherCosts[0].Text() != "7.00" {
		t.Errorf("got %s, left out %v, %v; want %s and 7 dollars", strings.Join(got, " "), sum.OtherCosts, err, want)
	}
	s.rebuild("2026-02-20")
	if then, err := s.score(0, "2026-02-20"); err != nil || then.ProfitContribution.Profit.Text() != "1000" {
		t.Errorf("the day before they were delivered: got %+v, %v", then, err)
	}
}

// A workspace without customers has a picture of nobody, again and again.
func TestNobodyIsScored(t *testing.T) {
	s := open(t, 0)
	for range 2 {
		if j := s.rebuild(""); j.Status != job.Succeeded || j.Total != 0 {
			t.Fatalf("got %s of %d", j.Status, j.Total)
		}
	}
	if sum, err := s.Summary(t.Context(), ""); err != nil || sum.Customers != 0 || s.inLake() != "" {
		t.Errorf("got %+v, %v, and scores of %s in the lake", sum, err, s.inLake())
	}
}

// Each day keeps its model card: with the model of the settings of then, or the one that the rebuild named. Five customers are too few for any.
func TestEachDayKeepsItsModelCard(t *testing.T) {
	s := open(t, 5)
	for i := range 5 {
		s.buys(i, "2026-02-20T00:00:00Z")
	}
	s.rebuild("2026-02-27")
	ws, err := s.Workspace(t.Context())
	s.must(err)
	ws.ScoreModel, ws.MarginPercent = score.ParetoNBD, 35
	tx := s.Begin()
	tx.SaveWorkspace(ws, []string{"scoreModel", "marginPercent"})
	s.must(tx.Commit(t.Context()))
	s.rebuild("2026-02-28")
	tx = s.Begin()
	j := tx.StartJob(job.ScoreRebuild, "", 0, score.RebuildParams{Model: score.MBGNBD, HorizonDays: 30})
	s.must(tx.Commit(t.Context()))
	s.Finish(t, s.Tenant, j.ID, s.worker.Handle)
	for day, want := range map[string]string{
		"2026-02-27": "bgNbd by settings, 365 days at 100 %: tooFewBuyers 5 of 500",
		"2026-02-28": "paretoNbd by settings, 365 days at 35 %: tooFewBuyers 5 of 500",
		"2026-03-02": "mbgNbd by rebuild, 30 days at 35 %: tooFewBuyers 5 of 500",
	} {
		c, err := s.ScoreCard(t.Context(), day)
		s.must(err)
		lack := c.NotEnoughData
		got := fmt.Sprintf("%s by %s, %d days at %.0f %%: %s %d of %d", c.Chosen, c.ChosenBy, c.Terms.HorizonDays, c.Terms.MarginPercent, lack.Reason, lack.Have, lack.Need)
		if got != want {
			t.Errorf("%s: got %s, want %s", day, got, want)
		}
	}
	sc, err := s.score(0, "")
	s.must(err)
	if sc.NoForecast != score.TooFewBuyers || sc.PAlive != nil || sc.RFM == nil {
		t.Errorf("got %+v, want the reason beside the bands", sc)
	}
	if c, err := s.DB.Tenant(id.Derived(id.Workspace, "another")).ScoreCard(t.Context(), "2026-03-02"); err == nil {
		t.Errorf("another tenant reads %+v", c)
	}
}

// round is how many customers are written between two looks at the clock.
const round = 8 * store.ScoresPerTx

func TestARebuildGoesOnWhereItStopped(t *testing.T) {
	s := open(t, round+1)
	for i := range 3 {
		s.buys(i, "2026-02-20T00:00:00Z")
	}
	jobID := s.start("")
	s.Engine.Faults.CrashAfterWrite(func(ops []table.Op) error {
		if len(ops) > 1 { // scores, not the job
			s.Time.Advance(time.Minute)
		}
		return nil
	})
	if failed, err := s.worker.Handle(t.Context(), []queue.Message{testenv.Hop(t, s.Tenant, jobID)}); err != nil || len(failed) > 0 {
		t.Fatalf("got %v %v", failed, err)
	}
	s.Engine.Faults.CrashAfterWrite(nil)
	j, err := s.Job(t.Context(), jobID)
	if err != nil || j.Status != job.Running || j.Hop != 1 || j.Done != round {
		t.Errorf("after the first hop: got %s, hop %d, %d done, %v", j.Status, j.Hop, j.Done, err)
	}
	if _, err := s.Summary(t.Context(), ""); err == nil {
		t.Error("there is a picture before the end")
	}
	if s.bands(round) != "none" {
		t.Error("the last customer is scored already")
	}
	s.Time.Advance(24 * time.Hour) // over midnight: the day is the first hop's
	if j = s.Finish(t, s.Tenant, jobID, s.worker.Handle); j.Status != job.Succeeded || j.Done != round+1 {
		t.Errorf("at the end: got %s, %d done", j.Status, j.Done)
	}
	if got := s.bands(0); got != "2026-03-02: 10 days, 1 orders" {
		t.Errorf("got %s", got)
	}
	sum, err := s.Summary(t.Context(), "")
	if err != nil || sum.Customers != round+1 || sum.Buyers != 3 || sum.AsOf != "2026-03-02" {
		t.Errorf("got %+v, %v", sum, err)
	}
}

// The picture is of one rebuild: one that was stopped half way leaves the old picture.
func TestACanceledRebuildShowsNoPicture(t *testing.T) {
	s := open(t, 1)
	s.buys(0, "2026-02-20T00:00:00Z")
	jobID := s.start("")
	j, err := s.Job(t.Context(), jobID)
	s.must(err)
	j.CancelAsked = true
	tx := s.Begin()
	tx.SaveJob(j, false)
	s.must(tx.Commit(t.Context()))
	if j = s.Finish(t, s.Tenant, jobID, s.worker.Handle); j.Status != job.Canceled {
		t.Errorf("got %s", j.Status)
	}
	if sum, err := s.Summary(t.Context(), ""); err == nil {
		t.Errorf("got the picture %+v", sum)
	}
}

// The worker ends after each write in turn; handed over anew, scores and history are as if nothing had happened.
func TestACrashAfterAnyWriteChangesNothing(t *testing.T) {
	for at, more := 1, true; more; at++ {
		s := open(t, 3)
		s.buys(0, "2026-02-20T00:00:00Z")
		jobID, writes := s.start(""), 0
		s.Engine.Faults.CrashAfterWrite(func([]table.Op) error {
			if writes++; writes >= at {
				return context.DeadlineExceeded
			}
			return nil
		})
		_, err := s.worker.Handle(t.Context(), []queue.Message{testenv.Hop(t, s.Tenant, jobID)})
		s.must(err)
		s.Engine.Faults.CrashAfterWrite(nil)
		more = writes >= at
		s.Finish(t, s.Tenant, jobID, s.worker.Handle)
		if got := s.bands(0) + ", changed " + s.history(0); got != "2026-03-02: 10 days, 1 orders, changed 2026-03-02" {
			t.Errorf("cut at %d: got %s", at, got)
		}
	}
}
