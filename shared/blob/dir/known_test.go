package dir_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"

	"github.com/dangol/dangol/shared/blob"
)

// What was put or deleted is in the next list, whatever others put, delete and list meanwhile in the same folders.
func TestAListIsNeverBehind(t *testing.T) {
	l := open(t)
	var working sync.WaitGroup
	for n := range 6 {
		working.Go(func() {
			random, there := rand.New(rand.NewPCG(7, uint64(n))), map[string]string{}
			for step := range 120 {
				key := fmt.Sprintf("t/%d/of-%d/%d", random.IntN(2), n, random.IntN(4))
				if there[key] != "" && random.IntN(2) == 0 {
					delete(there, key)
					if err := l.Delete(t.Context(), key); err != nil {
						t.Error(err)
					}
				} else {
					info, err := l.Put(t.Context(), key, strings.NewReader(fmt.Sprint(step)), blob.PutOptions{})
					if err != nil {
						t.Error(err)
					}
					there[key] = info.ETag
				}
				found := map[string]string{}
				all, err := l.List(t.Context(), "t/", "", 1000)
				if err != nil {
					t.Error(err)
				}
				for _, o := range all {
					if strings.Contains(o.Key, fmt.Sprintf("/of-%d/", n)) {
						found[o.Key] = o.ETag
					}
				}
				if fmt.Sprint(found) != fmt.Sprint(there) {
					t.Errorf("worker %d, step %d: listed %v, there is %v", n, step, found, there)
					return
				}
			}
		})
	}
	working.Wait()
}

// Changes of a lake are counted when they are done, those beside it are not.
func TestChangesBelowAPrefix(t *testing.T) {
	l := open(t)
	var watcher blob.Watcher = l
	const lake = "t/a/lake/"
	put := func(key string, o blob.PutOptions) error {
		_, err := l.Put(t.Context(), key, strings.NewReader("x"), o)
		return err
	}
	for _, c := range []struct {
		name   string
		change func() error
		counts bool
	}{
		{"a file in it", func() error { return put(lake+"manifest.json", blob.PutOptions{}) }, true},
		{"a file further below", func() error { return put(lake+"delta/1", blob.PutOptions{}) }, true},
		{"another lake", func() error { return put("t/b/lake/delta/1", blob.PutOptions{}) }, false},
		{"a folder whose name begins like it", func() error { return put("t/a/lakes/1", blob.PutOptions{}) }, false},
		{"a put that was refused", func() error { _ = put(lake+"delta/1", blob.PutOptions{IfAbsent: true}); return nil }, false},
		{"a file that goes", func() error { return l.Delete(t.Context(), lake+"delta/1") }, true},
	} {
		before := watcher.Changes(lake)
		if err := c.change(); err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		if got := watcher.Changes(lake) != before; got != c.counts {
			t.Errorf("%s: counted %v, want %v", c.name, got, c.counts)
		}
	}
}
