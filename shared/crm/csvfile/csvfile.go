// Package csvfile reads the files that people upload, row by row, whatever program wrote them, and without ever holding a file in memory: its
// encoding and delimiter are found out from the first bytes, bad rows are named and passed over, and reading can stop at any row and go on later.
package csvfile

import (
	"fmt"
	"strings"
)

// Limits. Sizes are in bytes of UTF-8 (of CP949 in a CP949 file).
const (
	HeadSize   = 64 << 10 // what Sniff should be given of the beginning of a file
	MaxColumns = 500
	MaxCell    = 64 << 10
	MaxRow     = 1 << 20
)

// Encoding is how a file's characters are written as bytes.
type Encoding string

// The encodings that are read. CP949 is Microsoft's superset of EUC-KR (Unified Hangul Code).
const (
	UTF8    Encoding = "utf-8"
	UTF16LE Encoding = "utf-16le"
	UTF16BE Encoding = "utf-16be"
	CP949   Encoding = "cp949"
)

// Format is what Sniff found out. It is kept with the import (JSON), so that every hop reads the file alike.
type Format struct {
	Encoding  Encoding `json:"encoding"`
	Delimiter string   `json:"delimiter"` // one of , ; tab |
	// Header holds the name of each column, each once: a repeated name has its count behind it ("phone (2)"), a blank one is "#3", its place.
	Header []string `json:"header"`
	// Start is where the first row after the header begins.
	Start Position `json:"start"`
}

// Position is a place between two rows: reading can go on from there.
type Position struct {
	Offset int64 `json:"offset"` // bytes of the file as it was uploaded
	Row    int   `json:"row"`    // rows read before it, without the header
	Line   int   `json:"line"`   // physical line at this place; the file's first is 1
}

// Row is one row of the file.
type Row struct {
	Number int      // counted from 1 after the header; blank rows do not count
	Line   int      // the physical line on which it begins
	Cells  []string // as many as the header has; nil when the row could not be cut into cells
}

// Problem is why a file or row cannot be read. A problem of a file has Row 0. The codes:
//
//	file_empty, file_binary, file_spreadsheet (XLS or XLSX), file_encoding, file_no_header, file_too_many_columns {max}
//	row_unclosed_quote, row_quote_misplaced, row_column_count {want, got}, row_too_large {max}, cell_too_large {max}, cell_encoding
type Problem struct {
	Code string
	Row  int
	Line int
	Args map[string]any
}

// Error gives the code and the place, for logs.
func (p *Problem) Error() string {
	if p.Line == 0 {
		return p.Code
	}
	return fmt.Sprintf("%s at line %d", p.Code, p.Line)
}

func fileProblem(code string) *Problem { return &Problem{Code: code} }

// headerNames makes every name differ and gives blank ones their place.
func headerNames(cells []string) []string {
	out := make([]string, len(cells))
	seen := map[string]bool{}
	for i, c := range cells {
		name := strings.Join(strings.Fields(c), " ")
		if name == "" {
			name = fmt.Sprintf("#%d", i+1)
		}
		unique := name
		for n := 2; seen[unique]; n++ {
			unique = fmt.Sprintf("%s (%d)", name, n)
		}
		seen[unique] = true
		out[i] = unique
	}
	return out
}
