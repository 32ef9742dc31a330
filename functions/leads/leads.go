// Package leads is the feature of people who may become customers.
package leads

import (
	"context"
	"net/http"

	"github.com/dangol/dangol/shared/api"
	"github.com/dangol/dangol/shared/crm/lead"
	"github.com/dangol/dangol/shared/env"
	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/shared/store"
	"github.com/dangol/dangol/shared/table"
)

// Feature serves /v1/leads.
type Feature struct{ env *env.Env }

// New returns the feature over the ports of e.
func New(e *env.Env) *Feature { return &Feature{env: e} }

// Register mounts the operations.
func (f *Feature) Register(a *api.API) {
	read, write := "leads:read", "leads:write" // lists serves the list
	changing := []int{http.StatusNotFound, http.StatusConflict, http.StatusPreconditionFailed}
	api.Register(a, api.Operation{ID: "createLead", Method: http.MethodPost, Path: "/v1/leads", Tag: "leads", Scope: write, Status: 201,
		Summary: "Create a lead"}, f.create)
	api.Register(a, api.Operation{ID: "getLead", Method: http.MethodGet, Path: "/v1/leads/{id}", Tag: "leads", Scope: read,
		Statuses: []int{http.StatusNotFound}, Summary: "Read a lead"}, f.read)
	api.Register(a, api.Operation{ID: "changeLead", Method: http.MethodPatch, Path: "/v1/leads/{id}", Tag: "leads", Scope: write,
		Statuses: changing, Summary: "Change a lead by merge patch"}, f.change)
	api.Register(a, api.Operation{ID: "convertLead", Method: http.MethodPost, Path: "/v1/leads/{id}/convert", Tag: "leads", Scope: write,
		Statuses: changing, Summary: "Make a lead a customer, its source kept"}, f.convert)
}

func (f *Feature) tenant(ctx context.Context) *store.Tenant {
	p := api.From(ctx)
	return f.env.DB.Tenant(p.Tenant).As(p.Actor())
}

// ByID names one record in the path.
type ByID struct {
	ID string `path:"id" maxLength:"64" doc:"The lead's id."`
}

func (f *Feature) create(ctx context.Context, in *struct{ Body lead.Fields }) (*api.Created[*lead.Lead], error) {
	t := f.tenant(ctx)
	fields, err := normalise(ctx, t, in.Body)
	if err != nil {
		return nil, err
	}
	l := &lead.Lead{ID: t.NewID(id.Lead), Fields: fields}
	tx := t.Begin()
	tx.CreateLead(l)
	out := api.NewCreated("/v1/leads/"+l.ID, l, l.Version)
	return out, api.Commit(ctx, tx, http.StatusCreated, out)
}

// normalise applies the rules of leads. Converted is no status to set by hand: it would name no customer.
func normalise(ctx context.Context, t *store.Tenant, in lead.Fields) (lead.Fields, error) {
	if in.Status == lead.Converted {
		return in, errs.InvalidField("/status", "option_unknown", "value", string(in.Status))
	}
	w, err := t.Workspace(ctx)
	if err != nil {
		return in, err
	}
	return lead.Normalise(in, w.Country)
}

func (f *Feature) read(ctx context.Context, in *ByID) (*api.Record[*lead.Lead], error) {
	l, err := f.tenant(ctx).Lead(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	return api.NewRecord(l, l.Version), nil
}

type changeInput struct {
	ByID
	api.IfMatch
	Body api.Patch[lead.Fields]
}

func (f *Feature) change(ctx context.Context, in *changeInput) (*api.Record[*lead.Lead], error) {
	t := f.tenant(ctx)
	l, err := open(ctx, t, in.ID, in.IfMatch)
	if err != nil {
		return nil, err
	}
	fields, changed, err := in.Body.Apply(l.Fields)
	if err != nil {
		return nil, err
	}
	if l.Fields, err = normalise(ctx, t, fields); err != nil {
		return nil, err
	}
	tx := t.Begin()
	tx.SaveLead(l, changed)
	if err := api.Commit(ctx, tx, http.StatusOK, nil); err != nil {
		return nil, stale(err)
	}
	return api.NewRecord(l, l.Version), nil
}

// open reads a lead that may still be changed: not converted, and at the version that the caller read.
func open(ctx context.Context, t *store.Tenant, leadID string, m api.IfMatch) (*lead.Lead, error) {
	l, err := t.Lead(ctx, leadID)
	if err != nil {
		return nil, err
	}
	if l.Status == lead.Converted {
		return nil, errs.New(errs.Conflict, "lead_already_converted").With("customerId", l.CustomerID)
	}
	return l, m.Check(l.Version)
}

func stale(err error) error {
	if table.FailedLabel(err, store.LabelRecord) {
		return errs.New(errs.Stale, "version_stale").Because(err)
	}
	return err
}
