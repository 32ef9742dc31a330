//go:build cgo

package duck_test

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"testing"

	"github.com/dangol/dangol/shared/blob"
	"github.com/dangol/dangol/shared/blob/dir"
	"github.com/dangol/dangol/shared/clock"
	"github.com/dangol/dangol/shared/lake/duck"
)

// TestALakeInTheObjectStore: parts are read from it, one that is gone is an error that names it, and nothing is loaded.
func TestALakeInTheObjectStore(t *testing.T) {
	written := newBucket()
	part := written.customers(t, "a 1 one")
	store, err := dir.New(t.TempDir(), func() string { return "" }, []byte("0123456789abcdef"), clock.System{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	if _, err := store.Put(t.Context(), part.Key, bytes.NewReader(written.objects[part.Key]), blob.PutOptions{}); err != nil {
		t.Fatal(err)
	}
	state := duck.State{Parts: map[string][]duck.Part{"customers": {part}}}
	objects := duck.Objects{Blob: store, Read: func(context.Context, blob.Blob) (duck.State, error) { return state, nil }}
	l, err := runner(t, duck.Options{}).Lake("tenant", objects)
	if err != nil {
		t.Fatal(err)
	}
	if got := ask(t, l, names); !slices.Equal(got, []string{"a one"}) {
		t.Errorf("got %q", got)
	}
	state.Deltas = []string{"t/x/lake/delta/gone"}
	if err := l.Query(t.Context(), duck.Statement{SQL: names}, none); !errors.Is(err, blob.ErrNotFound) {
		t.Errorf("got %v, want ErrNotFound", err)
	}
	state.Deltas = nil
	if got := ask(t, l, names); !slices.Equal(got, []string{"a one"}) {
		t.Errorf("afterwards: got %q", got)
	}
}
