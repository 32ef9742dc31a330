//go:build cgo

package duck

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/dangol/dangol/shared/blob"
	"github.com/dangol/dangol/shared/lake/ask"
)

// Of implements ask.Lakes: the lake as shared/lake keeps it.
func (r *Runner) Of(tenant string, objects blob.Blob) (ask.Lake, error) {
	return r.Lake(tenant, Of(objects, tenant))
}

// Overlay implements ask.Lake. The rows stand beside those of deltas, and go when the parts hold everything.
func (l *Lake) Overlay(ctx context.Context, lines []byte) error {
	release, err := l.ready(ctx)
	if err != nil {
		return err
	}
	defer release()
	l.refreshing.Lock()
	defer l.refreshing.Unlock()
	return l.change(ctx, func(d loader) error {
		path := filepath.Join(d.dir, "overlay.jsonl")
		if err := os.MkdirAll(d.dir, 0o700); err != nil {
			return err
		}
		if err := os.WriteFile(path, lines, 0o600); err != nil {
			return fmt.Errorf("lay rows over: %w", err)
		}
		d.into.laid = d.now
		if err := d.follow(ctx); err != nil {
			return err
		}
		if err := d.lines(ctx, l.runner.subjects, []string{path}); err != nil {
			return err
		}
		if err := d.views(ctx); err != nil {
			return err
		}
		return d.renew(ctx)
	})
}
