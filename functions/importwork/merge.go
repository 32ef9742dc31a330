package importwork

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/dangol/dangol/shared/crm/job"
	"github.com/dangol/dangol/shared/crm/merge"
	"github.com/dangol/dangol/shared/crm/message"
	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/hop"
	"github.com/dangol/dangol/shared/sending"
	"github.com/dangol/dangol/shared/table"
)

// sweepAfter is when a merge is gone through once more. Whoever read the merged customer before they were merged has written by then: an order, a response, a
// score of the night.
const sweepAfter = 12 * time.Minute

// mergeAt is the cursor of a merge: the place in the merged customer's partition, or that it is done.
type mergeAt struct {
	After string `json:"after,omitempty"`
	Moved bool   `json:"moved,omitempty"`
}

// joined is the step that moves what hangs on a merged customer to the one who stays.
func joined(ctx context.Context, r *hop.Run) (bool, error) {
	m, err := mergeOf(ctx, r)
	if err != nil || m == nil || m.Status != merge.Moving && m.Status != merge.Merged {
		return false, err
	}
	more, err := relations(ctx, r, m, false)
	if err != nil || more {
		return more, err
	}
	if err := messages(ctx, r, m.MergedID, func(row *message.Message) bool {
		moved := row.CustomerID == m.MergedID
		row.CustomerID = m.CustomerID
		return moved
	}); err != nil {
		return false, err
	}
	return false, settled(ctx, r, m, merge.Merged)
}

// parted is the step that takes it back.
func parted(ctx context.Context, r *hop.Run) (bool, error) {
	m, err := mergeOf(ctx, r)
	if err != nil || m == nil || m.Status != merge.Undoing {
		return false, err
	}
	more, err := relations(ctx, r, m, true)
	if err != nil || more {
		return more, err
	}
	theirs, err := broughtBy(ctx, r, m)
	if err != nil {
		return false, err
	}
	if err := messages(ctx, r, m.CustomerID, func(row *message.Message) bool {
		moved := theirs(row) && row.CustomerID == m.CustomerID
		if moved {
			row.CustomerID = m.MergedID
		}
		return moved
	}); err != nil {
		return false, err
	}
	return false, settled(ctx, r, m, merge.Undone)
}

// mergeOf reads the merge that a job works on; nil when it is gone with its customer.
func mergeOf(ctx context.Context, r *hop.Run) (*merge.Merge, error) {
	var p merge.JobParams
	if err := r.Params(&p); err != nil {
		return nil, err
	}
	m, err := r.T.Merge(ctx, p.CustomerID, p.MergeID)
	if errs.Code(err) == "merge_not_found" {
		return nil, nil
	}
	return m, err
}

// relations works through the merged customer's partition, a transaction at a time. It does not stop for a cancel: half of a customer is no place to stay, and
// the way back is to unmerge.
func relations(ctx context.Context, r *hop.Run, m *merge.Merge, back bool) (more bool, err error) {
	var at mergeAt
	if err := r.Cursor(&at); err != nil {
		return false, err
	}
	for !at.Moved {
		if r.Late() && !r.Job.CancelAsked {
			return true, nil
		}
		if at.After, err = relationsPage(ctx, r, m, back, at.After); err != nil {
			return false, err
		}
		at.Moved = at.After == ""
		if err := r.SetCursor(at); err != nil {
			return false, err
		}
		if err := r.Checkpoint(ctx); err != nil {
			return false, err
		}
	}
	return false, nil
}

// relationsPage moves a part, again when someone wrote one of its items meanwhile.
func relationsPage(ctx context.Context, r *hop.Run, m *merge.Merge, back bool, after string) (next string, err error) {
	for range tries {
		next, err = r.T.MoveRelations(ctx, m, back, after)
		var lost *table.ConditionError
		if !errors.As(err, &lost) {
			break
		}
	}
	return next, err
}

// messages changes whose each message of a customer is, in the ledger. One that is pending is in no list of a customer: its worker looks whom it is for.
func messages(ctx context.Context, r *hop.Run, customerID string, change sending.Change) error {
	return r.T.EachMessageTo(ctx, customerID, func(row *message.Message) (bool, error) {
		if moved := *row; !change(&moved) {
			return true, nil
		}
		return true, sending.Note(ctx, r.T, row, change)
	})
}

// broughtBy tells which messages came with the merged customer: those that were planned for them, or for those whom they stood for, and went out before.
func broughtBy(ctx context.Context, r *hop.Run, m *merge.Merge) (func(*message.Message) bool, error) {
	c, err := r.T.Customer(ctx, m.MergedID)
	if err != nil {
		return nil, err
	}
	planned := append(slices.Clone(c.Merged), c.ID)
	return func(row *message.Message) bool {
		return !row.ContactedAt().After(m.At) && message.PlannedFor(r.T.ID, row, planned) != ""
	}, nil
}

// settled notes that everything is where it belongs, and what came with the merged customer; a merge is gone through once more after a while.
func settled(ctx context.Context, r *hop.Run, m *merge.Merge, as merge.Status) error {
	first := m.Status != as
	if as == merge.Merged {
		n, err := r.T.CountMoved(ctx, m)
		if err != nil {
			return err
		}
		if n.Messages, err = countMessages(ctx, r, m); err != nil {
			return err
		}
		m.Moved = n
	}
	m.Status = as
	tx := r.T.Begin()
	tx.SaveMerge(m)
	if first && as == merge.Merged {
		tx.StartJobIn(sweepAfter, job.CustomerMerge, m.ID, 0, merge.JobParams{CustomerID: m.CustomerID, MergeID: m.ID})
	}
	return errors.Join(tx.Commit(ctx), r.SetResult(m.Moved))
}

// countMessages counts the messages that name the customer who stays and were planned for the merged one.
func countMessages(ctx context.Context, r *hop.Run, m *merge.Merge) (n int, err error) {
	err = r.T.EachMessageTo(ctx, m.CustomerID, func(row *message.Message) (bool, error) {
		if message.PlannedFor(r.T.ID, row, []string{m.MergedID}) != "" {
			n++
		}
		return true, nil
	})
	return n, err
}
