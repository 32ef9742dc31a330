package mounts

import (
	"context"
	"log/slog"
	"testing"
	"testing/synctest"
	"time"

	"github.com/dangol/dangol/shared/catalogue"
	"github.com/dangol/dangol/shared/clock"
	"github.com/dangol/dangol/shared/crm/due"
)

// The host looks for each kind at once and at its own rhythm, and for that kind alone.
func TestEachKindIsLookedForAtItsRhythm(t *testing.T) { synctest.Test(t, rhythms) }

func rhythms(t *testing.T) {
	c := clock.NewManual(time.Date(2026, 3, 2, 17, 50, 0, 0, time.UTC))
	work := &Triggers{Clock: c, Log: slog.New(slog.DiscardHandler)}
	ctx, stop := context.WithCancel(t.Context())
	looks := make(chan due.Kind, 100)
	for _, row := range catalogue.Rows() {
		for _, s := range row.Schedules {
			work.tick(ctx, row.Name, s, func(_ context.Context, k due.Kind) error { looks <- k; return nil })
		}
	}
	got := map[due.Kind]int{}
	count := func(minutes int, want map[due.Kind]int) {
		t.Helper()
		for range minutes {
			synctest.Wait() // until all sleep on the clock
			c.Advance(time.Minute)
		}
		synctest.Wait()
		for len(looks) > 0 {
			got[<-looks]++
		}
		for _, k := range due.Kinds() {
			if got[k] != want[k] {
				t.Errorf("%s: got %d looks by %s, want %d", k, got[k], c.Now(), want[k])
			}
		}
	}
	count(0, map[due.Kind]int{due.Campaigns: 1, due.Scores: 1, due.Export: 1, due.Segments: 1, due.Files: 1})
	count(9, map[due.Kind]int{due.Campaigns: 10, due.Scores: 1, due.Export: 1, due.Segments: 1, due.Files: 1})
	count(1, map[due.Kind]int{due.Campaigns: 11, due.Scores: 2, due.Export: 2, due.Segments: 2, due.Files: 2}) // six o'clock: three in the morning in Seoul
	count(15, map[due.Kind]int{due.Campaigns: 26, due.Scores: 3, due.Export: 3, due.Segments: 3, due.Files: 2})
	stop()
	work.Wait()
}
