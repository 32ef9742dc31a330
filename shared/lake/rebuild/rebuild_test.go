//go:build cgo

package rebuild_test

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"maps"
	mrand "math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/dangol/dangol/shared/blob"
	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/order"
	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/shared/lake"
	"github.com/dangol/dangol/shared/lake/dictionary"
	"github.com/dangol/dangol/shared/lake/duck"
	"github.com/dangol/dangol/shared/lake/part"
	"github.com/dangol/dangol/shared/lake/rebuild"
	"github.com/dangol/dangol/shared/store"
	"github.com/dangol/dangol/shared/table"
	"github.com/dangol/dangol/shared/testkit/life"
	"github.com/dangol/dangol/shared/testkit/testenv"
)

// contents are the rows of each subject as a query gives them: all columns, in order. columns counts the values of each.
func contents(t testing.TB, b blob.Blob, tenant string) (rows map[string][]string, values map[string]int) {
	t.Helper()
	r, err := duck.New(duck.Subjects(), duck.Options{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = r.Close() }()
	l, err := r.Lake(tenant, duck.Of(b, tenant))
	if err != nil {
		t.Fatal(err)
	}
	rows, values = map[string][]string{}, map[string]int{}
	for _, s := range dictionary.Subjects() {
		columns := s.Columns()
		err := l.Query(t.Context(), duck.Statement{SQL: `SELECT ` + selected(columns) + ` FROM "` + s.Name + `" ORDER BY id`}, func(row []any) error {
			rows[s.Name] = append(rows[s.Name], fmt.Sprint(row))
			for i, v := range row {
				if v != nil {
					values[s.Name+"."+columns[i].Name]++
				}
			}
			return nil
		})
		if err != nil {
			t.Fatalf("%s: %v", s.Name, err)
		}
	}
	return rows, values
}

func selected(columns []dictionary.Column) string {
	var names []string
	for _, c := range columns {
		names = append(names, fmt.Sprintf("%q", c.Name))
	}
	return strings.Join(names, ", ")
}

func same(t testing.TB, when string, got, want map[string][]string) {
	t.Helper()
	for _, s := range dictionary.Subjects() {
		g, w := got[s.Name], want[s.Name]
		for i := range max(len(g), len(w)) {
			if i >= len(g) || i >= len(w) || g[i] != w[i] {
				t.Errorf("%s: %s differ at row %d of %d and %d:\ngot  %v\nwant %v", when, s.Name, i, len(g), len(w), g[min(i, len(g)):min(i+1, len(g))], w[min(i, len(w)):min(i+1, len(w))])
				break
			}
		}
	}
}

// unordered is a table that has nothing but the port, as DynamoDB.
type unordered struct{ table.Table }

// byQueries are the stores of a place whose engine does not read tenants from one end to the other.
func byQueries(p *testenv.Place) *store.DB { return store.New(unordered{p.Table}, p.Time, rand.Reader) }

// TestALakeFromTheTableIsTheLakeFromTheFeed: every column of every row of every subject, for two tenants in one table, read by queries and
// from one end to the other.
func TestALakeFromTheTableIsTheLakeFromTheFeed(t *testing.T) {
	p := testenv.New(t)
	var last *life.Life
	for i, tenant := range tenants {
		everything(t, p.DB.Tenant(tenant))
		last = life.Begin(t, p, tenant, mrand.New(mrand.NewPCG(uint64(i), 7)))
		last.Go(150)
	}
	records := last.Feed()
	for _, tenant := range tenants {
		fed, anew := objects(t), objects(t)
		deliver(t, fed, tenant, records)
		fold(t, fed, tenant)
		r := rebuilt(t, byQueries(p).Tenant(tenant), anew, options(t))
		want, values := contents(t, fed, tenant)
		got, _ := contents(t, anew, tenant)
		same(t, tenant, got, want)
		for _, s := range dictionary.Subjects() {
			for _, c := range s.Columns() {
				if lake.OfTable(s.Name) && values[s.Name+"."+c.Name] == 0 {
					t.Errorf("nothing was compared in %s.%s", s.Name, c.Name)
				}
			}
		}
		if r.Records == 0 || r.Rows < r.Records || r.Parts < 15 {
			t.Errorf("got %+v", r)
		}
		rebuilt(t, p.DB.Tenant(tenant), fed, options(t)) // in place of the other one
		got, _ = contents(t, fed, tenant)
		same(t, tenant+" anew", got, want)
		fold(t, fed, tenant)
		got, _ = contents(t, fed, tenant)
		same(t, tenant+" anew, with all deltas folded again", got, want)
	}
}

// beside is an object store in which something else happens when the first part is written.
type beside struct {
	blob.Blob
	happens func()
}

func (b *beside) Put(ctx context.Context, key string, r io.Reader, o blob.PutOptions) (blob.Info, error) {
	if h := b.happens; h != nil && strings.HasSuffix(key, ".parquet") {
		b.happens = nil
		h()
	}
	return b.Blob.Put(ctx, key, r, o)
}

// TestWhatHappensMeanwhileIsNotLost: changes come and are folded while the lake is written anew.
func TestWhatHappensMeanwhileIsNotLost(t *testing.T) {
	p, b := testenv.New(t), objects(t)
	l := life.Begin(t, p, ours, mrand.New(mrand.NewPCG(1, 8)))
	l.Go(150)
	records := l.Feed()
	deliver(t, b, ours, records)
	o := options(t)
	o.Width = 1
	rebuilt(t, p.DB.Tenant(ours), &beside{b, func() {
		l.Go(100)
		later := l.Feed()
		deliver(t, b, ours, later)
		fold(t, b, ours)
		records = append(records, later...)
	}}, o)
	fed := objects(t)
	deliver(t, fed, ours, records)
	want, _ := contents(t, fed, ours)
	for _, when := range []string{"at once", "folded"} {
		got, _ := contents(t, b, ours)
		same(t, when, got, want)
		fold(t, b, ours)
	}
}

// TestWhatIsGoneStaysGone: a delta from before that comes after the rebuild brings no order back.
func TestWhatIsGoneStaysGone(t *testing.T) {
	p := testenv.New(t)
	s := p.DB.Tenant(ours)
	kim, o := &customer.Customer{ID: s.NewID(id.Customer)}, &order.Order{ID: s.NewID(id.Order), OrderedAt: testenv.Start()}
	o.CustomerID = kim.ID
	row := func(version int64, gone bool) lake.Row {
		return lake.Row{Subject: "orders", ID: o.ID, Version: version, At: testenv.Start(), Gone: gone,
			Cells: []lake.Cell{{Column: "customerId", Value: kim.ID}, {Column: "orderedAt", Value: o.OrderedAt}}}
	}
	for name, c := range map[string]struct {
		damaged bool
		want    int
	}{
		"it is taken over from the parts":               {false, 0},
		"not when they are not read: the price of that": {true, 1},
	} {
		t.Run(name, func(t *testing.T) {
			b := objects(t)
			if _, err := lake.WriteDelta(t.Context(), b, ours, []lake.Row{row(2, true)}); err != nil {
				t.Fatal(err)
			}
			fold(t, b, ours)
			deltas, err := lake.Deltas(t.Context(), b, ours)
			must(t, err)
			for _, d := range deltas { // as when they went to the history
				must(t, b.Delete(t.Context(), d.Key))
			}
			opt := options(t)
			opt.Damaged = c.damaged
			rebuilt(t, s, b, opt)
			if _, err := lake.WriteDelta(t.Context(), b, ours, []lake.Row{row(1, false)}); err != nil {
				t.Fatal(err)
			}
			fold(t, b, ours)
			if got, _ := contents(t, b, ours); len(got["orders"]) != c.want {
				t.Errorf("got %v, want %d orders", got["orders"], c.want)
			}
		})
	}
}

func TestPartsThatAreNotWhatTheyShouldBe(t *testing.T) {
	p, b := testenv.New(t), objects(t)
	l := life.Begin(t, p, ours, mrand.New(mrand.NewPCG(1, 9)))
	l.Go(60)
	deliver(t, b, ours, l.Feed())
	fold(t, b, ours)
	want, _ := contents(t, b, ours)
	m, _, err := lake.Read(t.Context(), b, ours)
	must(t, err)
	_, err = b.Put(t.Context(), m.Subjects["customers"][0].Key, strings.NewReader("not any more"), blob.PutOptions{})
	must(t, err)
	o := options(t)
	if _, err := rebuild.Lake(t.Context(), p.DB.Tenant(ours), b, o); !errors.Is(err, part.ErrCorrupt) {
		t.Errorf("got %v, want ErrCorrupt", err)
	}
	o.Damaged = true
	rebuilt(t, p.DB.Tenant(ours), b, o)
	got, _ := contents(t, b, ours)
	same(t, "after the damage", got, want)
}

// TestWhatTheTableDoesNotHaveStays: sizes of segments are computed, and nowhere but in the lake.
func TestWhatTheTableDoesNotHaveStays(t *testing.T) {
	p, b := testenv.New(t), objects(t)
	size := func(day string) lake.Row {
		return lake.Row{Subject: "segmentSizes", ID: "seg_1." + day, Version: 1, At: testenv.Start(), Cells: []lake.Cell{{Column: "segmentId", Value: "seg_1"}, {Column: "day", Value: day}}}
	}
	_, err := lake.WriteDelta(t.Context(), b, ours, []lake.Row{size("2026-03-01")})
	must(t, err)
	fold(t, b, ours)
	rebuilt(t, p.DB.Tenant(ours), &beside{b, nil}, options(t))
	_, err = lake.WriteDelta(t.Context(), b, ours, []lake.Row{size("2026-03-02")})
	must(t, err)
	if got, _ := contents(t, b, ours); len(got["segmentSizes"]) != 2 {
		t.Errorf("got %v, want two days", got["segmentSizes"])
	}
}

// TestItEndsWithItsContext and leaves the lake as it was.
func TestItEndsWithItsContext(t *testing.T) {
	p, b := testenv.New(t), objects(t)
	life.Begin(t, p, ours, mrand.New(mrand.NewPCG(1, 10))).Go(60)
	rebuilt(t, p.DB.Tenant(ours), b, options(t))
	was, mark, err := lake.Read(t.Context(), b, ours)
	must(t, err)
	ctx, stop := context.WithCancel(t.Context())
	o := options(t)
	o.Width = 1
	_, err = rebuild.Lake(ctx, p.DB.Tenant(ours), &beside{b, stop}, o)
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want that it was canceled", err)
	}
	if is, now, err := lake.Read(t.Context(), b, ours); err != nil || now != mark || is.Version != was.Version {
		t.Errorf("the manifest is another: %+v, %v", is, err)
	}
	if left, _ := os.ReadDir(o.Dir); len(left) > 0 {
		t.Errorf("left in the local folder: %v", left)
	}
	if got := slices.Sorted(maps.Keys(was.Subjects)); len(got) < 5 {
		t.Errorf("the lake has %v only", got)
	}
}
