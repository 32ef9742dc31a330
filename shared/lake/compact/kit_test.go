package compact_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/dangol/dangol/shared/blob"
	"github.com/dangol/dangol/shared/blob/dir"
	"github.com/dangol/dangol/shared/clock"
	"github.com/dangol/dangol/shared/lake"
	"github.com/dangol/dangol/shared/lake/compact"
	"github.com/dangol/dangol/shared/lake/part"
)

const tenant = "wsp_01KJQ6PSG02X9YPKYC3QEKNM3P"

var noon = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

var errCrash = errors.New("the process ended here")

// objects is an object store in a folder, whose times are those of a clock that a test moves, and at whose calls a process can end.
type objects struct {
	blob.Blob
	clock   *clock.Manual
	written map[string]time.Time
	before  func(call string) error // before a call that is about to be made; an error ends the process
	after   func(call string) error // after one that was made
}

func store(t testing.TB) *objects {
	t.Helper()
	d, err := dir.New(t.TempDir(), func() string { return "" }, []byte("0123456789abcdef"), clock.System{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	return &objects{Blob: d, clock: clock.NewManual(noon), written: map[string]time.Time{}}
}

func (o *objects) Put(ctx context.Context, key string, r io.Reader, p blob.PutOptions) (info blob.Info, err error) {
	err = o.call("put "+key, func() error {
		if info, err = o.Blob.Put(ctx, key, r, p); err == nil {
			o.written[key] = o.clock.Now()
		}
		return err
	})
	return info, err
}

func (o *objects) Get(ctx context.Context, key string, offset, n int64) (r io.ReadCloser, info blob.Info, err error) {
	err = o.call("get "+key, func() error {
		r, info, err = o.Blob.Get(ctx, key, offset, n)
		return err
	})
	return r, info, err
}

func (o *objects) Delete(ctx context.Context, key string) error {
	return o.call("delete "+key, func() error { return o.Blob.Delete(ctx, key) })
}

func (o *objects) List(ctx context.Context, prefix, after string, limit int) (all []blob.Info, err error) {
	err = o.call("list "+prefix, func() error {
		all, err = o.Blob.List(ctx, prefix, after, limit)
		for i := range all {
			all[i].Modified = o.written[all[i].Key].Truncate(time.Second) // as S3 tells it
		}
		return err
	})
	return all, err
}

func (o *objects) call(name string, do func() error) error {
	if o.before != nil {
		if err := o.before(name); err != nil {
			return err
		}
	}
	if err := do(); err != nil || o.after == nil {
		return err
	}
	return o.after(name)
}

// quietly does something to which nothing happens.
func (o *objects) quietly(do func()) {
	before, after := o.before, o.after
	o.before, o.after = nil, nil
	do()
	o.before, o.after = before, after
}

func (o *objects) options(t testing.TB) compact.Options {
	return compact.Options{Now: o.clock.Now, Dir: t.TempDir()}
}

// deliver writes a delta a second later than whatever was before.
func (o *objects) deliver(t testing.TB, rows ...lake.Row) string {
	t.Helper()
	o.clock.Advance(time.Second)
	key, err := lake.WriteDelta(t.Context(), o, tenant, rows)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func (o *objects) manifest(t testing.TB) lake.Manifest {
	t.Helper()
	m, _, err := lake.Read(t.Context(), o, tenant)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// keys lists what there is with a prefix behind that of the lake.
func (o *objects) keys(t testing.TB, prefix string) (all []string) {
	t.Helper()
	infos, err := o.Blob.List(t.Context(), lake.Prefix(tenant)+prefix, "", 1000)
	if err != nil {
		t.Fatal(err)
	}
	for _, i := range infos {
		all = append(all, strings.TrimPrefix(i.Key, lake.Prefix(tenant)))
	}
	return all
}

// partRows reads all rows of a part.
func (o *objects) partRows(t testing.TB, subject string, p lake.Part) (rows []lake.Row) {
	t.Helper()
	r, err := part.Open(o.copied(t, p.Key), subject)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = r.Close() }()
	for {
		row, err := r.Next()
		if errors.Is(err, io.EOF) {
			return rows
		}
		if err != nil {
			t.Fatal(err)
		}
		rows = append(rows, row)
	}
}

func (o *objects) copied(t testing.TB, key string) string {
	t.Helper()
	in, _, err := o.Blob.Get(t.Context(), key, 0, -1)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = in.Close() }()
	content, err := io.ReadAll(in)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "part.parquet")
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// content reads a lake as any reader does: what its parts hold and its deltas bring, the highest version of each id, without those that are gone.
func (o *objects) content(t testing.TB, m lake.Manifest) map[string]string {
	t.Helper()
	best := map[string]lake.Row{}
	take := func(r lake.Row) error {
		key := r.Subject + " " + r.ID
		if was, has := best[key]; !has || r.Version > was.Version || r.Version == was.Version && r.Gone {
			best[key] = r
		}
		return nil
	}
	for subject, parts := range m.Subjects {
		for _, p := range parts {
			for _, r := range o.partRows(t, subject, p) {
				_ = take(r)
			}
		}
	}
	all, err := lake.Deltas(t.Context(), o, tenant)
	if err != nil {
		t.Fatal(err)
	}
	for _, key := range m.Unfolded(all) {
		if err := lake.EachRow(t.Context(), o, key, take); err != nil {
			t.Fatal(err)
		}
	}
	return written(best)
}

func written(rows map[string]lake.Row) map[string]string {
	out := map[string]string{}
	for key, r := range rows {
		if !r.Gone {
			out[key] = asText(r)
		}
	}
	return out
}

// asText writes a row with its cells by name.
func asText(r lake.Row) string {
	slices.SortFunc(r.Cells, func(a, b lake.Cell) int { return strings.Compare(a.Column, b.Column) })
	text := fmt.Sprintf("v%d at %s", r.Version, r.At.Format(time.RFC3339Nano))
	for _, c := range r.Cells {
		text += fmt.Sprintf(" %s=%v", c.Column, c.Value)
	}
	return text
}
