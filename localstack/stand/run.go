package stand

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/dangol/dangol/shared/catalogue"
	"github.com/dangol/dangol/shared/mail"
	"github.com/dangol/dangol/shared/queue"
)

// Start begins the work of queues, change feed, schedules and housekeeping. It ends with Close.
func (s *Stand) Start(ctx context.Context) {
	ctx, s.stop = context.WithCancel(ctx)
	queued, fed, ticked := workers(s.Env), feeds(s.Env), ticks(s.Env)
	for _, row := range catalogue.Rows() {
		switch {
		case row.Queue != "":
			h := queued[row.Name]
			s.running.Go(func() {
				queue.Work(ctx, s.Queues, row.Queue, queue.Options{
					Concurrency: atMost(row.Concurrency, perQueue), Batch: row.Batch, Timeout: row.Timeout, Visibility: row.Timeout + time.Minute,
					Clock: s.Env.Clock, Log: s.Env.Log,
				}, h)
			})
		case len(row.Feed) > 0:
			h := fed[row.Name]
			s.running.Go(func() { s.report(row.Name, s.Tables.Run(ctx, row.Name, h)) })
		case row.Every > 0:
			tick := ticked[row.Name]
			s.running.Go(func() { s.every(ctx, row.Name, row.Every, tick) })
		}
	}
	s.running.Go(func() { s.every(ctx, "housekeeping", time.Minute, s.sweep) })
	if s.Outbox != nil {
		s.running.Go(func() { s.report("outbox", s.Outbox.Run(ctx, s.outcomes)) })
	}
}

// perQueue is how many calls of one worker run at once on a laptop.
const perQueue = 4

func atMost(n, most int) int {
	if n == 0 || n > most {
		return most
	}
	return n
}

// every calls f at once and then at each interval of the clock port, until the context ends.
func (s *Stand) every(ctx context.Context, name string, d time.Duration, f func(context.Context) error) {
	for ctx.Err() == nil {
		s.report(name, f(ctx))
		if s.Env.Clock.Sleep(ctx, d) != nil {
			return
		}
	}
}

// sweep removes items whose time has passed.
func (s *Stand) sweep(ctx context.Context) error {
	_, err := s.Tables.Sweep(ctx, s.Env.Clock.Now())
	return err
}

// outcomes passes the mailbox's events on as a provider's would come.
func (s *Stand) outcomes(ctx context.Context, events []mail.Event) error {
	for start := 0; start < len(events); start += 10 {
		var batch []queue.Send
		for _, e := range events[start:min(start+10, len(events))] {
			body, err := json.Marshal([]mail.Event{e})
			if err != nil {
				return err
			}
			batch = append(batch, queue.Send{Group: e.Tenant, Body: body})
		}
		if err := s.Queues.Send(ctx, catalogue.Outcomes, batch...); err != nil {
			return err
		}
	}
	return nil
}

func (s *Stand) report(name string, err error) {
	if err != nil && !errors.Is(err, context.Canceled) { // that is how Close ends it
		s.Env.Log.Error("background work failed", "function", name, "error", err)
	}
}
