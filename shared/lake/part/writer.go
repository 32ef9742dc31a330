package part

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress/zstd"

	"github.com/dangol/dangol/shared/lake"
)

// groupRows is how many rows are in memory at a time: a row group. Readers skip groups by the least and greatest values of their columns.
const groupRows = 50_000

// Writer writes one file. It is not safe for concurrent use.
type Writer struct {
	path   string
	form   *form
	file   *os.File
	buffer *bufio.Writer
	sum    hash.Hash
	out    *parquet.GenericWriter[any]
	rows   []parquet.Row
	done   Written
}

// Written is what a file has become.
type Written struct {
	Path        string
	Hash        string // SHA-256 of the content, in hexadecimal
	Rows, Bytes int64
	First, Last string // the places of the first and the last row
}

// waiting is how many rows are handed to the encoder together.
const waiting = 256

// Create begins a file of the subject with these columns.
func Create(path, subject string, columns Columns) (*Writer, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, err
	}
	w := &Writer{path: path, form: newForm(columns), file: f, sum: sha256.New(), rows: make([]parquet.Row, 0, waiting)}
	w.buffer = bufio.NewWriterSize(io.MultiWriter(f, w.sum), 1<<20)
	w.out = parquet.NewGenericWriter[any](w.buffer, columns.schema(subject), parquet.Compression(&zstd.Codec{Level: zstd.SpeedFastest}),
		parquet.MaxRowsPerRowGroup(groupRows), parquet.CreatedBy("dangol", "1", ""))
	return w, nil
}

// Add writes a row behind the others; the caller keeps the order.
func (w *Writer) Add(r *lake.Row) error { return w.add(w.form.row(r), lake.PlaceOf(r).Sort) }

// add writes a row that is of the file's columns already.
func (w *Writer) add(r parquet.Row, at string) error {
	if w.done.Rows == 0 {
		w.done.First = at
	}
	w.done.Rows, w.done.Last = w.done.Rows+1, at
	if w.rows = append(w.rows, r); len(w.rows) < waiting {
		return nil
	}
	return w.flush()
}

func (w *Writer) flush() error {
	_, err := w.out.WriteRows(w.rows)
	w.rows = w.rows[:0]
	return err
}

// Rows is how many were added.
func (w *Writer) Rows() int64 { return w.done.Rows }

// Close ends the file.
func (w *Writer) Close() (Written, error) {
	err := errors.Join(w.flush(), w.out.Close(), w.buffer.Flush())
	if err == nil {
		w.done.Bytes, err = w.file.Seek(0, io.SeekCurrent)
	}
	if err = errors.Join(err, w.file.Close()); err != nil {
		return Written{}, fmt.Errorf("part: write %s: %w", w.path, err)
	}
	w.done.Path, w.done.Hash = w.path, hex.EncodeToString(w.sum.Sum(nil))
	return w.done, nil
}

// Discard ends a file that is not wanted and removes it.
func (w *Writer) Discard() { _ = errors.Join(w.file.Close(), os.Remove(w.path)) }
