//go:build cgo

package bulkwork_test

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/dangol/dangol/functions/exportwork"
	"github.com/dangol/dangol/shared/blob"
	"github.com/dangol/dangol/shared/crm/bulk"
	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/job"
	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/shared/queue"
	"github.com/dangol/dangol/shared/store"
	"github.com/dangol/dangol/shared/table"
	"github.com/dangol/dangol/shared/testkit/lakekit"
	"github.com/dangol/dangol/shared/testkit/testenv"
)

// shop is a workspace with its lake and the worker.
type shop struct {
	testing.TB
	*testenv.Place
	*store.Tenant
	files  *testenv.Files
	worker *exportwork.Worker
	ids    []string
}

func open(t testing.TB) *shop {
	t.Helper()
	p := testenv.New(t)
	files := p.Files(t)
	lakekit.Open(t, p.Env, p.Engine)
	return &shop{TB: t, Place: p, Tenant: p.DB.Tenant(p.Owner(t, "mina@shop.kr").Workspace.ID), files: files, worker: exportwork.New(p.Env)}
}

// neighbour is another workspace of the same place.
func (s *shop) neighbour() *shop {
	n := *s
	n.Tenant, n.ids = s.DB.Tenant(s.Owner(s.TB, "next@shop.kr").Workspace.ID), nil
	return &n
}

func (s *shop) must(err error) {
	s.Helper()
	if err != nil {
		s.Fatal(err)
	}
}

func (s *shop) does(f func(x *store.Tx)) {
	s.Helper()
	x := s.Begin()
	f(x)
	s.must(x.Commit(s.Context()))
}

// come adds customers who differ in name and e-mail.
func (s *shop) come(n int, f customer.Fields) {
	s.Helper()
	for range n {
		f.Name = fmt.Sprintf("손님%04d", len(s.ids))
		f.Email = fmt.Sprintf("guest%04d@shop.kr", len(s.ids))
		c := &customer.Customer{ID: s.NewID(id.Customer), Fields: f}
		s.does(func(x *store.Tx) { x.CreateCustomer(c) })
		s.ids = append(s.ids, c.ID)
	}
}

func (s *shop) read(i int) *customer.Customer {
	s.Helper()
	c, err := s.Customer(s.Context(), s.ids[i])
	s.must(err)
	return c
}

// edits changes a customer as a person does.
func (s *shop) edits(i int, f func(*customer.Customer)) {
	s.Helper()
	was := s.read(i)
	c := *was
	f(&c)
	s.does(func(x *store.Tx) { x.SaveCustomer(was, &c) })
}

// starts queues a bulk change; takesBack its undo.
func (s *shop) starts(who bulk.Who, change bulk.Change) string {
	s.Helper()
	var j *job.Job
	s.does(func(x *store.Tx) { j = x.StartJob(job.CustomerBulk, "", 0, bulk.Params{Who: who, Change: change}) })
	return j.ID
}

func (s *shop) takesBack(jobID string) string {
	s.Helper()
	var j *job.Job
	s.does(func(x *store.Tx) { j = x.StartJob(job.CustomerBulkUndo, jobID, 0, bulk.UndoParams{JobID: jobID}) })
	return j.ID
}

func (s *shop) runs(who bulk.Who, change bulk.Change) *job.Job {
	s.Helper()
	return s.Finish(s.TB, s.Tenant, s.starts(who, change), s.worker.Handle)
}

func (s *shop) undoes(jobID string) *job.Job {
	s.Helper()
	return s.Finish(s.TB, s.Tenant, s.takesBack(jobID), s.worker.Handle)
}

