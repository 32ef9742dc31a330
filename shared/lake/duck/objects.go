package duck

import (
	"context"
	"io"

	"github.com/dangol/dangol/shared/blob"
)

// Objects is a lake in the object store, whose objects are those of one tenant alone. Read says what the lake consists of: shared/lake reads it from the
// manifest and the list of deltas.
type Objects struct {
	Blob blob.Blob
	Read func(ctx context.Context, b blob.Blob) (State, error)
}

// State implements Source.
func (o Objects) State(ctx context.Context) (State, error) { return o.Read(ctx, o.Blob) }

// Open implements Source.
func (o Objects) Open(ctx context.Context, key string) (io.ReadCloser, error) {
	r, _, err := o.Blob.Get(ctx, key, 0, -1)
	return r, err
}
