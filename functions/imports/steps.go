package imports

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"

	"github.com/dangol/dangol/shared/api"
	"github.com/dangol/dangol/shared/crm/csvfile"
	"github.com/dangol/dangol/shared/crm/importplan"
	"github.com/dangol/dangol/shared/crm/imports"
	"github.com/dangol/dangol/shared/crm/job"
	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/store"
	"github.com/dangol/dangol/shared/table"
)

type mappingInput struct {
	ByID
	Body struct {
		Mapping map[string]string `json:"mapping" doc:"Column name to field; a column that is absent or \"\" is left out."`
	}
}

func (f *Feature) setMapping(ctx context.Context, in *mappingInput) (*api.Record[Detail], error) {
	t := f.tenant(ctx)
	im, err := f.opened(ctx, t, in.ID)
	if err != nil {
		return nil, err
	}
	if j, err := atWork(ctx, t, im); err != nil {
		return nil, err
	} else if j != nil || im.Status == imports.AwaitingFile { // the check goes by the mapping it began with; there are no columns yet
		return nil, errs.Newf(errs.Conflict, "import_wrong_state", "status", string(im.Status), "to", string(imports.Mapping))
	}
	if err := im.Move(imports.Mapping); err != nil {
		return nil, err
	}
	im.Mapping = in.Body.Mapping
	if err := f.planned(ctx, t, im); err != nil {
		return nil, err
	}
	tx := t.Begin()
	tx.SaveImport(im)
	if err := api.Commit(ctx, tx, http.StatusOK, nil); err != nil {
		return nil, saved(err)
	}
	d, err := f.detail(ctx, t, im)
	return api.NewRecord(d, im.Version), err
}

// planned refuses a mapping that no plan can be made of.
func (f *Feature) planned(ctx context.Context, t *store.Tenant, im *imports.Import) error {
	var format csvfile.Format
	if err := json.Unmarshal(im.Format, &format); err != nil {
		return fmt.Errorf("decode format: %w", err)
	}
	ws, err := t.Workspace(ctx)
	if err != nil {
		return err
	}
	fields, err := t.CustomFields(ctx)
	if err != nil {
		return err
	}
	_, err = importplan.Compile(importplan.Kind(im.Kind), format.Header, im.Mapping,
		importplan.Defaults{Country: ws.Country, Currency: ws.Currency, Zone: ws.Zone(), Custom: *fields})
	return err
}

// Accepted is the output of an operation whose work goes on as a job.
type Accepted struct {
	Location string `header:"Location" doc:"The job."`
	Body     *job.Job
}

func (f *Feature) check(ctx context.Context, in *ByID) (*Accepted, error) {
	return f.start(ctx, in.ID, imports.Checking, job.ImportCheck, f.planned)
}

func (f *Feature) commit(ctx context.Context, in *ByID) (*Accepted, error) {
	return f.start(ctx, in.ID, imports.Committing, job.ImportCommit, f.planned)
}

func (f *Feature) undo(ctx context.Context, in *ByID) (*Accepted, error) {
	return f.start(ctx, in.ID, imports.Undoing, job.ImportUndo, func(_ context.Context, t *store.Tenant, im *imports.Import) error {
		return im.CanUndo(t.Now())
	})
}

// start moves the import and starts the job that does the work, in one transaction.
func (f *Feature) start(ctx context.Context, importID string, to imports.Status, kind job.Kind,
	allowed func(context.Context, *store.Tenant, *imports.Import) error) (*Accepted, error) {
	t := f.tenant(ctx)
	im, err := f.opened(ctx, t, importID)
	if err != nil {
		return nil, err
	}
	if err := move(ctx, t, im, to); err != nil {
		return nil, err
	}
	if err := allowed(ctx, t, im); err != nil {
		return nil, err
	}
	tx := t.Begin()
	j := tx.StartJob(kind, im.ID, im.Rows, imports.JobParams{ImportID: im.ID})
	im.JobID = j.ID
	if to == imports.Committing {
		im.Counts = imports.Counts{} // those of the check; the commit counts for itself
	}
	tx.SaveImport(im)
	out := &Accepted{Location: "/v1/jobs/" + j.ID, Body: j}
	return out, saved(api.Commit(ctx, tx, http.StatusAccepted, out))
}

// move takes the import to a state at work. One that stands there because its job gave up stays: the step begins again.
func move(ctx context.Context, t *store.Tenant, im *imports.Import, to imports.Status) error {
	if im.Status != to || !im.Working() {
		return im.Move(to)
	}
	j, err := jobOf(ctx, t, im)
	if err == nil && j != nil {
		return im.Move(to) // refused: the step is under way
	}
	return err
}

// cancel ends an import that has no job at work at once, and asks the job of any other to stop.
func (f *Feature) cancel(ctx context.Context, in *ByID) (*api.Record[Detail], error) {
	t := f.tenant(ctx)
	im, err := f.opened(ctx, t, in.ID)
	if err != nil {
		return nil, err
	}
	j, err := atWork(ctx, t, im)
	if err != nil {
		return nil, err
	}
	tx := t.Begin()
	if j != nil {
		j.CancelAsked = true
		tx.SaveJob(j, false)
	} else {
		if im.Status == imports.Committing { // its job gave up: what it brought in can be undone
			now := t.Now()
			im.CommittedAt = &now
		}
		if err := im.Move(imports.Canceled); err != nil {
			return nil, err
		}
		tx.SaveImport(im)
	}
	err = api.Commit(ctx, tx, http.StatusOK, nil)
	if table.FailedLabel(err, "job") {
		return nil, errs.New(errs.Conflict, "import_busy").Because(err) // its worker saved progress at the same moment
	}
	if err != nil {
		return nil, saved(err)
	}
	d, err := f.detail(ctx, t, im)
	return api.NewRecord(d, im.Version), err
}

// atWork returns the job that checks or commits the import and can be asked to stop; nil when none does.
func atWork(ctx context.Context, t *store.Tenant, im *imports.Import) (*job.Job, error) {
	if !im.Working() || im.Status == imports.Undoing {
		return nil, nil
	}
	return jobOf(ctx, t, im)
}

// jobOf returns the job of an import at work; nil when it has ended without moving the import on.
func jobOf(ctx context.Context, t *store.Tenant, im *imports.Import) (*job.Job, error) {
	j, err := t.Job(ctx, im.JobID)
	if errs.Code(err) == "job_not_found" || err == nil && j.Status.Ended() {
		return nil, nil
	}
	return j, err
}

type fieldsOutput struct {
	Body struct {
		Customers []importplan.Field `json:"customers"`
		Orders    []importplan.Field `json:"orders"`
		Leads     []importplan.Field `json:"leads"`
	}
}

// own lists the workspace's own fields of a kind's records: customers alone have any.
func (f *Feature) own(ctx context.Context, t *store.Tenant, k importplan.Kind) ([]importplan.Field, error) {
	if k != importplan.Customers {
		return nil, nil
	}
	set, err := t.CustomFields(ctx)
	if err != nil {
		return nil, err
	}
	return importplan.CustomFields(set), nil
}

func (f *Feature) fields(ctx context.Context, _ *struct{}) (*fieldsOutput, error) {
	own, err := f.own(ctx, f.tenant(ctx), importplan.Customers)
	if err != nil {
		return nil, err
	}
	out := &fieldsOutput{}
	out.Body.Customers, out.Body.Orders, out.Body.Leads =
		importplan.Fields(importplan.Customers), importplan.Fields(importplan.Orders), importplan.Fields(importplan.Leads)
	out.Body.Customers = append(slices.Clone(out.Body.Customers), own...)
	return out, nil
}
