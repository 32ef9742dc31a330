package blobtest

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/iotest"

	"github.com/dangol/dangol/shared/blob"
)

var putScenarios = []scenario{
	{"a put is read back with its type, size and time", func(t *testing.T, w *world) {
		for _, p := range w.tenants {
			put := w.put(t, p+"a.txt", "body of "+p)
			got, err := w.Blob.Head(t.Context(), p+"a.txt")
			if err != nil || got.ContentType != "text/plain" || got.Size != put.Size || got.ETag != put.ETag || got.Modified.IsZero() {
				t.Errorf("head: %+v, %v; the put said %+v", got, err, put)
			}
		}
		for _, p := range w.tenants {
			w.wantText(t, p+"a.txt", "body of "+p)
		}
	}},
	{"a put replaces the whole object and its tag", func(t *testing.T, w *world) {
		for _, p := range w.tenants {
			long := w.put(t, p+"a", "a long first text")
			short := w.put(t, p+"a", "short")
			if long.ETag == short.ETag {
				t.Errorf("both contents have the tag %s", long.ETag)
			}
			w.wantText(t, p+"a", "short")
		}
	}},
	{"an object survives a restart", func(t *testing.T, w *world) {
		for _, p := range w.tenants {
			w.put(t, p+"a", "kept by "+p)
		}
		w.Blob = w.Restart()
		for _, p := range w.tenants {
			w.wantText(t, p+"a", "kept by "+p)
		}
	}},
	{"an empty object is an object", func(t *testing.T, w *world) {
		for _, p := range w.tenants {
			w.put(t, p+"empty", "")
			w.wantText(t, p+"empty", "")
			w.wantKeys(t, p, p+"empty")
		}
	}},
	{"put if absent creates once", func(t *testing.T, w *world) {
		for _, p := range w.tenants {
			first := w.putIf(t, p+"a", "first", blob.PutOptions{IfAbsent: true})
			second := w.putIf(t, p+"a", "second", blob.PutOptions{IfAbsent: true})
			if first != nil || !errors.Is(second, blob.ErrPrecondition) {
				t.Errorf("puts: %v, %v; want nil, ErrPrecondition", first, second)
			}
			w.wantText(t, p+"a", "first")
		}
	}},
	{"put if match needs the present tag", func(t *testing.T, w *world) {
		for _, p := range w.tenants {
			missing := w.putIf(t, p+"a", "x", blob.PutOptions{IfMatch: "00"})
			if missing == nil {
				t.Error("a put if match made an object")
			}
			tag := w.put(t, p+"a", "one").ETag
			fits := w.putIf(t, p+"a", "two", blob.PutOptions{IfMatch: tag})
			stale := w.putIf(t, p+"a", "three", blob.PutOptions{IfMatch: tag})
			if fits != nil || !errors.Is(stale, blob.ErrPrecondition) {
				t.Errorf("puts: %v, %v; want nil, ErrPrecondition", fits, stale)
			}
			w.wantText(t, p+"a", "two")
		}
	}},
	{"of many puts at once with one condition exactly one wins", oneWins},
	{"a put whose reader fails leaves no trace", func(t *testing.T, w *world) {
		broken := io.MultiReader(bytes.NewReader(noise(100_000)), iotest.ErrReader(errors.New("cable pulled")))
		w.put(t, w.tenants[0]+"old", "old")
		for _, key := range []string{w.tenants[0] + "old", w.tenants[0] + "new"} {
			if _, err := w.Blob.Put(t.Context(), key, broken, blob.PutOptions{}); err == nil {
				t.Errorf("put %s succeeded", key)
			}
		}
		w.wantText(t, w.tenants[0]+"old", "old")
		w.wantKeys(t, "t/", w.tenants[0]+"old")
	}},
	{"a reader holds the object it opened while another replaces it", func(t *testing.T, w *world) {
		key := w.tenants[0] + "a"
		w.put(t, key, strings.Repeat("old", 1000))
		r, _, err := w.Blob.Get(t.Context(), key, 0, -1)
		if err != nil {
			t.Fatal(err)
		}
		w.put(t, key, "new")
		got, err := io.ReadAll(r)
		if err := errors.Join(err, r.Close()); err != nil || strings.Contains(string(got), "new") {
			t.Errorf("read %d bytes, %v; want all of the old object", len(got), err)
		}
	}},
	{"delete removes one tenant's object, and again does nothing", func(t *testing.T, w *world) {
		for _, p := range w.tenants {
			w.put(t, p+"x/a", p)
		}
		for range 2 {
			if err := w.Blob.Delete(t.Context(), w.tenants[0]+"x/a"); err != nil {
				t.Errorf("delete: %v", err)
			}
		}
		w.wantMissing(t, w.tenants[0]+"x/a")
		w.wantText(t, w.tenants[1]+"x/a", w.tenants[1])
		w.wantKeys(t, "t/", w.tenants[1]+"x/a")
	}},
}

func (w *world) putIf(t *testing.T, key, text string, o blob.PutOptions) error {
	_, err := w.Blob.Put(t.Context(), key, strings.NewReader(text), o)
	return err
}

func oneWins(t *testing.T, w *world) {
	for _, p := range w.tenants {
		tag := w.put(t, p+"match", "start").ETag
		for key, o := range map[string]blob.PutOptions{p + "absent": {IfAbsent: true}, p + "match": {IfMatch: tag}} {
			var wins, others atomic.Int32
			var all sync.WaitGroup
			for i := range 16 {
				all.Go(func() {
					switch err := w.putIf(t, key, fmt.Sprint("by ", i), o); {
					case err == nil:
						wins.Add(1)
					case !errors.Is(err, blob.ErrPrecondition):
						others.Add(1)
					}
				})
			}
			all.Wait()
			if wins.Load() != 1 || others.Load() != 0 {
				t.Errorf("%s: %d won and %d failed otherwise, want 1 and 0", key, wins.Load(), others.Load())
			}
		}
	}
}
