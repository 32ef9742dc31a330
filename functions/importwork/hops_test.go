package importwork_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/imports"
	"github.com/dangol/dangol/shared/crm/job"
	"github.com/dangol/dangol/shared/queue"
	"github.com/dangol/dangol/shared/testkit/testenv"
)

// segment is how many rows are worked at a time; rows of a bad date cost no write, so that a test can fill one cheaply.
const segment = 2000

// long is a file of customers with good first and last rows and a segment of bad ones between.
func long() string {
	return "id,name,birthday\nA,김단골,\n" + strings.Repeat("X,나쁜,언젠가\n", segment) + "B,이새벽,\n"
}

// onFirstPart does something when the first segment is done and its failed rows are kept.
func (d *desk) onFirstPart(f func()) {
	var once sync.Once
	puts := 0
	d.files.Cut(func() error {
		if puts++; puts == 2 { // the file was opened, the part is being written
			once.Do(f)
		}
		return nil
	})
}

func (d *desk) hop(jobID string) {
	d.Helper()
	failed, err := d.worker.Handle(d.Context(), []queue.Message{testenv.Hop(d.TB, d.Tenant, jobID)})
	if err != nil || len(failed) > 0 {
		d.Fatalf("hop: %v %v\n%s", failed, err, d.LogText)
	}
}

func TestAHopThatRunsOutOfTimeLeavesTheRestToTheNext(t *testing.T) {
	d := open(t)
	importID := d.upload(imports.Customers, long())
	d.run(importID, job.ImportCheck)
	jobID := d.start(importID, job.ImportCommit)
	d.onFirstPart(func() { d.Time.Advance(time.Hour) })
	d.hop(jobID)
	d.files.Cut(nil)
	j, err := d.Job(t.Context(), jobID)
	d.must(err)
	if j.Status != job.Running || j.Hop != 1 || j.Done != segment || j.Failed != segment-1 {
		t.Errorf("after the first hop: got %s, hop %d, %d done, %d failed", j.Status, j.Hop, j.Done, j.Failed)
	}
	same(t, "people after the first hop", d.people(), []string{"A|김단골||||imported"})
	if im := d.read(importID); im.Status != imports.Committing {
		t.Errorf("after the first hop: got %s", im.Status)
	}
	if j = d.Finish(t, d.Tenant, jobID, d.worker.Handle); j.Status != job.PartlyFailed || j.Hop != 1 || j.Done != segment+2 {
		t.Errorf("at the end: got %s, hop %d, %d done", j.Status, j.Hop, j.Done)
	}
	if got, want := d.books(d.read(importID)), "partlyFailed: read 2002 = created 2 + updated 0 + skipped 0 + failed 2000"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	same(t, "people", d.people(), []string{"A|김단골||||imported", "B|이새벽||||imported"})
}

func (d *desk) askToCancel(jobID string) {
	j, err := d.Job(d.Context(), jobID)
	d.must(err)
	j.CancelAsked = true
	tx := d.Begin()
	tx.SaveJob(j, false)
	d.must(tx.Commit(d.Context()))
}

func TestACheckIsCanceledInTheMiddle(t *testing.T) {
	d := open(t)
	importID := d.upload(imports.Customers, long())
	jobID := d.start(importID, job.ImportCheck)
	d.onFirstPart(func() { d.askToCancel(jobID) })
	if j := d.Finish(t, d.Tenant, jobID, d.worker.Handle); j.Status != job.Canceled || j.Done != segment {
		t.Errorf("got job %s after %d rows", j.Status, j.Done)
	}
	if im := d.read(importID); im.Status != imports.Mapping {
		t.Errorf("got %s, want the columns to be matched again", im.Status)
	}
	d.files.Cut(nil)
	if got, want := d.books(d.run(importID, job.ImportCheck)), "ready: read 2002 = created 2 + updated 0 + skipped 0 + failed 2000"; got != want {
		t.Errorf("checked anew: got %s, want %s", got, want)
	}
}

func TestACommitIsCanceledInTheMiddleAndUndone(t *testing.T) {
	d := open(t)
	importID := d.upload(imports.Customers, long())
	d.run(importID, job.ImportCheck)
	jobID := d.start(importID, job.ImportCommit)
	d.onFirstPart(func() { d.askToCancel(jobID) })
	if j := d.Finish(t, d.Tenant, jobID, d.worker.Handle); j.Status != job.Canceled {
		t.Errorf("got job %s", j.Status)
	}
	im := d.read(importID)
	if got, want := d.books(im), "canceled: read 2000 = created 1 + updated 0 + skipped 0 + failed 1999"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	same(t, "people", d.people(), []string{"A|김단골||||imported"})
	d.files.Cut(nil)
	if im = d.run(importID, job.ImportUndo); im.Undo.Removed != 1 {
		t.Errorf("got undo %+v", im.Undo)
	}
	same(t, "people after the undo", d.people(), nil)
}

