package importwork_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/dangol/dangol/functions/importwork"
	"github.com/dangol/dangol/shared/blob"
	"github.com/dangol/dangol/shared/crm/csvfile"
	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/importplan"
	"github.com/dangol/dangol/shared/crm/imports"
	"github.com/dangol/dangol/shared/crm/job"
	"github.com/dangol/dangol/shared/failedrows"
	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/shared/queue"
	"github.com/dangol/dangol/shared/store"
	"github.com/dangol/dangol/shared/table"
	"github.com/dangol/dangol/shared/testkit/testenv"
)

// desk is where files come in: a workspace with its worker, on the real engines.
type desk struct {
	testing.TB
	*testenv.Place
	files  *testenv.Files
	worker *importwork.Worker
	*store.Tenant
}

func open(t testing.TB) *desk {
	t.Helper()
	p := testenv.New(t)
	d := &desk{TB: t, Place: p, files: p.Files(t), worker: importwork.New(p.Env)}
	return d.neighbour()
}

// neighbour is another workspace of the same place.
func (d *desk) neighbour() *desk {
	d.Helper()
	n := *d
	owner := d.Owner(d.TB, strings.ToLower(d.IDs.New(id.User))+"@shop.kr")
	n.Tenant = d.DB.Tenant(owner.Workspace.ID).As(owner.User.ID)
	return &n
}

func (d *desk) must(err error) {
	d.Helper()
	if err != nil {
		d.Fatal(err)
	}
}

// upload makes an import of the file, its columns matched as they are guessed.
func (d *desk) upload(kind imports.Kind, csv string) string {
	d.Helper()
	im := &imports.Import{ID: d.NewID(id.Import), Kind: kind, FileName: "file.csv", Status: imports.Mapping, FileBytes: int64(len(csv))}
	_, err := d.files.Blob.Put(d.Context(), d.ImportKey(im.ID, imports.FileObject), strings.NewReader(csv), blob.PutOptions{})
	d.must(err)
	format, err := csvfile.Sniff([]byte(csv), true)
	d.must(err)
	im.Format, err = json.Marshal(format)
	d.must(err)
	im.Header, im.Mapping = format.Header, importplan.Guess(importplan.Kind(kind), format.Header, nil)
	tx := d.Begin()
	tx.CreateImport(im)
	d.must(tx.Commit(d.Context()))
	return im.ID
}

var phases = map[job.Kind]imports.Status{job.ImportCheck: imports.Checking, job.ImportCommit: imports.Committing, job.ImportUndo: imports.Undoing}

// start moves the import and starts the job, as functions/imports does.
func (d *desk) start(importID string, kind job.Kind) string {
	d.Helper()
	im, err := d.Import(d.Context(), importID)
	d.must(err)
	d.must(im.Move(phases[kind]))
	tx := d.Begin()
	j := tx.StartJob(kind, im.ID, im.Rows, imports.JobParams{ImportID: im.ID})
	im.JobID = j.ID
	if kind == job.ImportCommit {
		im.Counts = imports.Counts{}
	}
	tx.SaveImport(im)
	d.must(tx.Commit(d.Context()))
	return j.ID
}

// run does the job to its end and returns what the import is then.
func (d *desk) run(importID string, kind job.Kind) *imports.Import {
	d.Helper()
	d.Finish(d.TB, d.Tenant, d.start(importID, kind), d.worker.Handle)
	return d.read(importID)
}

func (d *desk) read(importID string) *imports.Import {
	d.Helper()
	im, err := d.Import(d.Context(), importID)
	d.must(err)
	return im
}

// bring checks and commits a file.
func (d *desk) bring(kind imports.Kind, csv string) *imports.Import {
	d.Helper()
	importID := d.upload(kind, csv)
	d.run(importID, job.ImportCheck)
	return d.run(importID, job.ImportCommit)
}

