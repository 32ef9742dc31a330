package dir

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/dangol/dangol/shared/blob"
)

// List walks the folders under the prefix in key order. An object that is put or deleted meanwhile may or may not be listed; a limit of 0 or less
// lists nothing.
func (d *Dir) List(ctx context.Context, prefix, after string, limit int) ([]blob.Info, error) {
	w := walk{ctx: ctx, dir: d, prefix: prefix, after: after, limit: limit}
	start := prefix[:strings.LastIndexByte(prefix, '/')+1]
	if start != "" && blob.CheckKey(strings.TrimSuffix(start, "/")) != nil {
		return nil, nil // no key starts like that
	}
	if err := w.folder(start); err != nil {
		return nil, fmt.Errorf("list %s: %w", prefix, err)
	}
	return w.found, nil
}

type walk struct {
	ctx           context.Context
	dir           *Dir
	prefix, after string
	limit         int
	found         []blob.Info
}

// folder visits the keys that start with dir, which is "" or ends in a slash.
func (w *walk) folder(dir string) error {
	folder := folderOf(strings.TrimSuffix(dir, "/"))
	items, err := w.dir.items(folder, func() ([]item, error) {
		items, err := w.items(folder, "")
		slices.SortFunc(items, func(a, b item) int { return strings.Compare(a.key, b.key) })
		return items, err
	})
	if err != nil {
		return err
	}
	for _, it := range items {
		if len(w.found) >= w.limit {
			return nil
		}
		if err := w.visit(dir+it.key, it); err != nil {
			return err
		}
	}
	return nil
}

func (w *walk) visit(key string, it item) error {
	if err := w.ctx.Err(); err != nil {
		return err
	}
	if it.file == "" {
		return w.descend(key)
	}
	if key <= w.after || !strings.HasPrefix(key, w.prefix) {
		return nil
	}
	info, err := w.dir.info(it.file)
	if errors.Is(err, blob.ErrNotFound) {
		return nil // deleted since the folder was read
	}
	if err != nil {
		return err
	}
	w.found = append(w.found, info)
	return nil
}

// descend enters a folder unless all of its keys lie before after or outside the prefix.
func (w *walk) descend(key string) error {
	behind := key <= w.after && !strings.HasPrefix(w.after, key)
	outside := !strings.HasPrefix(key, w.prefix) && !strings.HasPrefix(w.prefix, key)
	if behind || outside {
		return nil
	}
	return w.folder(key)
}

// item is an object (with its file) or a folder (key ends in a slash) in a folder. Sorted by key, they put all keys below in order.
type item struct{ key, file string }

// items reads a folder, joining names that were cut: head is the escaped start that the folders above hold.
func (w *walk) items(folder, head string) ([]item, error) {
	entries, err := fs.ReadDir(w.dir.root.FS(), folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var items []item
	for _, e := range entries {
		file := path.Join(folder, e.Name())
		if start, cut := strings.CutSuffix(e.Name(), moreMark); cut {
			rest, err := w.items(file, head+start)
			if err != nil {
				return nil, err
			}
			items = append(items, rest...)
			continue
		}
		name, isObject := strings.CutSuffix(e.Name(), objectMark)
		key, ok := unescape(head + name)
		switch {
		case !ok: // not ours: something else put a file here
		case isObject:
			items = append(items, item{key, file})
		default:
			items = append(items, item{key + "/", ""})
		}
	}
	return items, nil
}
