package dir

import (
	"errors"
	"io/fs"
	"path"
)

// folders makes a folder and those above it, each synced into its parent: a synced file in a folder that a power cut forgets would be lost.
func (d *Dir) folders(name string) error {
	err := d.root.Mkdir(name, 0o700)
	switch {
	case errors.Is(err, fs.ErrExist):
		return nil
	case errors.Is(err, fs.ErrNotExist):
		if err := d.folders(path.Dir(name)); err != nil {
			return err
		}
		return d.folders(name)
	case err != nil:
		return err
	}
	return d.sync(path.Dir(name))
}

func (d *Dir) sync(folder string) error {
	f, err := d.root.Open(folder)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// prune removes a folder and those above it as long as they are empty. Failing is fine: an empty folder holds no object.
func (d *Dir) prune(folder string) {
	d.tree.Lock()
	defer d.tree.Unlock()
	for folder != objectsDir && d.root.Remove(folder) == nil {
		folder = path.Dir(folder)
	}
}
