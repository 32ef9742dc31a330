package lakefeed_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/dangol/dangol/shared/feed"
	"github.com/dangol/dangol/shared/lake"
	"github.com/dangol/dangol/shared/store"
	"github.com/dangol/dangol/shared/table"
	"github.com/dangol/dangol/shared/testkit/testenv"
)

// marks are the records of all marks of a moment.
func marks(tenant string, at time.Time) (out []feed.Record) {
	for n := range store.LakeMarks {
		out = append(out, feed.Record{Table: table.CRM, New: &table.Item{Key: table.Key{PK: fmt.Sprintf("t#%s#lakemark#%d", tenant, n), SK: "lakemark"}, Version: 1,
			Head: fmt.Appendf(nil, `{"n":%d,"at":%d}`, n, at.UnixMilli())}})
	}
	return out
}

// Whoever waits for the lake is told of no moment before the deltas of what came before it are written, and of no moment for another tenant.
func TestTheLakeCoversAMomentOnceItsMarksHaveComeBehindTheirDeltas(t *testing.T) {
	w, o := open(t)
	first, second := testenv.Start(), testenv.Start().Add(time.Minute)
	covers := func(tenant string, at time.Time) bool {
		t.Helper()
		covered, err := lake.Covers(t.Context(), o.Blob, tenant, at)
		if err != nil {
			t.Fatal(err)
		}
		return covered
	}
	all := append([]feed.Record{called(ours, "kim", 1)}, marks(ours, first)...)
	for _, part := range [][]feed.Record{all[:4], all[4:]} {
		if covers(ours, first) {
			t.Error("the moment is covered before all marks have come")
		}
		if _, err := w.Handle(t.Context(), part); err != nil {
			t.Fatal(err)
		}
	}
	if !covers(ours, first) || covers(ours, second) || covers(theirs, first) {
		t.Errorf("the first moment: %v; a later one: %v; another tenant's: %v", covers(ours, first), covers(ours, second), covers(theirs, first))
	}
	if got := strings.Join(o.named(t, ours), " "); !strings.Contains(got, "kim") {
		t.Errorf("got deltas %q", got)
	}
}

// A mark whose deltas could not be written is not noted.
func TestAMarkWaitsForItsDelta(t *testing.T) {
	w, o := open(t)
	o.broken = ours
	if done, err := w.Handle(t.Context(), append([]feed.Record{called(ours, "kim", 1)}, marks(ours, testenv.Start())...)); err == nil || done != 0 {
		t.Errorf("got %d done, %v", done, err)
	}
	o.broken = ""
	if covered, err := lake.Covers(t.Context(), o.Blob, ours, testenv.Start()); err != nil || covered {
		t.Errorf("got %v, %v", covered, err)
	}
}
