package store

import (
	"context"

	"github.com/dangol/dangol/shared/crm/views"
	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/shared/table"
)

// View reads one saved view, whoever may see it; errs view_not_found.
func (t *Tenant) View(ctx context.Context, viewID string) (*views.View, error) {
	if !id.Valid(id.View, viewID) {
		return nil, errs.New(errs.NotFound, "view_not_found")
	}
	it, err := t.get(ctx, table.CRM, t.keys.record(viewID), "view_not_found")
	if err != nil {
		return nil, err
	}
	v := &views.View{Version: it.Version}
	return v, decode(it, v)
}

// Views lists saved views in the order in which they were made, whoever may see them. next of a page is the id of its last view.
func (t *Tenant) Views(ctx context.Context, p Page) (out []*views.View, next string, err error) {
	items, next, err := t.list(ctx, table.CRM, 1, "viw.list", 1, p)
	if err != nil {
		return nil, "", err
	}
	for i := range items {
		v := &views.View{Version: items[i].Version}
		if err := decode(&items[i], v); err != nil {
			return nil, "", err
		}
		out = append(out, v)
	}
	return out, next, nil
}

// CreateView adds a new view.
func (x *Tx) CreateView(v *views.View) {
	v.CreatedAt, v.UpdatedAt = x.t.Now(), x.t.Now()
	x.create(table.CRM, LabelRecord, x.t.viewItem(v, x.event("view.created", v.ID, nil, nil)))
	v.Version = 1
}

// SaveView adds the view's new state. Label: record.
func (x *Tx) SaveView(v *views.View, changed []string) {
	v.UpdatedAt = x.t.Now()
	x.replace(table.CRM, LabelRecord, v.Version, x.t.viewItem(v, x.event("view.changed", v.ID, changed, nil)))
	v.Version++
}

// RemoveView takes a view away. Label: record.
func (x *Tx) RemoveView(v *views.View) {
	x.Append(table.Op{Table: table.CRM, Kind: table.OpDelete, If: table.IfVersion, Version: v.Version, Label: LabelRecord,
		Item: table.Item{Key: x.t.keys.record(v.ID), Event: x.event("view.removed", v.ID, nil, nil)}})
}

func (t *Tenant) viewItem(v *views.View, event []byte) table.Item {
	it := table.Item{Key: t.keys.record(v.ID), Head: encode(v), Event: event}
	it.Index[0] = t.keys.listedOnce("viw.list", v.ID)
	return it
}
