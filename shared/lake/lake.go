// Package lake keeps a tenant's lake: it turns the records of the change feed into rows, writes them as deltas, and names in one manifest the files that hold
// all rows. docs/adr/0013 says what the files are; shared/lake/dictionary says what stands in them.
package lake

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/dangol/dangol/shared/blob"
)

// Part is a file of the snapshot. It never changes.
type Part struct {
	Key   string `json:"key"`
	Hash  string `json:"hash"` // SHA-256 of the content, in hexadecimal
	Rows  int64  `json:"rows"` // with those that say that a record was removed
	Bytes int64  `json:"bytes"`
	Month string `json:"month,omitempty"` // YYYY-MM; "" for a subject in one partition
	First string `json:"first"`           // the least and the greatest place of its rows, in the order of the subject: id, or customer and id
	Last  string `json:"last"`
}

// Manifest names the files of a lake. The zero value is a lake in which nothing was compacted yet.
type Manifest struct {
	Version  int64             `json:"version"`  // counts up with each change
	Subjects map[string][]Part `json:"subjects"` // by subject, in the order of months and places
	Folded   []string          `json:"folded"`   // keys of deltas whose rows are in the parts, as long as they may be listed
	Through  time.Time         `json:"through"`  // UTC; the deltas that were written before are in the parts
}

// Keys of a lake.
type keys struct{ tenant string }

func (k keys) root() string     { return "t/" + k.tenant + "/lake/" }
func (k keys) manifest() string { return k.root() + "manifest.json" }
func (k keys) deltas() string   { return k.root() + "delta/" }

// Read returns the manifest with the mark by which it can be replaced; "" while there is none.
func Read(ctx context.Context, b blob.Blob, tenant string) (m Manifest, etag string, err error) {
	r, info, err := b.Get(ctx, keys{tenant}.manifest(), 0, -1)
	if errors.Is(err, blob.ErrNotFound) {
		return Manifest{Subjects: map[string][]Part{}}, "", nil
	}
	if err != nil {
		return m, "", fmt.Errorf("read the manifest of %s: %w", tenant, err)
	}
	defer r.Close()
	content, err := io.ReadAll(r)
	if err != nil {
		return m, "", fmt.Errorf("read the manifest of %s: %w", tenant, err)
	}
	if err := json.Unmarshal(content, &m); err != nil {
		return m, "", fmt.Errorf("decode the manifest of %s: %w", tenant, err)
	}
	return m, info.ETag, nil
}

// ErrOvertaken reports that another writer replaced the manifest first: what was written from the old one is thrown away.
var ErrOvertaken = errors.New("lake: another writer was first")

// Swap replaces the manifest that has the mark ("" for none) by the next one, or fails with ErrOvertaken.
func Swap(ctx context.Context, b blob.Blob, tenant, etag string, next Manifest) error {
	content, err := json.Marshal(next)
	if err != nil {
		return err
	}
	o := blob.PutOptions{ContentType: "application/json", IfMatch: etag, IfAbsent: etag == ""}
	_, err = b.Put(ctx, keys{tenant}.manifest(), strings.NewReader(string(content)), o)
	if errors.Is(err, blob.ErrPrecondition) {
		return ErrOvertaken
	}
	if err != nil {
		return fmt.Errorf("replace the manifest of %s: %w", tenant, err)
	}
	return nil
}
