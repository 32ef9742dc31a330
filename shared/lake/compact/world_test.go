package compact

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/dangol/dangol/shared/blob"
	"github.com/dangol/dangol/shared/blob/dir"
	"github.com/dangol/dangol/shared/clock"
	"github.com/dangol/dangol/shared/feed"
	"github.com/dangol/dangol/shared/lake"
	"github.com/dangol/dangol/shared/lake/part"
	"github.com/dangol/dangol/shared/table"
	"github.com/dangol/dangol/shared/testkit/life"
	"github.com/dangol/dangol/shared/testkit/testenv"
)

const tenant = "wsp_01KJQ6PSG02X9YPKYC3QEKNM3P"

var noon = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

func objects(t testing.TB) blob.Blob {
	t.Helper()
	d, err := dir.New(t.TempDir(), func() string { return "" }, []byte("0123456789abcdef"), clock.System{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	return d
}

// options compact into tiny parts, so that few rows make many.
func options(t testing.TB, now time.Time) Options {
	t.Helper()
	return Options{Now: func() time.Time { return now }, Dir: t.TempDir(), PartRows: 7}
}

var errCrash = errors.New("the process died")

// crashing is an object store whose caller dies at one call: before it is done or, with luck, behind it.
type crashing struct {
	blob.Blob
	left int // calls that go well
	luck *rand.Rand
}

func (c *crashing) at() (dies, done bool) {
	c.left--
	return c.left < 0, c.left == -1 && c.luck.IntN(2) == 0
}

func (c *crashing) Put(ctx context.Context, key string, r io.Reader, o blob.PutOptions) (blob.Info, error) {
	dies, done := c.at()
	if !dies || done {
		info, err := c.Blob.Put(ctx, key, r, o)
		if err != nil || !dies {
			return info, err
		}
	}
	return blob.Info{}, errCrash
}

func (c *crashing) Get(ctx context.Context, key string, offset, n int64) (io.ReadCloser, blob.Info, error) {
	if dies, _ := c.at(); dies {
		return nil, blob.Info{}, errCrash
	}
	return c.Blob.Get(ctx, key, offset, n)
}

func (c *crashing) List(ctx context.Context, prefix, after string, limit int) ([]blob.Info, error) {
	if dies, _ := c.at(); dies {
		return nil, errCrash
	}
	return c.Blob.List(ctx, prefix, after, limit)
}

func (c *crashing) Delete(ctx context.Context, key string) error {
	dies, done := c.at()
	if !dies || done {
		if err := c.Blob.Delete(ctx, key); err != nil || !dies {
			return err
		}
	}
	return errCrash
}

// lived lets so many things happen and returns what the feed says of them.
func lived(t testing.TB, luck *rand.Rand, things int) []feed.Record {
	t.Helper()
	l := life.Begin(t, testenv.New(t), tenant, luck)
	l.Go(things)
	return l.Feed()
}

// contents is what a lake says: of each live id its subject and row, as text.
type contents map[string]string

func say(r *lake.Row) string {
	cells := make([]string, 0, len(r.Cells))
	for _, c := range r.Cells {
		if at, ok := c.Value.(time.Time); ok {
			c.Value = at.Format(time.RFC3339Nano)
		}
		cells = append(cells, fmt.Sprintf("%s=%v", c.Column, c.Value))
	}
	slices.Sort(cells)
	return fmt.Sprintf("v%d %v", r.Version, cells)
}

// inTable is what the items say after all of the records: what a lake must come to say.
func inTable(t testing.TB, records []feed.Record) contents {
	t.Helper()
	latest := map[table.Key]feed.Record{}
	for _, r := range records {
		latest[r.Key()] = r
	}
	out := contents{}
	for _, r := range latest {
		if r.New == nil {
			continue
		}
		rows, err := lake.ItemRows(r.Table, r.New, noon)
		if err != nil {
			t.Fatal(err)
		}
		for i := range rows {
			out[rows[i].Subject+" "+rows[i].ID] = say(&rows[i])
		}
	}
	return out
}

// inLake reads a lake as the runner does: the parts that the manifest names, with the deltas that it does not.
func inLake(t testing.TB, b blob.Blob) contents {
	t.Helper()
	m, _, err := lake.Read(t.Context(), b, tenant)
	if err != nil {
		t.Fatal(err)
	}
	all, err := lake.Deltas(t.Context(), b, tenant)
	if err != nil {
		t.Fatal(err)
	}
	latest, live := map[string]lake.Row{}, map[string]int{}
	add := func(r lake.Row) error {
		key := r.Subject + " " + r.ID
		if was, has := latest[key]; !has || r.Version > was.Version || r.Version == was.Version && r.Gone {
			latest[key] = r
		}
		return nil
	}
	for _, r := range inParts(t, b, &m) {
		if !r.Gone {
			live[r.Subject+" "+r.ID]++
		}
		_ = add(r)
	}
	unfolded := m.Unfolded(all)
	for key, n := range live {
		if n > 1 {
			t.Errorf("%s stands %d times in the parts", key, n)
		}
	}
	for _, key := range unfolded {
		if err := lake.EachRow(t.Context(), b, key, add); err != nil {
			t.Fatal(err)
		}
	}
	out := contents{}
	for key, r := range latest {
		if !r.Gone {
			out[key] = say(&r)
		}
	}
	return out
}

// inParts reads all rows of the parts, and holds the parts to what the manifest says of them.
func inParts(t testing.TB, b blob.Blob, m *lake.Manifest) (all []lake.Row) {
	t.Helper()
	for subject, parts := range m.Subjects {
		last := map[string]string{}
		for _, p := range parts {
			rows := rowsOf(t, b, subject, p)
			for i := range rows {
				at := lake.PlaceOf(&rows[i])
				if at.Month != p.Month || at.Sort <= last[p.Month] || at.Sort < p.First || at.Sort > p.Last {
					t.Errorf("%s: %v stands in %s, %q to %q, behind %q", subject, at, p.Month, p.First, p.Last, last[p.Month])
				}
				last[p.Month] = at.Sort
			}
			if int64(len(rows)) != p.Rows || p.Rows == 0 {
				t.Errorf("%s: %d rows, the manifest says %d", p.Key, len(rows), p.Rows)
			}
			all = append(all, rows...)
		}
	}
	return all
}

func rowsOf(t testing.TB, b blob.Blob, subject string, p lake.Part) (rows []lake.Row) {
	t.Helper()
	in, _, err := b.Get(t.Context(), p.Key, 0, -1)
	if err != nil {
		t.Fatalf("a part that the manifest names: %v", err)
	}
	defer func() { _ = in.Close() }()
	path := filepath.Join(t.TempDir(), "part.parquet")
	content, err := io.ReadAll(in)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	r, err := part.Open(path, subject)
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

// differ says where two contents differ, in a few lines.
func differ(t testing.TB, when string, got, want contents) {
	t.Helper()
	lines := 0
	for key, w := range want {
		if got[key] != w && lines < 5 {
			lines++
			t.Errorf("%s: %s\ngot  %q\nwant %q", when, key, got[key], w)
		}
	}
	for key, g := range got {
		if _, has := want[key]; !has && lines < 10 {
			lines++
			t.Errorf("%s: %s is too much: %q", when, key, g)
		}
	}
}
