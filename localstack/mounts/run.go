package mounts

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"github.com/dangol/dangol/shared/catalogue"
	"github.com/dangol/dangol/shared/clock"
	"github.com/dangol/dangol/shared/crm/due"
	"github.com/dangol/dangol/shared/feed"
	"github.com/dangol/dangol/shared/queue"
)

// Triggers start functions: on AWS event sources and schedules do.
type Triggers struct {
	Queue queue.Queue
	Feed  feed.Source
	Clock clock.Clock
	Log   *slog.Logger

	running sync.WaitGroup
}

// perQueue is how many calls of one worker run at once on a laptop.
const perQueue = 4

// Start begins the work of queues, change feed and schedules. It ends with the context; Wait returns then.
func (t *Triggers) Start(ctx context.Context, in Places) {
	queued, fed, ticked := Workers(in), Feeds(in), Ticks(in)
	for _, row := range catalogue.Rows() {
		switch {
		case row.Queue != "":
			h := queued[row.Name]
			t.running.Go(func() { t.work(ctx, row, h) })
		case len(row.Feed) > 0:
			h := fed[row.Name]
			t.running.Go(func() {
				t.Report(row.Name, feed.Run(ctx, t.Feed, row.Name, feed.Pace{Records: row.Batch, Window: row.Window}, h))
			})
		case len(row.Schedules) > 0:
			for _, s := range row.Schedules {
				t.tick(ctx, row.Name, s, ticked[row.Name])
			}
		}
	}
}

// Wait returns when all work has ended.
func (t *Triggers) Wait() { t.running.Wait() }

func (t *Triggers) work(ctx context.Context, row catalogue.Function, h queue.Handler) {
	queue.Work(ctx, t.Queue, row.Queue, queue.Options{
		Concurrency: atMost(row.Concurrency, perQueue), Batch: row.Batch, Timeout: row.Timeout, Visibility: row.Timeout + time.Minute,
		Clock: t.Clock, Log: t.Log,
	}, h)
}

func atMost(n, most int) int {
	if n == 0 || n > most {
		return most
	}
	return n
}

// tick looks for one kind of due work at once, since the machine may have been off when it came due, and then whenever its schedule comes round.
func (t *Triggers) tick(ctx context.Context, name string, s catalogue.Schedule, look func(context.Context, due.Kind) error) {
	t.again(ctx, name, func() (time.Duration, error) {
		now := t.Clock.Now()
		next, err := s.Next(now)
		return next.Sub(now), err
	}, func(ctx context.Context) error { return look(ctx, s.Kind) })
}

// Every calls f at once and then at each interval of the clock port, until the context ends.
func (t *Triggers) Every(ctx context.Context, name string, d time.Duration, f func(context.Context) error) {
	t.again(ctx, name, func() (time.Duration, error) { return d, nil }, f)
}

// again calls f at once and then after each pause of the clock port, until the context ends or there is no next pause.
func (t *Triggers) again(ctx context.Context, name string, pause func() (time.Duration, error), f func(context.Context) error) {
	t.Go(func() {
		for ctx.Err() == nil {
			t.Report(name, f(ctx))
			d, err := pause()
			t.Report(name, err)
			if err != nil || t.Clock.Sleep(ctx, d) != nil {
				return
			}
		}
	})
}

// Go runs other work that ends with the context.
func (t *Triggers) Go(f func()) { t.running.Go(f) }

// Report logs what background work ended with, unless it was told to end.
func (t *Triggers) Report(name string, err error) {
	if err != nil && !errors.Is(err, context.Canceled) {
		t.Log.Error("background work failed", "function", name, "error", err)
	}
}
