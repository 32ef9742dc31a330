package jobs

import (
	"context"
	"encoding/json"
	"net/http"

	"github.com/dangol/dangol/shared/api"
	"github.com/dangol/dangol/shared/crm/bulk"
	"github.com/dangol/dangol/shared/crm/job"
	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/store"
	"github.com/dangol/dangol/shared/table"
)

type failuresInput struct {
	ByID
	api.PageInput
}

// Failure is a customer whom a job left as they were.
type Failure struct {
	bulk.Failure
	Detail string `json:"detail" doc:"Why, in the caller's language."`
}

func (f *Feature) failures(ctx context.Context, in *failuresInput) (*api.Page[Failure], error) {
	t, p := f.tenant(ctx), store.Page{Limit: in.Limit}
	if _, err := api.OpenCursor(ctx, in.Cursor, &p.After, in.ID); err != nil {
		return nil, err
	}
	if _, err := t.Job(ctx, in.ID); err != nil {
		return nil, err
	}
	found, next, err := t.BulkFailures(ctx, in.ID, p)
	if err != nil {
		return nil, err
	}
	list := make([]Failure, len(found))
	for i, one := range found {
		list[i] = Failure{one, errs.Detail(one.Code, one.Args, api.Language(ctx))}
	}
	return api.NewPage(list, api.NextCursor(ctx, next, in.ID)), nil
}

// undo starts the job that takes another back, and notes it there in the same transaction: of two who ask, one is refused.
func (f *Feature) undo(ctx context.Context, in *ByID) (*api.Accepted[*job.Job], error) {
	t := f.tenant(ctx)
	j, err := t.Job(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	if err := undoable(ctx, t, j); err != nil {
		return nil, err
	}
	tx := t.Begin()
	back := tx.StartJob(job.CustomerBulkUndo, j.ID, changed(j), bulk.UndoParams{JobID: j.ID})
	j.UndoneBy = back.ID
	tx.SaveJob(j, false)
	out := api.NewAccepted(back.ID, back)
	err = api.Commit(ctx, tx, http.StatusAccepted, out)
	if table.FailedLabel(err, "job") {
		return nil, errs.New(errs.Conflict, "job_undone").Because(err)
	}
	return out, err
}

// changed is how many customers a job changed.
func changed(j *job.Job) int64 {
	var counts bulk.Counts
	_ = json.Unmarshal(j.Result, &counts) // the total of a progress bar, which does without
	return counts.Changed
}

// undoable refuses a job that left nothing to take back, or that is taken back already.
func undoable(ctx context.Context, t *store.Tenant, j *job.Job) error {
	switch {
	case j.UndoUntil == nil:
		return errs.New(errs.Conflict, "job_not_undoable")
	case t.Now().After(*j.UndoUntil):
		return errs.Newf(errs.Conflict, "job_undo_expired", "days", bulk.UndoDays)
	case j.UndoneBy == "":
		return nil
	}
	before, err := t.Job(ctx, j.UndoneBy)
	if err == nil && before.Status != job.Canceled && before.Status != job.Failed {
		return errs.New(errs.Conflict, "job_undone").With("jobId", j.UndoneBy)
	}
	return err
}
