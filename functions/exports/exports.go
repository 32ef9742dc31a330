// Package exports is the feature that lists the files made of a workspace's records and lets them be downloaded.
package exports

import (
	"context"
	"net/http"
	"time"

	"github.com/dangol/dangol/shared/api"
	"github.com/dangol/dangol/shared/crm/export"
	"github.com/dangol/dangol/shared/env"
	"github.com/dangol/dangol/shared/store"
)

// Feature serves /v1/exports.
type Feature struct{ env *env.Env }

// New returns the feature over the ports of e.
func New(e *env.Env) *Feature { return &Feature{env: e} }

// Register mounts the operations.
func (f *Feature) Register(a *api.API) {
	api.Register(a, api.Operation{ID: "listExports", Method: http.MethodGet, Path: "/v1/exports", Tag: "exports", Scope: "exports:read",
		Summary: "List exported files, newest first"}, f.list)
	api.Register(a, api.Operation{ID: "getExport", Method: http.MethodGet, Path: "/v1/exports/{id}", Tag: "exports", Scope: "exports:read",
		Statuses: []int{http.StatusNotFound}, Summary: "Read an export and get a link to download its file"}, f.read)
}

func (f *Feature) tenant(ctx context.Context) *store.Tenant {
	p := api.From(ctx)
	return f.env.DB.Tenant(p.Tenant).As(p.Actor())
}

func (f *Feature) list(ctx context.Context, in *api.PageInput) (*api.Page[*export.Export], error) {
	p := store.Page{Limit: in.Limit}
	if _, err := api.OpenCursor(ctx, in.Cursor, &p.After); err != nil {
		return nil, err
	}
	exports, next, err := f.tenant(ctx).Exports(ctx, p)
	if err != nil {
		return nil, err
	}
	return api.NewPage(exports, api.NextCursor(ctx, next)), nil
}

// ByID names one record in the path.
type ByID struct {
	ID string `path:"id" maxLength:"64" doc:"The export's id."`
}

// Download is an export with a link to its file.
type Download struct {
	*export.Export
	DownloadURL string `json:"downloadUrl" doc:"Works without credentials for 15 minutes."`
	ManifestURL string `json:"manifestUrl,omitempty" doc:"What the file is, as JSON: rows, bytes, SHA-256, columns, the segment's version and the moment. Works as long."`
}

// linkLives is how long a download link works: long enough to start the download, short enough to be of no use in a log.
const linkLives = 15 * time.Minute

func (f *Feature) read(ctx context.Context, in *ByID) (*api.Record[Download], error) {
	t := f.tenant(ctx)
	e, err := t.Export(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	url, err := f.env.Objects(t.ID).DownloadURL(ctx, t.ExportKey(e), e.FileName, linkLives)
	if err != nil {
		return nil, err
	}
	out := Download{Export: e, DownloadURL: url}
	if e.HasManifest {
		out.ManifestURL, err = f.env.Objects(t.ID).DownloadURL(ctx, t.ExportManifestKey(e), e.FileName+".manifest.json", linkLives)
	}
	return api.NewRecord(out, e.Version), err
}
