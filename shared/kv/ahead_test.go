package kv

import (
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
)

// Named or not, present, absent, empty, deleted, flushed to files or still in memory: an update reads the same.
func TestAnUpdateThatNamesItsReadsSeesWhatAnyOtherSees(t *testing.T) {
	s := open(t, t.TempDir(), Options{MemTableBytes: 256 << 10})
	for i := range 4000 { // several files
		set(t, s, fmt.Sprintf("k%05d", 2*i), fmt.Sprintf("%d %0200d", i, i))
	}
	set(t, s, "empty", "", "gone", "x")
	if err := s.Update(t.Context(), func(tx *Tx) error { tx.Delete([]byte("gone")); return nil }); err != nil {
		t.Fatal(err)
	}
	rng := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		keys := [][]byte{[]byte("empty"), []byte("gone"), []byte("k"), []byte("zzz")}
		for range 8 {
			keys = append(keys, fmt.Appendf(nil, "k%05d", rng.IntN(8100)))
		}
		err := s.UpdateReading(t.Context(), keys, func(tx *Tx) error {
			for _, k := range keys {
				got, err := tx.Get(k)
				want, alone := get(s.db, k)
				if err != nil || alone != nil || string(got) != string(want) || (got == nil) != (want == nil) {
					t.Errorf("%s: got %q (nil %v), %v, want %q (nil %v), %v", k, got, got == nil, err, want, want == nil, alone)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// Writers that name one counter and share groups still count every step: what a function wrote is seen by the next one, not what was read ahead of both.
func TestReadsAheadDoNotHideTheGroupsOwnWrites(t *testing.T) {
	s := open(t, t.TempDir(), Options{})
	const writers, steps = 16, 50
	var all sync.WaitGroup
	for range writers {
		all.Go(func() {
			for range steps {
				key := []byte("counter")
				err := s.UpdateReading(t.Context(), [][]byte{key}, func(tx *Tx) error {
					was, err := tx.Get(key)
					var n uint64
					if was != nil {
						n = binary.BigEndian.Uint64(was)
					}
					tx.Set(key, binary.BigEndian.AppendUint64(nil, n+1))
					return err
				})
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	got, err := s.Get([]byte("counter"))
	if err != nil || binary.BigEndian.Uint64(got) != writers*steps {
		t.Errorf("got %v, %v, want %d", got, err, writers*steps)
	}
}
