//go:build cgo

package duck

import (
	"cmp"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
)

// makeRoom closes the databases that were unused longest until no more are open than may be, and removes those longest unused while they take more disk than
// they may. The lake that has just been opened stays.
func (r *Runner) makeRoom(besides *Lake) {
	byUse := r.longestUnused()
	open, size := 0, int64(0)
	for _, l := range byUse {
		open += l.isOpen()
		size += sizeOf(l.dir)
	}
	for _, l := range byUse {
		if l == besides || !l.open.TryLock() { // one that is being asked is no candidate
			continue
		}
		var err error
		switch {
		case size > r.options.Disk:
			size -= sizeOf(l.dir)
			open--
			err = errors.Join(l.shut(), os.RemoveAll(l.dir))
			l.unload()
		case open > r.options.Tenants && l.db != nil:
			open--
			err = l.shut()
		}
		l.open.Unlock()
		if err != nil {
			slog.Error("a database of a lake was not closed", "tenant", l.tenant, "error", err)
		}
	}
}

// longestUnused are the lakes in the order in which they were last asked.
func (r *Runner) longestUnused() []*Lake {
	r.mu.Lock()
	defer r.mu.Unlock()
	lakes := r.all()
	slices.SortFunc(lakes, func(a, b *Lake) int { return cmp.Compare(a.used, b.used) })
	return lakes
}

func (l *Lake) isOpen() int {
	l.open.RLock()
	defer l.open.RUnlock()
	if l.db == nil {
		return 0
	}
	return 1
}

func sizeOf(dir string) (bytes int64) {
	_ = filepath.WalkDir(dir, func(_ string, e fs.DirEntry, err error) error {
		if err != nil {
			return nil //nolint:nilerr // a file that is gone meanwhile takes no room
		}
		if info, err := e.Info(); err == nil && !e.IsDir() {
			bytes += info.Size()
		}
		return nil
	})
	return bytes
}
