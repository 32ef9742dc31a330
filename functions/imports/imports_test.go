package imports_test

import (
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	feature "github.com/dangol/dangol/functions/imports"
	"github.com/dangol/dangol/shared/blob"
	"github.com/dangol/dangol/shared/crm/imports"
	"github.com/dangol/dangol/shared/crm/job"
	"github.com/dangol/dangol/shared/store"
	"github.com/dangol/dangol/shared/testkit/testenv"
)

// desk is the feature with one workspace; what the worker would do is written straight into the store.
type desk struct {
	testing.TB
	*testenv.Place
	*testenv.Server
	files *testenv.Files
	owner *testenv.Owner
	t     *store.Tenant
}

func open(t testing.TB) *desk {
	t.Helper()
	p := testenv.New(t)
	files, owner := p.Files(t), p.Owner(t, "mina@shop.kr")
	return &desk{t, p, p.Serve(t, feature.New(p.Env)), files, owner, p.DB.Tenant(owner.Workspace.ID)}
}

func (d *desk) call(method, path string, body any) *testenv.Reply {
	d.Helper()
	d.Time.Advance(100 * time.Millisecond) // as fast as a plan lets anyone call
	return d.Do(d.TB, testenv.Request{Method: method, Path: path, Token: d.owner.Token, Body: body})
}

func (d *desk) create() string {
	d.Helper()
	r := d.call(http.MethodPost, "/v1/imports", map[string]string{"kind": "customers", "fileName": "members.csv"})
	if r.Status != http.StatusCreated || !strings.HasPrefix(r.At("uploadUrl").(string), "https://dangol.test/") {
		d.Fatalf("create: %d %s", r.Status, r.Text)
	}
	return r.At("id").(string)
}

// put uploads a file, as the address does.
func (d *desk) put(id, csv string) {
	d.Helper()
	if _, err := d.files.Blob.Put(d.Context(), d.t.ImportKey(id, imports.FileObject), strings.NewReader(csv), blob.PutOptions{}); err != nil {
		d.Fatal(err)
	}
}

// set puts an import into a state, as its worker would.
func (d *desk) set(id string, change func(*imports.Import)) {
	d.Helper()
	im, err := d.t.Import(d.Context(), id)
	if err != nil {
		d.Fatal(err)
	}
	change(im)
	tx := d.t.Begin()
	tx.SaveImport(im)
	if err := tx.Commit(d.Context()); err != nil {
		d.Fatal(err)
	}
}

func (d *desk) end(jobID string, s job.Status) {
	d.Helper()
	j, err := d.t.Job(d.Context(), jobID)
	if err != nil {
		d.Fatal(err)
	}
	j.Status = s
	tx := d.t.Begin()
	tx.SaveJob(j, false)
	if err := tx.Commit(d.Context()); err != nil {
		d.Fatal(err)
	}
}

func (d *desk) status(id string) string {
	d.Helper()
	return d.call(http.MethodGet, "/v1/imports/"+id, nil).At("status").(string)
}

// Every step in every state: it is taken, or refused and nothing has changed.
func TestStepsAreTakenInTheirOrder(t *testing.T) {
	d := open(t)
	mapping := map[string]any{"mapping": map[string]string{"name": "name"}}
	for state, allowed := range map[imports.Status]string{
		imports.AwaitingFile: "cancel",
		imports.Mapping:      "mapping check cancel",
		imports.Checking:     "cancel",
		imports.Ready:        "mapping check commit cancel",
		imports.Committing:   "cancel",
		imports.Succeeded:    "undo",
		imports.PartlyFailed: "undo",
		imports.Canceled:     "",
		imports.Undoing:      "",
		imports.Undone:       "",
	} {
		for _, step := range []string{"mapping", "check", "commit", "cancel", "undo"} {
			t.Run(string(state)+" "+step, func(t *testing.T) {
				d := *d
				d.TB = t
				id := d.in(state)
				method, body := http.MethodPost, any(nil)
				if step == "mapping" {
					method, body = http.MethodPut, mapping
				}
				r := d.call(method, "/v1/imports/"+id+"/"+step, body)
				if want := strings.Contains(allowed, step); (r.Status < 300) != want {
					t.Errorf("got %d %s, want allowed %v", r.Status, r.Text, want)
				} else if !want && (r.Status != http.StatusConflict || r.At("code") != "import_wrong_state" || d.status(id) != string(state)) {
					t.Errorf("got %d %s and %s, want a refusal that changes nothing", r.Status, r.Text, d.status(id))
				}
			})
		}
	}
}

