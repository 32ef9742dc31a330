// Package products is the feature of what a workspace sells.
package products

import (
	"context"
	"net/http"

	"github.com/dangol/dangol/shared/api"
	"github.com/dangol/dangol/shared/crm/product"
	"github.com/dangol/dangol/shared/env"
	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/shared/store"
)

// Feature serves /v1/products.
type Feature struct{ env *env.Env }

// New returns the feature over the ports of e.
func New(e *env.Env) *Feature { return &Feature{env: e} }

// Register mounts the operations.
func (f *Feature) Register(a *api.API) {
	read, write := "products:read", "products:write"
	changing := []int{http.StatusNotFound, http.StatusConflict, http.StatusPreconditionFailed}
	api.Register(a, api.Operation{ID: "listProducts", Method: http.MethodGet, Path: "/v1/products", Tag: "products", Scope: read,
		Summary: "List products, newest first"}, f.list)
	api.Register(a, api.Operation{ID: "createProduct", Method: http.MethodPost, Path: "/v1/products", Tag: "products", Scope: write, Status: 201,
		Statuses: []int{http.StatusConflict}, Summary: "Create a product"}, f.create)
	api.Register(a, api.Operation{ID: "getProduct", Method: http.MethodGet, Path: "/v1/products/{id}", Tag: "products", Scope: read,
		Statuses: []int{http.StatusNotFound}, Summary: "Read a product"}, f.read)
	api.Register(a, api.Operation{ID: "changeProduct", Method: http.MethodPatch, Path: "/v1/products/{id}", Tag: "products", Scope: write,
		Statuses: changing, Summary: "Change a product by merge patch"}, f.change)
	api.Register(a, api.Operation{ID: "deleteProduct", Method: http.MethodDelete, Path: "/v1/products/{id}", Tag: "products", Scope: write,
		Statuses: changing, Summary: "Delete a product; orders keep its name"}, f.remove)
}

func (f *Feature) tenant(ctx context.Context) *store.Tenant {
	p := api.From(ctx)
	return f.env.DB.Tenant(p.Tenant).As(p.Actor())
}

// ByID names one record in the path.
type ByID struct {
	ID string `path:"id" maxLength:"64" doc:"The product's id."`
}

func (f *Feature) list(ctx context.Context, in *api.PageInput) (*api.Page[*product.Product], error) {
	p := store.Page{Limit: in.Limit}
	if _, err := api.OpenCursor(ctx, in.Cursor, &p.After); err != nil {
		return nil, err
	}
	products, next, err := f.tenant(ctx).Products(ctx, p)
	if err != nil {
		return nil, err
	}
	return api.NewPage(products, api.NextCursor(ctx, next)), nil
}

func (f *Feature) create(ctx context.Context, in *struct{ Body product.Fields }) (*api.Created[*product.Product], error) {
	fields, err := product.Normalise(in.Body)
	if err != nil {
		return nil, err
	}
	t := f.tenant(ctx)
	p := &product.Product{ID: t.NewID(id.Product), Fields: fields}
	tx := t.Begin()
	tx.CreateProduct(p)
	out := api.NewCreated("/v1/products/"+p.ID, p, p.Version)
	if err := api.Commit(ctx, tx, http.StatusCreated, out); err != nil {
		return nil, store.ProductTaken(err)
	}
	return out, nil
}

func (f *Feature) read(ctx context.Context, in *ByID) (*api.Record[*product.Product], error) {
	p, err := f.tenant(ctx).Product(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	return api.NewRecord(p, p.Version), nil
}

type changeInput struct {
	ByID
	api.IfMatch
	Body api.Patch[product.Fields]
}

func (f *Feature) change(ctx context.Context, in *changeInput) (*api.Record[*product.Product], error) {
	t := f.tenant(ctx)
	was, err := t.Product(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	if err := in.Check(was.Version); err != nil {
		return nil, err
	}
	p := *was
	if p.Fields, _, err = in.Body.Apply(was.Fields); err != nil {
		return nil, err
	}
	if p.Fields, err = product.Normalise(p.Fields); err != nil {
		return nil, err
	}
	tx := t.Begin()
	tx.SaveProduct(was, &p)
	if err := api.Commit(ctx, tx, http.StatusOK, nil); err != nil {
		return nil, store.ProductTaken(err)
	}
	return api.NewRecord(&p, p.Version), nil
}

type removeInput struct {
	ByID
	api.IfMatch
}

func (f *Feature) remove(ctx context.Context, in *removeInput) (*struct{}, error) {
	t := f.tenant(ctx)
	p, err := t.Product(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	if err := in.Check(p.Version); err != nil {
		return nil, err
	}
	tx := t.Begin()
	tx.EraseProduct(p)
	return nil, store.ProductTaken(api.Commit(ctx, tx, http.StatusNoContent, nil))
}
