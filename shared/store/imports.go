package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/dangol/dangol/shared/crm/imports"
	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/shared/table"
)

// LabelJournal fails when a row was brought in before, by an earlier delivery of the same hop.
const LabelJournal = "journal"

// ImportKey is where an object of an import lies in the blob store.
func (t *Tenant) ImportKey(importID, name string) string {
	return "t/" + t.ID + "/imports/" + importID + "/" + name
}

// Import reads one import; errs import_not_found.
func (t *Tenant) Import(ctx context.Context, importID string) (*imports.Import, error) {
	if !id.Valid(id.Import, importID) {
		return nil, errs.New(errs.NotFound, "import_not_found")
	}
	it, err := t.get(ctx, table.CRM, t.keys.record(importID), "import_not_found")
	if err != nil {
		return nil, err
	}
	return decodeImport(it)
}

// Imports lists imports, newest first.
func (t *Tenant) Imports(ctx context.Context, p Page) (out []*imports.Import, next string, err error) {
	p.Reverse = true
	items, next, err := t.list(ctx, table.CRM, 1, "imp.list", 1, p)
	if err != nil {
		return nil, "", err
	}
	for i := range items {
		im, err := decodeImport(&items[i])
		if err != nil {
			return nil, "", err
		}
		out = append(out, im)
	}
	return out, next, nil
}

// CreateImport adds a new import, and the day on which its files are removed.
func (x *Tx) CreateImport(im *imports.Import) {
	im.CreatedAt = x.t.Now()
	x.create(table.CRM, LabelRecord, x.t.importItem(im))
	x.LookForFiles(im.FilesUntil())
	im.Version = 1
}

// SaveImport adds the import's new state, and the day on which its files are removed. Label: record.
func (x *Tx) SaveImport(im *imports.Import) {
	if until := im.FilesUntil(); until.After(x.t.Now()) {
		x.LookForFiles(until)
	}
	x.replace(table.CRM, LabelRecord, im.Version, x.t.importItem(im))
	im.Version++
}

func (t *Tenant) importItem(im *imports.Import) table.Item {
	it := table.Item{Key: t.keys.record(im.ID), Head: encode(im), Body: im.Format}
	it.Index[0] = t.keys.listedOnce("imp.list", im.ID)
	return it
}

func decodeImport(it *table.Item) (*imports.Import, error) {
	im := &imports.Import{Version: it.Version, Format: json.RawMessage(it.Body)}
	return im, decode(&table.Item{Key: it.Key, Head: it.Head}, im)
}

// journalKept is how long the undo records stay.
const journalKept = imports.KeptDays * 24 * time.Hour

// Journal adds the undo record of a row. Label: journal.
func (x *Tx) Journal(importID string, row int64, u imports.Undoable) {
	x.Append(table.Op{Table: table.CRM, Kind: table.OpPut, If: table.IfAbsent, Label: LabelJournal, Item: table.Item{
		Key: x.t.keys.journal(importID, row), Head: encode(u), Expires: x.t.Now().Add(journalKept).Unix()}})
}

// Journaled reads the undo record of a row; nil when the row was not brought in.
func (t *Tenant) Journaled(ctx context.Context, importID string, row int64) (*imports.Undoable, error) {
	it, err := t.table.Get(ctx, table.CRM, t.keys.journal(importID, row))
	if err != nil || it == nil {
		return nil, err
	}
	u := &imports.Undoable{}
	return u, decode(it, u)
}

// JournalPage reads the undo records of up to a thousand rows: those whose number is in [thousand*1000, thousand*1000+999], by row.
func (t *Tenant) JournalPage(ctx context.Context, importID string, thousand int64) (map[int64]imports.Undoable, error) {
	out := map[int64]imports.Undoable{}
	q := table.Query{Table: table.CRM, PK: t.keys.journal(importID, thousand*1000).PK}
	err := t.each(ctx, q, func(it *table.Item) (bool, error) {
		var row int64
		if _, err := fmt.Sscanf(it.SK, "%d", &row); err != nil {
			return false, fmt.Errorf("journal row %q: %w", it.SK, err)
		}
		var u imports.Undoable
		err := decode(it, &u)
		out[row] = u
		return true, err
	})
	return out, err
}

// MarkUndone replaces the undo record of a row once it was undone, or found changed.
func (x *Tx) MarkUndone(importID string, row int64, u imports.Undoable, what imports.Undo) {
	u.Undone = what
	x.put(table.CRM, table.Item{Key: x.t.keys.journal(importID, row), Head: encode(u), Expires: x.t.Now().Add(journalKept).Unix()})
}
