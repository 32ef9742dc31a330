package stand

import (
	"context"
	"encoding/json"
	"time"

	"github.com/dangol/dangol/localstack/mounts"
	"github.com/dangol/dangol/shared/catalogue"
	"github.com/dangol/dangol/shared/lake"
	"github.com/dangol/dangol/shared/lake/rebuild"
	"github.com/dangol/dangol/shared/mail"
	"github.com/dangol/dangol/shared/queue"
)

// Start begins the work of queues, change feed, schedules and housekeeping. It ends with Close.
func (s *Stand) Start(ctx context.Context) {
	ctx, s.stop = context.WithCancel(ctx)
	s.work = &mounts.Triggers{Queue: s.Queues, Feed: s.Tables, Clock: s.Env.Clock, Log: s.Env.Log}
	s.work.Start(ctx, mounts.Everywhere(s.Env))
	s.work.Every(ctx, "housekeeping", time.Minute, s.sweep)
	s.work.Go(func() { s.work.Report("lakes", s.beginLakes(ctx)) })
	if s.Outbox != nil {
		s.work.Go(func() { s.work.Report("outbox", s.Outbox.Run(ctx, s.outcomes)) })
	}
}

// sweep removes items whose time has passed.
func (s *Stand) sweep(ctx context.Context) error {
	_, err := s.Tables.Sweep(ctx, s.Env.Clock.Now())
	return err
}

// beginLakes asks for the lakes that are not there: of a folder that an older version filled.
func (s *Stand) beginLakes(ctx context.Context) error {
	tenants, err := rebuild.Wanted(ctx, s.Env.DB, s.Env.Objects, s.Env.Clock.Now())
	if err != nil {
		return err
	}
	for _, tenant := range tenants {
		body, err := json.Marshal(lake.Upkeep{Tenant: tenant})
		if err != nil {
			return err
		}
		if err := s.Queues.Send(ctx, catalogue.Lakes, queue.Send{Group: tenant, Body: body}); err != nil {
			return err
		}
	}
	return nil
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