// The process dies after it wrote rows and before it counted them; when it is back, its owner has asked to cancel.
func TestRowsThatACanceledCommitDidNotCountAreUndoneToo(t *testing.T) {
	d := open(t)
	importID := d.upload(imports.Customers, long())
	d.run(importID, job.ImportCheck)
	jobID := d.start(importID, job.ImportCommit)
	gets := 0
	d.files.Cut(func() error { // the part of the last row, after it was written
		if gets++; gets > 1 {
			return testenv.ErrCut
		}
		return nil
	})
	if failed, err := d.worker.Handle(t.Context(), []queue.Message{testenv.Hop(t, d.Tenant, jobID)}); err != nil || len(failed) != 1 {
		t.Fatalf("got %v %v, want the hop to fail", failed, err)
	}
	d.files.Cut(nil)
	d.askToCancel(jobID)
	d.Finish(t, d.Tenant, jobID, d.worker.Handle)
	same(t, "people", d.people(), []string{"A|김단골||||imported"})
	d.run(importID, job.ImportUndo)
	same(t, "people after the undo", d.people(), nil)
}

// mixed has every outcome, rows about one customer, consents and a skipped row among them.
const mixed = "id,name,email,email opt in\nA,김단골,,\nB,이새벽님,,Y\nC,박셋,bak@shop.kr,N\nC,박하나,,\nD,최넷,choi@,\nE,정다섯,kim@shop.kr,\n"

func (d *desk) staff() {
	d.add(customer.Fields{ExternalID: "A", Name: "김단골", Email: "kim@shop.kr"})
	d.add(customer.Fields{ExternalID: "B", Name: "이새벽"})
}

// The worker ends at each call of its ports in turn, before the call and with its answer lost; what is there at the end is as if nothing had happened.
func TestACrashAtAnyCallChangesNothing(t *testing.T) {
	d := open(t)
	d.staff()
	calm := d.bring(imports.Customers, mixed)
	books, people := d.books(calm), d.people()
	calm = d.run(calm.ID, job.ImportUndo)
	undone, left := *calm.Undo, d.people()
	for _, kind := range []job.Kind{job.ImportCheck, job.ImportCommit, job.ImportUndo} {
		for _, after := range []bool{false, true} {
			for at, more := 1, true; more; at++ {
				name := fmt.Sprintf("%s, call %d, answer lost %v", kind, at, after)
				n := d.neighbour()
				n.staff()
				importID := n.upload(imports.Customers, mixed)
				s := &saw{at: at, after: after}
				for _, k := range []job.Kind{job.ImportCheck, job.ImportCommit, job.ImportUndo} {
					jobID := n.start(importID, k)
					if k == kind {
						more = n.cut(jobID, s)
					}
					n.Finish(t, n.Tenant, jobID, n.worker.Handle)
					if k == job.ImportCommit {
						if got := n.books(n.read(importID)); got != books {
							t.Errorf("%s: got %s, want %s", name, got, books)
						}
						same(t, name+": people", n.people(), people)
						same(t, name+": failed rows", n.failed(n.read(importID), imports.FailedParts), []string{"5 email_invalid", "6 email_taken"})
					}
				}
				if im := n.read(importID); im.Status != imports.Undone || *im.Undo != undone {
					t.Errorf("%s: got %s with %+v, want %+v", name, im.Status, im.Undo, undone)
				}
				same(t, name+": people after the undo", n.people(), left)
			}
		}
	}
}

// A row that changed nothing, before one about the same customer that did: handed over anew, it must still change nothing.
func TestARepeatedHopDoesNotBringBackAnEarlierRow(t *testing.T) {
	d := open(t)
	for at := 1; at <= 8; at++ {
		n := d.neighbour()
		n.add(customer.Fields{ExternalID: "A", Name: "김단골"})
		importID := n.upload(imports.Customers, "id,name\nA,김단골\nA,김단골님\n")
		n.run(importID, job.ImportCheck)
		n.cut(n.start(importID, job.ImportCommit), &saw{at: at, after: true})
		if got, want := n.books(n.read(importID)), "succeeded: read 2 = created 0 + updated 1 + skipped 1 + failed 0"; got != want {
			t.Errorf("cut at %d: got %s, want %s", at, got, want)
		}
		same(t, fmt.Sprint("cut at ", at), records(n.people()), []string{"A|김단골님|||"})
	}
}

func TestADeliveryThatComesTwiceDoesNothingMore(t *testing.T) {
	d := open(t)
	d.staff()
	importID := d.upload(imports.Customers, mixed)
	d.run(importID, job.ImportCheck)
	jobID := d.start(importID, job.ImportCommit)
	m := testenv.Hop(t, d.Tenant, jobID)
	var both sync.WaitGroup
	for range 2 {
		both.Go(func() {
			if _, err := d.worker.Handle(t.Context(), []queue.Message{m}); err != nil {
				t.Error(err)
			}
		})
	}
	both.Wait()
	d.Finish(t, d.Tenant, jobID, d.worker.Handle)
	im := d.read(importID)
	if got, want := d.books(im), "partlyFailed: read 6 = created 1 + updated 2 + skipped 1 + failed 2"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	people, version := d.people(), im.Version
	d.hop(jobID)
	if _, err := d.worker.Handle(t.Context(), []queue.Message{m}); err != nil {
		t.Fatal(err)
	}
	same(t, "people after a late delivery", d.people(), people)
	if got := d.read(importID).Version; got != version {
		t.Errorf("the import was written again: version %d, was %d", got, version)
	}
}
