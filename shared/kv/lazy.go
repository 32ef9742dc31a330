package kv

import (
	"fmt"

	"github.com/cockroachdb/pebble"
)

// SetLazily stores value without waiting for the disk, so a crash may bring back the value before. It never becomes durable ahead of an Update
// that was acknowledged earlier. It passes the committer by: no Update may use the key. Readers see it with the next group.
func (s *Store) SetLazily(key, value []byte) error {
	if err := s.failure(); err != nil {
		return err
	}
	if err := s.db.Set(key, value, pebble.NoSync); err != nil {
		return fmt.Errorf("kv: set lazily: %w", err)
	}
	return nil
}

// DropRange removes the keys in [lower, upper) in the manner of SetLazily: after a crash they may be back. It is for trimming logs.
func (s *Store) DropRange(lower, upper []byte) error {
	if err := s.failure(); err != nil {
		return err
	}
	if err := s.db.DeleteRange(lower, upper, pebble.NoSync); err != nil {
		return fmt.Errorf("kv: drop range: %w", err)
	}
	return nil
}