// in makes an import that stands in the state.
func (d *desk) in(state imports.Status) string {
	d.Helper()
	id := d.create()
	if state == imports.AwaitingFile {
		return id
	}
	d.put(id, "name\n김단골\n")
	d.status(id)
	if state == imports.Checking || state == imports.Committing || state == imports.Undoing {
		tx := d.t.Begin()
		j := tx.StartJob(job.ImportCheck, id, 0, imports.JobParams{ImportID: id})
		if err := tx.Commit(d.Context()); err != nil {
			d.Fatal(err)
		}
		d.set(id, func(im *imports.Import) { im.JobID = j.ID })
	}
	d.set(id, func(im *imports.Import) {
		im.Status = state
		if now := d.Time.Now(); state == imports.Succeeded || state == imports.PartlyFailed {
			im.CommittedAt = &now
		}
	})
	return id
}

// A link of S3 bounds no size, so the file is weighed once it has arrived.
func TestAFileThatIsTooLargeIsRemoved(t *testing.T) {
	d := open(t)
	d.Server = d.Serve(t, feature.New(d.Env).WithMaxFile(2<<20))
	id := d.create()
	d.put(id, "name\n"+strings.Repeat("이름\n", 1<<19))
	r := d.call(http.MethodGet, "/v1/imports/"+id, nil)
	if r.At("status") != "awaitingFile" || r.At("fileProblem", "code") != "file_too_large" || !strings.Contains(r.Text, "2 MB") && !strings.Contains(r.Text, "2MB") {
		t.Errorf("got %s, want the problem with the bound", r.Text)
	}
	if _, err := d.Env.Blob.Head(t.Context(), d.t.ImportKey(id, imports.FileObject)); !errors.Is(err, blob.ErrNotFound) {
		t.Errorf("the file is still there: %v", err)
	}
	d.put(id, "회원번호,성명\nA-1,김단골\n")
	if r := d.call(http.MethodGet, "/v1/imports/"+id, nil); r.At("status") != "mapping" {
		t.Errorf("a smaller one: got %s", r.Text)
	}
}

func TestABadFileIsNamedAndAnotherTakesItsPlace(t *testing.T) {
	d := open(t)
	id := d.create()
	d.put(id, "PK\x03\x04 this is a spreadsheet")
	r := d.call(http.MethodGet, "/v1/imports/"+id, nil)
	if r.At("status") != "awaitingFile" || r.At("fileProblem", "code") == nil || r.At("uploadUrl") == nil {
		t.Errorf("got %s, want the problem and an address for another file", r.Text)
	}
	d.put(id, "회원번호,성명\nA-1,김단골\n")
	r = d.call(http.MethodGet, "/v1/imports/"+id, nil)
	mapping, _ := json.Marshal(r.At("mapping"))
	if r.At("status") != "mapping" || r.At("fileProblem") != nil || string(mapping) != `{"성명":"name","회원번호":"externalId"}` {
		t.Errorf("got %s", r.Text)
	}
}

// A job that gave up, or whose file has gone, will never move its import: its owner can.
func TestAnImportWhoseJobHasEndedCanBeCanceled(t *testing.T) {
	d := open(t)
	for state, want := range map[imports.Status]string{imports.Checking: "canceled", imports.Committing: "canceled"} {
		t.Run(string(state), func(t *testing.T) {
			d := *d
			d.TB = t
			id := d.in(state)
			im, err := d.t.Import(t.Context(), id)
			if err != nil {
				t.Fatal(err)
			}
			d.end(im.JobID, job.Failed)
			if r := d.call(http.MethodPost, "/v1/imports/"+id+"/cancel", nil); r.Status != http.StatusOK || d.status(id) != want {
				t.Errorf("got %d %s and %s, want %s", r.Status, r.Text, d.status(id), want)
			}
			r := d.call(http.MethodPost, "/v1/imports/"+id+"/undo", nil)
			if got := r.Status == http.StatusAccepted; got != (state == imports.Committing) {
				t.Errorf("undo: got %d %s; only what a commit may have brought in can be undone", r.Status, r.Text)
			}
		})
	}
}

