package lanes_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/dangol/dangol/shared/lanes"
)

func TestItemsWithOneKeyKeepTheirOrder(t *testing.T) {
	var items []string
	for i := range 1000 {
		items = append(items, fmt.Sprintf("%c%04d", 'a'+i%7, i))
	}
	var mu sync.Mutex
	got := map[string][]string{}
	err := lanes.Each(t.Context(), 4, items, func(s string) string { return s[:1] }, func(_ context.Context, i int, s string) error {
		mu.Lock()
		defer mu.Unlock()
		if items[i] != s {
			t.Errorf("item %d is %q, want %q", i, s, items[i])
		}
		got[s[:1]] = append(got[s[:1]], s)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	total := 0
	for key, seen := range got {
		total += len(seen)
		if !slices.IsSorted(seen) {
			t.Errorf("key %s was worked out of order: %s", key, strings.Join(seen, " "))
		}
	}
	if total != len(items) {
		t.Errorf("worked %d items, want %d", total, len(items))
	}
}

func TestAFailureStopsWhatHasNotBegun(t *testing.T) {
	broken, worked := errors.New("broken"), 0
	err := lanes.Each(t.Context(), 1, []int{1, 2, 3}, func(int) string { return "" }, func(_ context.Context, _, item int) error {
		worked++
		if item == 2 {
			return broken
		}
		return nil
	})
	if !errors.Is(err, broken) || worked != 2 {
		t.Errorf("got %v after %d items, want %v after 2", err, worked, broken)
	}
}

func TestACanceledContextBeginsNothing(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	err := lanes.Each(ctx, 2, []int{1, 2}, func(int) string { return "" }, func(context.Context, int, int) error {
		t.Error("an item was begun")
		return nil
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want %v", err, context.Canceled)
	}
}
