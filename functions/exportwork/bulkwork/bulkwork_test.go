//go:build cgo

package bulkwork_test

import (
	"fmt"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/dangol/dangol/shared/crm/bulk"
	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/job"
	"github.com/dangol/dangol/shared/crm/timeline"
	"github.com/dangol/dangol/shared/store"
	"github.com/dangol/dangol/shared/table"
)

func to(s string) *string { return &s }

var (
	seoul = customer.Fields{Address: customer.Address{Region: "서울"}, Tags: []string{"old"}, OwnerID: "usr_1"}
	busan = customer.Fields{Address: customer.Address{Region: "부산"}, Tags: []string{"old"}}
	all   = bulk.Who{All: true}
	vip   = bulk.Change{AddTags: []string{"vip"}, RemoveTags: []string{"OLD"}, OwnerID: to("usr_2"), LifecycleStage: to("regular")}
)

const many = 120 // customers of three pieces

func TestAListIsChangedAndTakenBack(t *testing.T) {
	s := open(t)
	next := s.neighbour()
	s.come(many, seoul)
	s.come(3, busan)
	next.come(3, seoul)
	j := s.runs(bulk.Who{Filter: "address.region eq 서울"}, vip)
	s.expect("changed", s.book(j), "succeeded: 120 = 120 + 0 + 0")
	s.expect("the customers", s.people(), "120 vip|usr_2|regular, 3 old||")
	if j.Total != many || j.Done != many || j.UndoUntil == nil || s.lists(j.ID) {
		t.Errorf("got %d of %d, undo until %v, the list kept %v", j.Done, j.Total, j.UndoUntil, s.lists(j.ID))
	}
	if again := s.runs(bulk.Who{Filter: "address.region eq 서울"}, vip); again.UndoUntil != nil {
		t.Errorf("what changed nobody can be undone until %v", again.UndoUntil)
	} else {
		s.expect("again", s.book(again), "succeeded: 120 = 0 + 120 + 0")
	}
	s.expect("searched too", s.book(s.runs(bulk.Who{Filter: "address.region eq 서울", Search: "손님0007"}, bulk.Change{AddTags: []string{"7"}})), "succeeded: 1 = 1 + 0 + 0")
	s.edits(7, func(c *customer.Customer) { c.Tags = []string{"vip"} })
	s.expect("undone", s.book(s.undoes(j.ID)), "succeeded: 120 = 120 + 0")
	s.expect("the customers", s.people(), "120 old|usr_1|, 3 old||")
	s.expect("the neighbour", next.people(), "3 old|usr_1|")
}

// What a job changes is put down to who asked for it; what the clock asked for, to the worker.
func TestWhoChangedIt(t *testing.T) {
	s := open(t)
	s.come(1, seoul)
	const mina, key = "usr_01JD8Z4N6T0QF5W9E2R7Y1K3MB", "key_01JD8Z4N6T0QF5W9E2R7Y1K3MB"
	var last *job.Job
	for i, who := range []string{mina, key, "schedule"} {
		s.Tenant = s.As(who)
		last = s.runs(all, bulk.Change{AddTags: []string{strconv.Itoa(i)}})
		if last.StartedBy != who {
			t.Errorf("a job of %s says that %q started it", who, last.StartedBy)
		}
	}
	s.Tenant = s.As(key)
	s.undoes(last.ID)
	entries, _, err := s.Timeline(t.Context(), s.ids[0], store.Page{Limit: 100})
	s.must(err)
	var wrote []string
	for _, e := range entries {
		if e.Type == timeline.ProfileChanged {
			wrote = append(wrote, e.Actor)
		}
	}
	if want := []string{key, "exportwork", key, mina}; !slices.Equal(wrote, want) {
		t.Errorf("the timeline, newest first, says %v, want %v", wrote, want)
	}
}

