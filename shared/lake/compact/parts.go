package compact

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/dangol/dangol/shared/blob"
	"github.com/dangol/dangol/shared/lake"
	"github.com/dangol/dangol/shared/lake/part"
)

// ErrCorrupt reports a part whose content is not what the manifest says.
var ErrCorrupt = errors.New("compact: a part is not what the manifest says")

// partType is the content type of a part.
const partType = "application/vnd.apache.parquet"

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
	if err := w.fetch(p, path); err != nil {
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

func (w *rewriter) fetch(p *lake.Part, path string) error {
	in, _, err := w.objects.Get(w.ctx, p.Key, 0, -1)
	if err != nil {
		return fmt.Errorf("open %s: %w", p.Key, err)
	}
	defer in.Close()
	out, err := os.OpenFile(path, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	sum := sha256.New()
	_, err = io.Copy(io.MultiWriter(out, sum), in)
	if err = errors.Join(err, out.Close()); err != nil {
		return fmt.Errorf("read %s: %w", p.Key, err)
	}
	if got := hex.EncodeToString(sum.Sum(nil)); got != p.Hash {
		return fmt.Errorf("%w: %s has the hash %s", ErrCorrupt, p.Key, got)
	}
	return nil
}

// partsWriter writes rows as parts of a month.
type partsWriter struct {
	*rewriter
	month   string
	size    int64 // rows of each but the last, at most
	columns part.Columns
	open    *part.Writer // nil before the first row of a part
	parts   []lake.Part
}

func (t *partsWriter) add(r *lake.Row) (err error) {
	if t.open == nil {
		if t.open, err = part.Create(filepath.Join(t.dir, "new.parquet"), t.subject, t.columns); err != nil {
			return err
		}
	}
	if err := t.open.Add(r); err != nil || t.open.Rows() < t.size {
		return err
	}
	return t.end()
}

// end puts the part into the object store.
func (t *partsWriter) end() error {
	if t.open == nil {
		return nil
	}
	done, err := t.open.Close()
	if err != nil {
		return err
	}
	t.open = nil
	p := lake.Part{Key: lake.PartKey(t.tenant, t.subject, t.month, done.Hash, t.now), Hash: done.Hash, Rows: done.Rows, Bytes: done.Bytes, Month: t.month, First: done.First, Last: done.Last}
	if err := t.put(p.Key, done.Path); err != nil {
		return err
	}
	t.parts, t.written = append(t.parts, p), t.written+1
	return os.Remove(done.Path)
}

func (t *partsWriter) put(key, path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	if _, err := t.objects.Put(t.ctx, key, f, blob.PutOptions{ContentType: partType}); err != nil {
		return fmt.Errorf("write %s: %w", key, err)
	}
	return nil
}

func (t *partsWriter) discard() {
	if t.open != nil {
		t.open.Discard()
	}
}
