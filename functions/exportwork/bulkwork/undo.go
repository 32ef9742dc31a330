package bulkwork

import (
	"context"
	"errors"

	"github.com/dangol/dangol/shared/crm/bulk"
	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/customfield"
	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/hop"
	"github.com/dangol/dangol/shared/store"
)

// backwards is where an undo stands: behind which piece of the journal, and how many customers of the next one are done.
type backwards struct {
	After  string      `json:"after,omitempty"`
	Done   int         `json:"done,omitempty"`
	Counts bulk.Counts `json:"counts"`
}

// Undo is the step that takes a bulk change back, by the journal that it left.
func Undo(ctx context.Context, r *hop.Run) (again bool, err error) {
	var p bulk.UndoParams
	var at backwards
	if err := errors.Join(r.Params(&p), r.Cursor(&at)); err != nil {
		return false, err
	}
	fields, err := r.T.CustomFields(ctx)
	if err != nil {
		return false, err
	}
	for !r.Late() {
		entries, place, err := r.T.Changed(ctx, p.JobID, at.After)
		if err != nil {
			return false, err
		}
		if place == "" {
			return false, r.SetResult(at.Counts.OfUndo())
		}
		if err := takeBack(ctx, r, fields, entries, place, &at); err != nil {
			return false, err
		}
	}
	return !r.Job.CancelAsked, r.SetResult(at.Counts.OfUndo())
}

// takeBack works through one piece of the journal, which usually is one transaction again.
func takeBack(ctx context.Context, r *hop.Run, fields *customfield.Set, entries []bulk.Entry, place string, at *backwards) (err error) {
	for at.Done < len(entries) {
		left := entries[at.Done:]
		ids := make([]string, len(left))
		for i, e := range left {
			ids[i] = e.CustomerID
		}
		l := &line{Run: r, width: len(ids), one: func(tx *store.Tx, i int, c *customer.Customer) (bulk.Entry, bulk.Outcome, error) {
			return restore(tx, fields, left[i], c)
		}}
		next := *at
		next.Counts, err = l.piece(ctx, ids, at.Counts, func(after bulk.Counts, _ *store.Tx, _ []bulk.Entry) error {
			r.Job.Done = after.Read
			return r.SetCursor(backwards{at.After, at.Done + int(after.Read-at.Counts.Read), after})
		})
		if err != nil {
			return err
		}
		next.Done += int(next.Counts.Read - at.Counts.Read)
		*at = next
	}
	at.After, at.Done = place, 0
	return nil
}

// restore adds to the transaction what gives a customer back their fields. One of whom some were kept is counted as kept, and the others are put back.
func restore(tx *store.Tx, fields *customfield.Set, e bulk.Entry, is *customer.Customer) (bulk.Entry, bulk.Outcome, error) {
	back, kept, err := e.TakeBack(is)
	if err != nil {
		return e, bulk.Failed, err
	}
	if e.Archived && is.ArchivedAt != nil {
		back.Holds = fields.Holds(back.Custom)
		tx.RestoreCustomer(is, back)
	} else {
		tx.SaveCustomer(is, back)
	}
	if kept {
		return e, bulk.Failed, errs.New(errs.Conflict, "bulk_changed_since")
	}
	return e, bulk.Changed, nil
}
