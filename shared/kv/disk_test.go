package kv

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/cockroachdb/pebble/vfs"
)

// brokenDisk fails every sync of the log while it is switched on. Before that, the sync tells that it began and waits, if there is a channel.
type brokenDisk struct {
	vfs.FS
	on    atomic.Bool
	syncs atomic.Pointer[chan struct{}]
}

func (d *brokenDisk) Create(name string) (vfs.File, error) {
	f, err := d.FS.Create(name)
	if err != nil || !strings.HasSuffix(name, ".log") {
		return f, err
	}
	return &brokenFile{f, d}, nil
}

type brokenFile struct {
	vfs.File
	disk *brokenDisk
}

func (f *brokenFile) Sync() error { return f.SyncData() }

func (f *brokenFile) SyncData() error {
	if began := f.disk.syncs.Load(); began != nil {
		*began <- struct{}{}
		*began <- struct{}{}
	}
	if f.disk.on.Load() {
		return errors.New("disk gone")
	}
	return f.File.SyncData()
}

func TestAFailedSyncBreaksTheStoreAndShowsNothing(t *testing.T) {
	disk := &brokenDisk{FS: vfs.NewMem()}
	s, err := Open("/new/data", Options{fs: disk})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() }) // a store whose log failed reports that again when it closes
	set(t, s, "a", "1")
	disk.on.Store(true)
	write := func(tx *Tx) error { tx.Set([]byte("a"), []byte("2")); return nil }
	for range 3 {
		if err := s.Update(context.Background(), write); err == nil || !strings.Contains(err.Error(), "disk gone") {
			t.Errorf("update: got %v, want the sync's error", err)
		}
		disk.on.Store(false) // a disk that comes back does not heal what was lost
	}
	if got := dump(t, s, "", "", false); got != "a=1" {
		t.Errorf("readers see %q, want a=1", got)
	}
}

func TestReadersSeeAWriteWhenItIsOnDisk(t *testing.T) {
	disk := &brokenDisk{FS: vfs.NewMem()}
	s := open(t, "data", Options{fs: disk})
	set(t, s, "a", "1")
	syncs := make(chan struct{})
	disk.syncs.Store(&syncs)
	written := make(chan struct{})
	go func() {
		defer close(written)
		if err := s.Update(context.Background(), func(tx *Tx) error { tx.Set([]byte("a"), []byte("2")); return nil }); err != nil {
			t.Error(err)
		}
	}()
	<-syncs // began
	if got := dump(t, s, "", "", false); got != "a=1" {
		t.Errorf("scan before the sync: got %q, want a=1", got)
	}
	if v, err := s.Get([]byte("a")); string(v) != "1" || err != nil {
		t.Errorf("get before the sync: got %q, %v, want 1", v, err)
	}
	select {
	case <-written:
		t.Error("the write was acknowledged before the sync")
	default:
	}
	disk.syncs.Store(nil)
	<-syncs // may end
	<-written
	if v, err := s.Get([]byte("a")); string(v) != "2" || err != nil {
		t.Errorf("get after the sync: got %q, %v, want 2", v, err)
	}
}

func TestAPowerCutLosesNothingAcknowledgedAndNothingSeen(t *testing.T) {
	disk := vfs.NewStrictMem()
	s, err := Open("/new/data", Options{fs: disk})
	if err != nil {
		t.Fatal(err)
	}
	log := newWitness()
	var writers sync.WaitGroup
	for n := range 8 {
		writers.Go(func() { log.write(t, s, n) })
	}
	log.await(200)
	log.cut(func() { disk.SetIgnoreSyncs(true) })
	writers.Wait()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	disk.ResetToSyncedState()
	disk.SetIgnoreSyncs(false)
	s = open(t, "/new/data", Options{fs: disk})
	for _, key := range log.keys {
		if v, err := s.Get([]byte(key)); v == nil || err != nil {
			t.Errorf("%s is lost: %v, %v", key, v, err)
		}
	}
}

// witness notes every key that was acknowledged or read before the power is cut.
type witness struct {
	mu   sync.Mutex
	keys []string
	dark bool
	some sync.Cond
}

func newWitness() *witness {
	w := &witness{}
	w.some.L = &w.mu
	return w
}

// write writes keys, and reads what others write, until the power is cut.
func (w *witness) write(t *testing.T, s *Store, writer int) {
	for n := 0; ; n++ {
		key := fmt.Sprintf("%d-%d", writer, n)
		err := s.Update(context.Background(), func(tx *Tx) error { tx.Set([]byte(key), []byte("x")); return nil })
		if err != nil {
			t.Error(err)
		}
		seen := []string{key}
		other := fmt.Sprintf("%d-%d", (writer+1)%8, n)
		if v, err := s.Get([]byte(other)); err != nil {
			t.Error(err)
		} else if v != nil {
			seen = append(seen, other)
		}
		if !w.note(seen) {
			return
		}
	}
}

func (w *witness) note(keys []string) (lit bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.dark {
		return false
	}
	w.keys = append(w.keys, keys...)
	w.some.Broadcast()
	return true
}

func (w *witness) await(n int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for len(w.keys) < n {
		w.some.Wait()
	}
}

func (w *witness) cut(power func()) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.dark = true
	power()
}
