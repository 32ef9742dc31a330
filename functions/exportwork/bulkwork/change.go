package bulkwork

import (
	"context"
	"errors"

	"github.com/dangol/dangol/shared/blob"
	"github.com/dangol/dangol/shared/crm/bulk"
	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/hop"
	"github.com/dangol/dangol/shared/store"
)

// cursor is where a bulk change stands. Counts.Read is the place in the list.
type cursor struct {
	Frozen bool        `json:"frozen,omitempty"`
	Counts bulk.Counts `json:"counts"`
}

// Change is the step that changes customers: it freezes who they are, and then works through them.
func Change(ctx context.Context, r *hop.Run) (again bool, err error) {
	var p bulk.Params
	var at cursor
	if err := errors.Join(r.Params(&p), r.Cursor(&at)); err != nil {
		return false, err
	}
	if !r.Job.CancelAsked && (!at.Frozen || at.Counts.Read < r.Job.Total) {
		if err := work(ctx, r, p, &at); err != nil {
			return false, err
		}
	}
	if at.Counts.Read < r.Job.Total && !r.Job.CancelAsked {
		return true, nil
	}
	return false, ended(ctx, r, at.Counts)
}

// work changes customers until the last, or until time is over.
func work(ctx context.Context, r *hop.Run, p bulk.Params, at *cursor) error {
	ids, err := frozen(ctx, r, p.Who, at)
	if err != nil {
		return err
	}
	l := &line{Run: r, width: usual, one: func(tx *store.Tx, _ int, c *customer.Customer) (bulk.Entry, bulk.Outcome, error) {
		return apply(tx, p.Change, c)
	}}
	for at.Counts.Read < int64(len(ids)) && !r.Late() {
		at.Counts, err = l.piece(ctx, ids[at.Counts.Read:], at.Counts, func(after bulk.Counts, tx *store.Tx, entries []bulk.Entry) error {
			if len(entries) > 0 {
				tx.KeepChanged(r.Job.ID, at.Counts.Read, entries)
			}
			r.Job.Done, r.Job.Failed = after.Read, after.Failed
			return r.SetCursor(cursor{Frozen: true, Counts: after})
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// apply adds to the transaction what the change writes of one customer.
func apply(tx *store.Tx, change bulk.Change, was *customer.Customer) (bulk.Entry, bulk.Outcome, error) {
	is, err := change.Apply(was)
	if err != nil {
		return bulk.Entry{}, bulk.Failed, err
	}
	entry, changed := bulk.Between(was, is, change.Archive && was.ArchivedAt == nil)
	switch {
	case !changed:
		return entry, bulk.Unchanged, nil
	case entry.Archived:
		tx.ArchiveChanged(was, is)
	default:
		tx.SaveCustomer(was, is)
	}
	return entry, bulk.Changed, nil
}

// frozen returns the ids of those whom the change is about. The first list that was stored counts, also for a hop that is repeated.
func frozen(ctx context.Context, r *hop.Run, who bulk.Who, at *cursor) ([]string, error) {
	ids, err := stored(ctx, r)
	if errors.Is(err, blob.ErrNotFound) && !at.Frozen {
		ids, err = draw(ctx, r, who)
	}
	if err != nil || at.Frozen {
		return ids, err
	}
	at.Frozen, r.Job.Total = true, int64(len(ids))
	if err := r.SetCursor(at); err != nil {
		return nil, err
	}
	return ids, r.Commit(ctx, nil)
}
