package importplan

import (
	"io"
	"slices"

	"github.com/dangol/dangol/shared/crm/csvsafe"
)

// FailedRows writes the rows that were not imported as a file that can be mended and imported again: the columns of the upload as they were, and one more
// that says what is wrong, which Guess leaves alone. If the upload was such a file itself, its old column of problems is replaced.
type FailedRows struct {
	out  *csvsafe.Writer
	keep []int // the upload's columns
}

// NewFailedRows returns a writer and writes the header.
func NewFailedRows(w io.Writer, header []string) (*FailedRows, error) {
	f := &FailedRows{out: csvsafe.NewWriter(w, true)}
	names := make([]string, 0, len(header)+1)
	for i, name := range header {
		if name != ProblemColumn {
			f.keep, names = append(f.keep, i), append(names, name)
		}
	}
	return f, f.out.Write(append(names, ProblemColumn))
}

// Write writes a row's cells as they were read from the file, and its problem in the reader's language. Cells that could not be read stay empty.
func (f *FailedRows) Write(cells []string, problem string) error {
	row := make([]string, 0, len(f.keep)+1)
	for _, i := range f.keep {
		cell := ""
		if i < len(cells) {
			cell = csvsafe.Unguard(cells[i])
		}
		row = append(row, cell)
	}
	return f.out.Write(slices.Concat(row, []string{problem}))
}

// Flush writes what is buffered.
func (f *FailedRows) Flush() error { return f.out.Flush() }
