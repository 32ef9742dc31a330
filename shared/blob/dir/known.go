package dir

import (
	"path"
	"strings"
	"sync"

	"github.com/dangol/dangol/shared/blob"
)

// mostKnown bounds what is remembered, some ten megabytes; when it is full it begins anew.
const mostKnown = 50_000

// known remembers folders and what describes their objects, so that a folder of a hundred is listed without opening a hundred files: whoever asks a lake lists its
// deltas. It can, since one process at a time owns the folder. What was read is remembered only if nothing changed meanwhile, and each change forgets it afterwards.
type known struct {
	mu      sync.Mutex
	changes uint64
	infos   map[string]blob.Info // by file
	folders map[string][]item    // in the order of their keys
	held    int                  // infos and items
	watched map[string]uint64    // changes in the folders that somebody watches
}

// Changes implements blob.Watcher.
func (d *Dir) Changes(prefix string) uint64 {
	d.known.mu.Lock()
	defer d.known.mu.Unlock()
	folder := folderOf(strings.TrimSuffix(prefix, "/"))
	n, ok := d.known.watched[folder]
	if !ok {
		if d.known.watched == nil {
			d.known.watched = map[string]uint64{}
		}
		d.known.watched[folder] = n
	}
	return n
}

// info is stat, from memory where it can be.
func (d *Dir) info(file string) (blob.Info, error) {
	return recall(&d.known, &d.known.infos, file, func() (blob.Info, int, error) {
		info, err := d.stat(file)
		return info, 1, err
	})
}

// items reads a folder, from memory where it can. The list is shared: nobody changes it.
func (d *Dir) items(folder string, read func() ([]item, error)) ([]item, error) {
	return recall(&d.known, &d.known.folders, folder, func() ([]item, int, error) {
		items, err := read()
		return items, 1 + len(items), err
	})
}

// recall has what stands under a name in one of the maps, or reads and remembers it; read says how much there is of it, too.
func recall[V any](k *known, in *map[string]V, name string, read func() (V, int, error)) (V, error) {
	k.mu.Lock()
	v, ok := (*in)[name]
	before := k.changes
	k.mu.Unlock()
	if ok {
		return v, nil
	}
	v, size, err := read()
	if err == nil {
		k.keep(before, size, func() { (*in)[name] = v })
	}
	return v, err
}

// keep remembers what was read since there were so many changes.
func (k *known) keep(before uint64, size int, set func()) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.changes != before {
		return
	}
	if k.held += size; k.infos == nil || k.held > mostKnown {
		k.infos, k.folders, k.held = map[string]blob.Info{}, map[string][]item{}, size
	}
	set()
}

// forget comes after a file was put in its place or removed, and folders with it.
func (k *known) forget(file string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.changes++
	delete(k.infos, file)
	for folder := path.Dir(file); folder != "."; folder = path.Dir(folder) {
		delete(k.folders, folder)
		if n, ok := k.watched[folder]; ok {
			k.watched[folder] = n + 1
		}
	}
}
