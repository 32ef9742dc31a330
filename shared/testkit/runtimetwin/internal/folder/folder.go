// Package folder opens the embedded engines over a folder, as a function's place: for the bootstrap of the twin's tests, and for the tests themselves
// before a process starts and after it ended. One process may hold a folder open at a time.
package folder

import (
	"crypto/rand"
	"errors"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"github.com/dangol/dangol/shared/blob/dir"
	"github.com/dangol/dangol/shared/clock"
	"github.com/dangol/dangol/shared/env"
	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/shared/identity"
	"github.com/dangol/dangol/shared/kv"
	"github.com/dangol/dangol/shared/logs"
	queues "github.com/dangol/dangol/shared/queue/embedded"
	"github.com/dangol/dangol/shared/store"
	tables "github.com/dangol/dangol/shared/table/embedded"
)

// Folder is an open one.
type Folder struct {
	*env.Env
	Table *tables.Engine
	Queue *queues.Queue

	ground *kv.Store
	files  *dir.Dir
	lakes  io.Closer
}

// Open opens the engines over path, with the secrets that stand there.
func Open(path string) (*Folder, error) {
	keys, err := identity.LoadOrMakeKeys(path)
	if err != nil {
		return nil, err
	}
	ground, err := kv.Open(filepath.Join(path, "db"), kv.Options{})
	if err != nil {
		return nil, err
	}
	f := &Folder{ground: ground}
	if err := f.engines(path, keys); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

func (f *Folder) engines(path string, keys env.Keys) (err error) {
	c := clock.System{}
	if f.Table, err = tables.New(f.ground, tables.Options{Clock: c}); err != nil {
		return err
	}
	if f.Queue, err = queues.New(f.ground, c); err != nil {
		return err
	}
	if f.files, err = dir.New(filepath.Join(path, "blob"), func() string { return "https://dangol.test" }, keys.Blob, c); err != nil {
		return err
	}
	lakes, closer, err := openLakes(path, c)
	if err != nil {
		return err
	}
	f.lakes = closer
	f.Env = &env.Env{
		Lakes: lakes,
		DB:    store.New(f.Table, c, rand.Reader), Table: f.Table, Queue: f.Queue, Blob: f.files, Clock: c, IDs: id.NewMaker(c.Now, rand.Reader), Rand: rand.Reader,
		Log:      logs.New(os.Stderr, slog.LevelInfo),
		Settings: env.Settings{BaseURL: "https://dangol.test", Keys: keys, Margin: time.Second},
	}
	return nil
}

// Close gives the folder free for the next process.
func (f *Folder) Close() error {
	var errs []error
	if f.lakes != nil {
		errs = append(errs, f.lakes.Close())
	}
	if f.files != nil {
		errs = append(errs, f.files.Close())
	}
	if f.Table != nil {
		f.Table.Close()
	}
	return errors.Join(append(errs, f.ground.Close())...)
}
