package importwork

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/imports"
	"github.com/dangol/dangol/shared/crm/lead"
	"github.com/dangol/dangol/shared/crm/order"
	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/hop"
	"github.com/dangol/dangol/shared/lanes"
	"github.com/dangol/dangol/shared/store"
	"github.com/dangol/dangol/shared/table"
)

// backwards is the cursor of an undo: the thousand of rows that comes next, from the last to the first, and what was done so far.
type backwards struct {
	Begun    bool               `json:"begun"`
	Thousand int64              `json:"thousand"`
	Done     int64              `json:"done"`
	Counts   imports.UndoCounts `json:"counts"`
}

// undo is the step that takes an import back, from its last row to its first, so that a record which several rows wrote goes back through its states.
// Records that someone has changed since are kept and counted.
func undo(ctx context.Context, r *hop.Run) (bool, error) {
	var p imports.JobParams
	if err := r.Params(&p); err != nil {
		return false, err
	}
	im, err := r.T.Import(ctx, p.ImportID)
	if err != nil {
		return false, err
	}
	fields, err := r.T.CustomFields(ctx)
	if err != nil {
		return false, err
	}
	w, at := &work{Run: r, im: im, fields: fields}, backwards{}
	if err := r.Cursor(&at); err != nil {
		return false, err
	}
	if !at.Begun {
		at = backwards{Begun: true, Thousand: max(im.Rows, im.Counts.Read) / 1000} // a canceled commit may have written rows that it did not come to count
	}
	for ; at.Thousand >= 0; at.Thousand-- {
		if r.Late() {
			return true, nil
		}
		if err := w.undoThousand(ctx, &at); err != nil {
			return false, err
		}
	}
	if err := r.SetResult(at.Counts); err != nil {
		return false, err
	}
	return false, w.finish(ctx, imports.Undone, func(im *imports.Import) { im.Undo = &at.Counts })
}

// undoThousand takes back the rows of one page of the journal and moves the cursor. The outcomes are counted from the journal, where each stands beside
// its row, so that a repeated page counts the same.
func (w *work) undoThousand(ctx context.Context, at *backwards) error {
	page, err := w.T.JournalPage(ctx, w.im.ID, at.Thousand)
	if err != nil {
		return err
	}
	if err := w.undoAll(ctx, page); err != nil {
		return err
	}
	for _, u := range page {
		at.Counts.Add(u.Undone)
		at.Done += u.Rows
	}
	w.Job.Total, w.Job.Done = w.im.Counts.Created+w.im.Counts.Updated, at.Done
	next := *at
	next.Thousand--
	if err := w.SetCursor(next); err != nil {
		return err
	}
	return w.Checkpoint(ctx)
}

// undoAll takes back the rows of a page, later rows first; rows about one record are taken back one after the other.
func (w *work) undoAll(ctx context.Context, page map[int64]imports.Undoable) error {
	rows := slices.Sorted(maps.Keys(page))
	slices.Reverse(rows)
	done := make([]imports.Undoable, len(rows))
	record := func(row int64) string { return page[row].ID }
	err := lanes.Each(ctx, width, rows, record, func(ctx context.Context, i int, row int64) (err error) {
		done[i] = page[row]
		if done[i].Undone == "" {
			done[i].Undone, err = w.undoRow(ctx, row, page[row])
		}
		return err
	})
	for i, row := range rows {
		page[row] = done[i]
	}
	return err
}

// undoRow takes one row back and marks its journal in the same transaction.
func (w *work) undoRow(ctx context.Context, row int64, u imports.Undoable) (imports.Undo, error) {
	for range tries {
		tx := w.T.Begin()
		what, err := w.takeBack(ctx, tx, row, u)
		if err != nil {
			return "", err
		}
		tx.MarkUndone(w.im.ID, row, u, what)
		err = tx.Commit(ctx)
		var lost *table.ConditionError
		if !errors.As(err, &lost) {
			return what, err
		}
		if !table.FailedLabel(err, store.LabelRecord) { // its former e-mail or externalId belongs to another by now
			tx = w.T.Begin()
			tx.MarkUndone(w.im.ID, row, u, imports.Kept)
			return imports.Kept, tx.Commit(ctx)
		}
	}
	return "", fmt.Errorf("undo row %d: record %s is written all the time", row, u.ID)
}

// takeBack adds to the transaction what gives a record back its state before the row.
func (w *work) takeBack(ctx context.Context, tx *store.Tx, row int64, u imports.Undoable) (imports.Undo, error) {
	switch w.im.Kind {
	case imports.Orders:
		is, err := w.T.Order(ctx, u.ID)
		if errs.Code(err) == "order_not_found" {
			return imports.Kept, nil
		}
		if err != nil || !is.Origin.Holds(w.im.ID, is.Version) {
			return imports.Kept, err
		}
		return takeBack(u, func() { tx.EraseOrder(is) }, func(was *order.Order) {
			was.Origin = was.Origin.Moved(u.Version, is.Version+1)
			tx.SaveOrder(is, was)
		})
	case imports.Leads:
		is, err := w.T.Lead(ctx, u.ID)
		if errs.Code(err) == "lead_not_found" {
			return imports.Kept, nil
		}
		if err != nil || !is.Origin.Holds(w.im.ID, is.Version) {
			return imports.Kept, err
		}
		return takeBack(u, func() { tx.EraseLead(is) }, func(*lead.Lead) {})
	}
	return w.takeBackCustomer(ctx, tx, row, u)
}

func (w *work) takeBackCustomer(ctx context.Context, tx *store.Tx, row int64, u imports.Undoable) (imports.Undo, error) {
	is, err := w.T.Customer(ctx, u.ID)
	if errs.Code(err) == "customer_not_found" {
		return imports.Kept, nil
	}
	if err != nil || !is.Origin.Holds(w.im.ID, is.Version) {
		return imports.Kept, err
	}
	var hanging []table.Key
	if u.Outcome == imports.Created {
		var history bool
		if hanging, history, err = w.T.Hanging(ctx, u.ID, w.entryID(row)); err != nil || history {
			return imports.Kept, err // orders, notes or messages have come to it since
		}
	}
	return takeBack(u, func() { tx.EraseCustomer(is, hanging...) }, func(was *customer.Customer) {
		was.Origin = was.Origin.Moved(u.Version, is.Version+1)
		was.Holds = w.fields.Keeps(is.Custom, is.Holds, was.Custom)
		tx.SaveCustomer(is, was)
	})
}

// takeBack erases a record that the row created and restores one that it changed.
func takeBack[R any](u imports.Undoable, erase func(), restore func(*R)) (imports.Undo, error) {
	if u.Outcome == imports.Created && len(u.Before) == 0 {
		erase()
		return imports.Removed, nil
	}
	was := new(R)
	if err := json.Unmarshal(u.Before, was); err != nil {
		return "", fmt.Errorf("decode the record before the import: %w", err)
	}
	restore(was)
	return imports.Restored, nil
}
