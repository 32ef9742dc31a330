package schedule_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/dangol/dangol/functions/schedule"
	"github.com/dangol/dangol/shared/crm/campaign"
	"github.com/dangol/dangol/shared/crm/due"
	"github.com/dangol/dangol/shared/crm/job"
	"github.com/dangol/dangol/shared/crm/segments"
	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/shared/store"
	"github.com/dangol/dangol/shared/table"
	"github.com/dangol/dangol/shared/testkit/testenv"
)

// shop is a workspace in Seoul with the calendar of its place. Its own nights are on it from the sign-up.
type shop struct {
	testing.TB
	*testenv.Place
	*store.Tenant
	worker *schedule.Worker
}

func open(t testing.TB) *shop {
	t.Helper()
	p := testenv.New(t)
	p.Files(t)
	s := &shop{TB: t, Place: p, Tenant: p.DB.Tenant(p.Owner(t, "mina@shop.kr").Workspace.ID), worker: schedule.New(p.Env)}
	tx := s.Begin()
	tx.Schedule(due.Scores, "", due.NextNight(s.Now(), time.FixedZone("KST", 9*3600)))
	s.must(tx.Commit(t.Context()))
	return s
}

func (s *shop) must(err error) {
	s.Helper()
	if err != nil {
		s.Fatal(err)
	}
}

// tick looks for every kind, each by itself.
func (s *shop) tick() {
	s.Helper()
	for _, kind := range due.Kinds() {
		s.must(s.worker.Tick(s.Context(), kind))
	}
}

// started lists the jobs of the workspace, the first first: "03:00 scoreRebuild", by the clock of Seoul.
func (s *shop) started() (lines []string) {
	s.Helper()
	all, _, err := s.Jobs(s.Context(), store.Page{Limit: 100})
	s.must(err)
	for _, j := range slices.Backward(all) {
		lines = append(lines, j.CreatedAt.Add(9*time.Hour).Format("02 15:04 ")+string(j.Kind))
	}
	return lines
}

// dates lists what stands on the calendar in the next ten days.
func (s *shop) dates() (lines []string) {
	s.Helper()
	for _, kind := range due.Kinds() {
		all, err := s.DB.DueBy(s.Context(), kind, s.Time.Now().AddDate(0, 0, 10), 100)
		s.must(err)
		for _, d := range all {
			lines = append(lines, d.At.Add(9*time.Hour).Format("02 15:04 ")+string(d.Kind))
		}
	}
	slices.Sort(lines)
	return lines
}

func (s *shop) expect(what string, got []string, want ...string) {
	s.Helper()
	if !slices.Equal(got, want) {
		s.Errorf("%s: got %q, want %q", what, got, want)
	}
}

func (s *shop) exported(name string, every due.Every) string {
	s.Helper()
	segment := &segments.Segment{ID: s.NewID(id.Segment), Fields: segments.Fields{Name: name, Rule: json.RawMessage(`{"all": []}`), Membership: segments.Live, ExportEvery: every}}
	tx := s.Begin()
	tx.CreateSegment(segment)
	tx.Schedule(due.Export, segment.ID, due.Daily.Next(s.Now(), time.FixedZone("KST", 9*3600)))
	s.must(tx.Commit(s.Context()))
	return segment.ID
}

func TestTheNightComesOnceADay(t *testing.T) {
	s := open(t)
	s.tick()
	s.expect("in the evening", s.started())
	s.Time.Advance(6*time.Hour - time.Minute)
	s.tick()
	s.expect("at 02:59", s.started())
	s.Time.Advance(time.Minute)
	for range 3 {
		s.tick()
	}
	s.expect("at 03:00, thrice", s.started(), "03 03:00 scoreRebuild")
	s.expect("calendar", s.dates(), "04 03:00 scores")
	s.Time.Advance(75 * time.Hour) // the laptop was closed for three days: one rebuild, not three
	s.tick()
	s.tick()
	s.expect("after three days", s.started(), "03 03:00 scoreRebuild", "06 06:00 scoreRebuild")
	s.expect("calendar after three days", s.dates(), "07 03:00 scores")
}

