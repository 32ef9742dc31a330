package compact

import (
	"errors"
	"io"
	"os"
	"path/filepath"

	"github.com/dangol/dangol/shared/lake"
	"github.com/dangol/dangol/shared/lake/part"
)

// fetched is a part in the local folder, or none.
type fetched struct {
	*part.Reader
	path string
}

// open brings a part into the local folder.
func (w *rewriter) open(p *lake.Part) (*fetched, error) {
	if p == nil {
		return &fetched{}, nil
	}
	path := filepath.Join(w.dir, "old.parquet")
	if err := part.Fetch(w.ctx, w.objects, p, path); err != nil {
		return nil, err
	}
	r, err := part.Open(path, w.subject)
	return &fetched{r, path}, err
}

// Next implements source.
func (f *fetched) Next() (lake.Row, error) {
	if f.Reader == nil {
		return lake.Row{}, io.EOF
	}
	return f.Reader.Next()
}

func (f *fetched) columns() []part.Columns {
	if f.Reader == nil {
		return nil
	}
	return []part.Columns{f.Columns}
}

func (f *fetched) close() error {
	if f.Reader == nil {
		return nil
	}
	return errors.Join(f.Close(), os.Remove(f.path))
}
