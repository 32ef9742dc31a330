package lifecycle

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/klauspost/compress/zstd"
)

// Head is what stands before the entries of a month.
type Head struct {
	Month    string `json:"month"` // YYYY-MM in the workspace's zone
	AsOf     string `json:"asOf"`  // the last day counted, YYYY-MM-DD
	Currency string `json:"currency"`
}

// Entry is one customer at the end of a month, or at its last as-of day so far.
type Entry struct {
	CustomerID string
	Stage      Stage
	Units      int64 // revenue up to then in ten-thousandths of the currency
}

// Writer writes a month as a file: the head in JSON, then a line for each customer in the order of the ids, compressed. A customer takes about 25 bytes.
type Writer struct {
	packed *zstd.Encoder
	lines  *bufio.Writer
	places map[Stage]int
}

// NewWriter begins a file. The caller adds every customer and closes it.
func NewWriter(to io.Writer, h Head) (*Writer, error) {
	packed, err := zstd.NewWriter(to)
	if err != nil {
		return nil, fmt.Errorf("compress the month %s: %w", h.Month, err)
	}
	w := &Writer{packed: packed, lines: bufio.NewWriter(packed), places: map[Stage]int{}}
	for i, s := range Stages() {
		w.places[s] = i
	}
	return w, json.NewEncoder(w.lines).Encode(h)
}

// Add writes one customer. Errors of the place written to come with Close.
func (w *Writer) Add(e Entry) {
	_, _ = fmt.Fprintf(w.lines, "%s %d %d\n", e.CustomerID, w.places[e.Stage], e.Units)
}

// Close ends the file.
func (w *Writer) Close() error {
	if err := w.lines.Flush(); err != nil {
		return err
	}
	return w.packed.Close()
}

// Reader reads a month again.
type Reader struct {
	Head
	packed *zstd.Decoder
	lines  *bufio.Scanner
	stages []Stage
	err    error
}

// NewReader reads the head. The caller closes the reader; from stays the caller's.
func NewReader(from io.Reader) (*Reader, error) {
	packed, err := zstd.NewReader(from, zstd.WithDecoderConcurrency(1))
	if err != nil {
		return nil, fmt.Errorf("open a month: %w", err)
	}
	r := &Reader{packed: packed, lines: bufio.NewScanner(packed), stages: Stages()}
	if !r.lines.Scan() {
		return nil, fmt.Errorf("a month without a head: %w", r.Err())
	}
	return r, json.Unmarshal(r.lines.Bytes(), &r.Head)
}

// Next reads the next customer; false at the end and after an error.
func (r *Reader) Next() (e Entry, ok bool) {
	if r.err != nil || !r.lines.Scan() {
		return e, false
	}
	if e, r.err = r.entry(r.lines.Text()); r.err != nil {
		return e, false
	}
	return e, true
}

func (r *Reader) entry(line string) (Entry, error) {
	id, rest, _ := strings.Cut(line, " ")
	place, units, _ := strings.Cut(rest, " ")
	at, err := strconv.Atoi(place)
	if err != nil || at < 0 || at >= len(r.stages) {
		return Entry{}, fmt.Errorf("month %s: no stage in %q", r.Month, line)
	}
	n, err := strconv.ParseInt(units, 10, 64)
	return Entry{CustomerID: id, Stage: r.stages[at], Units: n}, err
}

// Err says what ended the reading before its time.
func (r *Reader) Err() error {
	if r.err != nil {
		return r.err
	}
	return r.lines.Err()
}

// Close frees what the reader holds.
func (r *Reader) Close() { r.packed.Close() }
