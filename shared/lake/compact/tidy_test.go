package compact_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/dangol/dangol/shared/blob"
	"github.com/dangol/dangol/shared/lake"
	"github.com/dangol/dangol/shared/lake/compact"
)

var putAnew = blob.PutOptions{}

func (o *objects) tidy(t testing.TB, opt compact.Options) compact.Tidied {
	t.Helper()
	done, err := compact.Tidy(t.Context(), o, tenant, opt)
	if err != nil {
		t.Fatal(err)
	}
	return done
}

// TestWhatIsTidied: folded deltas stay for an hour and go to the history then; files that nobody names stay for a day.
func TestWhatIsTidied(t *testing.T) {
	o := store(t)
	first := o.deliver(t, customer("a", 1, "Kim"))
	o.deliver(t, customer("a", 2, "Kim"))
	o.turn(t, o.options(t))
	o.deliver(t, customer("a", 3, "Kim"))
	for _, step := range []struct {
		later             time.Duration
		archived, removed int
		deltas, parts     int
	}{
		{59 * time.Minute, 0, 0, 3, 1},
		{2 * time.Minute, 2, 0, 1, 1}, // the third is in no part yet
		{48 * time.Hour, 0, 0, 1, 1},
	} {
		o.clock.Advance(step.later)
		got := o.tidy(t, o.options(t))
		if got != (compact.Tidied{Archived: step.archived, Removed: step.removed}) || len(o.keys(t, "delta/")) != step.deltas || len(o.keys(t, "customers/")) != step.parts {
			t.Errorf("%s later: got %+v, %q, %q", step.later, got, o.keys(t, "delta/"), o.keys(t, "customers/"))
		}
	}
	o.turn(t, o.options(t))
	if got := o.tidy(t, o.options(t)); got.Removed != 1 || !strings.HasSuffix(o.manifest(t).Subjects["customers"][0].Key, o.keys(t, "customers/")[0]) {
		t.Errorf("the part of two days ago: got %+v, %q", got, o.keys(t, "customers/"))
	}
	archived := lake.ArchiveKey(tenant, "2026-03", first)
	if got := o.keys(t, "history/"); !slices.Contains(got, strings.TrimPrefix(archived, lake.Prefix(tenant))) {
		t.Fatalf("history: got %q", got)
	}
	var versions []int64
	err := lake.EachRow(t.Context(), o, archived, func(r lake.Row) error { versions = append(versions, r.Version); return nil })
	if err != nil || !slices.Equal(versions, []int64{1, 2}) {
		t.Errorf("the history holds versions %v, %v", versions, err)
	}
}

// TestAMonthsEndIsKept: the last manifest of a month with its parts, whatever the months behind it bring.
func TestAMonthsEndIsKept(t *testing.T) {
	o := store(t)
	for _, days := range []int{0, 1, 40, 1, 40} { // two days in March, two in April, one in May
		o.clock.Advance(time.Duration(days) * 24 * time.Hour)
		o.deliver(t, customer("a", int64(o.manifest(t).Version+1), "Kim"))
		o.turn(t, o.options(t))
		o.tidy(t, o.options(t))
	}
	for month, version := range map[string]int64{"2026-03": 2, "2026-04": 4} {
		m, _, err := lake.ReadAt(t.Context(), o, lake.HistoryKey(tenant, month))
		if err != nil || m.Version != version {
			t.Fatalf("%s: got version %d, %v", month, m.Version, err)
		}
		if rows := o.partRows(t, "customers", m.Subjects["customers"][0]); rows[0].Version != version {
			t.Errorf("%s: its part holds version %d", month, rows[0].Version)
		}
	}
	if m, mark, err := lake.ReadAt(t.Context(), o, lake.HistoryKey(tenant, "2026-05")); mark != "" || err != nil {
		t.Errorf("a month that is not over is kept: %+v, %v", m, err)
	}
}
