package templates

import (
	"context"
	"net/http"

	"github.com/dangol/dangol/shared/api"
	"github.com/dangol/dangol/shared/crm/templates"
	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/shared/store"
)

func (f *Feature) list(ctx context.Context, in *api.PageInput) (*api.Page[*templates.Template], error) {
	p := store.Page{Limit: in.Limit}
	if _, err := api.OpenCursor(ctx, in.Cursor, &p.After); err != nil {
		return nil, err
	}
	list, next, err := f.tenant(ctx).Templates(ctx, p)
	if err != nil {
		return nil, err
	}
	return api.NewPage(list, api.NextCursor(ctx, next)), nil
}

func (f *Feature) create(ctx context.Context, in *struct{ Body templates.Fields }) (*api.Created[Shown], error) {
	fields, err := templates.Normalise(in.Body)
	if err != nil {
		return nil, err
	}
	t := f.tenant(ctx)
	tpl := &templates.Template{ID: t.NewID(id.Template), Fields: fields}
	tx := t.Begin()
	tx.CreateTemplate(tpl)
	out := api.NewCreated("/v1/templates/"+tpl.ID, shown(ctx, tpl), tpl.Version)
	return out, api.Commit(ctx, tx, http.StatusCreated, out)
}

func (f *Feature) read(ctx context.Context, in *ByID) (*api.Record[Shown], error) {
	tpl, err := f.tenant(ctx).Template(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	return api.NewRecord(shown(ctx, tpl), tpl.Version), nil
}

type changeInput struct {
	ByID
	api.IfMatch
	Body api.Patch[templates.Fields]
}

func (f *Feature) change(ctx context.Context, in *changeInput) (*api.Record[Shown], error) {
	t := f.tenant(ctx)
	tpl, err := t.Template(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	if err := in.Check(tpl.Version); err != nil {
		return nil, err
	}
	fields, changed, err := in.Body.Apply(tpl.Fields)
	if err != nil {
		return nil, err
	}
	if tpl.Fields, err = templates.Normalise(fields); err != nil {
		return nil, err
	}
	if len(changed) == 0 {
		return api.NewRecord(shown(ctx, tpl), tpl.Version), nil
	}
	tx := t.Begin()
	tx.SaveTemplate(tpl, changed)
	out := api.NewRecord(shown(ctx, tpl), tpl.Version)
	return out, store.Raced(api.Commit(ctx, tx, http.StatusOK, out))
}

type removeInput struct {
	ByID
	api.IfMatch
}

func (f *Feature) remove(ctx context.Context, in *removeInput) (*struct{}, error) {
	t := f.tenant(ctx)
	tpl, err := t.Template(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	if err := in.Check(tpl.Version); err != nil {
		return nil, err
	}
	tx := t.Begin()
	tx.RemoveTemplate(tpl)
	return nil, store.Raced(api.Commit(ctx, tx, http.StatusNoContent, nil))
}