// book is what a job came to: its status and counts, and who failed for what.
func (s *shop) book(j *job.Job) string {
	s.Helper()
	var counts bulk.Counts
	s.must(json.Unmarshal(j.Result, &counts))
	out := fmt.Sprintf("%s: %d = %d + %d + %d", j.Status, counts.Read, counts.Changed, counts.Unchanged, counts.Failed)
	if j.Kind == job.CustomerBulkUndo {
		var back bulk.UndoCounts
		s.must(json.Unmarshal(j.Result, &back))
		out = fmt.Sprintf("%s: %d = %d + %d", j.Status, back.Read, back.Restored, back.Kept)
	}
	failures, _, err := s.BulkFailures(s.Context(), j.ID, store.Page{Limit: 1000})
	s.must(err)
	for _, f := range failures {
		out += fmt.Sprintf(", %s %s", s.name(f.CustomerID), f.Code)
	}
	return out
}

func (s *shop) name(customerID string) string {
	for i, known := range s.ids {
		if known == customerID {
			return fmt.Sprint(i)
		}
	}
	return customerID
}

// people is what becomes of all: how often each form of a record is there, in the order of the first of them.
func (s *shop) people() string {
	s.Helper()
	n, order := map[string]int{}, []string{}
	for i := range s.ids {
		c := s.read(i)
		form := strings.Join(c.Tags, "+") + "|" + c.OwnerID + "|" + c.LifecycleStage
		if c.ArchivedAt != nil {
			form += "|archived"
		}
		if holder, err := s.CustomerIDBy(s.Context(), store.LabelEmail, c.Email); err != nil || (holder == c.ID) != (c.ArchivedAt == nil) {
			form += "|e-mail of " + cmp.Or(holder, "nobody")
		}
		if n[form]++; n[form] == 1 {
			order = append(order, form)
		}
	}
	for i, form := range order {
		order[i] = fmt.Sprintf("%d %s", n[form], form)
	}
	return strings.Join(order, ", ")
}

// told is how many entries the timelines of all have.
func (s *shop) told() (n int) {
	s.Helper()
	for _, c := range s.ids {
		entries, _, err := s.Timeline(s.Context(), c, store.Page{Limit: 100})
		s.must(err)
		n += len(entries)
	}
	return n
}

// lists says whether the list of a job is still kept.
func (s *shop) lists(jobID string) bool {
	s.Helper()
	f, _, err := s.Objects(s.Tenant.ID).Get(s.Context(), s.BulkKey(jobID), 0, -1)
	if errors.Is(err, blob.ErrNotFound) {
		return false
	}
	s.must(err)
	s.must(f.Close())
	return true
}

func (s *shop) expect(what, got, want string) {
	s.Helper()
	if got != want {
		s.Errorf("%s:\ngot  %s\nwant %s", what, got, want)
	}
}

func (s *shop) hop(jobID string) (failed []string) {
	s.Helper()
	failed, err := s.worker.Handle(s.Context(), []queue.Message{testenv.Hop(s.TB, s.Tenant, jobID)})
	s.must(err)
	return failed
}

// saw ends the process, as far as its ports can tell, at one call: that call fails, or its answer is lost, and every later one fails too.
type saw struct {
	mu    sync.Mutex
	at    int
	after bool
	calls int
	dead  bool
}

func (s *saw) before() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls++
	s.dead = s.dead || s.calls == s.at && !s.after
	return s.refusal()
}

func (s *saw) answer() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.dead = s.dead || s.calls >= s.at && s.after
	return s.refusal()
}

func (s *saw) refusal() error {
	if s.dead {
		return testenv.ErrCut
	}
	return nil
}

// cut hands a hop to the worker, ends the process at the call, starts it again and hands the hop over anew. It says whether there was such a call.
func (s *shop) cut(jobID string, w *saw) bool {
	s.Helper()
	s.Engine.Faults.CrashBeforeWrite(func([]table.Op) error { return w.before() })
	s.Engine.Faults.CrashAfterWrite(func([]table.Op) error { return w.answer() })
	s.files.Cut(w.before)
	s.hop(jobID)
	s.Engine.Faults.CrashBeforeWrite(nil)
	s.Engine.Faults.CrashAfterWrite(nil)
	s.files.Cut(nil)
	s.Finish(s.TB, s.Tenant, jobID, s.worker.Handle)
	return w.dead
}
