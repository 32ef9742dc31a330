package rebuild

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"

	"github.com/dangol/dangol/shared/lake"
	"github.com/dangol/dangol/shared/lake/part"
)

// takeOver adds the rows of the parts before that are gone.
func (w *work) takeOver(ctx context.Context, was *lake.Manifest) error {
	for subject, parts := range was.Subjects {
		if !lake.OfTable(subject) {
			continue
		}
		for i := range parts {
			if err := w.takeGone(ctx, subject, &parts[i]); err != nil {
				return err
			}
		}
	}
	return nil
}

func (w *work) takeGone(ctx context.Context, subject string, p *lake.Part) (err error) {
	path := filepath.Join(w.dir, "before.parquet")
	if err := part.Fetch(ctx, w.objects, p, path); err != nil {
		return err
	}
	r, err := part.Open(path, subject)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, r.Close(), os.Remove(path)) }()
	r.OnlyGone()
	b := newBundle()
	for {
		row, err := r.Next()
		if errors.Is(err, io.EOF) {
			return w.piles.take(b)
		}
		if err != nil {
			return err
		}
		if row.Gone {
			b.add(&row)
		}
		if len(b.packed) > bundleBytes {
			if err := w.piles.take(b); err != nil {
				return err
			}
			b = newBundle()
		}
	}
}
