package membership

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/dangol/dangol/shared/blob"
	"github.com/dangol/dangol/shared/lake"
)

// Turn is the body of a message that asks for a look at the customers of a tenant who changed.
type Turn struct {
	Tenant string `json:"tenant"`
}

// Mark says which deltas were looked at, of those that are still listed. Of two workers at once one may write the mark of an earlier listing: then deltas are looked at
// twice, which changes nothing.
type Mark struct {
	Seen []string `json:"seen"`
	made bool
}

func markKey(tenant string) string { return "t/" + tenant + "/segments/turn.json" }

// ReadMark reads a tenant's mark; one that is None while there is none.
func ReadMark(ctx context.Context, b blob.Blob, tenant string) (m Mark, err error) {
	r, _, err := b.Get(ctx, markKey(tenant), 0, -1)
	if errors.Is(err, blob.ErrNotFound) {
		return Mark{}, nil
	}
	if err != nil {
		return m, fmt.Errorf("read how far the changes were followed: %w", err)
	}
	defer r.Close()
	content, err := io.ReadAll(r)
	if err != nil {
		return m, fmt.Errorf("read how far the changes were followed: %w", err)
	}
	m.made = true
	return m, json.Unmarshal(content, &m)
}

// None says that no delta was ever looked at.
func (m Mark) None() bool { return !m.made }

// Unseen are the keys of the deltas that were not looked at.
func (m Mark) Unseen(listed []lake.Delta) (keys []string) {
	seen := make(map[string]bool, len(m.Seen))
	for _, key := range m.Seen {
		seen[key] = true
	}
	for _, d := range listed {
		if !seen[d.Key] {
			keys = append(keys, d.Key)
		}
	}
	return keys
}

// Next is the mark when all that are listed have been looked at.
func (m Mark) Next(listed []lake.Delta) Mark {
	next := Mark{Seen: make([]string, len(listed))}
	for i, d := range listed {
		next.Seen[i] = d.Key
	}
	return next
}

// Write replaces the tenant's mark.
func (m Mark) Write(ctx context.Context, b blob.Blob, tenant string) error {
	content, err := json.Marshal(m)
	if err != nil {
		return err
	}
	if _, err := b.Put(ctx, markKey(tenant), bytes.NewReader(content), blob.PutOptions{ContentType: "application/json"}); err != nil {
		return fmt.Errorf("write how far the changes were followed: %w", err)
	}
	return nil
}
