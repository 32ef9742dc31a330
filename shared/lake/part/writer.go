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
	"github.com/dangol/dangol/shared/lake/dictionary"
)

// groupRows is how many rows are in memory at a time: a row group. Readers skip groups by the least and greatest values of their columns.
const groupRows = 50_000

// compression is one for all files, since it keeps its encoders, each with a window of megabytes, for the next one.
var compression = &zstd.Codec{Level: zstd.SpeedFastest}

// Writer writes one file. It is not safe for concurrent use.
type Writer struct {
	path    string
	packer  *Packer
	file    *os.File
	buffer  *bufio.Writer
	sum     hash.Hash
	out     *parquet.GenericWriter[any]
	leaves  []leaf
	byName  map[string]int
	waiting int    // rows that are not handed to the encoder yet
	memory  []byte // their texts
	done    Written
}

// Written is what a file has become.
type Written struct {
	Path        string
	Hash        string // SHA-256 of the content, in hexadecimal
	Rows, Bytes int64
	First, Last string // the places of the first and the last row
}

// together is how many rows are handed to the encoder together.
const together = 512

// Create begins a file of the subject with these columns, as ColumnsOf orders them.
func Create(path, subject string, columns Columns) (*Writer, error) {
	s, ok := dictionary.Find(subject)
	if !ok {
		return nil, fmt.Errorf("part: %q is no subject", subject)
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, err
	}
	w := &Writer{path: path, packer: NewPacker(s), file: f, sum: sha256.New(), byName: make(map[string]int, len(columns))}
	w.buffer = bufio.NewWriterSize(io.MultiWriter(f, w.sum), 1<<20)
	w.out = parquet.NewGenericWriter[any](w.buffer, columns.schema(subject), parquet.Compression(compression),
		parquet.CreatedBy("dangol", "1", ""))
	for i, out := range w.out.ColumnWriters() {
		w.leaves = append(w.leaves, newLeaf(columns[i], i, out))
		w.byName[columns[i].Name] = i
	}
	return w, nil
}

// Add writes a row behind the others; the caller keeps the order.
func (w *Writer) Add(r *lake.Row) error {
	was := len(w.memory)
	w.memory = w.packer.Append(w.memory, r)
	return w.add(w.memory[was:], lake.PlaceOf(r).Sort)
}

// AddPacked writes a row that a Packer of the subject wrote, and that stands at the place.
func (w *Writer) AddPacked(packed []byte, place string) error {
	was := len(w.memory)
	w.memory = append(w.memory, packed...)
	return w.add(w.memory[was:], place)
}

// add takes a row whose bytes stay as they are until the next flush.
func (w *Writer) add(packed []byte, place string) error {
	if w.done.Rows == 0 {
		w.done.First = place
	}
	w.done.Rows, w.done.Last, w.waiting = w.done.Rows+1, place, w.waiting+1
	w.spread(packed)
	if w.done.Rows%groupRows == 0 {
		return errors.Join(w.flush(), w.out.Flush())
	}
	if w.waiting < together {
		return nil
	}
	return w.flush()
}

// spread puts the values of a row into its columns.
func (w *Writer) spread(packed []byte) {
	u := unpacker{packed}
	kept := w.leaves[:len(dictionary.Kept())]
	version, at, gone := u.number(), u.number(), u.byte() == 1
	kept[0].add(parquet.ByteArrayValue(u.text()))
	kept[1].add(parquet.Int64Value(version))
	kept[2].add(parquet.Int64Value(at))
	kept[3].add(parquet.BooleanValue(gone))
	for len(u.b) > 0 {
		if n := u.count(); n > 0 {
			l := &w.leaves[len(kept)+n-1]
			l.take(&u, l.kind, w.waiting)
			continue
		}
		at, known := w.byName[string(u.text())]
		t := kinds[u.byte()]
		if !known {
			pass(&u, t)
			continue
		}
		w.leaves[at].take(&u, t, w.waiting)
	}
	for i := range w.leaves {
		w.leaves[i].end(w.waiting)
	}
}

func (w *Writer) flush() error {
	var failed error
	for i := range w.leaves {
		failed = errors.Join(failed, w.leaves[i].flush())
	}
	w.waiting, w.memory = 0, w.memory[:0]
	return failed
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