func TestArchivedInBulkAndBack(t *testing.T) {
	s := open(t)
	s.come(many, seoul)
	s.does(func(x *store.Tx) { x.ArchiveCustomer(s.read(0)) })
	j := s.runs(all, bulk.Change{Archive: true, AddTags: []string{"gone"}})
	s.expect("archived", s.book(j), "succeeded: 119 = 119 + 0 + 0") // one is in no list any more
	s.expect("the customers", s.people(), "1 old|usr_1||archived, 119 old+gone|usr_1||archived")
	s.expect("nobody is left", s.book(s.runs(all, bulk.Change{Archive: true})), "succeeded: 0 = 0 + 0 + 0")
	taken := &customer.Customer{ID: "cus_01JD8Z4N6T0QF5W9E2R7Y1K3MB", Fields: customer.Fields{Email: s.read(5).Email}}
	s.does(func(x *store.Tx) { x.CreateCustomer(taken) })
	s.expect("undone", s.book(s.undoes(j.ID)), "succeeded: 119 = 118 + 1, 5 customer_duplicate")
	s.expect("the customers", s.people(), "1 old|usr_1||archived, 118 old|usr_1|, 1 old+gone|usr_1||archived")
}

func TestWhoCannotBeChanged(t *testing.T) {
	s := open(t)
	s.come(4, busan)
	s.does(func(x *store.Tx) { x.ArchiveCustomer(s.read(1)) })
	s.edits(2, func(c *customer.Customer) {
		for i := range customer.MaxTags - 1 {
			c.Tags = append(c.Tags, fmt.Sprint(i))
		}
	})
	theirs := s.neighbour()
	theirs.come(1, busan)
	ids := append(slices.Clone(s.ids), s.ids[0], theirs.ids[0], "cus_nonsense", "ord_01JD8Z4N6T0QF5W9E2R7Y1K3MB")
	j := s.runs(bulk.Who{IDs: ids}, bulk.Change{AddTags: []string{"vip"}})
	s.expect("the job", s.book(j), "partlyFailed: 7 = 2 + 0 + 5, 1 customer_archived, 2 too_many, "+theirs.ids[0]+
		" customer_not_found, cus_nonsense customer_not_found, ord_01JD8Z4N6T0QF5W9E2R7Y1K3MB customer_not_found")
	s.expect("the neighbour", theirs.people(), "1 old||")
	s.expect("only archived", s.book(s.runs(bulk.Who{IDs: s.ids[:2]}, bulk.Change{Archive: true})), "succeeded: 2 = 1 + 1 + 0")
}

// What someone has changed since stays, field by field.
func TestAnUndoKeepsWhatWasChangedSince(t *testing.T) {
	s := open(t)
	s.come(5, seoul)
	j := s.runs(all, vip)
	s.edits(1, func(c *customer.Customer) { c.OwnerID = "usr_3" })
	s.edits(2, func(c *customer.Customer) { c.Phone = "+821012345678" })
	s.edits(3, func(c *customer.Customer) { c.LifecycleStage = "" })
	s.does(func(x *store.Tx) { x.ArchiveCustomer(s.read(4)) })
	s.expect("undone", s.book(s.undoes(j.ID)), "succeeded: 5 = 3 + 2, 1 bulk_changed_since, 4 customer_archived")
	s.expect("the customers", s.people(), "3 old|usr_1|, 1 old|usr_3|, 1 vip|usr_2|regular|archived")
}

// The process ends at every single write of a bulk change and of its undo, before it or after it: the next attempt completes what was begun, and nobody is counted twice.
func TestABulkChangeThatIsCutOffIsCompleted(t *testing.T) {
	for _, after := range []bool{false, true} {
		for at := 1; ; at++ {
			s := open(t)
			s.come(many, seoul)
			what := fmt.Sprint("cut at ", at, ", after it ", after)
			jobID := s.starts(bulk.Who{IDs: append(slices.Clone(s.ids), "cus_nonsense")}, vip)
			reached := s.cut(jobID, &saw{at: at, after: after})
			j, err := s.Job(t.Context(), jobID)
			s.must(err)
			s.expect(what, s.book(j), "partlyFailed: 121 = 120 + 0 + 1, cus_nonsense customer_not_found")
			s.expect(what, s.people(), "120 vip|usr_2|regular")
			undoID := s.takesBack(jobID)
			reached = s.cut(undoID, &saw{at: at, after: after}) || reached
			j, err = s.Job(t.Context(), undoID)
			s.must(err)
			s.expect("undone, "+what, s.book(j), "succeeded: 120 = 120 + 0")
			s.expect("undone, "+what, s.people(), "120 old|usr_1|")
			if told := s.told(); told != 3*many || s.lists(jobID) {
				t.Errorf("%s: the timelines tell %d things, want %d; the list is kept: %v", what, told, 3*many, s.lists(jobID))
			}
			if !reached || t.Failed() {
				break
			}
		}
	}
}

