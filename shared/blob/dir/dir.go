// Package dir keeps objects as files in a folder: the object store of a laptop. It answers as S3 does, and its presigned links are served by
// Handler, which the host mounts at /local/blob/. One process at a time may own the folder.
package dir

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"hash/maphash"
	"io"
	"io/fs"
	"os"
	"path"
	"sync"
	"sync/atomic"

	"github.com/dangol/dangol/shared/blob"
	"github.com/dangol/dangol/shared/clock"
)

// The two folders below the root: finished objects, and puts on their way. They lie on one file system, so that a rename is atomic.
const (
	objectsDir = "objects"
	partsDir   = "parts"
)

// Dir is the engine. Safe for concurrent use.
type Dir struct {
	root    *os.Root
	baseURL func() string
	key     []byte
	clk     clock.Clock
	seed    maphash.Seed
	parts   atomic.Uint64
	// locks make check and rename of a conditional put one step; a key always falls on the same lock.
	locks [64]sync.Mutex
	// tree is held shared while a put makes folders and renames into them, and whole while a delete takes empty folders away.
	tree  sync.RWMutex
	known known
}

var _ blob.Blob = (*Dir)(nil)

// New opens the folder root, making it if need be, and clears away puts that a crash cut off. Links start with baseURL(), asked each time
// because a host learns its port late ("http://localhost:8080", no final slash), and are signed with key, which must outlive restarts.
func New(root string, baseURL func() string, key []byte, clk clock.Clock) (*Dir, error) {
	if len(key) < 16 {
		return nil, errors.New("blob/dir: the signing key is shorter than 16 bytes")
	}
	if err := os.MkdirAll(root, 0o700); err != nil {
		return nil, fmt.Errorf("make blob folder: %w", err)
	}
	r, err := os.OpenRoot(root)
	if err != nil {
		return nil, fmt.Errorf("open blob folder: %w", err)
	}
	d := &Dir{root: r, baseURL: baseURL, key: key, clk: clk, seed: maphash.MakeSeed()}
	if err := d.prepare(); err != nil {
		return nil, errors.Join(fmt.Errorf("prepare blob folder: %w", err), r.Close())
	}
	return d, nil
}

// Close lets go of the folder. Objects opened by Get stay readable.
func (d *Dir) Close() error { return d.root.Close() }

func (d *Dir) prepare() error {
	if err := d.root.RemoveAll(partsDir); err != nil {
		return err
	}
	if err := d.root.Mkdir(partsDir, 0o700); err != nil {
		return err
	}
	if err := d.root.MkdirAll(objectsDir, 0o700); err != nil {
		return err
	}
	return d.sync(".")
}

// Put streams r into a part file and moves it into place. The object and its name are on disk when Put returns.
func (d *Dir) Put(ctx context.Context, key string, r io.Reader, o blob.PutOptions) (blob.Info, error) {
	file, err := fileOf(key)
	if err != nil {
		return blob.Info{}, err
	}
	if o.IfAbsent && o.IfMatch != "" {
		return blob.Info{}, errors.New("blob/dir: a put has IfAbsent or IfMatch, not both")
	}
	part := path.Join(partsDir, fmt.Sprint(d.parts.Add(1)))
	info, err := d.write(ctx, part, key, o.ContentType, r)
	if err == nil {
		err = d.place(part, file, o)
	}
	if err != nil {
		_ = d.root.Remove(part) // a left-over part is harmless and goes at the next start
		return blob.Info{}, fmt.Errorf("put %s: %w", key, err)
	}
	return info, nil
}

