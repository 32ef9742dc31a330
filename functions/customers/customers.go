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

// Feature serves /v1/customers, but for its lists (functions/lists).
type Feature struct{ env *env.Env }

// New returns the feature over the ports of e.
func New(e *env.Env) *Feature { return &Feature{env: e} }

// Register mounts the operations.
func (f *Feature) Register(a *api.API) {
	get, post, patch, del := http.MethodGet, http.MethodPost, http.MethodPatch, http.MethodDelete
	read, write := "customers:read", "customers:write"
	missing, taken := []int{http.StatusNotFound}, []int{http.StatusConflict}
	changing := []int{http.StatusNotFound, http.StatusConflict, http.StatusPreconditionFailed}

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
	f.registerMerges(a)
}

// registerMerges mounts what makes one customer of two, and two of one.
func (f *Feature) registerMerges(a *api.API) {
	get, post, read, write := http.MethodGet, http.MethodPost, "customers:read", "customers:write"
	missing, changing := []int{http.StatusNotFound}, []int{http.StatusNotFound, http.StatusConflict, http.StatusPreconditionFailed}
	api.Register(a, api.Operation{ID: "mergeCustomer", Method: post, Path: "/v1/customers/{id}/merge", Tag: tag, Scope: write, Status: 202, Statuses: changing,
		Summary: "Merge another customer into this one, field by field",
		Description: "The records change at once. Orders, leads, the timeline, consents and messages follow by the job that Location names. Of consents the strictest holds. " +
			"The other id then answers 404 `customer_merged` with `mergedInto`; orders that name it, and its e-mail and externalId, lead to this customer. " +
			"Nothing is lost: unmerge takes it back. When the job ended before everything had followed, the same request starts another for the same merge; what was chosen then stays chosen."}, f.merge)
	api.Register(a, api.Operation{ID: "unmergeCustomer", Method: post, Path: "/v1/customers/{id}/unmerge", Tag: tag, Scope: write, Status: 202, Statuses: changing,
		Summary: "Take a merge back: both are customers of their own again",
		Description: "What came with the merged customer goes back to them. What came later stays with this customer, also what someone changed on the record since; " +
			"a consent withdrawn since holds for both. Of several merges the latest is taken back first. When the job ended before everything was back, the same request starts another."}, f.unmerge)
	api.Register(a, api.Operation{ID: "listMerges", Method: get, Path: "/v1/customers/{id}/merges", Tag: tag, Scope: read, Statuses: missing,
		Summary: "List who was merged into this customer, the latest first"}, f.merges)
	api.Register(a, api.Operation{ID: "previewMerge", Method: get, Path: "/v1/customers/{id}/merge-preview", Tag: tag, Scope: read,
		Statuses: []int{http.StatusNotFound, http.StatusConflict}, Summary: "Look at two customers before they are merged, and count what would move"}, f.mergePreview)
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
