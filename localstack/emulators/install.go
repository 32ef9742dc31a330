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
	Fill    func(context.Context, installation) error
}

// An installation is under way as long as the lock is held, by this process or by a program that it started and that outlives it.
type installation struct {
	dir  string // empty at first
	lock *os.File
	say  io.Writer
	rest time.Duration // before what failed to download is tried again
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
	held, err := lock(ctx, dir+".lock")
	if err != nil {
		return fmt.Errorf("wait for another installation of %s: %w", p.Name, err)
	}
	defer held.Close()
	if exists(filepath.Join(dir, complete)) {
		return nil
	}
	if err := Need(ctx, p.Needs...); err != nil {
		return err
	}
	fmt.Fprintf(say, "installing %s %s into %s\n", p.Name, p.Version, dir)
	return p.fill(ctx, installation{dir, held, say, 5 * time.Second})
}

func (p Part) fill(ctx context.Context, in installation) error {
	err := os.RemoveAll(in.dir)
	if err == nil {
		err = os.Mkdir(in.dir, 0o755)
	}
	if err == nil {
		err = p.Fill(ctx, in)
	}
	if err == nil {
		err = in.write(complete, "")
	}
	if err != nil {
		return fmt.Errorf("install %s %s: %w", p.Name, p.Version, err)
	}
	return nil
}

// lock waits until no process holds the file, and holds it until the file is closed.
func lock(ctx context.Context, path string) (*os.File, error) {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o644)
	if err != nil {
		return nil, err
	}
	for {
		err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
		if err == nil {
			return file, nil
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
