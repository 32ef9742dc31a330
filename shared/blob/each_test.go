package blob_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/dangol/dangol/shared/blob"
)

// names is a store that can only be listed, and counts how often it was.
type names struct {
	all   []string
	lists int
}

func (n *names) List(_ context.Context, _, after string, limit int) (found []blob.Info, err error) {
	n.lists++
	for _, name := range n.all {
		if name > after && len(found) < limit {
			found = append(found, blob.Info{Key: name})
		}
	}
	return found, nil
}

func many(count int) *names {
	n := &names{}
	for i := range count {
		n.all = append(n.all, fmt.Sprintf("%06d", i))
	}
	return n
}

// However many there are, each is visited once and in order, with no more lists than it takes.
func TestEachObjectIsVisitedOnce(t *testing.T) {
	for count, lists := range map[int]int{0: 1, 1: 1, 999: 1, 1000: 2, 2500: 3} {
		store, next := many(count), 0
		err := blob.Each(t.Context(), store, "", "", func(i blob.Info) error {
			if i.Key != store.all[next] {
				t.Fatalf("of %d: visited %s, want %s", count, i.Key, store.all[next])
			}
			next++
			return nil
		})
		if err != nil || next != count || store.lists != lists {
			t.Errorf("of %d: visited %d in %d lists, %v; want %d lists", count, next, store.lists, err, lists)
		}
	}
}

func TestAVisitBeginsBehindAKeyAndEndsWithItsError(t *testing.T) {
	enough, visited := errors.New("enough"), ""
	err := blob.Each(t.Context(), many(10), "", "000003", func(i blob.Info) error {
		visited += i.Key + " "
		if i.Key == "000005" {
			return enough
		}
		return nil
	})
	if !errors.Is(err, enough) || visited != "000004 000005 " {
		t.Errorf("visited %q, %v", visited, err)
	}
}
