package blobtest

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/dangol/dangol/shared/blob"
)

var readScenarios = []scenario{
	{"a range is cut out of the middle, the start and the end", ranges},
	{"keys of any script and mark are kept apart", oddKeys},
	{"a key may be the start of another", func(t *testing.T, w *world) {
		for _, p := range w.tenants {
			keys := []string{p + "a", p + "a.b", p + "a/b", p + "a/b/c", p + "ab"} // '.' sorts before '/'
			for _, k := range keys {
				w.put(t, k, "at "+k)
			}
			for _, k := range keys {
				w.wantText(t, k, "at "+k)
			}
			w.wantKeys(t, p, keys...)
			w.wantKeys(t, p+"a/", p+"a/b", p+"a/b/c")
			if err := w.Blob.Delete(t.Context(), p+"a/b"); err != nil {
				t.Error(err)
			}
			w.wantText(t, p+"a/b/c", "at "+p+"a/b/c")
			w.wantText(t, p+"a", "at "+p+"a")
		}
	}},
	{"a list is ordered, narrowed by prefix and read in pages", pages},
	{"a list says when an object was written, as a head does", func(t *testing.T, w *world) {
		for _, p := range w.tenants {
			w.put(t, p+"exports/a", "x")
			head, err := w.Blob.Head(t.Context(), p+"exports/a")
			if err != nil {
				t.Fatal(err)
			}
			infos, err := w.Blob.List(t.Context(), p+"exports/", "", 10)
			if err != nil || len(infos) != 1 || !infos[0].Modified.Truncate(time.Second).Equal(head.Modified.Truncate(time.Second)) || head.Modified.IsZero() {
				t.Errorf("list says %v, %v; head %s", infos, err, head.Modified)
			}
		}
	}},
	{"a missing key is not found", func(t *testing.T, w *world) {
		w.put(t, w.tenants[1]+"a", "theirs")
		w.wantMissing(t, w.tenants[0]+"a")
		w.wantMissing(t, strings.TrimSuffix(w.tenants[1], "/"))
		w.wantMissing(t, "t")
		w.wantKeys(t, w.tenants[0])
	}},
	{"a key that climbs or is absolute is refused", func(t *testing.T, w *world) {
		for _, key := range []string{"", "/etc/passwd", "../up", "t/../../up", "t/./a", "t//a", "t/a/", "a\xff", strings.Repeat("k", 1025)} {
			if err := w.putIf(t, key, "x", blob.PutOptions{}); err == nil {
				t.Errorf("put of key %.20q succeeded", key)
			}
			if _, err := w.Blob.Head(t.Context(), key); err == nil {
				t.Errorf("head of key %.20q succeeded", key)
			}
		}
	}},
}

func ranges(t *testing.T, w *world) {
	const text = "0123456789"
	for _, p := range w.tenants {
		w.put(t, p+"a", text)
	}
	cases := []struct {
		offset, n int64
		want      string
	}{{0, 3, "012"}, {4, 2, "45"}, {7, -1, "789"}, {8, 50, "89"}, {0, -1, text}, {3, 0, ""}, {10, -1, ""}, {99, 5, ""}}
	for _, c := range cases {
		r, info, err := w.Blob.Get(t.Context(), w.tenants[0]+"a", c.offset, c.n)
		if err != nil {
			t.Errorf("get %d+%d: %v", c.offset, c.n, err)
			continue
		}
		got, err := io.ReadAll(r)
		if err := errors.Join(err, r.Close()); err != nil || string(got) != c.want || info.Size != 10 {
			t.Errorf("get %d+%d: %q of size %d, %v; want %q of size 10", c.offset, c.n, got, info.Size, err, c.want)
		}
	}
}

func oddKeys(t *testing.T, w *world) {
	long := strings.Repeat("아주 긴 이름 ", 40) // 800 bytes in one segment
	odd := []string{"Case", "case", "CASE/x", "고객/주문 목록.csv", "a+b c&d=e?f#g", "100%", "%41", "tab\tnul\x00", ".hidden", "...", "é", "e\u0301", "~", "!a", "x=", "x&", long, long + "/end"}
	for _, p := range w.tenants {
		for _, k := range odd {
			w.put(t, p+k, p+k)
		}
	}
	for _, p := range w.tenants {
		for _, k := range odd {
			w.wantText(t, p+k, p+k)
		}
		if infos, err := w.Blob.List(t.Context(), p, "", 100); err != nil || len(infos) != len(odd) {
			t.Errorf("list %s: %d keys, %v; want %d", p, len(infos), err, len(odd))
		}
	}
}

func pages(t *testing.T, w *world) {
	var want []string
	for _, p := range w.tenants {
		for i := range 25 {
			w.put(t, fmt.Sprintf("%slake/%02d/part-%d", p, i%5, i/5), "x")
		}
	}
	for i := range 5 {
		for j := range 5 {
			want = append(want, fmt.Sprintf("%slake/%02d/part-%d", w.tenants[0], i, j))
		}
	}
	var got []string
	for after := ""; ; after = got[len(got)-1] {
		page, err := w.Blob.List(t.Context(), w.tenants[0]+"la", after, 7)
		if err != nil || len(page) > 7 {
			t.Fatalf("page of %d, %v", len(page), err)
		}
		for _, i := range page {
			got = append(got, i.Key)
		}
		if len(page) < 7 {
			break
		}
	}
	if strings.Join(got, " ") != strings.Join(want, " ") {
		t.Errorf("pages gave %q, want %q", got, want)
	}
	w.wantKeys(t, w.tenants[0]+"lake/03/part-2", w.tenants[0]+"lake/03/part-2")
	w.wantKeys(t, w.tenants[0]+"nothing")
}
