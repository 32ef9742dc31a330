package kv

import (
	"bytes"
	"fmt"
	"slices"

	"github.com/cockroachdb/pebble"
)

// readAhead is how many updates' reads are made together. Many share the way to a file; those of updates that no longer fit the group are made in vain.
const readAhead = 32

// lookAhead reads the keys that the updates have named, in the order of the keys, so that one iterator serves all of them: looking each key up by
// itself would open every level's file for it anew. Nil is absent.
func (s *Store) lookAhead(updates []*update) (map[string][]byte, error) {
	var keys [][]byte
	for _, u := range updates {
		keys = append(keys, u.reads...)
	}
	if len(keys) < 2 {
		return nil, nil
	}
	slices.SortFunc(keys, bytes.Compare)
	it, err := s.db.NewIter(&pebble.IterOptions{UseL6Filters: true})
	if err != nil {
		return nil, fmt.Errorf("kv: read ahead: %w", err)
	}
	found := make(map[string][]byte, len(keys))
	for _, key := range keys {
		if it.SeekPrefixGE(key) && bytes.Equal(it.Key(), key) {
			found[string(key)] = bytes.Clone(it.Value())
		} else {
			found[string(key)] = nil
		}
	}
	if err := it.Close(); err != nil {
		return nil, fmt.Errorf("kv: read ahead: %w", err)
	}
	return found, nil
}

// wholeKeys is Pebble's own order with every key as a prefix of its own, so that an iterator may ask the filters for one key.
func wholeKeys() *pebble.Comparer {
	c := *pebble.DefaultComparer
	c.Split = func(key []byte) int { return len(key) }
	return &c
}
