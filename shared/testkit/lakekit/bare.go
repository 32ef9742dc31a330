//go:build cgo

package lakekit

import (
	"testing"

	"github.com/dangol/dangol/shared/blob/dir"
	"github.com/dangol/dangol/shared/clock"
	"github.com/dangol/dangol/shared/lake/duck"
)

// Bare is an object store and DuckDB, for lakes that a test writes itself: no table stands behind them.
func Bare(t testing.TB) (*dir.Dir, *duck.Runner) {
	t.Helper()
	b, err := dir.New(t.TempDir(), func() string { return "" }, []byte("0123456789abcdef"), clock.System{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = b.Close() })
	r, err := duck.New(duck.Subjects(), duck.Options{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = r.Close() })
	return b, r
}
