package importwork

import (
	"cmp"
	"context"
	"errors"

	"github.com/dangol/dangol/shared/crm/importplan"
	"github.com/dangol/dangol/shared/crm/imports"
	"github.com/dangol/dangol/shared/crm/workspace"
	"github.com/dangol/dangol/shared/hop"
	"github.com/dangol/dangol/shared/lanes"
	"github.com/dangol/dangol/shared/store"
	"github.com/dangol/dangol/shared/table"
)

// width is how many transactions are under way at once, so that they share the engine's commits.
const width = 256

// tries is how often a unit is looked up and written anew when someone else wrote the same record between.
const tries = 5

// bringer brings in the rows of one kind of file.
type bringer interface {
	// key says what a row is about. Rows with one key are written in their order; grouped ones in one transaction.
	key(r *row) (key string, grouped bool)
	// lookup reads, in as few calls as possible, what the store holds on the units.
	lookup(ctx context.Context, units []unit) (known, error)
	// decide says what becomes of a unit as things stand, and writes nothing.
	decide(ctx context.Context, u unit, k known) (decision, error)
	// conflict is the code of a unit whose transaction failed for a unique value that another record holds, "" when looking again may help.
	conflict(u unit, err error) string
}

// decision is what becomes of a unit: the code of the rule that refuses it, or its outcome with what writes it, its undo record included.
type decision struct {
	code    string
	refused []importplan.Problem // why, where columns are to blame
	outcome imports.Outcome
	write   func(*store.Tx) // nil when nothing is to be written
}

func refused(code string) decision { return decision{code: code} }

// settle counts the unit as decided.
func (d decision) settle(u unit) {
	switch {
	case d.code != "":
		u.fail(d.code)
	case len(d.refused) > 0:
		u.refuse(d.refused)
	default:
		u.end(d.outcome)
	}
}

// known is what the store held on a segment's units when it was looked up; each kind has its own.
type known any

func bringerOf(w *work, ws *workspace.Workspace) bringer {
	switch w.im.Kind {
	case imports.Orders:
		return orderBringer{w, ws}
	case imports.Leads:
		return leadBringer{w}
	default:
		return customerBringer{w, ws}
	}
}

// commit is the step that brings the rows in.
func commit(ctx context.Context, r *hop.Run) (bool, error) {
	w, err := begin(ctx, r, imports.Committing)
	if err != nil {
		return false, err
	}
	if more, err := w.rows(ctx, w.bringIn); more || err != nil {
		return more, err
	}
	to := imports.Succeeded
	switch {
	case r.Job.CancelAsked:
		to = imports.Canceled
	case w.at.Counts.Failed > 0:
		to = imports.PartlyFailed
	}
	if err := w.report(ctx, failedParts); err != nil {
		return false, err
	}
	if err := r.SetResult(w.at.Counts); err != nil {
		return false, err
	}
	return false, w.finish(ctx, to, func(im *imports.Import) {
		now := r.T.Now()
		im.Counts, im.CommittedAt = w.at.Counts, &now
	})
}

// bringIn writes one segment.
func (w *work) bringIn(ctx context.Context, rows []*row) error {
	w.earlier = earlier{last: rows[len(rows)-1].number}
	units, err := w.unbrought(ctx, w.units(rows))
	if err != nil {
		return err
	}
	k, err := w.kind.lookup(ctx, units)
	if err != nil {
		return err
	}
	err = lanes.Each(ctx, width, units, lanesOf(units), func(ctx context.Context, _ int, u unit) error {
		return w.writeOne(ctx, u, k)
	})
	if err != nil {
		return err
	}
	return w.settle(ctx, rows, failedParts)
}

// lanesOf gives units that are about one record, or want one unique value, the same lane: of two rows of a file, the first gets it.
func lanesOf(units []unit) func(unit) string {
	lane := make(map[string]string, len(units))
	for _, u := range units {
		at, known := lane[u.key]
		if !known {
			at = u.key
			for _, value := range u.wants {
				at = cmp.Or(lane[value], at)
			}
			lane[u.key] = at
		}
		for _, value := range u.wants {
			if lane[value] == "" {
				lane[value] = at
			}
		}
	}
	return func(u unit) string { return lane[u.key] }
}

// perPage is how many rows one page of the journal holds.
const perPage = 1000

// earlier is the journal of a segment as it was when a hop came to it.
type earlier struct {
	pages map[int64]map[int64]imports.Undoable
	last  int64 // row of the segment
}

// brought says whether a row had been brought in before the hop came to its segment; one behind the segment can only have been.
func (e earlier) brought(row int64) bool {
	_, was := e.pages[row/perPage][row]
	return was || row > e.last
}

// unbrought counts the units that an earlier delivery of this hop has brought in as they were counted then, and returns the others. Looked up anew, they
// would be found unchanged and be counted as skipped.
func (w *work) unbrought(ctx context.Context, units []unit) (left []unit, err error) {
	pages := map[int64]map[int64]imports.Undoable{}
	w.earlier.pages = pages
	for _, u := range units {
		n := u.first().number
		page, read := pages[n/perPage]
		if !read {
			if page, err = w.T.JournalPage(ctx, w.im.ID, n/perPage); err != nil {
				return nil, err
			}
			pages[n/perPage] = page
		}
		if done, was := page[n]; was {
			u.end(done.Outcome)
		} else {
			left = append(left, u)
		}
	}
	return left, nil
}

// writeOne writes a unit, looking again when the store had moved on since the segment was looked up.
func (w *work) writeOne(ctx context.Context, u unit, k known) error {
	for try := range tries {
		if try > 0 {
			var err error
			if k, err = w.kind.lookup(ctx, []unit{u}); err != nil {
				return err
			}
		}
		d, err := w.kind.decide(ctx, u, k)
		if err != nil {
			return err
		}
		if d.write == nil {
			d.settle(u)
			return nil
		}
		if done, err := w.committed(ctx, u, d); done || err != nil {
			return err
		}
	}
	u.fail("record_busy")
	return nil
}

// committed writes a unit and notes its outcome. It returns false when the unit should be looked up again.
func (w *work) committed(ctx context.Context, u unit, d decision) (bool, error) {
	tx := w.T.Begin()
	d.write(tx)
	err := tx.Commit(ctx)
	var lost *table.ConditionError
	switch {
	case err == nil:
		d.settle(u)
		return true, nil
	case table.FailedLabel(err, store.LabelJournal):
		return true, w.wasBrought(ctx, u)
	case !errors.As(err, &lost):
		return true, err
	}
	if code := w.kind.conflict(u, err); code != "" {
		u.fail(code)
		return true, nil
	}
	return false, nil
}

// wasBrought counts a unit as it was counted when an earlier delivery of this hop brought it in.
func (w *work) wasBrought(ctx context.Context, u unit) error {
	done, err := w.T.Journaled(ctx, w.im.ID, u.first().number)
	if err != nil {
		return err
	}
	if done == nil { // its undo record expired under us: it was brought in all the same
		u.end(imports.Updated)
		return nil
	}
	u.end(done.Outcome)
	return nil
}

// settle keeps the failed rows of a segment and counts all of its rows.
func (w *work) settle(ctx context.Context, rows []*row, parts string) error {
	if err := w.keepFailed(ctx, rows, parts); err != nil {
		return err
	}
	for _, r := range rows {
		w.at.Counts.Add(r.outcome, 1)
	}
	return nil
}
