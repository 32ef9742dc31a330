package part

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/dangol/dangol/shared/blob"
	"github.com/dangol/dangol/shared/lake"
)

// ErrCorrupt reports a part whose content is not what the manifest says.
var ErrCorrupt = errors.New("part: a part is not what the manifest says")

// contentType is that of a part.
const contentType = "application/vnd.apache.parquet"

// Series writes the rows of a month in their order as parts, and puts each into the object store. It is not safe for concurrent use, and two of one month must
// not share a folder.
type Series struct {
	Objects                blob.Blob
	Tenant, Subject, Month string
	Columns                Columns
	Dir                    string    // local folder in which a part lies until it is put
	Most                   int64     // rows of each part but the last
	At                     time.Time // when the parts are written; their keys have it
	Parts                  []lake.Part

	open *Writer // nil before the first row of a part
}

// Even is how many rows each part is to have so that none has more than so many, and all about the same.
func Even(rows, most int64) int64 {
	parts := (rows + most - 1) / most
	return (rows + parts - 1) / parts
}

// Add writes a row behind the others.
func (s *Series) Add(ctx context.Context, r *lake.Row) error {
	if err := s.begin(); err != nil {
		return err
	}
	if err := s.open.Add(r); err != nil {
		return err
	}
	return s.endWhenFull(ctx)
}

// AddPacked writes a packed row behind the others.
func (s *Series) AddPacked(ctx context.Context, packed []byte, place string) error {
	if err := s.begin(); err != nil {
		return err
	}
	if err := s.open.AddPacked(packed, place); err != nil {
		return err
	}
	return s.endWhenFull(ctx)
}

func (s *Series) begin() (err error) {
	if s.open == nil {
		s.open, err = Create(filepath.Join(s.Dir, s.Subject+s.Month+".parquet"), s.Subject, s.Columns)
	}
	return err
}

func (s *Series) endWhenFull(ctx context.Context) error {
	if s.open.Rows() < s.Most {
		return nil
	}
	return s.End(ctx)
}

// End puts the last part.
func (s *Series) End(ctx context.Context) error {
	if s.open == nil {
		return nil
	}
	done, err := s.open.Close()
	s.open = nil
	if err != nil {
		return err
	}
	p := lake.Part{Key: lake.PartKey(s.Tenant, s.Subject, s.Month, done.Hash, s.At), Hash: done.Hash, Rows: done.Rows, Bytes: done.Bytes, Month: s.Month, First: done.First, Last: done.Last}
	if err := put(ctx, s.Objects, p.Key, done.Path); err != nil {
		return err
	}
	s.Parts = append(s.Parts, p)
	return os.Remove(done.Path)
}

// Discard drops the part that is begun.
func (s *Series) Discard() {
	if s.open != nil {
		s.open.Discard()
	}
}

func put(ctx context.Context, b blob.Blob, key, path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	if _, err := b.Put(ctx, key, f, blob.PutOptions{ContentType: contentType}); err != nil {
		return fmt.Errorf("write %s: %w", key, err)
	}
	return nil
}

// Fetch brings a part into a local file, and holds it to its hash: ErrCorrupt.
func Fetch(ctx context.Context, b blob.Blob, p *lake.Part, path string) error {
	in, _, err := b.Get(ctx, p.Key, 0, -1)
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
