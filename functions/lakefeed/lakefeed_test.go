package lakefeed_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"

	"github.com/dangol/dangol/functions/lakefeed"
	"github.com/dangol/dangol/shared/blob"
	"github.com/dangol/dangol/shared/blob/dir"
	"github.com/dangol/dangol/shared/clock"
	"github.com/dangol/dangol/shared/feed"
	"github.com/dangol/dangol/shared/lake"
	"github.com/dangol/dangol/shared/table"
	"github.com/dangol/dangol/shared/testkit/testenv"
)

const (
	ours   = "wsp_01KJQ6PSG02X9YPKYC3QEKNM3P"
	theirs = "wsp_01KJQ6PSG02X9YPKYC3QEKNM4Q"
)

// objects are those of all tenants; a put for one of them can be made to fail.
type objects struct {
	blob.Blob
	broken string
}

func (o *objects) For(tenant string) blob.Blob { return &bound{o, tenant} }

// bound are one tenant's objects.
type bound struct {
	*objects
	tenant string
}

func (b *bound) Put(ctx context.Context, key string, r io.Reader, o blob.PutOptions) (blob.Info, error) {
	if !strings.HasPrefix(key, "t/"+b.tenant+"/") {
		return blob.Info{}, fmt.Errorf("%s is not of %s", key, b.tenant)
	}
	if b.tenant == b.broken {
		return blob.Info{}, errors.New("no object store")
	}
	return b.objects.Blob.Put(ctx, key, r, o)
}

func open(t *testing.T) (*lakefeed.Worker, *objects) {
	t.Helper()
	w, o, _ := openWith(t)
	return w, o
}

func openWith(t *testing.T) (*lakefeed.Worker, *objects, *testenv.Place) {
	t.Helper()
	d, err := dir.New(t.TempDir(), func() string { return "" }, []byte("0123456789abcdef"), clock.System{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	p, o := testenv.New(t), &objects{Blob: d}
	p.Blob = o
	return lakefeed.New(p.Env), o, p
}

// called is the record of a customer who was created, or renamed at a later version.
func called(tenant, name string, version int64) feed.Record {
	key := table.Key{PK: "t#" + tenant + "#cus#cus_1", SK: "cus"}
	image := func(name string, version int64) *table.Item {
		return &table.Item{Key: key, Version: version, Head: fmt.Appendf(nil, `{"id":"cus_1","name":%q,"updatedAt":"2026-03-02T12:00:00Z"}`, name)}
	}
	r := feed.Record{Table: table.CRM, New: image(name, version)}
	if version > 1 {
		r.Old = image("before", version-1)
	}
	return r
}

// silent is a record that brings no lake anything.
func silent(tenant string) feed.Record {
	return feed.Record{Table: table.CRM, New: &table.Item{Key: table.Key{PK: "t#" + tenant + "#prd#prd_1", SK: "prd"}, Version: 1}}
}

// unreadable is a record of which no rows can be made.
func unreadable(tenant string) feed.Record {
	r := called(tenant, "x", 1)
	r.New.Head = []byte("{")
	return r
}

// named are the deltas of a tenant: of each the names of its rows, in order.
func (o *objects) named(t *testing.T, tenant string) (deltas []string) {
	t.Helper()
	all, err := lake.Deltas(t.Context(), o.Blob, tenant)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range all {
		r, _, err := o.Blob.Get(t.Context(), d.Key, 0, -1)
		if err != nil {
			t.Fatal(err)
		}
		z, err := zstd.NewReader(r)
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(z)
		if err != nil {
			t.Fatal(err)
		}
		_ = r.Close()
		var names []string
		for _, part := range strings.Split(string(text), `"name":"`)[1:] {
			name, _, _ := strings.Cut(part, `"`)
			names = append(names, name)
		}
		deltas = append(deltas, strings.Join(names, " "))
	}
	return deltas
}

func TestABatchIsADeltaForEachTenant(t *testing.T) {
	for name, c := range map[string]struct {
		batch        []feed.Record
		broken       string
		done         int
		fails        bool
		ours, theirs []string
	}{
		"of one":                        {[]feed.Record{called(ours, "a", 1), called(ours, "b", 2)}, "", 2, false, []string{"a b"}, nil},
		"of two, one between":           {[]feed.Record{called(ours, "a", 1), called(theirs, "x", 1), called(ours, "b", 2)}, "", 3, false, []string{"a b"}, []string{"x"}},
		"of none":                       {[]feed.Record{silent(ours), silent(theirs)}, "", 2, false, nil, nil},
		"empty":                         {nil, "", 0, false, nil, nil},
		"one tenant's store fails":      {[]feed.Record{silent(ours), called(ours, "a", 1), called(theirs, "x", 1), called(ours, "b", 2)}, theirs, 2, true, []string{"a b"}, nil},
		"the first tenant's fails":      {[]feed.Record{called(ours, "a", 1), called(theirs, "x", 1)}, ours, 0, true, nil, []string{"x"}},
		"one that cannot be read":       {[]feed.Record{called(ours, "a", 1), unreadable(theirs), called(ours, "b", 2)}, "", 1, true, []string{"a"}, nil},
		"one that cannot be read first": {[]feed.Record{unreadable(ours), called(ours, "b", 2)}, "", 0, true, nil, nil},
		"a store fails before it":       {[]feed.Record{called(theirs, "x", 1), called(ours, "a", 1), unreadable(ours)}, theirs, 0, true, []string{"a"}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			w, o := open(t)
			o.broken = c.broken
			done, err := w.Handle(t.Context(), c.batch)
			if done != c.done || (err != nil) != c.fails {
				t.Errorf("got %d done, %v", done, err)
			}
			if got := o.named(t, ours); !slices.Equal(got, c.ours) {
				t.Errorf("ours: got %q, want %q", got, c.ours)
			}
			if got := o.named(t, theirs); !slices.Equal(got, c.theirs) {
				t.Errorf("theirs: got %q, want %q", got, c.theirs)
			}
		})
	}
}

// TestABatchThatComesAgainIsTheSameDelta, as after a crash before the place in the feed was kept.
func TestABatchThatComesAgainIsTheSameDelta(t *testing.T) {
	w, o := open(t)
	batch := []feed.Record{called(ours, "a", 1), called(theirs, "x", 1), called(ours, "b", 2)}
	o.broken = theirs
	if done, err := w.Handle(t.Context(), batch); done != 1 || err == nil {
		t.Fatalf("got %d done, %v", done, err)
	}
	o.broken = ""
	for range 2 {
		if done, err := w.Handle(t.Context(), batch); done != 3 || err != nil {
			t.Fatalf("again: got %d done, %v", done, err)
		}
	}
	if got := o.named(t, ours); !slices.Equal(got, []string{"a b"}) {
		t.Errorf("ours: got %q", got)
	}
	if got := o.named(t, theirs); !slices.Equal(got, []string{"x"}) {
		t.Errorf("theirs: got %q", got)
	}
}
