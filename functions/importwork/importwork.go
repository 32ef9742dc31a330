// Package importwork is the worker behind imports and behind the merging of customers: it checks files, brings them in and takes them back, and moves what
// hangs on a customer to another, hop by hop.
//
// A file is worked through in segments of rows. Every row (or order of several rows) is one transaction that also writes the row's undo record, under a
// key that only this row has. A segment that is repeated after a crash finds those records and counts the rows as they were counted before.
package importwork

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/dangol/dangol/shared/blob"
	"github.com/dangol/dangol/shared/crm/csvfile"
	"github.com/dangol/dangol/shared/crm/customfield"
	"github.com/dangol/dangol/shared/crm/importplan"
	"github.com/dangol/dangol/shared/crm/imports"
	"github.com/dangol/dangol/shared/crm/job"
	"github.com/dangol/dangol/shared/env"
	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/hop"
	"github.com/dangol/dangol/shared/queue"
	"github.com/dangol/dangol/shared/store"
	"github.com/dangol/dangol/shared/table"
)

// Worker works the queue imports.
type Worker struct{ hops queue.Handler }

// New returns the worker over the ports of e.
func New(e *env.Env) *Worker {
	return &Worker{hops: hop.Handler(e, "importwork", map[job.Kind]hop.Step{
		job.ImportCheck:  check,
		job.ImportCommit: commit,
		job.ImportUndo:   undo,

		job.CustomerMerge:   joined,
		job.CustomerUnmerge: parted,
	})}
}

// Handle works a batch of the queue and returns the ids of the messages that failed.
func (w *Worker) Handle(ctx context.Context, batch []queue.Message) ([]string, error) {
	return w.hops(ctx, batch)
}

// work is one hop of one import.
type work struct {
	*hop.Run
	im     *imports.Import
	fields *customfield.Set
	format csvfile.Format
	plan   *importplan.Plan
	kind   bringer
	at     place
	// earlier is what earlier deliveries of this hop brought in of the segment at work.
	earlier earlier
}

// place is the job's cursor: what the screen shows of the progress, and where reading goes on.
type place struct {
	imports.Progress
	Next csvfile.Position `json:"next"`
}

// begin reads what a hop over the rows needs. The import is nil when it was canceled meanwhile.
func begin(ctx context.Context, r *hop.Run, phase imports.Status) (*work, error) {
	var p imports.JobParams
	if err := r.Params(&p); err != nil {
		return nil, err
	}
	im, err := r.T.Import(ctx, p.ImportID)
	if err != nil {
		return nil, err
	}
	w := &work{Run: r, im: im}
	if err := json.Unmarshal(im.Format, &w.format); err != nil {
		return nil, fmt.Errorf("decode format: %w", err)
	}
	ws, err := r.T.Workspace(ctx)
	if err != nil {
		return nil, err
	}
	if w.fields, err = r.T.CustomFields(ctx); err != nil {
		return nil, err
	}
	w.plan, err = importplan.Compile(importplan.Kind(im.Kind), w.format.Header, im.Mapping,
		importplan.Defaults{Country: ws.Country, Currency: ws.Currency, Zone: ws.Zone(), Custom: *w.fields})
	if err != nil {
		return nil, err
	}
	w.kind = bringerOf(w, ws)
	w.at = place{Progress: imports.Progress{Phase: phase, Bytes: im.FileBytes}, Next: w.format.Start}
	return w, r.Cursor(&w.at)
}

// rows works through the file from the cursor, segment by segment, until its end or until it is late. It returns true when more is left.
func (w *work) rows(ctx context.Context, segment func(context.Context, []*row) error) (more bool, err error) {
	file, _, err := w.Env.Objects(w.T.ID).Get(ctx, w.T.ImportKey(w.im.ID, imports.FileObject), w.at.Next.Offset, -1)
	if errors.Is(err, blob.ErrNotFound) {
		return false, errs.New(errs.Conflict, "import_file_gone").Because(err)
	}
	if err != nil {
		return false, err
	}
	defer file.Close()
	ahead, stop := w.readAhead(csvfile.Open(file, w.format, w.at.Next))
	defer stop()
	for {
		if w.Late() {
			return !w.Job.CancelAsked, nil
		}
		next := <-ahead
		if next.err != nil || len(next.rows) == 0 {
			return false, next.err
		}
		if err := segment(ctx, next.rows); err != nil {
			return false, err
		}
		if err := w.passed(ctx, next.end); err != nil {
			return false, err
		}
	}
}

// passed moves the cursor behind a segment that is done.
func (w *work) passed(ctx context.Context, p csvfile.Position) error {
	w.at.Next, w.at.Row, w.at.Offset = p, int64(p.Row), p.Offset
	w.Job.Done, w.Job.Failed, w.Job.Total = w.at.Counts.Read, w.at.Counts.Failed, w.total(p)
	if err := w.SetCursor(w.at); err != nil {
		return err
	}
	return w.Checkpoint(ctx)
}

// total is the number of rows: known after the check, and before that estimated from the part of the file that was read.
func (w *work) total(p csvfile.Position) int64 {
	if w.im.Rows > 0 || p.Offset == 0 {
		return w.im.Rows
	}
	return int64(float64(p.Row) * float64(w.im.FileBytes) / float64(p.Offset))
}

// finish moves the import to its next state; change sets what else is known now. The import is read again, since only its job's end is ours to write.
func (w *work) finish(ctx context.Context, to imports.Status, change func(*imports.Import)) error {
	for {
		im, err := w.T.Import(ctx, w.im.ID)
		if err != nil {
			return err
		}
		if im.Status == to {
			return nil // a repeated hop
		}
		if err := im.Move(to); err != nil {
			return err
		}
		change(im)
		tx := w.T.Begin()
		tx.SaveImport(im)
		if err = tx.Commit(ctx); !table.FailedLabel(err, store.LabelRecord) {
			return err
		}
	}
}
