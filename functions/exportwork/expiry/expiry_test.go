package expiry_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/dangol/dangol/functions/exportwork/expiry"
	"github.com/dangol/dangol/shared/blob"
	"github.com/dangol/dangol/shared/crm/due"
	"github.com/dangol/dangol/shared/crm/export"
	"github.com/dangol/dangol/shared/crm/imports"
	"github.com/dangol/dangol/shared/crm/job"
	"github.com/dangol/dangol/shared/hop"
	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/shared/queue"
	"github.com/dangol/dangol/shared/store"
	"github.com/dangol/dangol/shared/testkit/testenv"
)

const day = 24 * time.Hour

// shop is a workspace with its files; names tell the objects of the test from one another.
type shop struct {
	testing.TB
	*testenv.Place
	*store.Tenant
	handle queue.Handler
	names  map[string]string // by key
}

func open(t testing.TB) *shop {
	t.Helper()
	p := testenv.New(t)
	p.Files(t)
	s := &shop{TB: t, Place: p, handle: hop.Handler(p.Env, "exportwork", map[job.Kind]hop.Step{job.FileExpiry: expiry.Expire})}
	return s.neighbour()
}

// neighbour is another workspace of the same place.
func (s *shop) neighbour() *shop {
	n := *s
	n.Tenant, n.names = s.DB.Tenant(s.Owner(s.TB, strings.ToLower(s.IDs.New(id.User))+"@shop.kr").Workspace.ID), map[string]string{}
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

func (s *shop) put(name, key string) {
	s.Helper()
	_, err := s.Blob.Put(s.Context(), key, strings.NewReader(name), blob.PutOptions{})
	s.must(err)
	s.names[key] = name
}

// exported is an export as its worker leaves it.
func (s *shop) exported(name string) {
	s.Helper()
	e := &export.Export{ID: s.NewID(id.Export), Format: export.CSV, CreatedAt: s.Now(), ExpiresAt: s.Now().AddDate(0, 0, export.KeptDays)}
	s.put(name, s.ExportKey(e))
	s.put(name+".manifest", s.ExportManifestKey(e))
	s.does(func(x *store.Tx) { x.PutExport(e) })
}

// brought is an import with its file and a failed row, in a state.
func (s *shop) brought(name string, status imports.Status) *imports.Import {
	s.Helper()
	im := &imports.Import{ID: s.NewID(id.Import), Kind: imports.Customers, Status: status}
	s.does(func(x *store.Tx) { x.CreateImport(im) })
	s.put(name, s.ImportKey(im.ID, imports.FileObject))
	s.put(name+".failed", s.ImportKey(im.ID, imports.FailedParts+"/0000000001.jsonl"))
	return im
}

// finished says that an import has brought in what it could.
func (s *shop) finished(im *imports.Import) {
	s.Helper()
	now := s.Now()
	im.Status, im.CommittedAt = imports.Succeeded, &now
	s.does(func(x *store.Tx) { x.SaveImport(im) })
}

// left are the names of the files that are there.
func (s *shop) left() string {
	s.Helper()
	var out []string
	for _, folder := range []string{"exports/", "imports/"} {
		s.must(blob.Each(s.Context(), s.Blob, "t/"+s.ID+"/"+folder, "", func(o blob.Info) error {
			out = append(out, s.names[o.Key])
			return nil
		}))
	}
	slices.Sort(out)
	return strings.Join(out, " ")
}

func (s *shop) start() string {
	s.Helper()
	var j *job.Job
	s.does(func(x *store.Tx) { j = x.StartJob(job.FileExpiry, "", 0, nil) })
	return j.ID
}

// looks works one look through the files and tells what it removed and left.
func (s *shop) looks() string {
	s.Helper()
	j := s.Finish(s.TB, s.Tenant, s.start(), s.handle)
	return fmt.Sprint(j.Status, " ", j.Done, ": ", s.left())
}

func (s *shop) expect(what, got, want string) {
	s.Helper()
	if got != want {
		s.Errorf("%s: got %q, want %q", what, got, want)
	}
}

func TestFilesGoWhenTheirTimeIsOver(t *testing.T) {
	s := open(t)
	n := s.neighbour()
	s.exported("old")
	n.exported("theirs")
	s.finished(s.brought("in", imports.Committing))
	s.Time.Advance(10 * day)
	s.exported("young")
	s.expect("after 10 days", s.looks(), "succeeded 0: in in.failed old old.manifest young young.manifest")
	s.Time.Advance(20 * day)
	s.expect("after 30 days", s.looks(), "succeeded 2: in in.failed young young.manifest")
	s.expect("twice", s.looks(), "succeeded 0: in in.failed young young.manifest")
	s.Time.Advance(5 * day)
	s.expect("after 35 days", s.looks(), "succeeded 2: young young.manifest")
	s.Time.Advance(5 * day)
	s.expect("after 40 days", s.looks(), "succeeded 2: ")
	s.expect("the neighbour's", n.left(), "theirs theirs.manifest")
}

// An import keeps its files until it is over. One that was left lying is canceled; one that is worked on is not.
func TestWhichImportsAreOver(t *testing.T) {
	s := open(t)
	resting := map[imports.Status]*imports.Import{}
	for _, status := range []imports.Status{imports.AwaitingFile, imports.Mapping, imports.Ready, imports.Canceled, imports.Undone} {
		resting[status] = s.brought("resting", status)
	}
	late, working, gaveUp := s.brought("late", imports.Ready), s.brought("working", imports.Committing), s.brought("gaveUp", imports.Committing)
	for im, status := range map[*imports.Import]job.Status{working: job.Running, gaveUp: job.Failed} {
		s.does(func(x *store.Tx) { im.JobID = x.StartJob(job.ImportCommit, im.ID, 0, nil).ID })
		j, err := s.Job(t.Context(), im.JobID)
		s.must(err)
		j.Status = status
		s.does(func(x *store.Tx) { x.SaveJob(j, false); x.SaveImport(im) })
	}
	s.put("orphan", s.ImportKey(s.NewID(id.Import), imports.FileObject))
	s.Time.Advance(20 * day)
	s.finished(late)
	s.Time.Advance(15 * day)
	s.expect("after 35 days", s.looks(), "succeeded 13: late late.failed working working.failed")
	for was, im := range resting {
		now, err := s.Import(t.Context(), im.ID)
		s.must(err)
		want := imports.Canceled
		if was == imports.Undone {
			want = was
		}
		if now.Status != want {
			t.Errorf("%s: became %s, want %s", was, now.Status, want)
		}
	}
	now, err := s.Import(t.Context(), gaveUp.ID)
	s.must(err)
	if now.Status != imports.Canceled || now.CommittedAt != nil {
		t.Errorf("gave up: became %s, committed at %v", now.Status, now.CommittedAt)
	}
	s.Time.Advance(20 * day)
	s.finished(working)
	s.expect("after 55 days", s.looks(), "succeeded 2: working working.failed")
	s.Time.Advance(35 * day)
	s.expect("after 90 days", s.looks(), "succeeded 2: ")
}

// The calendar asks for a look soon after a file is over: of an export, of an import, and of what a look leaves.
func TestTheCalendarAsksForALook(t *testing.T) {
	s := open(t)
	dates := func() (out []string) {
		all, err := s.DB.DueBy(t.Context(), due.Files, s.Now().AddDate(1, 0, 0), 100)
		s.must(err)
		for _, d := range all {
			out = append(out, d.At.Sub(s.Now().Truncate(day)).String())
			s.does(func(x *store.Tx) { x.Done(d) })
		}
		return out
	}
	s.exported("one")
	s.exported("another of the same day")
	s.expect("exports", fmt.Sprint(dates()), fmt.Sprint([]string{(32 * day).String()}))
	s.brought("in", imports.Mapping)
	s.expect("imports", fmt.Sprint(dates()), fmt.Sprint([]string{(37 * day).String()}))
	s.looks()
	s.expect("what a look leaves", fmt.Sprint(dates()), fmt.Sprint([]string{(32 * day).String()}))
	s.Time.Advance(32 * day)
	s.looks()
	s.expect("what the next one leaves", fmt.Sprint(dates()), fmt.Sprint([]string{(5 * day).String()}))
	s.Time.Advance(5 * day)
	s.looks()
	s.expect("when nothing is left", fmt.Sprint(dates()), "[]")
}

// cutter ends the process at its nth removal, before it or after it.
type cutter struct {
	blob.Blob
	at    int
	after bool
}

func (c *cutter) Delete(ctx context.Context, key string) error {
	if c.at--; c.at != 0 {
		return c.Blob.Delete(ctx, key)
	}
	if c.after {
		return errors.Join(c.Blob.Delete(ctx, key), testenv.ErrCut)
	}
	return testenv.ErrCut
}

func TestALookThatIsCutOffIsCompleted(t *testing.T) {
	for _, after := range []bool{false, true} {
		for at := 1; at <= 4; at++ {
			s := open(t)
			s.exported("a")
			im := s.brought("b", imports.Mapping)
			s.Time.Advance(35 * day)
			whole := s.Blob
			s.Blob = &cutter{whole, at, after}
			s.Place.Blob = s.Blob
			jobID := s.start()
			failed, err := s.handle(t.Context(), []queue.Message{testenv.Hop(t, s.Tenant, jobID)})
			if s.must(err); len(failed) == 0 {
				t.Fatalf("cut at %d: nothing failed", at)
			}
			s.Finish(t, s.Tenant, jobID, s.handle)
			now, err := s.Import(t.Context(), im.ID)
			s.must(err)
			s.expect(fmt.Sprint("cut at ", at, ", after it ", after), s.left()+string(now.Status), string(imports.Canceled))
		}
	}
}

// A hop whose time is over goes on behind the last object that it looked at, and forgets nothing of what stays.
func TestManyFilesTakeSeveralHops(t *testing.T) {
	s := open(t)
	for i := range 7 {
		s.exported(fmt.Sprint(i))
	}
	s.Time.Advance(30 * day)
	s.exported("young")
	s.Env.Settings.Margin = 2 * time.Minute // more than a hop has: each looks at one object
	jobID := s.start()
	j := s.Finish(t, s.Tenant, jobID, s.handle)
	if j.Hop < 14 || j.Done != 14 {
		t.Errorf("got %d hops, %d removed", j.Hop, j.Done)
	}
	s.expect("left", s.left(), "young young.manifest")
}
