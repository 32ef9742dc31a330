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
