// Package jobs is the feature that shows long work and lets its owner cancel it.
package jobs

import (
	"context"
	"net/http"

	"github.com/dangol/dangol/shared/api"
	"github.com/dangol/dangol/shared/crm/job"
	"github.com/dangol/dangol/shared/env"
	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/store"
	"github.com/dangol/dangol/shared/table"
)

// Feature serves /v1/jobs.
type Feature struct{ env *env.Env }

// New returns the feature over the ports of e.
func New(e *env.Env) *Feature { return &Feature{env: e} }

// Register mounts the operations.
func (f *Feature) Register(a *api.API) {
	api.Register(a, api.Operation{ID: "listJobs", Method: http.MethodGet, Path: "/v1/jobs", Tag: "jobs", Scope: "jobs:read",
		Summary: "List long work, newest first"}, f.list)
	api.Register(a, api.Operation{ID: "getJob", Method: http.MethodGet, Path: "/v1/jobs/{id}", Tag: "jobs", Scope: "jobs:read",
		Statuses: []int{http.StatusNotFound}, Summary: "Read one job: its status, progress and result"}, f.read)
	api.Register(a, api.Operation{ID: "cancelJob", Method: http.MethodPost, Path: "/v1/jobs/{id}/cancel", Tag: "jobs", Scope: "jobs:write",
		Statuses: []int{http.StatusNotFound, http.StatusConflict}, Summary: "Ask a job to stop; what it has done stays done"}, f.cancel)
	api.Register(a, api.Operation{ID: "listJobFailures", Method: http.MethodGet, Path: "/v1/jobs/{id}/failures", Tag: "jobs", Scope: "jobs:read",
		Statuses: []int{http.StatusNotFound}, Summary: "List the customers whom a job left as they were, and why",
		Description: "Of a change of many customers, those who failed; of its undo, those who were kept because someone has changed them since, or they are gone. They can be read for 35 days."}, f.failures)
	api.Register(a, api.Operation{ID: "undoJob", Method: http.MethodPost, Path: "/v1/jobs/{id}/undo", Tag: "jobs", Scope: "customers:write", Status: http.StatusAccepted,
		Statuses: []int{http.StatusNotFound, http.StatusConflict}, Summary: "Take back a change of many customers",
		Description: "Starts a job that puts back the fields of each customer as they were, and whoever was archived. A field that someone has changed since stays. The job's result counts read = restored + kept. " +
			"One that was canceled or gave up can be started again."}, f.undo)
}

func (f *Feature) tenant(ctx context.Context) *store.Tenant {
	p := api.From(ctx)
	return f.env.DB.Tenant(p.Tenant).As(p.Actor())
}

// ByID names one record in the path.
type ByID struct {
	ID string `path:"id" maxLength:"64" doc:"The job's id."`
}

func (f *Feature) list(ctx context.Context, in *api.PageInput) (*api.Page[*job.Job], error) {
	p := store.Page{Limit: in.Limit}
	if _, err := api.OpenCursor(ctx, in.Cursor, &p.After); err != nil {
		return nil, err
	}
	jobs, next, err := f.tenant(ctx).Jobs(ctx, p)
	if err != nil {
		return nil, err
	}
	return api.NewPage(jobs, api.NextCursor(ctx, next)), nil
}

func (f *Feature) read(ctx context.Context, in *ByID) (*api.Record[*job.Job], error) {
	j, err := f.tenant(ctx).Job(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	return api.NewRecord(j, j.Version), nil
}

// cancelTries bounds how often a cancel competes with the worker's own saves.
const cancelTries = 10

func (f *Feature) cancel(ctx context.Context, in *ByID) (*api.Record[*job.Job], error) {
	t := f.tenant(ctx)
	for range cancelTries {
		j, err := t.Job(ctx, in.ID)
		if err != nil {
			return nil, err
		}
		if j.Status.Ended() {
			return nil, errs.New(errs.Conflict, "job_ended")
		}
		j.CancelAsked = true
		tx := t.Begin()
		tx.SaveJob(j, false)
		out := api.NewRecord(j, j.Version)
		if err = api.Commit(ctx, tx, http.StatusOK, out); !table.FailedLabel(err, "job") {
			return out, err
		}
	}
	return nil, errs.New(errs.Unavailable, "try_again")
}
