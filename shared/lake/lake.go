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
	Version  int64             `json:"version"`          // counts up with each change
	Subjects map[string][]Part `json:"subjects"`         // by subject, in the order of months and places
	Folded   []string          `json:"folded"`           // keys of deltas whose rows are in the parts, as long as they may be listed
	Through  time.Time         `json:"through"`          // UTC, by the object store's clock: when the latest delta that is in the parts was written
	At       time.Time         `json:"at"`               // UTC; when this manifest was made
	Rebuilt  time.Time         `json:"rebuilt,omitzero"` // UTC; when the latest rebuild from the table began, or was asked for by a clock that is ahead
	Shape    string            `json:"shape,omitempty"`  // that of the program of that rebuild (Shape): columns that came to the dictionary since are empty in older rows
}

// Prefix is how the keys of a tenant's lake begin.
func Prefix(tenant string) string { return keys{tenant}.root() }

// Manifests and parts that a month's end left, and the deltas of a month that are in the parts, lie under history.
func (k keys) history() string { return k.root() + "history/" }

// HistoryPrefix is how the keys of a lake's history begin.
func HistoryPrefix(tenant string) string { return keys{tenant}.history() }

// HistoryKey is the key of the manifest as it was at the end of a month (YYYY-MM).
func HistoryKey(tenant, month string) string { return keys{tenant}.history() + month + ".json" }

// ArchiveKey is the key under which deltas of a month are kept once they are in the parts: one behind the other, under the name of the first.
func ArchiveKey(tenant, month, delta string) string {
	return keys{tenant}.history() + month + "/" + delta[strings.LastIndexByte(delta, '/')+1:]
}

// PartKey is the key of a part that is written at a moment. No two attempts write under the same one, so that one that nobody names can be removed when it is
// old.
func PartKey(tenant, subject, month, hash string, at time.Time) string {
	if month == "" {
		month = "all"
	}
	return keys{tenant}.root() + subject + "/" + month + "/" + at.UTC().Format(keyStamp) + "-" + hash[:32] + ".parquet"
}

// keyStamp is a moment in a key: UTC, milliseconds, fixed width.
const keyStamp = "20060102T150405.000Z"

// keys are those of a lake.
type keys struct{ tenant string }

func (k keys) root() string     { return "t/" + k.tenant + "/lake/" }
func (k keys) manifest() string { return k.root() + "manifest.json" }
func (k keys) deltas() string   { return k.root() + "delta/" }

// Read returns the manifest with the mark by which it can be replaced; an empty one and "" while there is none.
func Read(ctx context.Context, b blob.Blob, tenant string) (m Manifest, mark string, err error) {
	return ReadAt(ctx, b, keys{tenant}.manifest())
}

// ReadAt reads a manifest under another key, such as that of a month's end.
func ReadAt(ctx context.Context, b blob.Blob, key string) (m Manifest, mark string, err error) {
	r, info, err := b.Get(ctx, key, 0, -1)
	if errors.Is(err, blob.ErrNotFound) {
		return Manifest{Subjects: map[string][]Part{}}, "", nil
	}
	if err != nil {
		return m, "", fmt.Errorf("read %s: %w", key, err)
	}
	defer r.Close()
	content, err := io.ReadAll(r)
	if err != nil {
		return m, "", fmt.Errorf("read %s: %w", key, err)
	}
	if err := json.Unmarshal(content, &m); err != nil {
		return m, "", fmt.Errorf("decode %s: %w", key, err)
	}
	return m, info.ETag, nil
}

// ErrOvertaken reports that another writer replaced the manifest first: what was written from the old one is thrown away.
var ErrOvertaken = errors.New("lake: another writer was first")

// Swap replaces the manifest that has the mark ("" for none) by the next one, or fails with ErrOvertaken. After any other error it may have replaced it.
func Swap(ctx context.Context, b blob.Blob, tenant, mark string, next Manifest) error {
	return Replace(ctx, b, keys{tenant}.manifest(), mark, next)
}

// Replace is Swap for a manifest under another key.
func Replace(ctx context.Context, b blob.Blob, key, mark string, next Manifest) error {
	content, err := json.Marshal(next)
	if err != nil {
		return err
	}
	o := blob.PutOptions{ContentType: "application/json", IfMatch: mark, IfAbsent: mark == ""}
	_, err = b.Put(ctx, key, strings.NewReader(string(content)), o)
	if errors.Is(err, blob.ErrPrecondition) {
		return ErrOvertaken
	}
	if err != nil {
		return fmt.Errorf("replace %s: %w", key, err)
	}
	return nil
}
