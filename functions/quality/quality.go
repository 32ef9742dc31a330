// Package quality is the feature of data quality: how well the customers' fields are filled and how much of it can be right, who has not been heard of for long,
// which records are likely to be one person, and the customers behind each figure. It asks the tenant's lake, which is up to three seconds behind.
package quality

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/dangol/dangol/shared/api"
	"github.com/dangol/dangol/shared/audience"
	"github.com/dangol/dangol/shared/env"
	"github.com/dangol/dangol/shared/lake/ask"
	"github.com/dangol/dangol/shared/lake/quality"
	"github.com/dangol/dangol/shared/lake/sqltext"
	"github.com/dangol/dangol/shared/store"
)

// Feature serves /v1/quality.
type Feature struct{ env *env.Env }

// New returns the feature over the ports of e.
func New(e *env.Env) *Feature { return &Feature{env: e} }

// scanTime is how long a first question may take, which loads the lake.
const scanTime = 25 * time.Second

// Register mounts the operations.
func (f *Feature) Register(a *api.API) {
	operation := func(id, path, summary string) api.Operation {
		return api.Operation{ID: id, Method: http.MethodGet, Path: "/v1/quality" + path, Tag: "quality", Scope: "customers:read", Timeout: scanTime, Summary: summary}
	}
	api.Register(a, operation("readQuality", "", "Read how well the customers' fields are filled, by how the customers came"), f.read)
	api.Register(a, operation("listDuplicates", "/duplicates", "List groups of customers who are likely to be one person"), f.duplicates)
	api.Register(a, operation("listProblems", "/problems", "List the customers with a problem of a field"), f.problems)
}

// view is one tenant's lake and records.
type view struct {
	ask.Lake
	quality.World
	tenant *store.Tenant
}

// StaleInput says after how long a customer counts as stale.
type StaleInput struct {
	StaleMonths int `query:"staleMonths" default:"12" minimum:"1" maximum:"120" doc:"After how many months without a change, an order or any other event a customer is stale."`
}

func (f *Feature) view(ctx context.Context, staleMonths int) (*view, error) {
	p := api.From(ctx)
	t := f.env.DB.Tenant(p.Tenant).As(p.Actor())
	ws, err := t.Workspace(ctx)
	if err != nil {
		return nil, err
	}
	lake, err := f.env.Lake(t.ID)
	if err != nil {
		return nil, fmt.Errorf("open the lake: %w", err)
	}
	return &view{ask.Soon(lake, audience.Lag), quality.World{Now: f.env.Clock.Now(), Zone: ws.Zone(), StaleMonths: staleMonths}, t}, nil
}

// rows asks a statement.
func (v *view) rows(ctx context.Context, s sqltext.Statement) (out [][]any, err error) {
	err = v.Query(ctx, s, func(row []any) error {
		out = append(out, row)
		return nil
	})
	return out, err
}
