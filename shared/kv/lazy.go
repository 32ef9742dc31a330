package kv

import (
	"fmt"

	"github.com/cockroachdb/pebble"
)

// SetLazily stores value without waiting for the disk, so a crash may bring back the value before. It never becomes durable ahead of an Update
// that was acknowledged earlier. It passes the committer by: no Update may use the key. Readers see it with the next group.
func (s *Store) SetLazily(key, value []byte) error {
	return s.lazily("set", func() error { return s.db.Set(key, value, pebble.NoSync) })
}

// DropRange removes the keys in [lower, upper) in the manner of SetLazily: after a crash they may be back. It is for trimming logs.
func (s *Store) DropRange(lower, upper []byte) error {
	return s.lazily("drop range", func() error { return s.db.DeleteRange(lower, upper, pebble.NoSync) })
}

func (s *Store) lazily(what string, write func() error) error {
	at, err := s.Snapshot()
	if err != nil {
		return err
	}
	defer at.Close() // until then the store stays open
	if err := s.failure(); err != nil {
		return err
	}
	if err := write(); err != nil {
		return fmt.Errorf("kv: %s lazily: %w", what, err)
	}
	return nil
}
