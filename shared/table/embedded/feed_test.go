package embedded_test

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/dangol/dangol/shared/clock"
	"github.com/dangol/dangol/shared/feed"
	"github.com/dangol/dangol/shared/feed/feedtest"
	"github.com/dangol/dangol/shared/table"
	"github.com/dangol/dangol/shared/table/embedded"
)

func TestTheEngineKeepsTheFeedPort(t *testing.T) {
	feedtest.Run(t, func(t *testing.T) feedtest.Subject {
		return newDisk(t, embedded.Options{Pause: time.Millisecond}).feedSubject()
	})
}

func (d *disk) feedSubject() feedtest.Subject {
	return feedtest.Subject{Table: d.Engine, Source: d.Engine, Reopen: func() feedtest.Subject {
		d.reopen()
		return d.feedSubject()
	}}
}

var errEnough = errors.New("enough")

// oldest runs a new consumer until it has n records and returns their sort keys.
func oldest(t *testing.T, d *disk, name string, n int) (sks []string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	err := d.Run(ctx, name, func(_ context.Context, batch []feed.Record) (int, error) {
		take := min(n-len(sks), len(batch))
		for _, r := range batch[:take] {
			sks = append(sks, r.Key().SK)
		}
		if len(sks) < n {
			return take, nil
		}
		cancel()
		return take, errEnough
	})
	if err != nil {
		t.Fatal(err)
	}
	return sks
}

func write(t *testing.T, d *disk, sks ...string) {
	t.Helper()
	for _, sk := range sks {
		op := table.Op{Table: table.CRM, Item: table.Item{Key: table.Key{PK: "p", SK: sk}, Head: []byte(sk)}}
		if err := d.Write(t.Context(), op); err != nil {
			t.Fatal(err)
		}
	}
}

func sweep(t *testing.T, d *disk, now time.Time) (deleted int) {
	t.Helper()
	deleted, err := d.Sweep(t.Context(), now)
	if err != nil {
		t.Fatal(err)
	}
	return deleted
}

func TestTheFeedIsTrimmedBehindItsConsumersAndItsRetention(t *testing.T) {
	now := clock.NewManual(time.Date(2026, 11, 1, 12, 0, 0, 0, time.UTC))
	d := newDisk(t, embedded.Options{Clock: now, Retention: time.Hour})
	write(t, d, "1", "2")
	now.Advance(30 * time.Minute)
	write(t, d, "3")
	now.Advance(45 * time.Minute)
	write(t, d, "4")
	if got := oldest(t, d, "a", 4); !slices.Equal(got, []string{"1", "2", "3", "4"}) {
		t.Fatalf("got %q, want all four", got)
	}
	oldest(t, d, "slow", 1)
	sweep(t, d, now.Now())
	write(t, d, "5") // shows the trimming, which waits for no disk, to readers
	if got := oldest(t, d, "b", 4); !slices.Equal(got, []string{"2", "3", "4", "5"}) {
		t.Fatalf("behind a slow consumer: got %q, want 2 to 5", got)
	}
}

func TestTheNumberingGoesOnBehindATrimmedFeed(t *testing.T) {
	now := clock.NewManual(time.Date(2026, 11, 1, 12, 0, 0, 0, time.UTC))
	d := newDisk(t, embedded.Options{Clock: now, Retention: time.Hour})
	write(t, d, "1", "2", "3")
	oldest(t, d, "a", 3)
	now.Advance(48 * time.Hour)
	write(t, d, "4")
	oldest(t, d, "a", 1)
	now.Advance(48 * time.Hour)
	sweep(t, d, now.Now())
	d.reopen()
	write(t, d, "5")
	if got := oldest(t, d, "a", 1); !slices.Equal(got, []string{"5"}) {
		t.Errorf("the old consumer got %q, want 5", got)
	}
	if got := oldest(t, d, "new", 2); !slices.Equal(got, []string{"4", "5"}) {
		t.Errorf("a new consumer got %q, want 4 and 5", got)
	}
}

func TestAForgottenConsumerHoldsNothingBack(t *testing.T) {
	now := clock.NewManual(time.Date(2026, 11, 1, 12, 0, 0, 0, time.UTC))
	d := newDisk(t, embedded.Options{Clock: now, Retention: time.Hour})
	write(t, d, "1", "2", "3")
	oldest(t, d, "gone", 1)
	now.Advance(2 * time.Hour)
	write(t, d, "4")
	now.Advance(2 * time.Hour)
	if err := d.Forget(t.Context(), "gone"); err != nil {
		t.Fatal(err)
	}
	sweep(t, d, now.Now())
	write(t, d, "5")
	if got := oldest(t, d, "new", 2); !slices.Equal(got, []string{"4", "5"}) {
		t.Errorf("got %q, want 4 and 5", got)
	}
}

