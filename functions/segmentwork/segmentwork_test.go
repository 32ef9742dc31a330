//go:build cgo

package segmentwork_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/dangol/dangol/functions/segmentwork"
	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/job"
	"github.com/dangol/dangol/shared/crm/money"
	"github.com/dangol/dangol/shared/crm/order"
	"github.com/dangol/dangol/shared/crm/segments"
	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/shared/lake"
	"github.com/dangol/dangol/shared/lake/membership"
	"github.com/dangol/dangol/shared/lake/sqltext"
	"github.com/dangol/dangol/shared/queue"
	"github.com/dangol/dangol/shared/store"
	"github.com/dangol/dangol/shared/testkit/lakekit"
	"github.com/dangol/dangol/shared/testkit/testenv"
)

// shop is a workspace with its lake and the worker.
type shop struct {
	testing.TB
	*testenv.Place
	*store.Tenant
	lakes  *lakekit.Lakes
	worker *segmentwork.Worker
	names  map[string]string // of customers, by id
}

func open(t testing.TB) *shop {
	t.Helper()
	p := testenv.New(t)
	p.Files(t)
	s := &shop{TB: t, Place: p, Tenant: p.DB.Tenant(p.Owner(t, "mina@shop.kr").Workspace.ID), lakes: lakekit.Open(t, p.Env, p.Engine), names: map[string]string{}}
	s.worker = segmentwork.New(p.Env)
	return s
}

func (s *shop) does(f func(x *store.Tx)) {
	s.Helper()
	x := s.Begin()
	f(x)
	if err := x.Commit(s.Context()); err != nil {
		s.Fatal(err)
	}
}

func (s *shop) customer(name, region string) *customer.Customer {
	c := &customer.Customer{ID: s.NewID(id.Customer), Fields: customer.Fields{Name: name, Address: customer.Address{Region: region}}}
	s.does(func(x *store.Tx) { x.CreateCustomer(c) })
	s.names[c.ID] = name
	return c
}

// goes has a customer move to another region.
func (s *shop) goes(c *customer.Customer, region string) *customer.Customer {
	is := *c
	is.Address.Region = region
	s.does(func(x *store.Tx) { x.SaveCustomer(c, &is) })
	return &is
}

func (s *shop) segment(rule string, m segments.Membership) *segments.Segment {
	g := &segments.Segment{ID: s.NewID(id.Segment), Fields: segments.Fields{Name: rule, Rule: json.RawMessage(rule), Membership: m}}
	s.does(func(x *store.Tx) { x.CreateSegment(g) })
	return g
}

// turn has the worker look at what changed, a while after the last time.
func (s *shop) turn() {
	s.Helper()
	s.Time.Advance(time.Minute)
	if _, err := s.lakes.Follow(s.Context()); err != nil {
		s.Fatal(err)
	}
	body, _ := json.Marshal(membership.Turn{Tenant: s.Tenant.ID})
	failed, err := s.worker.Handle(s.Context(), []queue.Message{{ID: "1", Group: s.Tenant.ID, Body: body, Received: 1}})
	if err != nil || len(failed) > 0 {
		s.Fatalf("turn: failed %v, %v\n%s", failed, err, s.LogText)
	}
}

// rebuild starts a job and works it off.
func (s *shop) rebuild(ref string) *job.Job {
	s.Helper()
	var j *job.Job
	s.does(func(x *store.Tx) { j = x.StartJob(job.SegmentRebuild, ref, 0, nil) })
	return s.Finish(s.TB, s.Tenant, j.ID, s.worker.Handle)
}

// queued works off the jobs that were started by the worker itself.
func (s *shop) queued() (n int) {
	s.Helper()
	jobs, _, err := s.Jobs(s.Context(), store.Page{Limit: 50})
	if err != nil {
		s.Fatal(err)
	}
	for _, j := range jobs {
		if j.Kind == job.SegmentRebuild && j.Status == job.Queued {
			s.Finish(s.TB, s.Tenant, j.ID, s.worker.Handle)
			n++
		}
	}
	return n
}

// stays are those of a segment: name, number, and whether they have ended.
func (s *shop) stays(segmentID string) string {
	s.Helper()
	return s.ask(sqltext.Statement{SQL: `SELECT "customerId", stay, "leftAt" IS NOT NULL, ("enteredAt" <= "leftAt") IS NOT FALSE FROM memberships WHERE "segmentId" = $1 ORDER BY 1, 2`,
		Args: []any{segmentID}}, func(row []any) string {
		end := map[bool]string{false: "in", true: "left"}[row[2].(bool)]
		if !row[3].(bool) {
			end += " before they came"
		}
		return fmt.Sprint(s.names[row[0].(string)], " ", row[1], " ", end)
	})
}

func (s *shop) ask(q sqltext.Statement, say func(row []any) string) string {
	s.Helper()
	l, err := s.Lake(s.Tenant.ID)
	if err != nil {
		s.Fatal(err)
	}
	var out []string
	if err := l.Query(s.Context(), q, func(row []any) error {
		out = append(out, say(row))
		return nil
	}); err != nil {
		s.Fatal(err)
	}
	return strings.Join(out, ", ")
}

