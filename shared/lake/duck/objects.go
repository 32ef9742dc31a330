package duck

import (
	"context"
	"io"
	"sync"

	"github.com/dangol/dangol/shared/blob"
	"github.com/dangol/dangol/shared/lake"
)

// Objects is a lake in the object store, whose objects are those of one tenant alone. Read says what the lake consists of: shared/lake reads it from the
// manifest and the list of deltas.
type Objects struct {
	Blob blob.Blob
	Read func(ctx context.Context, b blob.Blob) (State, error)
}

// Of is the lake of a tenant as shared/lake keeps it: the parts that its manifest names, and the deltas that are not in them. The manifest is read first: what
// is folded meanwhile is listed still.
func Of(b blob.Blob, tenant string) Source {
	objects := Objects{b, func(ctx context.Context, b blob.Blob) (State, error) {
		m, _, err := lake.Read(ctx, b, tenant)
		if err != nil {
			return State{}, err
		}
		all, err := lake.Deltas(ctx, b, tenant)
		if err != nil {
			return State{}, err
		}
		return State{Parts: partsOf(m), Deltas: m.Unfolded(all)}, nil
	}}
	if w, ok := b.(blob.Watcher); ok {
		return &watched{Objects: objects, changes: func() uint64 { return w.Changes(lake.Prefix(tenant)) }}
	}
	return objects
}

// watched is a lake whose object store says when it changes: until then its state is what it was.
type watched struct {
	Objects
	changes func() uint64

	mu    sync.Mutex
	known bool
	at    uint64
	state State
}

// State implements Source.
func (w *watched) State(ctx context.Context) (State, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	now := w.changes()
	if w.known && now == w.at {
		return w.state, nil
	}
	state, err := w.Objects.State(ctx)
	if err == nil {
		w.known, w.at, w.state = true, now, state
	}
	return state, err
}

func partsOf(m lake.Manifest) map[string][]Part {
	out := map[string][]Part{}
	for subject, parts := range m.Subjects {
		for _, p := range parts {
			out[subject] = append(out[subject], Part{p.Key, p.Hash})
		}
	}
	return out
}

// State implements Source.
func (o Objects) State(ctx context.Context) (State, error) { return o.Read(ctx, o.Blob) }

// Open implements Source.
func (o Objects) Open(ctx context.Context, key string) (io.ReadCloser, error) {
	r, _, err := o.Blob.Get(ctx, key, 0, -1)
	return r, err
}
