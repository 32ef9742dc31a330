package main

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/dangol/dangol/functions/importwork"
	"github.com/dangol/dangol/shared/blob"
	crm "github.com/dangol/dangol/shared/crm/campaign"
	"github.com/dangol/dangol/shared/crm/csvfile"
	"github.com/dangol/dangol/shared/crm/importplan"
	"github.com/dangol/dangol/shared/crm/imports"
	"github.com/dangol/dangol/shared/crm/job"
	"github.com/dangol/dangol/shared/crm/money"
	"github.com/dangol/dangol/shared/crm/order"
	"github.com/dangol/dangol/shared/crm/template"
	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/shared/kv"
	"github.com/dangol/dangol/shared/queue"
	"github.com/dangol/dangol/shared/store"
	"github.com/dangol/dangol/shared/table"
	"github.com/dangol/dangol/shared/table/embedded"
	"github.com/dangol/dangol/shared/testkit/campaignkit"
	"github.com/dangol/dangol/shared/testkit/lakekit"
)

// shop is a workspace whose engine counts what AWS would bill.
type shop struct {
	*testing.T
	*campaignkit.Kit
	t *store.Tenant

	mu          sync.Mutex
	read, write float64
}

func open(t *testing.T) *shop {
	t.Helper()
	w := &shop{T: t, Kit: campaignkit.New(t)}
	ground, err := kv.Open(t.TempDir(), kv.Options{})
	w.must(err)
	engine, err := embedded.New(ground, embedded.Options{Clock: w.Clock, Meter: w.meter})
	w.must(err)
	t.Cleanup(func() { engine.Close(); w.must(ground.Close()) })
	w.Env.DB, w.Env.Table = store.New(engine, w.Clock, rand.Reader), engine
	lakekit.Open(t, w.Env, engine)
	w.t = w.Tenant(t, "shop")
	return w
}

func (w *shop) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

func (w *shop) meter(_ string, _ table.Name, read, write float64) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.read, w.write = w.read+read, w.write+write
}

// spent returns the units since it was last asked, per record.
func (w *shop) spent(records float64) (read, write float64) {
	w.mu.Lock()
	defer w.mu.Unlock()
	read, write = w.read/records, w.write/records
	w.read, w.write = 0, 0
	return read, write
}

// crowd is an audience that is known.
type crowd []string

func (c crowd) Members(context.Context, *store.Tenant, string) ([]string, int64, error) {
	return c, 1, nil
}

// hops works a job to its end.
func (w *shop) hops(j *job.Job, handle queue.Handler) {
	w.Helper()
	for {
		now, err := w.t.Job(w.Context(), j.ID)
		w.must(err)
		if now.Status.Ended() {
			if now.Status != job.Succeeded {
				w.Fatalf("the job ended as %s %s", now.Status, now.Code)
			}
			return
		}
		body, err := json.Marshal(job.Call{Tenant: w.t.ID, Job: j.ID, Kind: j.Kind, Hop: now.Hop})
		w.must(err)
		w.handle(handle, queue.Message{ID: "1", Group: w.t.ID, Body: body, Receipt: "1", Received: 1})
	}
}

// campaign is one that has been launched and not planned yet, with its job.
func (w *shop) campaign() (string, *job.Job) {
	w.Helper()
	c := &crm.Campaign{ID: id.Derived(id.Campaign, "plan")}
	c.SegmentID = id.Derived(id.Segment, "s")
	ctl := &crm.Control{Status: crm.Draft, Epoch: 1}
	w.must(ctl.Act(crm.Launch, w.t.Now()))
	tx := w.t.Begin()
	tx.CreateCampaign(c)
	w.must(tx.Commit(w.Context()))
	tx = w.t.Begin()
	j := tx.StartJob(job.CampaignPlan, c.ID, 0, crm.Work{Campaign: c.ID, Task: crm.PlanMessages})
	ctl.JobID = j.ID
	tx.SaveControl(c.ID, ctl)
	source := template.Source{Subject: campaignkit.Subject, HTML: campaignkit.HTML, Text: campaignkit.Text}
	tx.SaveSnapshot(c.ID, &crm.Snapshot{Name: "Kit", Source: source, Links: crm.Number(nil, template.Links(campaignkit.HTML))})
	w.must(tx.Commit(w.Context()))
	return c.ID, j
}

func (w *shop) job() *job.Job {
	w.Helper()
	tx := w.t.Begin()
	j := tx.StartJob(job.ScoreRebuild, "", 0, nil)
	w.must(tx.Commit(w.Context()))
	return j
}

// sells records an order of everybody.
func (w *shop) sells(ids []string) {
	w.Helper()
	for i, customer := range ids {
		tx := w.t.Begin()
		tx.CreateOrder(&order.Order{ID: w.t.NewID(id.Order), CustomerID: customer, OrderedAt: w.t.Now(),
			Total: money.Money{Amount: decimal.NewFromInt(int64(1000 + i)), Currency: "KRW"}})
		w.must(tx.Commit(w.Context()))
	}
}

// imports brings a file of new customers in: check and commit.
func (w *shop) imports() {
	w.Helper()
	var csv strings.Builder
	csv.WriteString("externalId,name,email,phone\n")
	for i := range people {
		fmt.Fprintf(&csv, "x%d,Kim %d,new%d@mail.test,010-2345-%04d\n", i, i, i, i)
	}
	importID := w.upload(csv.String())
	w.spent(1)
	worker := importwork.New(w.Env)
	w.hops(w.start(importID, job.ImportCheck, imports.Checking), worker.Handle)
	w.hops(w.start(importID, job.ImportCommit, imports.Committing), worker.Handle)
	read, write := w.spent(1)
	im, err := w.t.Import(w.Context(), importID)
	w.must(err)
	if im.Counts.Created != people {
		w.Fatalf("got %+v", im.Counts)
	}
	w.spent(1)
	w.meter("", "", read, write)
}

func (w *shop) upload(csv string) string {
	w.Helper()
	im := &imports.Import{ID: w.t.NewID(id.Import), Kind: imports.Customers, FileName: "file.csv", Status: imports.Mapping, FileBytes: int64(len(csv))}
	_, err := w.Env.Blob.Put(w.Context(), w.t.ImportKey(im.ID, imports.FileObject), strings.NewReader(csv), blob.PutOptions{})
	w.must(err)
	format, err := csvfile.Sniff([]byte(csv), true)
	w.must(err)
	im.Format, err = json.Marshal(format)
	w.must(err)
	im.Header, im.Mapping = format.Header, importplan.Guess(importplan.Kind(imports.Customers), format.Header, nil)
	tx := w.t.Begin()
	tx.CreateImport(im)
	w.must(tx.Commit(w.Context()))
	return im.ID
}

func (w *shop) start(importID string, kind job.Kind, phase imports.Status) *job.Job {
	w.Helper()
	im, err := w.t.Import(w.Context(), importID)
	w.must(err)
	w.must(im.Move(phase))
	tx := w.t.Begin()
	j := tx.StartJob(kind, im.ID, im.Rows, imports.JobParams{ImportID: im.ID})
	im.JobID = j.ID
	tx.SaveImport(im)
	w.must(tx.Commit(w.Context()))
	return j
}