func TestAStepWhoseJobGaveUpCanBeStartedAgain(t *testing.T) {
	d := open(t)
	for state, step := range map[imports.Status]string{imports.Checking: "check", imports.Committing: "commit", imports.Undoing: "undo"} {
		t.Run(string(state), func(t *testing.T) {
			d := *d
			d.TB = t
			id := d.in(state)
			d.set(id, func(im *imports.Import) {
				then := d.Time.Now()
				im.CommittedAt = &then // an undo asks when that was
			})
			if r := d.call(http.MethodPost, "/v1/imports/"+id+"/"+step, nil); r.Status != http.StatusConflict {
				t.Errorf("while its job is at work: got %d %s", r.Status, r.Text)
			}
			im, err := d.t.Import(t.Context(), id)
			if err != nil {
				t.Fatal(err)
			}
			d.end(im.JobID, job.Failed)
			if r := d.call(http.MethodGet, "/v1/imports/"+id, nil); r.At("progress", "gaveUp") != true {
				t.Errorf("got %s, want it to say that the job gave up", r.Text)
			}
			r := d.call(http.MethodPost, "/v1/imports/"+id+"/"+step, nil)
			if r.Status != http.StatusAccepted || r.At("id") == im.JobID || d.status(id) != string(state) {
				t.Errorf("got %d %s and %s, want another job", r.Status, r.Text, d.status(id))
			}
		})
	}
}

func TestAnUndoIsPossibleForThirtyDays(t *testing.T) {
	d := open(t)
	for days, status := range map[int]int{29: http.StatusAccepted, 31: http.StatusConflict} {
		id := d.in(imports.Succeeded)
		d.set(id, func(im *imports.Import) {
			then := d.Time.Now().Add(-time.Duration(days) * 24 * time.Hour)
			im.CommittedAt = &then
		})
		if r := d.call(http.MethodPost, "/v1/imports/"+id+"/undo", nil); r.Status != status {
			t.Errorf("after %d days: got %d %s, want %d", days, r.Status, r.Text, status)
		}
	}
}

func TestAStepStartsOneJob(t *testing.T) {
	d := open(t)
	id := d.in(imports.Ready)
	r := d.call(http.MethodPost, "/v1/imports/"+id+"/commit", nil)
	if r.Status != http.StatusAccepted || r.Header.Get("Location") != "/v1/jobs/"+r.At("id").(string) || r.At("kind") != "importCommit" {
		t.Errorf("got %d %s", r.Status, r.Text)
	}
	if again := d.call(http.MethodPost, "/v1/imports/"+id+"/commit", nil); again.Status != http.StatusConflict {
		t.Errorf("a second commit: got %d %s", again.Status, again.Text)
	}
	jobs, _, err := d.t.Jobs(t.Context(), store.Page{Limit: 10})
	if err != nil || len(jobs) != 1 {
		t.Errorf("got %d jobs, %v, want one", len(jobs), err)
	}
}

// The rows that failed are told for as long as they are kept, and the import says until when.
func TestFailedRowsEndWithTheirFile(t *testing.T) {
	d := open(t)
	id := d.create()
	if r := d.call(http.MethodGet, "/v1/imports/"+id, nil); strings.Contains(r.Text, "filesUntil") {
		t.Errorf("before the commit: %s", r.Text)
	}
	for days, status := range map[int]int{34: http.StatusOK, 36: http.StatusNotFound} {
		at := d.Time.Now().UTC().AddDate(0, 0, -days)
		d.set(id, func(im *imports.Import) { im.Status, im.CommittedAt = imports.PartlyFailed, &at })
		if r := d.call(http.MethodGet, "/v1/imports/"+id, nil); r.At("filesUntil") != at.AddDate(0, 0, imports.KeptDays).Format(time.RFC3339Nano) {
			t.Errorf("after %d days: got %s", days, r.Text)
		}
		if r := d.call(http.MethodGet, "/v1/imports/"+id+"/failed-rows", nil); r.Status != status || status == http.StatusNotFound && r.Problem() != "import_files_gone" {
			t.Errorf("after %d days: got %d %s", days, r.Status, r.Text)
		}
	}
}
