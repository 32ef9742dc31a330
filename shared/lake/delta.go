package lake

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/klauspost/compress/zstd"

	"github.com/dangol/dangol/shared/blob"
)

// deltaType is the content type of a delta: lines of JSON, compressed.
const deltaType = "application/zstd"

// packer is made at the first delta; making one takes longer than most deltas do. EncodeAll is safe for concurrent use.
var packer = sync.OnceValue(func() *zstd.Encoder {
	e, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1))
	if err != nil {
		panic("lake: " + err.Error()) // the options are fixed
	}
	return e
})

// WriteDelta writes the rows of one batch of a tenant as a delta and returns its key. The name is made of the time of the oldest row and the content: the
// same batch again is the same object. Rows of one batch belong together: a reader sees all of them or none.
func WriteDelta(ctx context.Context, b blob.Blob, tenant string, rows []Row) (key string, err error) {
	if len(rows) == 0 {
		return "", nil
	}
	lines, oldest := Lines(rows), rows[0].At
	for i := range rows {
		if rows[i].At.Before(oldest) {
			oldest = rows[i].At
		}
	}
	sum := sha256.Sum256(lines)
	key = keys{tenant}.deltas() + oldest.UTC().Format(keyStamp) + "-" + hex.EncodeToString(sum[:16]) + ".jsonl.zst"
	_, err = b.Put(ctx, key, bytes.NewReader(packer().EncodeAll(lines, nil)), blob.PutOptions{ContentType: deltaType, IfAbsent: true})
	if err != nil && !errors.Is(err, blob.ErrPrecondition) { // one that is there is this one, and keeps the time at which it was first written
		return "", fmt.Errorf("write a delta of %s: %w", tenant, err)
	}
	return key, nil
}

// Lines are rows in the form of a delta that is not compressed.
func Lines(rows []Row) (lines []byte) {
	for i := range rows {
		lines = appendLine(lines, &rows[i])
	}
	return lines
}

// Delta is a delta as the object store lists it.
type Delta struct {
	Key     string
	Bytes   int64     // compressed
	Written time.Time // by the object store's clock
}

// Deltas lists the deltas that there are, those of the manifest's Folded among them, in the order of their keys.
func Deltas(ctx context.Context, b blob.Blob, tenant string) (all []Delta, err error) {
	err = blob.Each(ctx, b, keys{tenant}.deltas(), "", func(o blob.Info) error {
		if strings.HasSuffix(o.Key, ".jsonl.zst") {
			all = append(all, Delta{o.Key, o.Size, o.Modified})
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("list the deltas of %s: %w", tenant, err)
	}
	return all, nil
}

// Unfolded are the deltas that are not in the parts. To see a lake whole, read the manifest first and list the deltas then: a delta that was folded meanwhile
// is still listed.
func (m *Manifest) Unfolded(all []Delta) (keys []string) {
	folded := make(map[string]bool, len(m.Folded))
	for _, key := range m.Folded {
		folded[key] = true
	}
	for _, d := range all {
		if !folded[d.Key] {
			keys = append(keys, d.Key)
		}
	}
	return keys
}