// Who comes, or leaves the list, while the job is under way: the first list counts.
func TestTheListIsFrozen(t *testing.T) {
	s := open(t)
	s.come(many, seoul)
	jobID := s.starts(bulk.Who{Filter: "tags in (old)"}, bulk.Change{RemoveTags: []string{"old"}})
	s.atPiece(2, func() {
		s.come(1, seoul)
		s.Time.Advance(time.Hour)
	})
	s.hop(jobID)
	j, err := s.Job(t.Context(), jobID)
	s.must(err)
	if j.Status != job.Running || j.Hop != 1 || j.Done == 0 || j.Done >= many {
		t.Errorf("after the first hop: got %s, hop %d, %d done", j.Status, j.Hop, j.Done)
	}
	s.expect("the job", s.book(s.Finish(t, s.Tenant, jobID, s.worker.Handle)), "succeeded: 120 = 120 + 0 + 0")
	s.expect("the customers", s.people(), "120 |usr_1|, 1 old|usr_1|")
}

// atPiece does something once, before a piece is written.
func (s *shop) atPiece(n int, f func()) {
	pieces := 0
	s.Engine.Faults.CrashBeforeWrite(func(ops []table.Op) error {
		if len(ops) < 10 {
			return nil
		}
		if pieces++; pieces == n {
			s.Engine.Faults.CrashBeforeWrite(nil)
			f()
		}
		return nil
	})
}

func TestACancelInTheMiddleLeavesWhatWasDone(t *testing.T) {
	s := open(t)
	s.come(many, seoul)
	jobID := s.starts(all, vip)
	s.atPiece(2, func() {
		j, err := s.Job(t.Context(), jobID)
		s.must(err)
		j.CancelAsked = true
		s.does(func(x *store.Tx) { x.SaveJob(j, false) })
	})
	s.hop(jobID)
	j, err := s.Job(t.Context(), jobID)
	s.must(err)
	s.expect("canceled", s.book(j), "canceled: 96 = 96 + 0 + 0")
	s.expect("the customers", s.people(), "96 vip|usr_2|regular, 24 old|usr_1|")
	if s.lists(jobID) || j.UndoUntil == nil {
		t.Errorf("the list is kept: %v; undo until %v", s.lists(jobID), j.UndoUntil)
	}
	s.expect("undone", s.book(s.undoes(jobID)), "succeeded: 96 = 96 + 0")
	s.expect("the customers", s.people(), "120 old|usr_1|")
	before := s.starts(all, vip)
	j, err = s.Job(t.Context(), before)
	s.must(err)
	j.CancelAsked = true
	s.does(func(x *store.Tx) { x.SaveJob(j, false) })
	s.expect("canceled before it began", s.book(s.Finish(t, s.Tenant, before, s.worker.Handle)), "canceled: 0 = 0 + 0 + 0")
}

// Someone writes a customer of each piece just before the piece: nobody's change is lost, and the customer is changed all the same. Who is written all the time fails.
func TestWhoIsWrittenMeanwhile(t *testing.T) {
	s := open(t)
	s.come(3, seoul)
	writes := 0
	s.Engine.Faults.CrashBeforeWrite(func(ops []table.Op) error {
		if len(ops) < 5 || writes == 10 {
			return nil
		}
		writes++
		s.edits(1, func(c *customer.Customer) { c.Phone = fmt.Sprintf("+8210%08d", writes) })
		if writes == 1 {
			s.edits(0, func(c *customer.Customer) { c.Name = "새 이름" })
		}
		return nil
	})
	s.expect("the job", s.book(s.runs(all, vip)), "partlyFailed: 3 = 2 + 0 + 1, 1 customer_busy")
	if c := s.read(0); c.Name != "새 이름" || c.Tags[0] != "vip" {
		t.Errorf("got %+v", c.Fields)
	}
}

func TestAFilterThatCannotBeAskedEndsTheJob(t *testing.T) {
	s := open(t)
	s.come(2, seoul)
	j := s.runs(bulk.Who{Filter: "custom.nothing eq 1"}, vip)
	if j.Status != job.Failed || j.Code != "filter_invalid" || s.people() != "2 old|usr_1|" {
		t.Errorf("got %s %s, %s", j.Status, j.Code, s.people())
	}
}
