package blobtest

import (
	"bytes"
	"errors"
	"io"
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/dangol/dangol/shared/blob"
)

// agreesWithModel makes random calls on a handful of keys of both tenants and holds every answer against a map. Runs share the engine, so each
// keeps to a prefix of its own.
func agreesWithModel(t *testing.T, w *world) {
	run := 0
	rapid.Check(t, func(rt *rapid.T) {
		run++
		if w.Rounds > 0 && run > w.Rounds {
			return
		}
		m := &model{w: w, t: t, prefix: strings.Repeat("r", run%7+1) + string(rune('a'+run/7%26)) + string(rune('a'+run/182)) + "/", held: map[string][]byte{}}
		rt.Repeat(map[string]func(*rapid.T){"put": m.put, "putIf": m.putIf, "delete": m.delete, "get": m.get, "list": m.list})
	})
}

type model struct {
	w      *world
	t      *testing.T
	prefix string
	held   map[string][]byte
}

func (m *model) key(rt *rapid.T) string {
	tenant := rapid.SampledFrom(m.w.tenants).Draw(rt, "tenant")
	return m.prefix + tenant + rapid.SampledFrom([]string{"a", "a/b", "a/b/c", "a.b", "A", "b", "b/a"}).Draw(rt, "key")
}

func (m *model) put(rt *rapid.T) {
	key, body := m.key(rt), rapid.SliceOfN(rapid.Byte(), 0, 50).Draw(rt, "body")
	if _, err := m.w.Blob.Put(m.t.Context(), key, bytes.NewReader(body), blob.PutOptions{}); err != nil {
		rt.Fatalf("put %s: %v", key, err)
	}
	m.held[key] = body
}

func (m *model) putIf(rt *rapid.T) {
	key, body, absent := m.key(rt), rapid.SliceOfN(rapid.Byte(), 0, 50).Draw(rt, "body"), rapid.Bool().Draw(rt, "absent")
	old, exists := m.held[key]
	o := blob.PutOptions{IfAbsent: absent}
	if !absent {
		o.IfMatch = "0123"
		if info, err := m.w.Blob.Head(m.t.Context(), key); err == nil {
			o.IfMatch = info.ETag
		}
	}
	_, err := m.w.Blob.Put(m.t.Context(), key, bytes.NewReader(body), o)
	if (err == nil) != (exists != absent) {
		rt.Fatalf("put %s over %q (absent %v): %v", key, old, absent, err)
	}
	if err == nil {
		m.held[key] = body
	}
}

func (m *model) delete(rt *rapid.T) {
	key := m.key(rt)
	if err := m.w.Blob.Delete(m.t.Context(), key); err != nil {
		rt.Fatalf("delete %s: %v", key, err)
	}
	delete(m.held, key)
}

func (m *model) get(rt *rapid.T) {
	key := m.key(rt)
	r, _, err := m.w.Blob.Get(m.t.Context(), key, 0, -1)
	want, exists := m.held[key]
	if !exists {
		if !errors.Is(err, blob.ErrNotFound) {
			rt.Fatalf("get %s: %v, want ErrNotFound", key, err)
		}
		return
	}
	if err != nil {
		rt.Fatalf("get %s: %v", key, err)
	}
	got, err := io.ReadAll(r)
	if err := errors.Join(err, r.Close()); err != nil || !bytes.Equal(got, want) {
		rt.Fatalf("get %s: %q, %v; want %q", key, got, err, want)
	}
}

func (m *model) list(rt *rapid.T) {
	prefix := m.prefix + rapid.SampledFrom([]string{"", "t/", m.w.tenants[0], m.w.tenants[1] + "a", m.w.tenants[1] + "a/"}).Draw(rt, "prefix")
	after, limit := "", rapid.IntRange(1, 6).Draw(rt, "limit")
	if rapid.Bool().Draw(rt, "resume") {
		after = m.key(rt)
	}
	var want []string
	for _, key := range slices.Sorted(maps.Keys(m.held)) {
		if strings.HasPrefix(key, prefix) && key > after && len(want) < limit {
			want = append(want, key)
		}
	}
	infos, err := m.w.Blob.List(m.t.Context(), prefix, after, limit)
	var got []string
	for _, i := range infos {
		got = append(got, i.Key)
	}
	if err != nil || !slices.Equal(got, want) {
		rt.Fatalf("list %s after %q: %q, %v; want %q", prefix, after, got, err, want)
	}
}
