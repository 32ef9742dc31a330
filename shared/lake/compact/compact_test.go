package compact

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/dangol/dangol/shared/blob"
	"github.com/dangol/dangol/shared/lake"
	"github.com/dangol/dangol/shared/lake/glue"
	"github.com/dangol/dangol/shared/lake/part"
)

// scored is a row of a small subject; a higher version takes the place of a lower one.
func scored(customer string, version int64) lake.Row {
	return lake.Row{Subject: "scores", ID: customer, Version: version, At: noon, Cells: []lake.Cell{{Column: "customerId", Value: customer}}}
}

// ordered is a row of a subject that is parted by month.
func ordered(order, customer string, at time.Time) lake.Row {
	return lake.Row{Subject: "orders", ID: order, Version: 1, At: noon, Cells: []lake.Cell{{Column: "customerId", Value: customer}, {Column: "orderedAt", Value: at}}}
}

func write(t testing.TB, b blob.Blob, rows ...lake.Row) string {
	t.Helper()
	key, err := lake.WriteDelta(t.Context(), b, tenant, rows)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func turn(t testing.TB, b blob.Blob, o Options) Result {
	t.Helper()
	r, err := Turn(t.Context(), b, tenant, o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func manifest(t testing.TB, b blob.Blob) lake.Manifest {
	t.Helper()
	m, _, err := lake.Read(t.Context(), b, tenant)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// parted tells the parts of a subject: month, places and rows.
func parted(m lake.Manifest, subject string) (out []string) {
	for _, p := range m.Subjects[subject] {
		places := strings.ReplaceAll(p.First+".."+p.Last, "\x1f", "/")
		out = append(out, strings.TrimSpace(fmt.Sprintf("%s %s %d", p.Month, places, p.Rows)))
	}
	return out
}

func keys(m lake.Manifest, subject string) (out []string) {
	for _, p := range m.Subjects[subject] {
		out = append(out, p.Key)
	}
	return out
}

func TestALakeWithoutDeltasIsLeftAlone(t *testing.T) {
	b := objects(t)
	if r := turn(t, b, options(t, noon)); r != (Result{}) {
		t.Errorf("got %+v", r)
	}
	if found, err := b.List(t.Context(), "", "", 10); len(found) > 0 || err != nil {
		t.Errorf("got %v, %v", found, err)
	}
}

// TestOnlyPartsThatChangeAreWrittenAnew: those of a month, and of it those with places that the deltas name.
func TestOnlyPartsThatChangeAreWrittenAnew(t *testing.T) {
	b, o := objects(t), options(t, noon)
	o.PartRows = 3
	march, april := noon, noon.AddDate(0, 1, 0)
	var rows []lake.Row
	for i, customer := range []string{"a", "b", "c", "d", "e", "f", "g"} {
		rows = append(rows, ordered(fmt.Sprintf("ord_%d", i), customer, march), scored(customer, 1))
	}
	write(t, b, append(rows, ordered("ord_9", "a", april))...)
	if r := turn(t, b, o); r != (Result{Deltas: 1, Rows: 15, Parts: 7}) {
		t.Errorf("got %+v", r)
	}
	before := manifest(t, b)
	if got, want := parted(before, "orders"), []string{"2026-03 a/ord_0..c/ord_2 3", "2026-03 d/ord_3..f/ord_5 3", "2026-03 g/ord_6..g/ord_6 1", "2026-04 a/ord_9..a/ord_9 1"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := parted(before, "scores"), []string{"a..c 3", "d..f 3", "g..g 1"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	write(t, b, ordered("ord_7", "c", march), ordered("ord_8", "h", march), ordered("ord_6", "g", march))
	o.Now = func() time.Time { return noon.Add(time.Second) }
	if r := turn(t, b, o); r.Parts != 3 || r.More {
		t.Errorf("the second turn: got %+v", r)
	}
	after := manifest(t, b)
	if got, want := parted(after, "orders"), []string{"2026-03 a/ord_0..b/ord_1 2", "2026-03 c/ord_2..c/ord_7 2", "2026-03 d/ord_3..f/ord_5 3", "2026-03 g/ord_6..h/ord_8 2", "2026-04 a/ord_9..a/ord_9 1"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	was, is := keys(before, "orders"), keys(after, "orders")
	if was[1] != is[2] || was[3] != is[4] || was[0] == is[0] {
		t.Errorf("got %q, was %q", is, was)
	}
	if !slices.Equal(keys(before, "scores"), keys(after, "scores")) || after.Version != before.Version+1 {
		t.Errorf("scores: got %q, was %q", keys(after, "scores"), keys(before, "scores"))
	}
}

// TestATurnTakesWhatIsOldest and says that more is left.
func TestATurnTakesWhatIsOldest(t *testing.T) {
	b := &dated{Blob: objects(t)}
	for i := range 5 {
		b.at = noon.Add(time.Duration(5-i) * time.Minute)
		b.add(write(t, b, scored(fmt.Sprint("c", i), 1)))
	}
	o := options(t, noon)
	o.DeltaBytes = 1
	for i := range 5 {
		if r := turn(t, b, o); r.Deltas != 1 || r.More != (i < 4) {
			t.Errorf("turn %d: got %+v", i, r)
		}
		if got, want := parted(manifest(t, b), "scores"), fmt.Sprintf("c%d..c4 %d", 4-i, i+1); !slices.Equal(got, []string{want}) {
			t.Errorf("turn %d: got %q, want %s", i, got, want)
		}
	}
	b.at = noon.Add(time.Hour)
	b.add(write(t, b, scored("x", 1)))
	b.add(write(t, b, scored("y", 1)))
	if r := turn(t, b, o); r.Deltas != 2 || r.More {
		t.Errorf("two of one second belong together: got %+v", r)
	}
	if m := manifest(t, b); !m.Through.Equal(b.at) {
		t.Errorf("got a manifest through %v, want %v", m.Through, b.at)
	}
}

// dated is an object store that says of objects when they were written as a test wants it.
type dated struct {
	blob.Blob
	at    time.Time
	times map[string]time.Time
}

func (d *dated) add(key string) {
	if d.times == nil {
		d.times = map[string]time.Time{}
	}
	d.times[key] = d.at
}

func (d *dated) List(ctx context.Context, prefix, after string, limit int) ([]blob.Info, error) {
	found, err := d.Blob.List(ctx, prefix, after, limit)
	for i := range found {
		if at, ok := d.times[found[i].Key]; ok {
			found[i].Modified = at
		}
	}
	return found, err
}

// before runs something once, before the manifest is put.
type before struct {
	blob.Blob
	run func()
}

func (p *before) Put(ctx context.Context, key string, r io.Reader, o blob.PutOptions) (blob.Info, error) {
	if run := p.run; run != nil && strings.HasSuffix(key, "/manifest.json") {
		p.run = nil
		run()
	}
	return p.Blob.Put(ctx, key, r, o)
}

// TestWhoIsOvertakenBeginsAgain, with what the other left to do.
func TestWhoIsOvertakenBeginsAgain(t *testing.T) {
	b := objects(t)
	write(t, b, scored("a", 1), scored("b", 1))
	slow := &before{Blob: b, run: func() {
		if r := turn(t, b, options(t, noon)); r.Deltas != 1 {
			t.Errorf("the fast one: got %+v", r)
		}
		write(t, b, scored("b", 2), scored("c", 1))
	}}
	if r := turn(t, slow, options(t, noon)); r.Deltas != 1 || r.Rows != 2 {
		t.Errorf("the slow one: got %+v", r)
	}
	m := manifest(t, b)
	if got := parted(m, "scores"); !slices.Equal(got, []string{"a..c 3"}) || m.Version != 2 || len(m.Folded) != 2 {
		t.Errorf("got %q in %+v", got, m)
	}
}

// TestTwoWritersAtOnce fold what a third delivers; nothing is lost, and nothing is there twice.
func TestTwoWritersAtOnce(t *testing.T) {
	b := objects(t)
	want := contents{}
	var work sync.WaitGroup
	done := make(chan struct{})
	for range 2 {
		work.Go(func() {
			for {
				if _, err := Turn(context.WithoutCancel(t.Context()), b, tenant, options(t, noon)); err != nil && !errors.Is(err, lake.ErrOvertaken) {
					t.Error(err)
				}
				select {
				case <-done:
					return
				default:
				}
			}
		})
	}
	for i := range 40 {
		r := scored(fmt.Sprintf("c%d", i%11), int64(i+1))
		write(t, b, r)
		want["scores "+r.ID] = say(&r)
	}
	close(done)
	work.Wait()
	settle(t, b, noon)
	differ(t, "at the end", inLake(t, b), want)
}

func TestAPartThatIsNotWhatTheManifestSaysStopsTheTurn(t *testing.T) {
	b := objects(t)
	write(t, b, scored("a", 1))
	turn(t, b, options(t, noon))
	was := manifest(t, b)
	if _, err := b.Put(t.Context(), keys(was, "scores")[0], strings.NewReader("something else"), blob.PutOptions{}); err != nil {
		t.Fatal(err)
	}
	write(t, b, scored("b", 1))
	if _, err := Turn(t.Context(), b, tenant, options(t, noon)); !errors.Is(err, part.ErrCorrupt) {
		t.Errorf("got %v, want ErrCorrupt", err)
	}
	if m := manifest(t, b); m.Version != was.Version {
		t.Errorf("the manifest was replaced: %+v", m)
	}
}

// TestAMonthsEndIsKept: the manifest as it was, with its parts, whoever comes late with an older one.
func TestAMonthsEndIsKept(t *testing.T) {
	b := objects(t)
	march, april, may := time.Date(2026, 3, 30, 0, 0, 0, 0, time.UTC), time.Date(2026, 4, 1, 0, 0, 0, 0, time.UTC), time.Date(2026, 5, 1, 0, 0, 0, 0, time.UTC)
	write(t, b, scored("a", 1))
	turn(t, b, options(t, march))
	old := manifest(t, b)
	write(t, b, scored("a", 2))
	stale := &before{Blob: b, run: func() { turn(t, b, options(t, march)); turn(t, b, options(t, march)) }} // it read the first manifest, and comes to keep it
	write(t, b, scored("b", 1))
	turn(t, stale, options(t, april))
	write(t, b, scored("c", 1))
	turn(t, b, options(t, april))
	write(t, b, scored("d", 1))
	turn(t, b, options(t, may))
	for month, want := range map[string]string{"2026-03": "a..b 2", "2026-04": "a..c 3"} {
		kept, _, err := lake.ReadAt(t.Context(), b, lake.HistoryKey(tenant, month))
		if got := parted(kept, "scores"); err != nil || !slices.Equal(got, []string{want}) {
			t.Errorf("%s: got %q, %v, want %s", month, got, err, want)
		}
	}
	o := options(t, time.Now().Add(48*time.Hour))
	if _, err := Tidy(t.Context(), b, tenant, o); err != nil {
		t.Fatal(err)
	}
	for _, month := range []string{"2026-03", "2026-04"} {
		kept, _, err := lake.ReadAt(t.Context(), b, lake.HistoryKey(tenant, month))
		if err != nil {
			t.Fatal(err)
		}
		if rows := rowsOf(t, b, "scores", kept.Subjects["scores"][0]); len(rows) < 2 {
			t.Errorf("%s: got %d rows", month, len(rows))
		}
	}
	if _, err := b.Head(t.Context(), keys(old, "scores")[0]); !errors.Is(err, blob.ErrNotFound) {
		t.Errorf("a part of no month's end is still there: %v", err)
	}
}

// TestTidying keeps what may be read and what may be named, moves the rest to the history or removes it.
func TestTidying(t *testing.T) {
	b, now := objects(t), time.Now()
	first, second := write(t, b, scored("a", 1)), write(t, b, scored("b", 1))
	turn(t, b, options(t, now))
	waiting := write(t, b, scored("c", 1))
	foreign, asked := "t/"+tenant+"/lake/scores/all/foreign.parquet", glue.Links(tenant, "question", "scores")+"parts.txt"
	for _, key := range []string{foreign, asked} {
		if _, err := b.Put(t.Context(), key, strings.NewReader("of one that died"), blob.PutOptions{}); err != nil {
			t.Fatal(err)
		}
	}
	for _, step := range []struct {
		name string
		in   time.Duration
		want Tidied
		left []string
	}{
		{"at once", 0, Tidied{}, []string{first, second, waiting, foreign, asked}},
		{"after an hour", 61 * time.Minute, Tidied{Archived: 2}, []string{waiting, foreign, asked}},
		{"again", 61 * time.Minute, Tidied{}, []string{waiting, foreign, asked}},
		{"after a day", 25 * time.Hour, Tidied{Removed: 2}, []string{waiting}},
	} {
		got, err := Tidy(t.Context(), b, tenant, options(t, now.Add(step.in)))
		if err != nil || got != step.want {
			t.Errorf("%s: got %+v, %v, want %+v", step.name, got, err, step.want)
		}
		for _, key := range []string{first, second, waiting, foreign, asked} {
			if _, err := b.Head(t.Context(), key); (err == nil) != slices.Contains(step.left, key) {
				t.Errorf("%s: %s: %v", step.name, key, err)
			}
		}
	}
	want := contents{}
	for _, c := range []string{"a", "b", "c"} {
		r := scored(c, 1)
		want["scores "+c] = say(&r)
	}
	differ(t, "afterwards", inLake(t, b), want)
	found, err := b.List(t.Context(), lake.HistoryPrefix(tenant), "", 10)
	if err != nil || len(found) != 1 {
		t.Fatalf("the history: %v, %v", found, err)
	}
	archived := map[string]bool{}
	if err := lake.EachRow(t.Context(), b, found[0].Key, func(r lake.Row) error { archived[r.ID] = true; return nil }); err != nil {
		t.Fatal(err)
	}
	if !maps.Equal(archived, map[string]bool{"a": true, "b": true}) {
		t.Errorf("the history has %v", archived)
	}
}

// TestPartsStayFew: what comes between the others of a part that is full, turn after turn, leaves no trail of small parts.
func TestPartsStayFew(t *testing.T) {
	b, o := objects(t), options(t, noon)
	o.PartRows = 10
	var rows []lake.Row
	for i := range 60 {
		rows = append(rows, scored(fmt.Sprintf("c%02d", i), 1))
	}
	write(t, b, rows...)
	turn(t, b, o)
	for i := range 60 {
		write(t, b, scored(fmt.Sprintf("c00.%02d", 60-i), 1)) // before all but one
		turn(t, b, o)
	}
	var sum int64
	parts := manifest(t, b).Subjects["scores"]
	for _, p := range parts {
		if sum += p.Rows; p.Rows < 5 || p.Rows > 10 {
			t.Errorf("a part has %d rows", p.Rows)
		}
	}
	if sum != 120 {
		t.Errorf("%d rows are in %d parts", sum, len(parts))
	}
}
