//go:build cgo

package folder

import (
	"io"
	"path/filepath"

	"github.com/dangol/dangol/shared/clock"
	"github.com/dangol/dangol/shared/lake/ask"
	"github.com/dangol/dangol/shared/lake/duck"
)

// openLakes opens the engine of the lakes over a folder of its own.
func openLakes(path string, c clock.Clock) (ask.Lakes, io.Closer, error) {
	r, err := duck.New(duck.Subjects(), duck.Options{Dir: filepath.Join(path, "cache"), Clock: c})
	return r, r, err
}
