package proofs

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/dangol/dangol/functions/campaignplan"
	"github.com/dangol/dangol/functions/exportwork"
	"github.com/dangol/dangol/functions/importwork"
	"github.com/dangol/dangol/functions/scorework"
	"github.com/dangol/dangol/shared/blob"
	"github.com/dangol/dangol/shared/clock"
	"github.com/dangol/dangol/shared/crm/campaign"
	"github.com/dangol/dangol/shared/crm/csvfile"
	"github.com/dangol/dangol/shared/crm/export"
	"github.com/dangol/dangol/shared/crm/importplan"
	"github.com/dangol/dangol/shared/crm/imports"
	"github.com/dangol/dangol/shared/crm/job"
	"github.com/dangol/dangol/shared/crm/segments"
	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/shared/queue"
	"github.com/dangol/dangol/shared/store"
	"github.com/dangol/dangol/shared/testkit/lakekit"
	"github.com/dangol/dangol/shared/testkit/testenv"
)

// hasty is a clock on which every look costs a minute: whoever asks whether it is late finds that it is.
type hasty struct{ *clock.Manual }

// Now moves the clock and tells the time.
func (h hasty) Now() time.Time {
	h.Advance(time.Minute)
	return h.Manual.Now()
}

// rushed is a workspace whose workers run on a hasty clock.
type rushed struct {
	testing.TB
	*testenv.Place
	*store.Tenant
	importID, segmentID, campaignID string
}

func newRushed(t testing.TB) *rushed {
	t.Helper()
	p := testenv.New(t)
	p.Files(t)
	lakekit.Open(t, p.Env, p.Engine)
	r := &rushed{TB: t, Place: p, Tenant: p.DB.Tenant(p.Owner(t, "mina@shop.kr").Workspace.ID).As("owner")}
	p.Clock = hasty{p.Time}
	r.importID, r.segmentID, r.campaignID = r.NewID(id.Import), r.NewID(id.Segment), r.NewID(id.Campaign)
	return r
}

func (r *rushed) must(err error) {
	r.Helper()
	if err != nil {
		r.Fatal(err)
	}
}

func (r *rushed) commit(change func(*store.Tx)) {
	r.Helper()
	tx := r.Begin()
	change(tx)
	r.must(tx.Commit(r.Context()))
}

const rushedRows = 4500

// upload puts a file of customers there, and a segment of all of them.
func (r *rushed) upload() {
	r.Helper()
	var csv strings.Builder
	csv.WriteString("id,name,email,email opt in\n")
	for i := range rushedRows {
		fmt.Fprintf(&csv, "A%d,김단골,kim%d@shop.kr,Y\n", i, i)
	}
	format, err := csvfile.Sniff([]byte(csv.String()), true)
	r.must(err)
	im := &imports.Import{ID: r.importID, Kind: imports.Customers, FileName: "file.csv", Status: imports.Mapping, FileBytes: int64(csv.Len()),
		Header: format.Header, Mapping: importplan.Guess(importplan.Customers, format.Header, nil)}
	im.Format, err = json.Marshal(format)
	r.must(err)
	_, err = r.Blob.Put(r.Context(), r.ImportKey(im.ID, imports.FileObject), strings.NewReader(csv.String()), blob.PutOptions{})
	r.must(err)
	r.commit(func(tx *store.Tx) {
		tx.CreateImport(im)
		tx.CreateSegment(&segments.Segment{ID: r.segmentID, Fields: segments.Fields{Name: "모두", Rule: json.RawMessage(`{"all": []}`), Membership: segments.Live}})
	})
}

// importing starts a job of the import.
func (r *rushed) importing(kind job.Kind, phase imports.Status) func() string {
	return func() (jobID string) {
		im, err := r.Import(r.Context(), r.importID)
		r.must(err)
		r.must(im.Move(phase))
		r.commit(func(tx *store.Tx) {
			im.JobID = tx.StartJob(kind, im.ID, im.Rows, imports.JobParams{ImportID: im.ID}).ID
			tx.SaveImport(im)
		})
		return im.JobID
	}
}

func (r *rushed) scores() (jobID string) {
	r.commit(func(tx *store.Tx) { jobID = tx.StartJob(job.ScoreRebuild, "", 0, nil).ID })
	return jobID
}

func (r *rushed) export() (jobID string) {
	r.commit(func(tx *store.Tx) {
		jobID = tx.StartJob(job.SegmentExport, r.segmentID, 0, export.Params{SegmentID: r.segmentID, Format: export.CSV}).ID
	})
	return jobID
}

func (r *rushed) launch() (jobID string) {
	c := &campaign.Campaign{ID: r.campaignID}
	c.Name, c.SegmentID = "소식", r.segmentID
	r.commit(func(tx *store.Tx) { tx.CreateCampaign(c) })
	ctl := &campaign.Control{Status: campaign.Draft, Epoch: 1}
	r.must(ctl.Act(campaign.Launch, r.Tenant.Now()))
	r.commit(func(tx *store.Tx) {
		jobID = tx.StartJob(job.CampaignPlan, c.ID, 0, campaign.Work{Campaign: c.ID, Task: campaign.PlanMessages}).ID
		ctl.JobID = jobID
		tx.SaveControl(c.ID, ctl)
	})
	return jobID
}

// finish delivers hop after hop, each with a minute by a clock that runs a minute with every look, until the job has ended.
func (r *rushed) finish(jobID string, h queue.Handler) *job.Job {
	r.Helper()
	for range 200 {
		j, err := r.Job(r.Context(), jobID)
		r.must(err)
		if j.Status.Ended() {
			return j
		}
		ctx, cancel := context.WithTimeout(r.Context(), time.Minute)
		failed, err := h(ctx, []queue.Message{testenv.Hop(r.TB, r.Tenant, jobID)})
		if err != nil || len(failed) > 0 || ctx.Err() != nil {
			r.Fatalf("hop %d of %s: %v %v %v\n%s", j.Hop, j.Kind, failed, err, ctx.Err(), r.LogText)
		}
		cancel()
	}
	r.Fatalf("%s does not end", jobID)
	return nil
}

// Every worker on Lambda stops before its time is over and leaves its place to the next hop; at the end all is done, and once. An export alone is made in one
// hop, since an object is written whole.
func TestNoWorkerNeedsMoreTimeThanItHas(t *testing.T) {
	r := newRushed(t)
	r.upload()
	bring := importwork.New(r.Env).Handle
	for _, c := range []struct {
		name  string
		start func() string
		work  queue.Handler
		hops  int // at least
		done  int64
	}{
		{"an import's check", r.importing(job.ImportCheck, imports.Checking), bring, 2, rushedRows},
		{"an import", r.importing(job.ImportCommit, imports.Committing), bring, 2, rushedRows},
		{"a rebuild of scores", r.scores, scorework.New(r.Env).Handle, 5, rushedRows},
		{"an export", r.export, exportwork.New(r.Env).Handle, 0, rushedRows},
		{"a campaign's plan", r.launch, campaignplan.New(r.Env).Handle, 5, rushedRows},
		{"an import's undo", r.importing(job.ImportUndo, imports.Undoing), bring, 4, rushedRows},
	} {
		j := r.finish(c.start(), c.work)
		t.Logf("%s: %d hops", c.name, j.Hop+1)
		if j.Status != job.Succeeded || j.Done != c.done || j.Hop < c.hops {
			t.Errorf("%s: got %s %q, %d done, after %d further hops; want %d done and at least %d further hops", c.name, j.Status, j.Code, j.Done, j.Hop, c.done, c.hops)
		}
	}
}
