package duck

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// fetch copies an object into the folder under a name of this package's own making. A part must have the hash that the manifest names, so that a torn or
// foreign file is never asked; a delta has none ("").
func fetch(ctx context.Context, src Source, key, hash, path string) error {
	in, err := src.Open(ctx, key)
	if err != nil {
		return fmt.Errorf("open %s: %w", key, err)
	}
	defer in.Close()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	out, err := os.OpenFile(path, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer out.Close()
	sum := sha256.New()
	if _, err := io.Copy(io.MultiWriter(out, sum), in); err != nil {
		return fmt.Errorf("read %s: %w", key, err)
	}
	if got := hex.EncodeToString(sum.Sum(nil)); hash != "" && got != hash {
		return fmt.Errorf("%w: %s has the hash %s, not %s", ErrCorrupt, key, got, hash)
	}
	return out.Close()
}