func (s *shop) expect(what, got, want string) {
	s.Helper()
	if got != want {
		s.Errorf("%s: got %q, want %q", what, got, want)
	}
}

const seoul = `{"field": "customer.address.region", "op": "eq", "value": "서울"}`

func TestALiveSegmentIsFollowed(t *testing.T) {
	s := open(t)
	kim, lee := s.customer("김", "서울"), s.customer("이", "부산")
	live, frozen := s.segment(seoul, segments.Live), s.segment(seoul, segments.Frozen)
	inner := s.segment(`{"all": [{"segment": "`+live.ID+`"}, {"orders": {"count": ["gte", 1]}}]}`, segments.Live)
	s.turn()
	if got := s.queued(); got != 1 {
		t.Errorf("at the first turn: got %d rebuilds, want 1", got)
	}
	s.expect("at first", s.stays(live.ID), "김 1 in")
	kim, lee = s.goes(kim, "부산"), s.goes(lee, "서울")
	s.turn()
	s.expect("one left, one came", s.stays(live.ID), "김 1 left, 이 1 in")
	s.does(func(x *store.Tx) {
		x.CreateOrder(&order.Order{ID: s.NewID(id.Order), CustomerID: lee.ID, OrderedAt: s.Now(), Total: money.Money{Currency: "KRW"}})
	})
	kim = s.goes(kim, "서울")
	s.turn()
	s.expect("back again is another stay", s.stays(live.ID), "김 1 left, 김 2 in, 이 1 in")
	s.expect("a segment of a segment, by an order", s.stays(inner.ID), "이 1 in")
	s.does(func(x *store.Tx) { x.ArchiveCustomer(kim) })
	s.turn()
	s.expect("an archived customer is in none", s.stays(live.ID), "김 1 left, 김 2 left, 이 1 in")
	s.expect("a frozen one has no stays", s.stays(frozen.ID), "")
	was := s.deltas()
	s.turn()
	if now := s.deltas(); now != was || s.queued() != 0 {
		t.Errorf("a turn in which nothing had changed: %d deltas more", now-was)
	}
}

func (s *shop) deltas() int {
	s.Helper()
	all, err := lake.Deltas(s.Context(), s.Objects(s.Tenant.ID), s.Tenant.ID)
	if err != nil {
		s.Fatal(err)
	}
	return len(all)
}

func TestARebuildFindsWhatTimeHasChanged(t *testing.T) {
	s := open(t)
	kim := s.customer("김", "서울")
	s.customer("이", "서울")
	s.does(func(x *store.Tx) {
		x.CreateOrder(&order.Order{ID: s.NewID(id.Order), CustomerID: kim.ID, OrderedAt: s.Now(), Total: money.Money{Currency: "KRW"}})
	})
	recent := s.segment(`{"orders": {"count": ["gte", 1], "inLast": "P7D"}}`, segments.Live)
	other := s.segment(seoul, segments.Live)
	j := s.rebuild(recent.ID)
	s.expect("the job", string(j.Status)+" "+string(j.Result), `succeeded {"segments":1,"entered":1,"left":0,"segmentVersion":1,"members":1}`)
	s.expect("another segment is not counted", s.stays(other.ID), "")
	s.Time.Advance(30 * 24 * time.Hour)
	j = s.rebuild("")
	s.expect("both", string(j.Status)+" "+string(j.Result), `succeeded {"segments":2,"entered":2,"left":1,"segmentVersion":1,"members":2}`)
	s.expect("a month later", s.stays(recent.ID), "김 1 left")
	s.expect("sizes", s.sizes(recent.ID), "2026-03-02 1, 2026-04-01 0")
	s.does(func(x *store.Tx) { x.RemoveSegment(other) })
	s.rebuild(other.ID)
	s.expect("a segment that is gone has no members", s.stays(other.ID), "김 1 left, 이 1 left")
}

func (s *shop) sizes(segmentID string) string {
	s.Helper()
	return s.ask(membership.Sizes(segmentID, "2026-01-01"), func(row []any) string { return fmt.Sprint(row[0], " ", row[2]) })
}

// TestASegmentThatCannotBeAsked holds up no other.
func TestASegmentThatCannotBeAsked(t *testing.T) {
	s := open(t)
	kim := s.customer("김", "부산")
	gone := s.segment(seoul, segments.Live)
	broken, live := s.segment(`{"segment": "`+gone.ID+`"}`, segments.Live), s.segment(seoul, segments.Live)
	s.does(func(x *store.Tx) { x.RemoveSegment(gone) })
	s.turn()
	s.queued()
	s.goes(kim, "서울")
	s.turn()
	s.expect("the one that can", s.stays(live.ID), "김 1 in")
	s.expect("the one that cannot", s.stays(broken.ID), "")
	if !strings.Contains(s.LogText.String(), broken.ID) {
		t.Error("nobody is told of the segment that cannot be asked")
	}
}
