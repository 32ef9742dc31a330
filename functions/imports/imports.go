// Package imports is the feature that brings in files: upload, match columns, check every row, commit as a job, undo.
package imports

import (
	"context"
	"net/http"

	"github.com/dangol/dangol/shared/api"
	"github.com/dangol/dangol/shared/env"
	"github.com/dangol/dangol/shared/store"
)

// Feature serves /v1/imports.
type Feature struct {
	env     *env.Env
	maxFile int64 // bytes
}

// New returns the feature over the ports of e.
func New(e *env.Env) *Feature { return &Feature{env: e, maxFile: MaxFileBytes} }

// Register mounts the operations.
func (f *Feature) Register(a *api.API) {
	const tag, read, write = "imports", "imports:read", "imports:write"
	get, post, missing, wrong := http.MethodGet, http.MethodPost, []int{http.StatusNotFound}, []int{http.StatusNotFound, http.StatusConflict}
	job := http.StatusAccepted
	api.Register(a, api.Operation{ID: "listImports", Method: get, Path: "/v1/imports", Tag: tag, Scope: read,
		Summary: "List imports, newest first"}, f.list)
	api.Register(a, api.Operation{ID: "createImport", Method: post, Path: "/v1/imports", Tag: tag, Scope: write, Status: 201,
		Summary: "Start an import and get the address to upload its file to"}, f.create)
	api.Register(a, api.Operation{ID: "getImport", Method: get, Path: "/v1/imports/{id}", Tag: tag, Scope: read, Statuses: missing,
		Summary: "Read an import: guessed mapping, sample, problems, counts"}, f.read)
	api.Register(a, api.Operation{ID: "mapImport", Method: http.MethodPut, Path: "/v1/imports/{id}/mapping", Tag: tag, Scope: write, Statuses: wrong,
		Summary: "Say which field each column is"}, f.setMapping)
	api.Register(a, api.Operation{ID: "checkImport", Method: post, Path: "/v1/imports/{id}/check", Tag: tag, Scope: write, Status: job, Statuses: wrong,
		Summary: "Check every row without writing any"}, f.check)
	api.Register(a, api.Operation{ID: "commitImport", Method: post, Path: "/v1/imports/{id}/commit", Tag: tag, Scope: write, Status: job, Statuses: wrong,
		Summary: "Bring the rows in"}, f.commit)
	api.Register(a, api.Operation{ID: "cancelImport", Method: post, Path: "/v1/imports/{id}/cancel", Tag: tag, Scope: write, Statuses: wrong,
		Summary: "Stop an import; what was brought in stays and can be undone"}, f.cancel)
	api.Register(a, api.Operation{ID: "undoImport", Method: post, Path: "/v1/imports/{id}/undo", Tag: tag, Scope: write, Status: job, Statuses: wrong,
		Summary: "Take back what an import created and changed"}, f.undo)
	api.Register(a, api.Operation{ID: "readFailedRows", Method: get, Path: "/v1/imports/{id}/failed-rows", Tag: tag, Scope: read, Statuses: missing,
		Summary: "Download the rows that failed as a CSV that can be imported again once mended"}, f.failedRows)
	api.Register(a, api.Operation{ID: "listImportFields", Method: get, Path: "/v1/imports/fields", Tag: tag, Scope: read,
		Summary: "List the fields that columns can be matched to"}, f.fields)
}

func (f *Feature) tenant(ctx context.Context) *store.Tenant {
	p := api.From(ctx)
	return f.env.DB.Tenant(p.Tenant).As(p.Actor())
}

// ByID names one record in the path.
type ByID struct {
	ID string `path:"id" maxLength:"64" doc:"The import's id."`
}
