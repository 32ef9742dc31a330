package imports

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"time"

	"github.com/dangol/dangol/shared/api"
	"github.com/dangol/dangol/shared/blob"
	"github.com/dangol/dangol/shared/crm/imports"
	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/shared/store"
	"github.com/dangol/dangol/shared/table"
)

// MaxFileBytes is the largest file that can be uploaded: some ten million rows.
const MaxFileBytes = 2 << 30

// uploadLives is how long an upload may begin at an address: what a tenant's session on AWS has left at least (shared/cloud/tenantcreds). An import that
// awaits its file gives a new one whenever it is read.
const uploadLives = 30 * time.Minute

type createInput struct {
	Body struct {
		Kind     imports.Kind `json:"kind" enum:"customers,orders,leads"`
		FileName string       `json:"fileName" minLength:"1" maxLength:"255" example:"customers.csv"`
	}
}

// Started is a new import with the address for its file.
type Started struct {
	*imports.Import
	UploadURL string `json:"uploadUrl" doc:"PUT the file here, without credentials, within 30 minutes; reading the import gives a new address."`
}

func (f *Feature) create(ctx context.Context, in *createInput) (*api.Created[Started], error) {
	t := f.tenant(ctx)
	im := &imports.Import{ID: t.NewID(id.Import), Kind: in.Body.Kind, FileName: in.Body.FileName, Status: imports.AwaitingFile}
	url, err := f.env.Objects(t.ID).UploadURL(ctx, t.ImportKey(im.ID, imports.FileObject), blob.Upload{MaxBytes: MaxFileBytes, Expires: uploadLives})
	if err != nil {
		return nil, err
	}
	tx := t.Begin()
	tx.CreateImport(im)
	out := api.NewCreated("/v1/imports/"+im.ID, Started{Import: im, UploadURL: url}, im.Version)
	return out, api.Commit(ctx, tx, http.StatusCreated, out)
}

func (f *Feature) list(ctx context.Context, in *api.PageInput) (*api.Page[*imports.Import], error) {
	p := store.Page{Limit: in.Limit}
	if _, err := api.OpenCursor(ctx, in.Cursor, &p.After); err != nil {
		return nil, err
	}
	list, next, err := f.tenant(ctx).Imports(ctx, p)
	if err != nil {
		return nil, err
	}
	return api.NewPage(list, api.NextCursor(ctx, next)), nil
}

// Detail is an import with what a person needs to match columns and mend rows.
type Detail struct {
	*imports.Import
	UploadURL string                 `json:"uploadUrl,omitempty" doc:"While the file is awaited."`
	Sample    [][]string             `json:"sample" doc:"The first rows, cell by cell under the header."`
	Problems  []imports.Problem      `json:"problems" doc:"The first 1,000 problems of the check or, after the commit, of the rows that failed."`
	Groups    []imports.ProblemGroup `json:"problemGroups" doc:"Every kind of problem with the number of its rows."`
	Progress  *imports.Progress      `json:"progress,omitempty" doc:"While a job is at work."`
	// FilesUntil is told of an import that is over.
	FilesUntil *time.Time `json:"filesUntil,omitempty" doc:"Until when the file, its sample and its failed rows are kept; of an import that has brought in what it could."`
}

func (f *Feature) read(ctx context.Context, in *ByID) (*api.Record[Detail], error) {
	t := f.tenant(ctx)
	im, err := f.opened(ctx, t, in.ID)
	if err != nil {
		return nil, err
	}
	d, err := f.detail(ctx, t, im)
	return api.NewRecord(d, im.Version), err
}

// detail gathers what stands beside the record: sample and problems from the blob store, progress from the job.
func (f *Feature) detail(ctx context.Context, t *store.Tenant, im *imports.Import) (Detail, error) {
	d := Detail{Import: im, Sample: [][]string{}, Problems: []imports.Problem{}, Groups: []imports.ProblemGroup{}}
	if im.CommittedAt != nil {
		until := im.FilesUntil()
		d.FilesUntil = &until
	}
	if im.Status == imports.AwaitingFile {
		url, err := f.env.Objects(t.ID).UploadURL(ctx, t.ImportKey(im.ID, imports.FileObject), blob.Upload{MaxBytes: MaxFileBytes, Expires: uploadLives})
		d.UploadURL = url
		return d, err
	}
	if err := f.object(ctx, t, t.ImportKey(im.ID, imports.SampleObject), &d.Sample); err != nil {
		return d, err
	}
	report := imports.Report{}
	if err := f.object(ctx, t, t.ImportKey(im.ID, imports.ReportObject), &report); err != nil {
		return d, err
	}
	if report.Problems != nil {
		d.Problems, d.Groups = worded(report.Problems, api.Language(ctx)), report.Groups
	}
	return d, f.progress(ctx, t, &d)
}

// progress adds how far the job at work has come, and the counts so far.
func (f *Feature) progress(ctx context.Context, t *store.Tenant, d *Detail) error {
	if d.JobID == "" || !d.Working() {
		return nil
	}
	j, err := t.Job(ctx, d.JobID)
	if err != nil {
		return err
	}
	var at imports.Progress
	if len(j.Cursor) > 0 {
		if err := json.Unmarshal(j.Cursor, &at); err != nil {
			return err
		}
	}
	at.GaveUp = j.Status.Ended()
	d.Progress = &at
	if d.Status == imports.Committing || d.Status == imports.Checking {
		d.Counts = at.Counts
	}
	return nil
}

// object fills v from a JSON object of the blob store and leaves it when there is none.
func (f *Feature) object(ctx context.Context, t *store.Tenant, key string, v any) error {
	r, _, err := f.env.Objects(t.ID).Get(ctx, key, 0, -1)
	if errors.Is(err, blob.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	defer r.Close()
	b, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	return json.Unmarshal(b, v)
}

// saved commits a change of an import and turns a lost race into a refusal.
func saved(err error) error {
	if table.FailedLabel(err, store.LabelRecord) {
		return errs.New(errs.Conflict, "import_busy").Because(err)
	}
	return err
}

// worded says in the reader's language what each problem is.
func worded(problems []imports.Problem, language string) []imports.Problem {
	for i := range problems {
		p := &problems[i]
		p.Detail = errs.Detail(p.Code, p.Args, language)
	}
	return problems
}
