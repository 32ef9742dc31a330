// Package orders is the feature of what customers bought, as shop systems and imports report it. Lists of orders are functions/lists'.
package orders

import (
	"context"
	"net/http"

	"github.com/dangol/dangol/shared/api"
	"github.com/dangol/dangol/shared/env"
	"github.com/dangol/dangol/shared/store"
)

// Feature serves /v1/orders.
type Feature struct{ env *env.Env }

// New returns the feature over the ports of e.
func New(e *env.Env) *Feature { return &Feature{env: e} }

// Register mounts the operations.
func (f *Feature) Register(a *api.API) {
	read, write := "orders:read", "orders:write"
	api.Register(a, api.Operation{ID: "createOrder", Method: http.MethodPost, Path: "/v1/orders", Tag: "orders", Scope: write, Status: 201,
		Statuses: []int{http.StatusConflict}, Summary: "Record an order"}, f.create)
	api.Register(a, api.Operation{ID: "upsertOrders", Method: http.MethodPost, Path: "/v1/orders/batch", Tag: "orders", Scope: write,
		Summary: "Record or replace up to 200 orders, each known by its externalId"}, f.batch)
	api.Register(a, api.Operation{ID: "getOrder", Method: http.MethodGet, Path: "/v1/orders/{id}", Tag: "orders", Scope: read,
		Statuses: []int{http.StatusNotFound}, Summary: "Read an order"}, f.read)
	api.Register(a, api.Operation{ID: "deleteOrder", Method: http.MethodDelete, Path: "/v1/orders/{id}", Tag: "orders", Scope: write,
		Statuses: []int{http.StatusNotFound, http.StatusPreconditionFailed}, Summary: "Remove an order recorded by mistake"}, f.remove)
}

func (f *Feature) tenant(ctx context.Context) *store.Tenant {
	p := api.From(ctx)
	return f.env.DB.Tenant(p.Tenant).As(p.Actor())
}
