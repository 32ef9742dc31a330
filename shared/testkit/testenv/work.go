package testenv

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"path/filepath"
	"sync"
	"testing"

	"github.com/dangol/dangol/shared/blob"
	"github.com/dangol/dangol/shared/blob/dir"
	"github.com/dangol/dangol/shared/crm/job"
	"github.com/dangol/dangol/shared/queue"
	"github.com/dangol/dangol/shared/store"
)

// ErrCut is what a call gets that a test cuts off.
var ErrCut = errors.New("testenv: cut off")

// Files is the object store of a place. Cut, when set, is asked before every call that reads or writes; its error keeps the call from happening.
type Files struct {
	blob.Blob
	mu  sync.Mutex
	cut func() error
}

// Files gives the place an object store in a folder of the test.
func (p *Place) Files(t testing.TB) *Files {
	t.Helper()
	d, err := dir.New(filepath.Join(t.TempDir(), "blob"), func() string { return "https://dangol.test" }, make([]byte, 32), p.Time)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	f := &Files{Blob: d}
	p.Blob = f
	return f
}

// Cut makes calls fail as ask says; nil ends that.
func (f *Files) Cut(ask func() error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.cut = ask
}

func (f *Files) ask() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.cut == nil {
		return nil
	}
	return f.cut()
}

// Put keeps an object, unless it is cut off.
func (f *Files) Put(ctx context.Context, key string, r io.Reader, o blob.PutOptions) (blob.Info, error) {
	if err := f.ask(); err != nil {
		return blob.Info{}, err
	}
	return f.Blob.Put(ctx, key, r, o)
}

// Get opens an object, unless it is cut off.
func (f *Files) Get(ctx context.Context, key string, offset, n int64) (io.ReadCloser, blob.Info, error) {
	if err := f.ask(); err != nil {
		return nil, blob.Info{}, err
	}
	return f.Blob.Get(ctx, key, offset, n)
}

// Hop is the message that asks for the next hop of a job, delivered for the first time.
func Hop(t testing.TB, s *store.Tenant, jobID string) queue.Message {
	t.Helper()
	j, err := s.Job(t.Context(), jobID)
	if err != nil {
		t.Fatal(err)
	}
	body, err := json.Marshal(job.Call{Tenant: s.ID, Job: j.ID, Kind: j.Kind, Hop: j.Hop})
	if err != nil {
		t.Fatal(err)
	}
	return queue.Message{ID: "1", Group: s.ID, Body: body, Receipt: "1", Received: 1}
}

// Finish hands a job's hops to its worker, each once, until the job has ended. A hop that fails or asks for nothing ends the test.
func (p *Place) Finish(t testing.TB, s *store.Tenant, jobID string, h queue.Handler) *job.Job {
	t.Helper()
	for {
		j, err := s.Job(t.Context(), jobID)
		if err != nil {
			t.Fatal(err)
		}
		if j.Status.Ended() {
			return j
		}
		failed, err := h(t.Context(), []queue.Message{Hop(t, s, jobID)})
		if err != nil || len(failed) > 0 {
			t.Fatalf("hop %d of %s: %v %v\n%s", j.Hop, j.Kind, failed, err, p.LogText)
		}
		next, err := s.Job(t.Context(), jobID)
		if err != nil || next.Version == j.Version {
			t.Fatalf("hop %d of %s changed nothing: %v", j.Hop, j.Kind, err)
		}
	}
}
