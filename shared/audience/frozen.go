package audience

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"

	"github.com/dangol/dangol/shared/blob"
)

// Keep stores ids as the members of a segment: those of a frozen one for good, of a live one until the next evaluation.
func (r *Reader) Keep(ctx context.Context, segmentID string, ids []string) error {
	var b bytes.Buffer
	for _, c := range ids {
		b.WriteString(c)
		b.WriteByte('\n')
	}
	_, err := r.blobs.Put(ctx, r.t.SegmentKey(segmentID), &b, blob.PutOptions{ContentType: "text/plain"})
	return err
}

// frozen reads the kept members of a segment; none when none were kept.
func (r *Reader) frozen(ctx context.Context, segmentID string) ([]string, error) {
	f, _, err := r.blobs.Get(ctx, r.t.SegmentKey(segmentID), 0, -1)
	if errors.Is(err, blob.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	text, err := io.ReadAll(f)
	return strings.Fields(string(text)), err
}

// Kept returns the ids that the last evaluation of a segment found, sorted; pages of members are cut from it.
func (r *Reader) Kept(ctx context.Context, segmentID string) ([]string, error) {
	return r.frozen(ctx, segmentID)
}
