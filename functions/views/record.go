package views

import (
	"context"
	"net/http"

	"github.com/dangol/dangol/shared/api"
	"github.com/dangol/dangol/shared/crm/views"
	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/shared/store"
)

type listInput struct {
	api.PageInput
	Subject views.Subject `query:"subject" enum:"customers,orders,leads,campaigns" doc:"Only views of lists of this."`
}

// list leaves out what others keep for themselves, and reads on until the page is full.
func (f *Feature) list(ctx context.Context, in *listInput) (*api.Page[*views.View], error) {
	p := store.Page{Limit: in.Limit}
	if _, err := api.OpenCursor(ctx, in.Cursor, &p.After, string(in.Subject)); err != nil {
		return nil, err
	}
	t, actor := f.tenant(ctx), api.From(ctx).Actor()
	var seen []*views.View
	for {
		some, next, err := t.Views(ctx, p)
		if err != nil {
			return nil, err
		}
		for i, v := range some {
			if !v.SeenBy(actor) || in.Subject != "" && v.Subject != in.Subject {
				continue
			}
			if seen = append(seen, v); len(seen) == in.Limit && (next != "" || i < len(some)-1) {
				return api.NewPage(seen, api.SealCursor(ctx, v.ID, string(in.Subject))), nil
			}
		}
		if p.After = next; next == "" {
			return api.NewPage(seen, ""), nil
		}
	}
}

func (f *Feature) create(ctx context.Context, in *struct{ Body views.Fields }) (*api.Created[*views.View], error) {
	fields, err := views.Normalise(in.Body)
	if err != nil {
		return nil, err
	}
	t := f.tenant(ctx)
	v := &views.View{ID: t.NewID(id.View), Fields: fields, OwnerID: api.From(ctx).Actor()}
	tx := t.Begin()
	tx.CreateView(v)
	out := api.NewCreated("/v1/views/"+v.ID, v, v.Version)
	return out, api.Commit(ctx, tx, http.StatusCreated, out)
}

// seen reads a view that the caller sees.
func (f *Feature) seen(ctx context.Context, viewID string) (*views.View, error) {
	v, err := f.tenant(ctx).View(ctx, viewID)
	if err == nil && !v.SeenBy(api.From(ctx).Actor()) {
		return nil, errs.New(errs.NotFound, "view_not_found")
	}
	return v, err
}

// own reads a view that the caller may change, as they last saw it.
func (f *Feature) own(ctx context.Context, viewID string, m api.IfMatch) (*views.View, error) {
	v, err := f.seen(ctx, viewID)
	if err != nil {
		return nil, err
	}
	if v.OwnerID != api.From(ctx).Actor() {
		return nil, errs.New(errs.Forbidden, "view_of_another")
	}
	return v, m.Check(v.Version)
}

func (f *Feature) read(ctx context.Context, in *ByID) (*api.Record[*views.View], error) {
	v, err := f.seen(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	return api.NewRecord(v, v.Version), nil
}

type changeInput struct {
	ByID
	api.IfMatch
	Body api.Patch[views.Fields]
}

func (f *Feature) change(ctx context.Context, in *changeInput) (*api.Record[*views.View], error) {
	v, err := f.own(ctx, in.ID, in.IfMatch)
	if err != nil {
		return nil, err
	}
	fields, changed, err := in.Body.Apply(v.Fields)
	if err != nil {
		return nil, err
	}
	if v.Fields, err = views.Normalise(fields); err != nil {
		return nil, err
	}
	if len(changed) == 0 {
		return api.NewRecord(v, v.Version), nil
	}
	tx := f.tenant(ctx).Begin()
	tx.SaveView(v, changed)
	out := api.NewRecord(v, v.Version)
	return out, store.Raced(api.Commit(ctx, tx, http.StatusOK, out))
}

type removeInput struct {
	ByID
	api.IfMatch
}

func (f *Feature) remove(ctx context.Context, in *removeInput) (*struct{}, error) {
	v, err := f.own(ctx, in.ID, in.IfMatch)
	if err != nil {
		return nil, err
	}
	tx := f.tenant(ctx).Begin()
	tx.RemoveView(v)
	return nil, store.Raced(api.Commit(ctx, tx, http.StatusNoContent, nil))
}