func TestAConsumerRunsOnceAtATime(t *testing.T) {
	d := newDisk(t, embedded.Options{})
	write(t, d, "1")
	ctx, cancel := context.WithCancel(t.Context())
	err := d.Run(ctx, "c", func(ctx context.Context, batch []feed.Record) (int, error) {
		if err := d.Run(ctx, "c", nil); err == nil {
			t.Error("a second run of the consumer started")
		}
		if err := d.Forget(ctx, "c"); err == nil {
			t.Error("a running consumer was forgotten")
		}
		cancel()
		return len(batch), nil
	})
	if err != nil {
		t.Errorf("the first run: %v", err)
	}
}

func TestSweepDeletesWhatExpiredAndTellsTheFeed(t *testing.T) {
	d := newDisk(t, embedded.Options{})
	now := time.Date(2026, 11, 1, 12, 0, 0, 0, time.UTC)
	put := func(n table.Name, sk string, expires int64) {
		it := table.Item{Key: table.Key{PK: "p\x00", SK: sk}, Expires: expires}
		it.Index[0] = table.Key{PK: "list", SK: sk}
		if err := d.Write(t.Context(), table.Op{Table: n, Item: it}); err != nil {
			t.Fatal(err)
		}
	}
	put(table.CRM, "past", now.Unix()-1)
	put(table.Ops, "long past", 1)
	put(table.CRM, "now", now.Unix())
	put(table.CRM, "never", 0)
	put(table.CRM, "extended", now.Unix()-1)
	put(table.CRM, "extended", now.Unix()+1)
	if got := sweep(t, d, now); got != 2 {
		t.Errorf("swept %d, want 2", got)
	}
	if got := sweep(t, d, now); got != 0 {
		t.Errorf("swept %d again, want none", got)
	}
	left, err := d.Query(t.Context(), table.Query{Table: table.CRM, Index: 1, PK: "list"})
	if got := sortKeys(left.Items); err != nil || !slices.Equal(got, []string{"extended", "never", "now"}) {
		t.Errorf("left %q, %v, want extended, never and now", got, err)
	}
	if got := oldest(t, d, "c", 8)[6:]; !slices.Equal(got, []string{"long past", "past"}) {
		t.Errorf("the feed ends with %q, want the two deletions", got)
	}
}

func sortKeys(items []table.Item) (sks []string) {
	for _, it := range items {
		sks = append(sks, it.SK)
	}
	return sks
}

func TestSweepWorksInBoundedSteps(t *testing.T) {
	d := newDisk(t, embedded.Options{})
	for n := range 11 {
		ops := make([]table.Op, 100)
		for i := range ops {
			ops[i] = table.Op{Table: table.Ops, Item: table.Item{Key: table.Key{PK: fmt.Sprint(n), SK: fmt.Sprint(i)}, Expires: 1}}
		}
		if err := d.Write(t.Context(), ops...); err != nil {
			t.Fatal(err)
		}
	}
	now := time.Date(2026, 11, 1, 12, 0, 0, 0, time.UTC)
	for _, want := range []int{1000, 100, 0} {
		if got := sweep(t, d, now); got != want {
			t.Errorf("swept %d, want %d", got, want)
		}
	}
}

// A consumer that works by the batch gets what came within its window at once, and more at a time when it is behind.
func TestAPacedConsumerCollects(t *testing.T) { synctest.Test(t, collects) }

func collects(t *testing.T) {
	now := clock.NewManual(time.Date(2026, 11, 1, 12, 0, 0, 0, time.UTC))
	d := newDisk(t, embedded.Options{Clock: now})
	write(t, d, "1", "2", "3", "4", "5")
	ctx, stop := context.WithCancel(t.Context())
	var got [][]string
	done := make(chan error)
	go func() {
		done <- feed.Run(ctx, d, "paced", feed.Pace{Records: 3, Window: 2 * time.Second}, func(_ context.Context, batch []feed.Record) (int, error) {
			sks := make([]string, len(batch))
			for i, r := range batch {
				sks[i] = r.Key().SK
			}
			got = append(got, sks)
			return len(batch), nil
		})
	}()
	for _, step := range []struct {
		name  string
		do    func()
		wants [][]string
	}{
		{"behind, it gets full batches one after the other", func() {}, [][]string{{"1", "2", "3"}, {"4", "5"}}},
		{"what comes waits for the window", func() { write(t, d, "6"); now.Advance(time.Second); write(t, d, "7") }, nil},
		{"and leaves together", func() { now.Advance(time.Second) }, [][]string{{"6", "7"}}},
		{"nothing comes", func() { now.Advance(time.Hour) }, nil},
		{"what wakes it waits too", func() { write(t, d, "8") }, nil},
		{"for one window", func() { now.Advance(2 * time.Second) }, [][]string{{"8"}}},
	} {
		step.do()
		synctest.Wait()
		if !reflect.DeepEqual(got, step.wants) {
			t.Errorf("%s: got %q, want %q", step.name, got, step.wants)
		}
		got = nil
	}
	stop()
	if err := <-done; err != nil {
		t.Error(err)
	}
}
