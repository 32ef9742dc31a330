package importwork

import (
	"errors"
	"io"

	"github.com/dangol/dangol/shared/crm/csvfile"
	"github.com/dangol/dangol/shared/crm/importplan"
	"github.com/dangol/dangol/shared/crm/imports"
)

// segmentRows is how many rows are read at a time: enough for writers to share commits, few to hold in memory, and few to repeat after a crash.
const segmentRows = 2000

// row is one row of the file on its way.
type row struct {
	number   int64
	cells    []string
	record   importplan.Record
	problems []importplan.Problem
	outcome  imports.Outcome
}

func (r *row) fail(code string) {
	r.outcome = imports.Failed
	r.problems = append(r.problems, importplan.Problem{Code: code})
}

// segment is what was read at a time: rows, parsed, and the place behind them; no rows at the end of the file.
type segment struct {
	rows []*row
	end  csvfile.Position
	err  error
}

// readAhead reads and parses the next segment while the one before is written: the one takes the processor, the other mostly waits for the disk. stop ends
// it and returns when nothing is read any more.
func (w *work) readAhead(reader *csvfile.Reader) (<-chan segment, func()) {
	ahead, quit, done := make(chan segment), make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		for {
			rows, err := readSegment(reader)
			w.parse(rows)
			select {
			case ahead <- segment{rows, reader.Position(), err}:
			case <-quit:
				return
			}
			if err != nil || len(rows) == 0 {
				return
			}
		}
	}()
	return ahead, func() { close(quit); <-done }
}

// readSegment reads the next rows; a row that the file's form breaks comes with its problem. Where the cut falls depends on the file alone, so that a
// repeated hop cuts the same segments.
func readSegment(reader *csvfile.Reader) ([]*row, error) {
	var rows []*row
	for len(rows) < segmentRows {
		r, err := readRow(reader)
		if err != nil || r == nil {
			return rows, err
		}
		rows = append(rows, r)
	}
	return rows, nil
}

func readRow(reader *csvfile.Reader) (*row, error) {
	got, err := reader.Next()
	var p *csvfile.Problem
	switch {
	case err == nil:
		return &row{number: int64(got.Number), cells: got.Cells}, nil
	case errors.Is(err, io.EOF):
		return nil, nil
	case errors.As(err, &p) && p.Row > 0:
		return &row{number: int64(p.Row), cells: got.Cells, problems: []importplan.Problem{{Code: p.Code, Args: p.Args}}}, nil
	}
	return nil, err
}

// parse reads the cells of rows that the file's form did not break.
func (w *work) parse(rows []*row) {
	for _, r := range rows {
		if len(r.problems) == 0 {
			r.record, r.problems = w.plan.Row(r.cells)
		}
		if len(r.problems) > 0 {
			r.outcome = imports.Failed
		}
	}
}

// unit is what one transaction brings in: a row, or the rows of one order.
type unit struct {
	rows  []*row
	key   string   // units with one key are written in their order
	wants []string // unique values beside it that the record is to have
}

func (u unit) first() *row { return u.rows[0] }

func (u unit) fail(code string) {
	for _, r := range u.rows {
		r.fail(code)
	}
}

// refuse fails the rows for what columns say.
func (u unit) refuse(problems []importplan.Problem) {
	for _, r := range u.rows {
		r.outcome, r.problems = imports.Failed, append(r.problems, problems...)
	}
}

func (u unit) end(o imports.Outcome) {
	for _, r := range u.rows {
		r.outcome = o
	}
}

// units groups the good rows by their key, in the order in which the keys first appear.
func (w *work) units(rows []*row) []unit {
	var out []unit
	place := map[string]int{}
	for _, r := range rows {
		if r.outcome == imports.Failed {
			continue
		}
		key, grouped := w.kind.key(r)
		if i, known := place[key]; grouped && known {
			out[i].rows = append(out[i].rows, r)
			continue
		}
		place[key] = len(out)
		out = append(out, unit{rows: []*row{r}, key: key, wants: w.wanted(r)})
	}
	return out
}

// wanted lists the unique values that a customer's row brings, the e-mail in the form of a key.
func (w *work) wanted(r *row) (out []string) {
	if r.record.Customer == nil {
		return nil
	}
	if email := r.record.Customer.Fields.Email; email != "" {
		out = append(out, emailKey(email))
	}
	for key, value := range w.fields.Holds(r.record.Customer.Fields.Custom) {
		out = append(out, "custom."+key+":"+value)
	}
	return out
}