func TestTicksAtOnceTakeADateOnce(t *testing.T) {
	s := open(t)
	for i := range 20 {
		s.exported(fmt.Sprint(i), due.Daily)
	}
	s.Time.Advance(6 * time.Hour)
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for _, kind := range due.Kinds() {
				if err := s.worker.Tick(t.Context(), kind); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	if got := len(s.started()); got != 21 {
		t.Errorf("got %d jobs, want one for each of 21 dates", got)
	}
	if got := len(s.dates()); got != 21 {
		t.Errorf("got %d dates for the next night, want 21", got)
	}
}

// The process ends before the write or its answer is lost: the next tick takes what is left, and only that.
func TestACrashLosesNoDate(t *testing.T) {
	for name, after := range map[string]bool{"before the write": false, "after the write": true} {
		t.Run(name, func(t *testing.T) {
			s := open(t)
			s.Time.Advance(6 * time.Hour)
			die := func([]table.Op) error { return testenv.ErrCut }
			if after {
				s.Engine.Faults.CrashAfterWrite(die)
			} else {
				s.Engine.Faults.CrashBeforeWrite(die)
			}
			s.tick()
			s.Engine.Faults.CrashAfterWrite(nil)
			s.Engine.Faults.CrashBeforeWrite(nil)
			s.tick()
			s.expect("jobs", s.started(), "03 03:00 scoreRebuild")
			s.expect("calendar", s.dates(), "04 03:00 scores")
		})
	}
}

func TestWhatAnExportsDateAsksFor(t *testing.T) {
	s := open(t)
	weekly, gone, off := s.exported("주간", due.Weekly), s.exported("지운", due.Daily), s.exported("끈", due.Daily)
	tx := s.Begin()
	was, err := s.Segment(t.Context(), gone)
	s.must(err)
	tx.RemoveSegment(was)
	was, err = s.Segment(t.Context(), off)
	s.must(err)
	was.ExportEvery = ""
	tx.SaveSegment(was, []string{"exportEvery"})
	s.must(tx.Commit(t.Context()))
	s.Time.Advance(6 * time.Hour)
	s.tick()
	jobs := s.started()
	slices.Sort(jobs)
	s.expect("jobs", jobs, "03 03:00 scoreRebuild", "03 03:00 segmentExport")
	s.expect("calendar", s.dates(), "04 03:00 scores", "09 03:00 export") // the Monday after
	all, _, err := s.Jobs(t.Context(), store.Page{Limit: 10})
	s.must(err)
	for _, listed := range all {
		j, err := s.Job(t.Context(), listed.ID)
		s.must(err)
		if j.Kind == job.SegmentExport && (j.Ref != weekly || string(j.Params) != `{"segmentId":"`+weekly+`","format":"csv","scheduled":true}`) {
			t.Errorf("got %s %s", j.Ref, j.Params)
		}
	}
}

func TestATenantThatIsGoneDoesNotHoldUpTheOthers(t *testing.T) {
	s := open(t)
	nobody := s.DB.Tenant(s.NewID(id.Workspace))
	tx := nobody.Begin()
	tx.Schedule(due.Scores, "", s.Now())
	tx.Schedule(due.Export, "seg_01KJQ6PSG02X9YPKYC3QEKNM3P", s.Now())
	s.must(tx.Commit(t.Context()))
	s.Time.Advance(6 * time.Hour)
	s.tick()
	s.expect("jobs", s.started(), "03 03:00 scoreRebuild")
	s.expect("calendar", s.dates(), "04 03:00 scores")
}

// Each kind has a schedule of its own: a tick leaves the others alone.
func TestATickStartsItsKindAlone(t *testing.T) {
	s := open(t)
	s.exported("매일", due.Daily)
	s.Time.Advance(6 * time.Hour)
	s.must(s.worker.Tick(t.Context(), due.Export))
	s.expect("after the look for exports", s.started(), "03 03:00 segmentExport")
	s.expect("calendar", s.dates(), "03 03:00 scores", "04 03:00 export")
	if err := s.worker.Tick(t.Context(), "birthdays"); err == nil {
		t.Error("a kind that nobody knows was looked for")
	}
}

// More dates than are read at a time, beside one of a campaign that is under way.
func TestATickGoesOnWhileThereIsMore(t *testing.T) {
	s := open(t)
	for i := range 26 {
		tx := s.Begin()
		for j := range 25 {
			tx.Schedule(due.Campaigns, id.Derived(id.Campaign, fmt.Sprint(i, j)), s.Now())
		}
		s.must(tx.Commit(t.Context()))
	}
	s.must(s.worker.Tick(t.Context(), due.Campaigns))
	left, err := s.DB.DueBy(t.Context(), due.Campaigns, s.Time.Now(), 1000)
	if err != nil || len(left) != 0 {
		t.Errorf("got %d of 650 left, %v", len(left), err)
	}
}

// An index that lags shows dates that are taken: they are not taken again.
func TestALateIndexShowsNothingTwice(t *testing.T) {
	s := open(t)
	s.Time.Advance(6 * time.Hour)
	s.must(s.Engine.Faults.DelayIndexes(time.Minute))
	for range 3 {
		s.tick()
	}
	s.must(s.Engine.Faults.DelayIndexes(0))
	s.expect("jobs", s.started(), "03 03:00 scoreRebuild")
	s.expect("calendar", s.dates(), "04 03:00 scores")
}

// What a tick writes for a campaign is one message, and the date at which it asks again; the look itself is the worker's.
func TestADateOfACampaignAsksForALook(t *testing.T) {
	s := open(t)
	campaignID := id.Derived(id.Campaign, "spring")
	tx := s.Begin()
	tx.Schedule(due.Campaigns, campaignID, s.Now())
	s.must(tx.Commit(t.Context()))
	var wrote []table.Op
	s.Engine.Faults.CrashBeforeWrite(func(ops []table.Op) error { wrote = append(wrote, ops...); return nil })
	s.must(s.worker.Tick(t.Context(), due.Campaigns))
	s.Engine.Faults.CrashBeforeWrite(nil)
	var e store.Event
	if len(wrote) != 2 || wrote[0].Kind != table.OpDelete || wrote[1].Kind != table.OpPut || json.Unmarshal(wrote[1].Item.Event, &e) != nil {
		t.Fatalf("got %+v, want the date gone and one put", wrote)
	}
	var asked campaign.Look
	s.must(json.Unmarshal(e.Data, &asked))
	want := campaign.Look{Tenant: s.ID, Campaign: campaignID, Again: s.Now().Truncate(time.Second).Add(15 * time.Minute)}
	if e.Type != store.LookDue || e.Tenant != s.ID || asked != want {
		t.Errorf("got %s %+v, want %+v", e.Type, asked, want)
	}
	s.expect("calendar", s.dates(), "02 21:15 campaigns", "03 03:00 scores")
}

// An upgrade finds the calendar of the release before: the night comes all the same, once.
func TestTheNightComesAfterAnUpgrade(t *testing.T) {
	s := open(t)
	const night = "2026-03-02T18:00:00.000Z"
	tx := s.Begin()
	tx.Done(store.Due{Kind: due.Scores, Tenant: s.ID, At: time.Date(2026, 3, 2, 18, 0, 0, 0, time.UTC)})
	tx.Append(table.Op{Table: table.Ops, Kind: table.OpPut, Item: table.Item{Key: table.Key{PK: "due#2", SK: night + "#scores#" + s.ID + "#"}, Head: []byte(`{"kind":"scores"}`)}})
	s.must(tx.Commit(t.Context()))
	s.expect("calendar before", s.dates())
	s.tick()
	s.expect("calendar after the first tick", s.dates(), "03 03:00 scores")
	s.Time.Advance(6 * time.Hour)
	for range 2 {
		s.tick()
	}
	s.expect("jobs", s.started(), "03 03:00 scoreRebuild")
	s.expect("calendar", s.dates(), "04 03:00 scores")
}

// Files are looked through when the calendar says so; when next is for who looked to say.
func TestWhatADateOfFilesAsksFor(t *testing.T) {
	s := open(t)
	tx := s.Begin()
	tx.LookForFiles(s.Now())
	s.must(tx.Commit(t.Context()))
	s.Time.Advance(6*time.Hour - time.Minute)
	s.tick()
	s.expect("before the day", s.started())
	s.Time.Advance(36 * time.Hour)
	s.must(s.worker.Tick(t.Context(), due.Files))
	s.must(s.worker.Tick(t.Context(), due.Files))
	if got := s.started(); len(got) != 1 || !strings.HasSuffix(got[0], " fileExpiry") {
		t.Errorf("got %q", got)
	}
}
