// Package insights is the feature of dashboards: the owner's morning, cohorts, the spread of value, and a pivot of what customers bought. Every figure comes with the
// rule of the customers behind it, so that it can be opened and saved as a segment. It asks the tenant's lake, which is up to three seconds behind.
package insights

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/shopspring/decimal"

	"github.com/dangol/dangol/shared/api"
	"github.com/dangol/dangol/shared/audience"
	"github.com/dangol/dangol/shared/crm/money"
	"github.com/dangol/dangol/shared/crm/segment"
	"github.com/dangol/dangol/shared/env"
	"github.com/dangol/dangol/shared/lake/ask"
	"github.com/dangol/dangol/shared/lake/insight"
	"github.com/dangol/dangol/shared/lake/sqltext"
	"github.com/dangol/dangol/shared/store"
)

// Feature serves /v1/insights.
type Feature struct{ env *env.Env }

// New returns the feature over the ports of e.
func New(e *env.Env) *Feature { return &Feature{env: e} }

// scanTime is how long a first question may take, which loads the lake.
const scanTime = 25 * time.Second

// Register mounts the operations.
func (f *Feature) Register(a *api.API) {
	operation := func(id, method, path, summary string) api.Operation {
		return api.Operation{ID: id, Method: method, Path: "/v1/insights" + path, Tag: "insights", Scope: "scores:read", Timeout: scanTime, Summary: summary}
	}
	get := http.MethodGet
	api.Register(a, operation("readMorning", get, "/home", "Read the owner's morning: the last days, and who needs attention"), f.home)
	api.Register(a, operation("readCohorts", get, "/cohorts", "Read how many customers of each month of first orders came back, and their revenue"), f.cohorts)
	api.Register(a, operation("readCurve", get, "/curve", "Read what share of the buyers brings what share of the revenue, and who they are"), f.curve)
	api.Register(a, operation("readPyramid", get, "/pyramid", "Read the value pyramid: the buyers in tiers, those who bring most first"), f.pyramid)
	api.Register(a, operation("readGrid", get, "/rfm", "Read the RFM grid: customers and revenue by recency and frequency"), f.grid)
	api.Register(a, operation("pivotSales", http.MethodPost, "/pivot", "Add up revenue, orders and buyers by a property of customers and by period"), f.pivot)
}

// view is one tenant's lake, with what statements need to know of the workspace.
type view struct {
	ask.Lake
	insight.World
	tenant   *store.Tenant
	audience *audience.Reader
}

func (f *Feature) view(ctx context.Context) (*view, error) {
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
	v := &view{Lake: ask.Soon(lake, audience.Lag), tenant: t, audience: audience.New(t, f.env.Objects(t.ID))}
	v.Env = segment.Env{Now: f.env.Clock.Now(), Zone: ws.Zone(), Currency: ws.Currency}
	return v, nil
}

// rows asks a statement.
func (v *view) rows(ctx context.Context, s sqltext.Statement) (out [][]any, err error) {
	err = v.Query(ctx, s, func(row []any) error {
		out = append(out, row)
		return nil
	})
	return out, err
}

// fields lets rules ask for custom fields.
func (v *view) fields(ctx context.Context) error {
	columns, err := v.Columns(ctx, "customers")
	if err != nil {
		return err
	}
	v.Custom = ask.Kinds(columns)
	return nil
}

// money is an amount of the lake in the workspace's currency; zero where there is none.
func (v *view) money(amount any) money.Money {
	d, _ := amount.(decimal.Decimal)
	return money.Money{Amount: d, Currency: v.Currency}
}

func count(n any) int64 {
	i, _ := n.(int64)
	return i
}

func text(s any) string {
	t, _ := s.(string)
	return t
}

// share is a part of a sum; 0 of nothing.
func share(part, of decimal.Decimal) float64 {
	if !of.IsPositive() {
		return 0
	}
	return part.Div(of).InexactFloat64()
}
