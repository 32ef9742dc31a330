// Package lakes opens the lakes of a function on AWS: DuckDB in the function itself, over its object store, with the disk and memory that it was given.
package lakes

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"syscall"
	"time"

	"github.com/dangol/dangol/shared/cloud"
	"github.com/dangol/dangol/shared/lake/duck"
)

// fresh is for how long a function does not look again what changed: two requests to the object store less for most questions, within the 3 s after which a
// change is to be seen.
const fresh = time.Second

// Open is a cloud.Part; objects.Open comes before it.
func Open(g *cloud.Ground) error { return open(g, fresh) }

// OpenFresh is Open for a function that asks anew (catalogue.Function.AsksAnew): each question sees every delta that was written before it.
func OpenFresh(g *cloud.Ground) error { return open(g, 0) }

func open(g *cloud.Ground, age time.Duration) error {
	own, err := folder(dir(g))
	if err != nil {
		return fmt.Errorf("open the lakes: %w", err)
	}
	r, err := duck.New(duck.Subjects(), duck.Options{Dir: own, Memory: memory(g), Disk: disk, MaxAge: age, Clock: g.Env.Clock})
	if err != nil {
		return fmt.Errorf("open the lakes: %w", err)
	}
	g.Env.Lakes = r
	return nil
}

// disk is what of a function's own disk the lakes may fill; infra gives those that ask lakes 4 GB.
const disk = 3500 << 20

// dir is the one folder that a Lambda may write to, or another that the settings name.
func dir(g *cloud.Ground) string {
	if d := g.Settings("DANGOL_LAKES"); d != "" {
		return d
	}
	return "/tmp/dangol"
}

// processes is how many may share a disk: on AWS one, on an emulator's machine every function that asks lakes, several times.
const processes = 1000

// folder returns the first folder in dir that no other process holds. A process holds it until it ends, however it ends, so that what one that crashed left on the disk
// is used and emptied by the next.
func folder(dir string) (string, error) {
	for n := range processes {
		own := filepath.Join(dir, strconv.Itoa(n))
		if err := os.MkdirAll(own, 0o700); err != nil {
			return "", err
		}
		lock, err := syscall.Open(filepath.Join(own, "lock"), syscall.O_CREAT|syscall.O_RDWR|syscall.O_CLOEXEC, 0o600)
		if err != nil {
			return "", fmt.Errorf("lock %s: %w", own, err)
		}
		if syscall.Flock(lock, syscall.LOCK_EX|syscall.LOCK_NB) == nil {
			return own, nil
		}
		_ = syscall.Close(lock)
	}
	return "", fmt.Errorf("all of %d folders in %s are held", processes, dir)
}

// memory is two fifths of the function's for one tenant's database, as much as the Go heap has (catalogue.Function.HeapMB); the rest is for what DuckDB does not
// count.
func memory(g *cloud.Ground) int64 {
	mb, err := strconv.ParseInt(g.Settings("AWS_LAMBDA_FUNCTION_MEMORY_SIZE"), 10, 64)
	if err != nil || mb == 0 {
		return 0 // not on AWS: the runner's own measure
	}
	return mb << 20 * 2 / 5
}
