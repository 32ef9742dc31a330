package importwork

import (
	"context"

	"github.com/dangol/dangol/shared/crm/imports"
	"github.com/dangol/dangol/shared/hop"
)

// check is the step that reads every row as the commit would, and writes none.
func check(ctx context.Context, r *hop.Run) (bool, error) {
	w, err := begin(ctx, r, imports.Checking)
	if err != nil {
		return false, err
	}
	if more, err := w.rows(ctx, w.foresee); more || err != nil {
		return more, err
	}
	if r.Job.CancelAsked {
		return false, w.finish(ctx, imports.Mapping, func(*imports.Import) {})
	}
	if err := w.report(ctx, checkedParts); err != nil {
		return false, err
	}
	if err := r.SetResult(w.at.Counts); err != nil {
		return false, err
	}
	r.Job.Failed = 0 // rows that would fail are the check's finding, not its failure
	return false, w.finish(ctx, imports.Ready, func(im *imports.Import) {
		im.Counts, im.Rows = w.at.Counts, w.at.Row
	})
}

// foresee tells for each row of a segment what a commit would do with it as things stand.
func (w *work) foresee(ctx context.Context, rows []*row) error {
	units := w.units(rows)
	k, err := w.kind.lookup(ctx, units)
	if err != nil {
		return err
	}
	for _, u := range units {
		d, err := w.kind.decide(ctx, u, k)
		if err != nil {
			return err
		}
		d.settle(u)
	}
	return w.settle(ctx, rows, checkedParts)
}
