// Package views is the feature of saved views: how a person likes to see a list, kept for themselves or shared with the workspace.
package views

import (
	"context"
	"net/http"

	"github.com/dangol/dangol/shared/api"
	"github.com/dangol/dangol/shared/env"
	"github.com/dangol/dangol/shared/store"
)

// Feature serves /v1/views.
type Feature struct{ env *env.Env }

// New returns the feature over the ports of e.
func New(e *env.Env) *Feature { return &Feature{env: e} }

// Register mounts the operations.
func (f *Feature) Register(a *api.API) {
	const tag, read, write = "views", "views:read", "views:write"
	missing, changing := []int{http.StatusNotFound}, []int{http.StatusNotFound, http.StatusForbidden, http.StatusPreconditionFailed}
	api.Register(a, api.Operation{ID: "listViews", Method: http.MethodGet, Path: "/v1/views", Tag: tag, Scope: read,
		Summary: "List the caller's own views and those that are shared, oldest first"}, f.list)
	api.Register(a, api.Operation{ID: "createView", Method: http.MethodPost, Path: "/v1/views", Tag: tag, Scope: write, Status: 201,
		Summary: "Save a view, private or shared with the workspace"}, f.create)
	api.Register(a, api.Operation{ID: "getView", Method: http.MethodGet, Path: "/v1/views/{id}", Tag: tag, Scope: read, Statuses: missing,
		Summary: "Read a view; a private one of somebody else is none"}, f.read)
	api.Register(a, api.Operation{ID: "changeView", Method: http.MethodPatch, Path: "/v1/views/{id}", Tag: tag, Scope: write, Statuses: changing,
		Summary: "Change one's own view by merge patch"}, f.change)
	api.Register(a, api.Operation{ID: "deleteView", Method: http.MethodDelete, Path: "/v1/views/{id}", Tag: tag, Scope: write, Statuses: changing,
		Summary: "Remove one's own view"}, f.remove)
}

func (f *Feature) tenant(ctx context.Context) *store.Tenant {
	p := api.From(ctx)
	return f.env.DB.Tenant(p.Tenant).As(p.Actor())
}

// ByID names one record in the path.
type ByID struct {
	ID string `path:"id" maxLength:"64" doc:"The view's id."`
}
