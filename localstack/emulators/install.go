package emulators

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"syscall"
	"time"
)

// A Part is something that is installed into the cache folder: complete, or not at all.
type Part struct {
	Name    string
	Version string
	Pins    string // all that decides its content; other pins are another folder, so that a running emulator keeps its files
	Needs   []Tool // to install
	Fill    func(ctx context.Context, dir string) error
}

// Folder is its name in the cache folder.
func (p Part) Folder() string {
	return fmt.Sprintf("%s-%s-%x", p.Name, p.Version, sha256.Sum256([]byte(p.Pins)))[:len(p.Name)+len(p.Version)+10]
}

// complete is written last: a folder without it is what an interrupted installation left.
const complete = "complete"

// Install fills the part's folder unless that was done before. Of several who install at once, one does and the others wait.
func (p Part) Install(ctx context.Context, cache string, say io.Writer) error {
	dir := filepath.Join(cache, p.Folder())
	if err := os.MkdirAll(cache, 0o755); err != nil {
		return fmt.Errorf("make the cache folder: %w", err)
	}
	unlock, err := lock(ctx, dir+".lock")
	if err != nil {
		return fmt.Errorf("wait for another installation of %s: %w", p.Name, err)
	}
	defer unlock()
	if exists(filepath.Join(dir, complete)) {
		return nil
	}
	if err := Need(ctx, p.Needs...); err != nil {
		return err
	}
	fmt.Fprintf(say, "installing %s %s into %s\n", p.Name, p.Version, dir)
	return p.fill(ctx, dir)
}

func (p Part) fill(ctx context.Context, dir string) error {
	err := os.RemoveAll(dir)
	if err == nil {
		err = os.Mkdir(dir, 0o755)
	}
	if err == nil {
		err = p.Fill(ctx, dir)
	}
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, complete), nil, 0o644)
	}
	if err != nil {
		return fmt.Errorf("install %s %s: %w", p.Name, p.Version, err)
	}
	return nil
}

// lock waits until no other process holds the file. A process that dies gives it back.
func lock(ctx context.Context, path string) (unlock func(), err error) {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o644)
	if err != nil {
		return nil, err
	}
	for {
		err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
		if err == nil {
			return func() { file.Close() }, nil
		}
		if !errors.Is(err, syscall.EWOULDBLOCK) || !pause(ctx, 200*time.Millisecond) {
			file.Close()
			return nil, errors.Join(err, ctx.Err())
		}
	}
}

// pause waits, and says whether the context still holds.
func pause(ctx context.Context, d time.Duration) bool {
	select {
	case <-ctx.Done():
		return false
	case <-time.After(d):
		return true
	}
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
