package importwork

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/dangol/dangol/shared/blob"
	"github.com/dangol/dangol/shared/crm/imports"
	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/failedrows"
	"github.com/dangol/dangol/shared/id"
)

// The folders of an import's objects that hold failed rows, a part a segment: of the check, and of the commit.
const (
	checkedParts = imports.CheckedParts
	failedParts  = imports.FailedParts
)

// keepFailed writes the failed rows of a segment as one object, named by the segment's first row: a repeated segment writes it again, and one in which
// nothing fails any more takes it away.
func (w *work) keepFailed(ctx context.Context, rows []*row, parts string) error {
	var b bytes.Buffer
	for _, r := range rows {
		if r.outcome != imports.Failed {
			continue
		}
		line, err := json.Marshal(failedRow(r))
		if err != nil {
			return err
		}
		b.Write(append(line, '\n'))
	}
	key := w.T.ImportKey(w.im.ID, fmt.Sprintf("%s/%010d.jsonl", parts, rows[0].number))
	if b.Len() == 0 {
		return w.Env.Objects(w.T.ID).Delete(ctx, key)
	}
	_, err := w.Env.Objects(w.T.ID).Put(ctx, key, &b, blob.PutOptions{ContentType: "application/jsonl"})
	return err
}

func failedRow(r *row) imports.FailedRow {
	f := imports.FailedRow{Row: r.number, Cells: r.cells}
	for _, p := range r.problems {
		f.Problems = append(f.Problems, imports.CellProblem{Column: p.Column, Code: p.Code, Value: p.Value, Args: p.Args})
	}
	return f
}

// report gathers the parts into what the screen shows: the first problems, and how many rows each kind has.
func (w *work) report(ctx context.Context, parts string) error {
	report := imports.Report{Problems: []imports.Problem{}, Groups: []imports.ProblemGroup{}}
	err := failedrows.Each(ctx, w.Env.Objects(w.T.ID), w.T.ImportKey(w.im.ID, parts+"/"), func(f imports.FailedRow) error {
		for _, p := range f.Problems {
			report.Note(imports.Problem{Row: f.Row, Column: p.Column, Code: p.Code, Value: p.Value, Args: p.Args})
		}
		return nil
	})
	if err != nil {
		return err
	}
	body, err := json.Marshal(report)
	if err != nil {
		return err
	}
	_, err = w.Env.Objects(w.T.ID).Put(ctx, w.T.ImportKey(w.im.ID, imports.ReportObject), bytes.NewReader(body), blob.PutOptions{ContentType: "application/json"})
	return err
}

// refusal is the code of the first field that a rule refused, or of the rule itself.
func refusal(err error) string {
	var e *errs.Error
	if errors.As(err, &e) && len(e.Fields) > 0 {
		return e.Fields[0].Code
	}
	return errs.Code(err)
}

// entryID is the id of the timeline entry that a row tells: always the same, so that a repetition tells it once.
func (w *work) entryID(row int64) string { return id.Derived(id.Event, w.im.ID, fmt.Sprint(row)) }

// undoable keeps a record as it was.
func undoable(recordID string, version int64, was any) imports.Undoable {
	before, err := json.Marshal(was)
	if err != nil {
		panic(fmt.Sprintf("importwork: encode %T: %v", was, err)) // it was decoded from JSON a moment ago
	}
	return imports.Undoable{Outcome: imports.Updated, Rows: 1, ID: recordID, Version: version, Before: before}
}
