package part

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"

	"github.com/parquet-go/parquet-go"

	"github.com/dangol/dangol/shared/lake"
	"github.com/dangol/dangol/shared/lake/dictionary"
)

// Reader reads the rows of a file in their order, a few at a time. It is not safe for concurrent use.
type Reader struct {
	Columns Columns

	subject string
	form    *form
	file    *os.File
	groups  []parquet.RowGroup
	rows    parquet.Rows // of the group that is read
	batch   []parquet.Row
	next    int // in the batch
	have    int // rows in the batch
	gone    int // where the column _gone is
}

// Open opens a file of the subject.
func Open(path, subject string) (*Reader, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	r, err := read(f, subject)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("part: open %s: %w", path, err), f.Close())
	}
	return r, nil
}

func read(f *os.File, subject string) (*Reader, error) {
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	in, err := parquet.OpenFile(f, info.Size())
	if err != nil {
		return nil, err
	}
	columns, err := columnsIn(in.Schema())
	if err != nil {
		return nil, err
	}
	return &Reader{Columns: columns, subject: subject, form: &form{columns}, file: f, groups: in.RowGroups(), batch: make([]parquet.Row, together), gone: goneIn(columns)}, nil
}

func goneIn(columns Columns) int {
	return slices.IndexFunc(columns, func(c dictionary.Column) bool { return c.Name == "_gone" })
}

// OnlyGone leaves out the groups of rows of which none is gone; those that it reads may have others too.
func (r *Reader) OnlyGone() {
	r.groups = slices.DeleteFunc(r.groups, func(g parquet.RowGroup) bool { return !mayBeGone(g, r.gone) })
}

// mayBeGone asks the index of a group's column _gone.
func mayBeGone(g parquet.RowGroup, column int) bool {
	index, err := g.ColumnChunks()[column].ColumnIndex()
	if err != nil {
		return true
	}
	for page := range index.NumPages() {
		if index.MaxValue(page).Boolean() {
			return true
		}
	}
	return false
}

// Next returns the next row; io.EOF behind the last.
func (r *Reader) Next() (lake.Row, error) {
	for r.next == r.have {
		if err := r.fill(); err != nil {
			return lake.Row{}, err
		}
	}
	r.next++
	return r.form.decode(r.subject, r.batch[r.next-1]), nil
}

// fill reads the next rows of the group, or of the one behind it.
func (r *Reader) fill() error {
	if r.rows == nil {
		if len(r.groups) == 0 {
			return io.EOF
		}
		r.rows, r.groups = r.groups[0].Rows(), r.groups[1:]
	}
	n, err := r.rows.ReadRows(r.batch)
	r.next, r.have = 0, n
	if err == nil || errors.Is(err, io.EOF) && n > 0 {
		return nil
	}
	if errors.Is(err, io.EOF) {
		err = r.rows.Close()
		r.rows = nil
	}
	return err
}

// Close ends the reading.
func (r *Reader) Close() error {
	var err error
	if r.rows != nil {
		err = r.rows.Close()
	}
	return errors.Join(err, r.file.Close())
}
