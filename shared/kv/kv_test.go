package kv

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

func open(t testing.TB, dir string, o Options) *Store {
	t.Helper()
	s, err := Open(dir, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil && !errors.Is(err, ErrClosed) {
			t.Errorf("close: %v", err)
		}
	})
	return s
}

func set(t testing.TB, s *Store, pairs ...string) {
	t.Helper()
	err := s.Update(context.Background(), func(tx *Tx) error {
		for i := 0; i < len(pairs); i += 2 {
			tx.Set([]byte(pairs[i]), []byte(pairs[i+1]))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func dump(t testing.TB, s *Store, lower, upper string, reverse bool) string {
	t.Helper()
	var b strings.Builder
	bound := func(k string) []byte {
		if k == "" {
			return nil
		}
		return []byte(k)
	}
	err := s.Scan(bound(lower), bound(upper), reverse, func(k, v []byte) bool {
		fmt.Fprintf(&b, "%s=%s ", k, v)
		return true
	})
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(b.String())
}

func TestScanReadsTheRangeInBothDirections(t *testing.T) {
	s := open(t, t.TempDir(), Options{})
	set(t, s, "a", "1", "b", "", "c", "3", "d", "4")
	for _, c := range []struct {
		lower, upper string
		reverse      bool
		want         string
	}{
		{"", "", false, "a=1 b= c=3 d=4"},
		{"b", "d", false, "b= c=3"},
		{"b", "d", true, "c=3 b="},
		{"x", "", true, ""},
	} {
		if got := dump(t, s, c.lower, c.upper, c.reverse); got != c.want {
			t.Errorf("scan %q..%q reverse %v: got %q, want %q", c.lower, c.upper, c.reverse, got, c.want)
		}
	}
}

func TestGetTellsEmptyFromAbsent(t *testing.T) {
	s := open(t, t.TempDir(), Options{})
	set(t, s, "empty", "")
	if v, err := s.Get([]byte("empty")); v == nil || err != nil {
		t.Errorf("empty: got %v, %v, want a value without bytes", v, err)
	}
	if v, err := s.Get([]byte("absent")); v != nil || err != nil {
		t.Errorf("absent: got %v, %v, want nil", v, err)
	}
}

func TestAFailedUpdateLeavesNothingEvenInsideItsGroup(t *testing.T) {
	s := open(t, t.TempDir(), Options{})
	set(t, s, "a", "old", "b", "old")
	tx := &Tx{s: s, wrote: map[string][]byte{}}
	refused := errors.New("refused")
	run := func(fn func(*Tx) error) error {
		u := &update{ctx: context.Background(), fn: fn}
		tx.run(u)
		return u.err
	}
	if err := run(func(tx *Tx) error { tx.Set([]byte("a"), []byte("1")); return nil }); err != nil {
		t.Fatal(err)
	}
	err := run(func(tx *Tx) error {
		if v, _ := tx.Get([]byte("a")); string(v) != "1" {
			t.Errorf("a: got %q, want what the function before wrote", v)
		}
		tx.Set([]byte("a"), []byte("2"))
		tx.Set([]byte("a"), []byte("3"))
		tx.Delete([]byte("b"))
		if v, _ := tx.Get([]byte("b")); v != nil {
			t.Errorf("b: got %q, want its own deletion", v)
		}
		return refused
	})
	if !errors.Is(err, refused) {
		t.Errorf("got %v, want the function's error", err)
	}
	if got := len(tx.wrote); got != 1 || string(tx.wrote["a"]) != "1" {
		t.Errorf("group holds %v, want only a=1", tx.wrote)
	}
}

func TestConcurrentUpdatesLoseNothing(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir, Options{})
	const writers, each = 16, 50
	var done sync.WaitGroup
	for range writers {
		done.Go(func() {
			for range each {
				if err := s.Update(context.Background(), increment); err != nil {
					t.Error(err)
				}
			}
		})
	}
	done.Wait()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	v, err := open(t, dir, Options{}).Get([]byte("n"))
	if err != nil || binary.BigEndian.Uint64(v) != writers*each {
		t.Errorf("after reopening: got %v, %v, want %d", v, err, writers*each)
	}
}

func increment(tx *Tx) error {
	v, err := tx.Get([]byte("n"))
	if err != nil {
		return err
	}
	if v == nil {
		v = make([]byte, 8)
	}
	tx.Set([]byte("n"), binary.BigEndian.AppendUint64(nil, binary.BigEndian.Uint64(v)+1))
	return nil
}

func TestAnEndedContextWritesNothing(t *testing.T) {
	s := open(t, t.TempDir(), Options{})
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	err := s.Update(ctx, func(tx *Tx) error { tx.Set([]byte("a"), nil); return nil })
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want context.Canceled", err)
	}
	if got := dump(t, s, "", "", false); got != "" {
		t.Errorf("store holds %q, want nothing", got)
	}
}

func TestADirectoryOpensOnce(t *testing.T) {
	dir := t.TempDir()
	open(t, dir, Options{})
	if _, err := Open(dir, Options{}); err == nil || !strings.Contains(err.Error(), "in use") {
		t.Errorf("second open: got %v, want that the store is in use", err)
	}
}

func TestACheckpointHoldsTheStateOfItsMoment(t *testing.T) {
	s := open(t, t.TempDir(), Options{})
	set(t, s, "a", "1")
	copied := filepath.Join(t.TempDir(), "copy")
	if err := s.Checkpoint(copied); err != nil {
		t.Fatal(err)
	}
	set(t, s, "a", "2")
	c := open(t, copied, Options{ReadOnly: true})
	if got := dump(t, c, "", "", false); got != "a=1" {
		t.Errorf("copy holds %q, want a=1", got)
	}
	if err := c.Update(context.Background(), func(tx *Tx) error { tx.Set([]byte("b"), nil); return nil }); err == nil {
		t.Error("a store opened read-only took a write")
	}
}

func TestDropRangeRemovesItsRangeOnly(t *testing.T) {
	s := open(t, t.TempDir(), Options{})
	set(t, s, "a", "1", "b", "2", "c", "3")
	if err := s.DropRange([]byte("a"), []byte("c")); err != nil {
		t.Fatal(err)
	}
	set(t, s, "d", "4") // a view of its own shows the drop
	if got := dump(t, s, "", "", false); got != "c=3 d=4" {
		t.Errorf("got %q, want c=3 d=4", got)
	}
}

func TestAClosedStoreRefuses(t *testing.T) {
	s := open(t, t.TempDir(), Options{})
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	_, getErr := s.Get([]byte("a"))
	for name, err := range map[string]error{
		"get":    getErr,
		"scan":   s.Scan(nil, nil, false, func(_, _ []byte) bool { return true }),
		"set":    s.SetLazily([]byte("a"), nil),
		"drop":   s.DropRange([]byte("a"), []byte("b")),
		"copy":   s.Checkpoint(filepath.Join(t.TempDir(), "copy")),
		"update": s.Update(context.Background(), increment),
		"close":  s.Close(),
	} {
		if !errors.Is(err, ErrClosed) {
			t.Errorf("%s: got %v, want ErrClosed", name, err)
		}
	}
}
