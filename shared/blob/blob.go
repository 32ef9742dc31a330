// Package blob is the port to the object store: S3 on AWS, a folder on a laptop. Keys are slash-separated and start with the tenant's prefix.
package blob

import (
	"context"
	"errors"
	"io"
	"time"
)

// ErrNotFound reports a key without an object; ErrPrecondition a put whose condition failed.
var (
	ErrNotFound     = errors.New("blob: not found")
	ErrPrecondition = errors.New("blob: precondition failed")
)

// Info describes an object. ETag changes whenever the content does.
type Info struct {
	Key         string
	Size        int64
	ETag        string
	ContentType string // a list may leave it out
	Modified    time.Time
}

// PutOptions narrow a put. IfAbsent and IfMatch make it conditional; at most one may be set.
type PutOptions struct {
	ContentType string
	IfAbsent    bool
	IfMatch     string // an ETag
}

// Upload says what a presigned upload will accept.
type Upload struct {
	ContentType string // "" accepts any
	// MaxBytes is refused while uploading by a laptop's engine only: S3 bounds no PUT. Whoever opens the file checks its size; see blob/s3.
	MaxBytes int64
	Expires  time.Duration // S3: at most 7 days, and never longer than the credentials that signed
}

// PerTenant is an engine that can act in the name of one tenant: what For returns reaches that tenant's objects and no others, whatever it is asked for.
type PerTenant interface {
	For(tenant string) Blob
}

// For returns the objects in the tenant's name, where the engine knows tenants, and all where it does not.
func For(b Blob, tenant string) Blob {
	if p, ok := b.(PerTenant); ok {
		return p.For(tenant)
	}
	return b
}

// Watcher is an engine through which all changes of its objects go.
type Watcher interface {
	// Changes counts those of objects below a prefix, which ends in a slash: while the number stays, they are those that were listed and read after it was taken.
	Changes(prefix string) uint64
}

// Blob is the port. A put is atomic and durable: a reader sees the old object or the new one, whole. A put whose reader fails leaves no trace.
type Blob interface {
	Put(ctx context.Context, key string, r io.Reader, o PutOptions) (Info, error)
	// Get opens an object from offset, for n bytes (n < 0: to the end). The caller closes it.
	Get(ctx context.Context, key string, offset, n int64) (io.ReadCloser, Info, error)
	Head(ctx context.Context, key string) (Info, error)
	// List returns up to limit objects with the prefix, ordered by key, behind the key after.
	List(ctx context.Context, prefix, after string, limit int) ([]Info, error)
	// Delete removes an object; removing nothing succeeds.
	Delete(ctx context.Context, key string) error
	// UploadURL and DownloadURL return links that work without credentials until they expire. Downloads name the file for the browser.
	UploadURL(ctx context.Context, key string, u Upload) (string, error)
	DownloadURL(ctx context.Context, key, fileName string, expires time.Duration) (string, error)
}
