// Package customers is the feature of the people and businesses that a workspace serves: their records, their one timeline, their consents.
package customers

import (
	"context"
	"net/http"

	"github.com/dangol/dangol/shared/api"
	"github.com/dangol/dangol/shared/env"
	"github.com/dangol/dangol/shared/store"
)

const tag = "customers"

// Feature serves /v1/customers.
type Feature struct{ env *env.Env }

// New returns the feature over the ports of e.
func New(e *env.Env) *Feature { return &Feature{env: e} }

// Register mounts the operations.
func (f *Feature) Register(a *api.API) {
	get, post, patch, del := http.MethodGet, http.MethodPost, http.MethodPatch, http.MethodDelete
	read, write := "customers:read", "customers:write"
	missing, taken := []int{http.StatusNotFound}, []int{http.StatusConflict}
	changing := []int{http.StatusNotFound, http.StatusConflict, http.StatusPreconditionFailed}

	api.Register(a, api.Operation{ID: "listCustomers", Method: get, Path: "/v1/customers", Tag: tag, Scope: read,
		Summary: "List customers, newest first, or find them by the beginning of a name, e-mail or phone"}, f.list)
	api.Register(a, api.Operation{ID: "createCustomer", Method: post, Path: "/v1/customers", Tag: tag, Scope: write, Status: 201, Statuses: taken,
		Summary: "Create a customer"}, f.create)
	api.Register(a, api.Operation{ID: "upsertCustomers", Method: post, Path: "/v1/customers/batch", Tag: tag, Scope: write,
		Summary: "Create or change up to 200 customers, each known by its externalId or else its email"}, f.batch)
	api.Register(a, api.Operation{ID: "getCustomer", Method: get, Path: "/v1/customers/{id}", Tag: tag, Scope: read, Statuses: missing,
		Summary: "Read a customer"}, f.read)
	api.Register(a, api.Operation{ID: "changeCustomer", Method: patch, Path: "/v1/customers/{id}", Tag: tag, Scope: write, Statuses: changing,
		Summary: "Change a customer by merge patch"}, f.change)
	api.Register(a, api.Operation{ID: "archiveCustomer", Method: del, Path: "/v1/customers/{id}", Tag: tag, Scope: write, Statuses: changing,
		Summary: "Archive a customer: out of lists, segments and sends; the history stays"}, f.archive)
	api.Register(a, api.Operation{ID: "readTimeline", Method: get, Path: "/v1/customers/{id}/timeline", Tag: tag, Scope: read, Statuses: missing,
		Summary: "Read what happened to a customer, newest first"}, f.timeline)
	api.Register(a, api.Operation{ID: "readScores", Method: get, Path: "/v1/customers/{id}/scores", Tag: tag, Scope: "scores:read", Statuses: missing,
		Summary: "Read what a customer is worth, and how that changed"}, f.scores)
	api.Register(a, api.Operation{ID: "addNote", Method: post, Path: "/v1/customers/{id}/notes", Tag: tag, Scope: write, Status: 201, Statuses: missing,
		Summary: "Write a note into a customer's timeline"}, f.addNote)
	api.Register(a, api.Operation{ID: "listConsents", Method: get, Path: "/v1/customers/{id}/consents", Tag: tag, Scope: read, Statuses: missing,
		Summary: "List every consent and withdrawal of a customer, newest first"}, f.consents)
	api.Register(a, api.Operation{ID: "recordConsent", Method: post, Path: "/v1/customers/{id}/consents", Tag: tag, Scope: write, Status: 201,
		Statuses: changing, Summary: "Record that a customer granted or withdrew consent"}, f.recordConsent)
}

// tenant returns the stores of the caller's tenant.
func (f *Feature) tenant(ctx context.Context) *store.Tenant {
	p := api.From(ctx)
	return f.env.DB.Tenant(p.Tenant).As(p.Actor())
}

// country is how a phone number without a country code is read; asked only when it matters.
func (f *Feature) country(ctx context.Context, t *store.Tenant) (string, error) {
	w, err := t.Workspace(ctx)
	if err != nil {
		return "", err
	}
	return w.Country, nil
}

// ByID names one record in the path.
type ByID struct {
	ID string `path:"id" maxLength:"64" doc:"The customer's id." example:"cus_01JD8Z4N6T0QF5W9E2R7Y1K3MB"`
}
