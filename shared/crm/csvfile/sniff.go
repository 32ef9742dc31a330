package csvfile

import (
	"bytes"
	"errors"
	"strings"

	"github.com/dangol/dangol/shared/lazyregexp"
)

// Sniff finds out how a file is written from its first HeadSize bytes; all says that head is the whole file. It fails with a *Problem of the file.
// The first row that is not blank must be the header. Excel's line "sep=;" before it is obeyed.
func Sniff(head []byte, all bool) (Format, error) {
	if len(bytes.Trim(head, "\x00 \t\r\n\uFEFF")) == 0 {
		return Format{}, fileProblem("file_empty")
	}
	encoding, mark, err := sniffEncoding(head, all)
	if err != nil {
		return Format{}, err
	}
	f := Format{Encoding: encoding, Delimiter: ",", Start: Position{Offset: int64(mark), Line: 1}}
	if !f.separatorLine(head) {
		f.Delimiter = bestDelimiter(head, f, all)
	}
	return f, f.readHeader(head, all)
}

var separator = lazyregexp.New(`^(?i)sep=([,;\t|])$`)

// separatorLine obeys "sep=;" and starts behind it.
func (f *Format) separatorLine(head []byte) bool {
	r := f.rows(head, "\x01") // a delimiter that is in no text: the whole line is one cell
	first, err := r.read()
	if err != nil || len(first.Cells) == 0 {
		return false
	}
	m := separator().FindStringSubmatch(first.Cells[0])
	if m == nil {
		return false
	}
	f.Delimiter, f.Start = m[1], Position{Offset: r.at.Offset, Line: r.at.Line}
	return true
}

// rows reads head from the start so far with a delimiter and rows of any width.
func (f *Format) rows(head []byte, delimiter string) *Reader {
	any := Format{Encoding: f.Encoding, Delimiter: delimiter}
	return Open(bytes.NewReader(head[f.Start.Offset:]), any, f.Start)
}

// bestDelimiter is the one with which most of the first rows are as wide as the first of them; between equals the one that makes more columns.
func bestDelimiter(head []byte, f Format, all bool) string {
	best, bestShare, bestWidth := ",", 0.0, 1
	for _, d := range []string{",", ";", "\t", "|"} {
		share, width := f.consistency(head, d, all)
		if width > 1 && (share > bestShare || share == bestShare && width > bestWidth) {
			best, bestShare, bestWidth = d, share, width
		}
	}
	return best
}

const sampleRows = 50

func (f *Format) consistency(head []byte, delimiter string, all bool) (share float64, width int) {
	r := f.rows(head, delimiter)
	same, rows := 0, 0
	for rows < sampleRows {
		row, err := r.Next()
		if row.Cells == nil && err == nil || !all && r.at.Offset >= int64(len(head)) && rows > 0 {
			break
		}
		if p := (*Problem)(nil); err != nil && !errors.As(err, &p) {
			break
		}
		rows++
		if width == 0 {
			width = len(row.Cells)
		}
		if len(row.Cells) == width {
			same++
		}
	}
	return float64(same) / float64(max(rows, 1)), width
}

func (f *Format) readHeader(head []byte, all bool) error {
	r := f.rows(head, f.Delimiter)
	row, err := r.Next()
	p := (*Problem)(nil)
	switch {
	case errors.As(err, &p):
		p.Row = 0
		return p
	case err != nil:
		return fileProblem("file_empty")
	case !all && r.at.Offset >= int64(len(head)):
		return &Problem{Code: "row_too_large", Line: row.Line, Args: map[string]any{"max": HeadSize}}
	case len(row.Cells) > MaxColumns:
		return &Problem{Code: "file_too_many_columns", Line: row.Line, Args: map[string]any{"max": MaxColumns}}
	case looksLikeData(row.Cells):
		return &Problem{Code: "file_no_header", Line: row.Line}
	}
	f.Header = headerNames(row.Cells)
	f.Start = Position{Offset: r.at.Offset, Line: r.at.Line}
	return nil
}

var (
	address = lazyregexp.New(`^[^\s@]+@[^\s@]+\.[^\s@]+$`)
	figures = lazyregexp.New(`^[+\-₩$€]?[\d][\d\s.,:/()\-]*$`)
)

// looksLikeData says whether a first row can be no header: it holds an e-mail address, or most of its cells are numbers, dates or phones.
func looksLikeData(cells []string) bool {
	filled, numbers := 0, 0
	for _, c := range cells {
		c = strings.TrimSpace(c)
		switch {
		case address().MatchString(c):
			return true
		case figures().MatchString(c):
			numbers++
		}
		if c != "" {
			filled++
		}
	}
	return 2*numbers > filled
}