// books is where an import stands with its counts, which must balance.
func (d *desk) books(im *imports.Import) string {
	d.Helper()
	c := im.Counts
	if c.Read != c.Created+c.Updated+c.Skipped+c.Failed {
		d.Errorf("%s: the counts do not balance: %+v", im.Status, c)
	}
	return fmt.Sprintf("%s: read %d = created %d + updated %d + skipped %d + failed %d", im.Status, c.Read, c.Created, c.Updated, c.Skipped, c.Failed)
}

// failed lists the failed rows that a folder of parts holds: "3 email_taken".
func (d *desk) failed(im *imports.Import, parts string) (rows []string) {
	d.Helper()
	d.must(failedrows.Each(d.Context(), d.files, d.ImportKey(im.ID, parts+"/"), func(r imports.FailedRow) error {
		rows = append(rows, fmt.Sprint(r.Row, " ", r.Problems[0].Code))
		return nil
	}))
	return rows
}

// people lists everybody with all that can be read of them, one line each: externalId, name, e-mail, phone, consents, what the timeline tells.
func (d *desk) people() []string {
	d.Helper()
	var all []*customer.Customer
	for shard := range store.Shards {
		d.must(d.ScanCustomers(d.Context(), shard, func(c *customer.Customer) error {
			all = append(all, c)
			return nil
		}))
	}
	lines := make([]string, len(all))
	for i, c := range all {
		var consents []string
		for _, slot := range slices.Sorted(maps.Keys(c.Consents)) {
			consents = append(consents, slot+"="+string(c.Consents[slot]))
		}
		lines[i] = strings.Join([]string{c.ExternalID, c.Name, c.Email, c.Phone, strings.Join(consents, " "), d.told(c.ID)}, "|")
	}
	slices.Sort(lines)
	return lines
}

// told is what a customer's timeline tells, in a stable order.
func (d *desk) told(customerID string) string {
	d.Helper()
	entries, _, err := d.Timeline(d.Context(), customerID, store.Page{Limit: 100})
	d.must(err)
	var types []string
	for _, e := range entries {
		types = append(types, string(e.Type))
	}
	slices.Sort(types)
	return strings.Join(types, " ")
}

// add makes a customer as a person at the screen would.
func (d *desk) add(f customer.Fields) string {
	d.Helper()
	f, err := customer.Normalise(f, "KR")
	d.must(err)
	c := &customer.Customer{ID: d.NewID(id.Customer), Fields: f}
	tx := d.Begin()
	tx.CreateCustomer(c)
	d.must(tx.Commit(d.Context()))
	return c.ID
}

// change alters the customer with that externalId as a person at the screen would.
func (d *desk) change(externalID string, alter func(*customer.Customer)) {
	d.Helper()
	holder, err := d.CustomerIDBy(d.Context(), store.LabelExternalID, externalID)
	d.must(err)
	was, err := d.Customer(d.Context(), holder)
	d.must(err)
	c := *was
	alter(&c)
	tx := d.Begin()
	tx.SaveCustomer(was, &c)
	d.must(tx.Commit(d.Context()))
}

// same fails unless both lists are equal line by line.
func same(t testing.TB, what string, got, want []string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s: got\n\t%s\nwant\n\t%s", what, strings.Join(got, "\n\t"), strings.Join(want, "\n\t"))
	}
}

// saw ends the process, as far as its ports can tell, at one call: that call fails, or its answer is lost, and every later one fails too.
type saw struct {
	mu    sync.Mutex
	at    int
	after bool // the call happens and its answer is lost
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
func (d *desk) cut(jobID string, s *saw) bool {
	d.Helper()
	d.Engine.Faults.CrashBeforeWrite(func([]table.Op) error { return s.before() })
	d.Engine.Faults.CrashAfterWrite(func([]table.Op) error { return s.answer() })
	d.files.Cut(s.before)
	_, err := d.worker.Handle(d.Context(), []queue.Message{testenv.Hop(d.TB, d.Tenant, jobID)})
	d.must(err)
	d.Engine.Faults.CrashBeforeWrite(nil)
	d.Engine.Faults.CrashAfterWrite(nil)
	d.files.Cut(nil)
	d.Finish(d.TB, d.Tenant, jobID, d.worker.Handle)
	return s.dead
}
