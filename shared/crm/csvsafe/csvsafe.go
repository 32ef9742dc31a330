// Package csvsafe writes CSV that people open in a spreadsheet: no cell can start a formula, and a file that is imported again gives the values that
// were exported.
package csvsafe

import (
	"bufio"
	"io"
	"strings"

	"github.com/dangol/dangol/shared/lazyregexp"
)

// BOM tells Excel that a file is UTF-8.
const BOM = "\uFEFF"

// Writer writes rows as RFC 4180 says: comma, CRLF, quotes where needed. Nothing is written before Flush unless the buffer is full.
type Writer struct {
	out *bufio.Writer
	err error
}

// NewWriter returns a Writer; mark puts a BOM first, which Excel needs to read anything but ASCII.
func NewWriter(w io.Writer, mark bool) *Writer {
	out := &Writer{out: bufio.NewWriterSize(w, 32<<10)}
	if mark {
		out.put(BOM)
	}
	return out
}

// Write writes a row, each cell guarded.
func (w *Writer) Write(cells []string) error {
	for i, c := range cells {
		if i > 0 {
			w.put(",")
		}
		w.put(quoted(Guard(c), len(cells) == 1))
	}
	w.put("\r\n")
	return w.err
}

// Flush writes what is buffered and returns the first error of all.
func (w *Writer) Flush() error {
	if err := w.out.Flush(); w.err == nil {
		w.err = err
	}
	return w.err
}

func (w *Writer) put(s string) {
	if w.err == nil {
		_, w.err = w.out.WriteString(s)
	}
}

// quoted also quotes an empty cell that is alone in its row, since an empty line is no row.
func quoted(c string, alone bool) string {
	if !strings.ContainsAny(c, ",;\t|\"\r\n") && !strings.HasPrefix(c, " ") && !strings.HasSuffix(c, " ") && (c != "" || !alone) {
		return c
	}
	return `"` + strings.ReplaceAll(c, `"`, `""`) + `"`
}

// plain are numbers and phones (E.164), which spreadsheets show as they are.
var plain = lazyregexp.New(`^[+-]?[0-9]+(\.[0-9]+)?$`)

// Guard puts an apostrophe before a value that a spreadsheet could run: one that begins with = + - @ (also full-width), tab, CR or LF, after OWASP's
// "CSV Injection". Plain numbers and phone numbers, such as -12.5 and +821012345678, are let through, since they can do nothing and would
// otherwise not add up. A value that already has such apostrophes gets one more, so that Unguard is its exact inverse.
func Guard(value string) string {
	if starts(value) && !plain().MatchString(value) {
		return "'" + value
	}
	return value
}

// Unguard takes the apostrophe away that Guard has put before a value.
func Unguard(cell string) string {
	if strings.HasPrefix(cell, "'") && starts(cell) {
		return cell[1:]
	}
	return cell
}

// starts says whether a value begins with what starts a formula, apostrophes before it or not.
func starts(value string) bool {
	if value == "" || value[0] >= '0' && value[0] <= '9' || value[0] >= 'A' && value[0] < 0x80 {
		return false
	}
	for _, r := range strings.TrimLeft(value, "'") {
		return strings.ContainsRune("=+-@\t\r\n＝＋－＠", r)
	}
	return false
}
