package lakefeed_test

import (
	"slices"
	"testing"
	"time"

	"github.com/dangol/dangol/shared/catalogue"
	"github.com/dangol/dangol/shared/feed"
	"github.com/dangol/dangol/shared/table"
	"github.com/dangol/dangol/shared/testkit/testenv"
)

// TestALakeThatChangedIsCompactedAWhileLater: once for what came in the minute before, and again for what came after it.
func TestALakeThatChangedIsCompactedAWhileLater(t *testing.T) {
	w, _, p := openWith(t)
	version := int64(0)
	for _, step := range []struct {
		after  time.Duration
		tenant string // that something is written for
		asked  []string
	}{
		{0, ours, nil}, // the message is hidden at first
		{30 * time.Second, ours, nil},
		{time.Second, theirs, nil},
		{89 * time.Second, "", []string{ours}},
		{time.Minute, "", []string{theirs}},
		{time.Second, ours, nil},
		{2 * time.Minute, "", []string{ours}},
	} {
		p.Time.Advance(step.after)
		if version++; step.tenant != "" {
			if _, err := w.Handle(t.Context(), []feed.Record{called(step.tenant, "a", version)}); err != nil {
				t.Fatal(err)
			}
		}
		if got := asked(t, p); !slices.Equal(got, step.asked) {
			t.Errorf("step %d: got %v, want %v", version, got, step.asked)
		}
	}
}

// TestNoUpkeepOfALakeWithoutChanges: what is in no lake asks for nothing.
func TestNoUpkeepOfALakeWithoutChanges(t *testing.T) {
	w, _, p := openWith(t)
	if _, err := w.Handle(t.Context(), []feed.Record{silent(ours)}); err != nil {
		t.Fatal(err)
	}
	p.Time.Advance(time.Hour)
	if got := asked(t, p); got != nil {
		t.Errorf("got %v", got)
	}
}

// asked are the tenants whose lakes are to be compacted now.
func asked(t *testing.T, p *testenv.Place) (tenants []string) {
	t.Helper()
	for {
		messages, err := p.Queue.Receive(t.Context(), catalogue.Lakes, 10, time.Minute, 0)
		if err != nil {
			t.Fatal(err)
		}
		if len(messages) == 0 {
			return tenants
		}
		for _, m := range messages {
			if string(m.Body) != `{"tenant":"`+m.Group+`"}` {
				t.Errorf("got body %s in group %s", m.Body, m.Group)
			}
			tenants = append(tenants, m.Group)
			if err := p.Queue.Delete(t.Context(), catalogue.Lakes, m.Receipt); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// TestAMarkIsReachedWithWhatWasBeforeIt, also alone, and not while a delta before it could not be written.
func TestAMarkIsReachedWithWhatWasBeforeIt(t *testing.T) {
	w, o, p := openWith(t)
	s := p.DB.Tenant(ours)
	id, err := s.AddLakeMark(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	record := feed.Record{Table: table.CRM, New: &table.Item{Key: table.Key{PK: "t#" + ours + "#lake", SK: id}, Version: 1}}
	reached := func() bool {
		_, err := o.Head(t.Context(), "t/"+ours+"/marks/"+id)
		return err == nil
	}
	o.broken = ours
	if done, err := w.Handle(t.Context(), []feed.Record{called(ours, "a", 1), record}); done != 0 || err == nil || reached() {
		t.Errorf("a broken store: got %d done, %v, reached %v", done, err, reached())
	}
	o.broken = ""
	if done, err := w.Handle(t.Context(), []feed.Record{record, called(theirs, "x", 1)}); done != 2 || err != nil || !reached() {
		t.Errorf("got %d done, %v, reached %v", done, err, reached())
	}
}