// write makes the part file: content, then trailer, then sync.
func (d *Dir) write(ctx context.Context, part, key, contentType string, r io.Reader) (info blob.Info, err error) {
	f, err := d.root.OpenFile(part, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return info, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	digest := sha256.New()
	n, err := io.Copy(io.MultiWriter(f, digest), waiting{ctx, r})
	if err != nil {
		return info, err
	}
	info = blob.Info{Key: key, Size: n, ETag: etag(digest), ContentType: contentType, Modified: d.clk.Now()}
	if _, err = f.Write(trailerOf(info)); err != nil {
		return info, err
	}
	return info, f.Sync()
}

func etag(digest hash.Hash) string { return hex.EncodeToString(digest.Sum(nil)[:16]) }

// place checks the condition and renames, under the key's lock.
func (d *Dir) place(part, file string, o blob.PutOptions) error {
	mu := d.lock(file)
	mu.Lock()
	defer mu.Unlock()
	if err := d.allowed(file, o); err != nil {
		return err
	}
	d.tree.RLock()
	defer d.tree.RUnlock()
	if err := d.folders(path.Dir(file)); err != nil {
		return err
	}
	defer d.known.forget(file)
	if err := d.root.Rename(part, file); err != nil {
		return err
	}
	return d.sync(path.Dir(file))
}

func (d *Dir) allowed(file string, o blob.PutOptions) error {
	if !o.IfAbsent && o.IfMatch == "" {
		return nil
	}
	info, err := d.stat(file)
	switch {
	case errors.Is(err, blob.ErrNotFound):
		if o.IfAbsent {
			return nil
		}
		return blob.ErrPrecondition
	case err != nil:
		return err
	case o.IfAbsent || info.ETag != o.IfMatch:
		return blob.ErrPrecondition
	}
	return nil
}

func (d *Dir) lock(file string) *sync.Mutex {
	return &d.locks[maphash.String(d.seed, file)%uint64(len(d.locks))]
}

// Get opens an object from offset, for n bytes. A range that starts at the end or behind it is empty, one that ends behind it is cut.
func (d *Dir) Get(_ context.Context, key string, offset, n int64) (io.ReadCloser, blob.Info, error) {
	if offset < 0 {
		return nil, blob.Info{}, fmt.Errorf("get %s: negative offset", key)
	}
	f, info, err := d.open(key)
	if err != nil {
		return nil, info, err
	}
	left := max(info.Size-offset, 0)
	if n < 0 || n > left {
		n = left
	}
	return &section{io.NewSectionReader(f, offset, n), f}, info, nil
}

type section struct {
	*io.SectionReader
	io.Closer
}

// Head describes an object.
func (d *Dir) Head(_ context.Context, key string) (blob.Info, error) {
	f, info, err := d.open(key)
	if err != nil {
		return info, err
	}
	return info, f.Close()
}

func (d *Dir) open(key string) (*os.File, blob.Info, error) {
	file, err := fileOf(key)
	if err != nil {
		return nil, blob.Info{}, err
	}
	f, info, err := d.openFile(file)
	if err != nil {
		return nil, info, fmt.Errorf("open %s: %w", key, err)
	}
	return f, info, nil
}

func (d *Dir) stat(file string) (blob.Info, error) {
	f, info, err := d.openFile(file)
	if err != nil {
		return info, err
	}
	return info, f.Close()
}

func (d *Dir) openFile(file string) (*os.File, blob.Info, error) {
	f, err := d.root.Open(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, blob.Info{}, blob.ErrNotFound
	}
	if err != nil {
		return nil, blob.Info{}, err
	}
	info, err := readTrailer(f)
	if err != nil {
		return nil, info, errors.Join(err, f.Close())
	}
	return f, info, nil
}

// Delete removes an object and the folders that it leaves empty.
func (d *Dir) Delete(_ context.Context, key string) error {
	file, err := fileOf(key)
	if err != nil {
		return err
	}
	mu := d.lock(file)
	mu.Lock()
	defer mu.Unlock()
	defer d.known.forget(file)
	err = d.root.Remove(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err == nil {
		err = d.sync(path.Dir(file))
	}
	if err != nil {
		return fmt.Errorf("delete %s: %w", key, err)
	}
	d.prune(path.Dir(file))
	return nil
}

// waiting ends a copy when the context does.
type waiting struct {
	ctx context.Context
	r   io.Reader
}

func (w waiting) Read(p []byte) (int, error) {
	if err := w.ctx.Err(); err != nil {
		return 0, err
	}
	return w.r.Read(p)
}
