package store

import (
	"context"

	"github.com/dangol/dangol/shared/crm/workspace"
	"github.com/dangol/dangol/shared/table"
)

func (k keys) workspace() table.Key { return table.Key{PK: k.pk("wsp"), SK: "wsp"} }

// Workspace reads the tenant's settings, those that a release before did not know as usual; errs workspace_not_found.
func (t *Tenant) Workspace(ctx context.Context) (*workspace.Workspace, error) {
	it, err := t.get(ctx, table.CRM, t.keys.workspace(), "workspace_not_found")
	if err != nil {
		return nil, err
	}
	w := workspace.Usual()
	if err := decode(it, w); err != nil {
		return nil, err
	}
	w.Version = it.Version
	return w, nil
}

// CreateWorkspace adds the tenant's settings; label "workspace" fails when they exist.
func (x *Tx) CreateWorkspace(w *workspace.Workspace) {
	x.create(table.CRM, "workspace", table.Item{Key: x.t.keys.workspace(), Head: encode(w), Event: x.event("workspace.created", w.ID, nil, nil)})
	w.Version = 1
}

// SaveWorkspace adds a change of the settings; label "workspace" fails when someone else saved first.
func (x *Tx) SaveWorkspace(w *workspace.Workspace, changed []string) {
	w.UpdatedAt = x.t.Now()
	x.replace(table.CRM, "workspace", w.Version, table.Item{Key: x.t.keys.workspace(), Head: encode(w),
		Event: x.event("workspace.changed", w.ID, changed, nil)})
	w.Version++
}
