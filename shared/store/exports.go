package store

import (
	"context"
	"time"

	"github.com/dangol/dangol/shared/crm/due"
	"github.com/dangol/dangol/shared/crm/export"
	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/shared/table"
)

// ExportKey is where the file of an export lies in the blob store.
func (t *Tenant) ExportKey(e *export.Export) string {
	return "t/" + t.ID + "/exports/" + e.ID + "." + string(e.Format)
}

// ExportManifestKey is where the manifest of an export lies.
func (t *Tenant) ExportManifestKey(e *export.Export) string { return t.ExportKey(e) + ".manifest.json" }

// Export reads one export; errs export_not_found, also once its file has expired.
func (t *Tenant) Export(ctx context.Context, exportID string) (*export.Export, error) {
	if !id.Valid(id.Export, exportID) {
		return nil, errs.New(errs.NotFound, "export_not_found")
	}
	it, err := t.get(ctx, table.CRM, t.keys.record(exportID), "export_not_found")
	if err != nil {
		return nil, err
	}
	e := &export.Export{Version: it.Version}
	return e, decode(it, e)
}

// Exports lists exports, newest first.
func (t *Tenant) Exports(ctx context.Context, p Page) (out []*export.Export, next string, err error) {
	p.Reverse = true
	items, next, err := t.list(ctx, table.CRM, 1, "exp.list", 1, p)
	if err != nil {
		return nil, "", err
	}
	for i := range items {
		e := &export.Export{Version: items[i].Version}
		if expired(&items[i], t.Now()) {
			continue
		}
		if err := decode(&items[i], e); err != nil {
			return nil, "", err
		}
		out = append(out, e)
	}
	return out, next, nil
}

// PutExport adds an export whose file is written, and the day on which the file is removed. Putting the same one again, after a repeated hop, changes nothing.
func (x *Tx) PutExport(e *export.Export) {
	it := table.Item{Key: x.t.keys.record(e.ID), Head: encode(e), Expires: e.ExpiresAt.Unix(), Event: x.event("export.created", e.ID, nil, nil)}
	it.Index[0] = x.t.keys.listedOnce("exp.list", at(e.CreatedAt)+"#"+e.ID) // ids are derived, and tell no time
	x.put(table.CRM, it)
	x.LookForFiles(e.ExpiresAt)
}

// LookForFiles puts a look through the tenant's files for those that are over on the calendar, soon after a moment.
func (x *Tx) LookForFiles(over time.Time) { x.Schedule(due.Files, "", due.DayAfter(over)) }
