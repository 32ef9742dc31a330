// Package kv is the embedded engines' ground: one ordered key-value store on local disk (Pebble) whose writers share a synced commit.
//
// Writers hand a function to one committer, which runs the waiting functions one after another, writes what they set as one batch and syncs it
// once for all of them (group commit). Nothing is acknowledged, and nothing is shown to a reader, before
// it is on disk: a write that anyone has seen survives the loss of power.
package kv

import (
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"

	"github.com/cockroachdb/pebble"
	"github.com/cockroachdb/pebble/bloom"
	"github.com/cockroachdb/pebble/vfs"
)

// ErrClosed reports a call on a store that was closed.
var ErrClosed = errors.New("kv: closed")

// Options tune a store; the zero value suits a host that shares a small machine.
type Options struct {
	CacheBytes    int64 // all memory for blocks and write buffers: Pebble takes the buffers out of it; 0 is 80 MB
	MemTableBytes int   // one write buffer, of which up to four exist under load; 0 is 16 MB
	ReadOnly      bool  // opens an existing store; Update then fails

	fs vfs.FS // tests put a failing disk here
}

// Store is an open store. All methods are safe for concurrent use.
type Store struct {
	db       *pebble.DB
	queue    queue
	synced   chan *group // from the committer to the acknowledger
	finished sync.WaitGroup
	broken   atomic.Pointer[error]
	views    views
}

// Open opens the store in dir, creating it when absent. The directory is locked: a second Open of it, from this process or another, fails.
func Open(dir string, o Options) (*Store, error) {
	cache := pebble.NewCache(orDefault(o.CacheBytes, 80<<20))
	defer cache.Unref() // the database holds its own reference
	if o.fs == nil {
		o.fs = vfs.Default
	}
	parents := parentsOfNew(o.fs, dir)
	db, err := pebble.Open(dir, pebbleOptions(o, cache))
	if err != nil {
		return nil, openError(dir, err)
	}
	if err := syncDirs(o.fs, parents); err != nil {
		return nil, errors.Join(openError(dir, err), db.Close())
	}
	s := &Store{db: db, synced: make(chan *group, 1)}
	s.queue.init()
	s.views.publish(&view{snap: db.NewSnapshot()})
	s.finished.Add(2)
	go s.commitGroups()
	go s.acknowledgeGroups()
	return s, nil
}

// parentsOfNew returns the directories in which opening dir will make an entry.
func parentsOfNew(fs vfs.FS, dir string) (parents []string) {
	for d := filepath.Clean(dir); d != filepath.Dir(d); d = filepath.Dir(d) {
		if _, err := fs.Stat(d); err == nil {
			break
		}
		parents = append(parents, filepath.Dir(d))
	}
	return parents
}

// syncDirs puts the entries of directories on disk. Pebble syncs what is inside its own; the way to a new one it leaves to chance.
func syncDirs(fs vfs.FS, dirs []string) error {
	for _, name := range dirs {
		d, err := fs.OpenDir(name)
		if err != nil {
			return err
		}
		if err := errors.Join(d.Sync(), d.Close()); err != nil {
			return err
		}
	}
	return nil
}

func pebbleOptions(o Options, cache *pebble.Cache) *pebble.Options {
	p := &pebble.Options{
		Cache:              cache,
		Comparer:           wholeKeys(),
		MemTableSize:       uint64(orDefault(o.MemTableBytes, 16<<20)),
		FormatMajorVersion: pebble.FormatNewest,
		ReadOnly:           o.ReadOnly,
		ErrorIfNotExists:   o.ReadOnly,
		MaxOpenFiles:       500,
		Logger:             logger{},
		FS:                 o.fs,
		Levels:             make([]pebble.LevelOptions, 7),
		// Fewer, larger merges of fresh files: under an import, merging costs more than the reads that it spares.
		L0CompactionThreshold: 8,
	}
	for i := range p.Levels {
		// Blooms spare the reads that conditions make for absent keys; every level has them, since most such keys were never there.
		// One index block a file: the blocks of a two-level index would be looked up one by one at each such read.
		p.Levels[i] = pebble.LevelOptions{FilterPolicy: bloom.FilterPolicy(10), TargetFileSize: 4 << 20 << min(i, 1), IndexBlockSize: 256 << 10}
	}
	// Files of the first level live for seconds: pressing them together costs more than it saves.
	p.Levels[0].Compression = pebble.NoCompression
	return p
}

func openError(dir string, err error) error {
	if locked(err) {
		return fmt.Errorf("kv: open %s: the store is in use, by this process or another one: stop it, or copy it with Checkpoint: %w", dir, err)
	}
	return fmt.Errorf("kv: open %s: %w", dir, err)
}

// Close finishes the writes that wait, waits for the readers and closes the store. Later calls fail with ErrClosed.
func (s *Store) Close() error {
	if !s.queue.close() {
		return ErrClosed
	}
	s.finished.Wait()
	s.views.close()
	if err := s.db.Close(); err != nil {
		return fmt.Errorf("kv: close: %w", err)
	}
	return nil
}

// Checkpoint copies the store as it is now into dir, which must not exist, while reads and writes go on. Most of the copy is hard links, so it
// takes milliseconds when dir is on the same file system. Open reads it like any store.
func (s *Store) Checkpoint(dir string) error {
	at, err := s.Snapshot()
	if err != nil {
		return err
	}
	defer at.Close() // until then the store stays open
	if err := s.db.Checkpoint(dir, pebble.WithFlushedWAL()); err != nil {
		return fmt.Errorf("kv: checkpoint to %s: %w", dir, err)
	}
	return nil
}

// fail marks the store broken. What the kernel did with pages whose sync failed is unknown, so no later write can be trusted.
func (s *Store) fail(err error) {
	err = fmt.Errorf("kv: the store is broken until it is opened anew: %w", err)
	s.broken.CompareAndSwap(nil, &err)
}

// failure returns why the store is broken, or nil.
func (s *Store) failure() error {
	if err := s.broken.Load(); err != nil {
		return *err
	}
	return nil
}

func orDefault[T int | int64](v, otherwise T) T {
	if v == 0 {
		return otherwise
	}
	return v
}

// logger keeps Pebble's progress notes out of the log. Pebble calls Fatalf when it cannot go on (its manifest is lost); nor can the process.
type logger struct{}

func (logger) Infof(string, ...any) {}

func (logger) Errorf(format string, args ...any) { slog.Error(fmt.Sprintf(format, args...)) }

func (logger) Fatalf(format string, args ...any) {
	slog.Error(fmt.Sprintf(format, args...))
	os.Exit(1)
}
