package segmentwork

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/dangol/dangol/shared/audience"
	"github.com/dangol/dangol/shared/crm/segment"
	"github.com/dangol/dangol/shared/crm/segments"
	"github.com/dangol/dangol/shared/env"
	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/lake"
	"github.com/dangol/dangol/shared/lake/membership"
	"github.com/dangol/dangol/shared/lake/rules"
	"github.com/dangol/dangol/shared/store"
)

// asked is a segment with what its rule needs to know.
type asked struct {
	rules.Asked
	version int64
	world   rules.World
}

// refusal says that a rule cannot be asked any more.
type refusal struct{ error }

// Unwrap returns why.
func (r refusal) Unwrap() error { return r.error }

func ask(ctx context.Context, a *audience.Lake, s *segments.Segment) (asked, error) {
	rule, err := segment.Parse(s.Rule, "/rule")
	if err != nil {
		return asked{}, refusal{err}
	}
	w, err := a.World(ctx, rule)
	var broken *errs.Error
	if errors.As(err, &broken) && broken.Kind == errs.Invalid {
		return asked{}, refusal{err}
	}
	return asked{rules.Asked{ID: s.ID, Rule: rule}, s.Version, w}, err
}

// together is a world in which all of the segments can be asked: each knows those that its own rule names.
func together(all []asked) rules.World {
	w := all[0].world
	w.Segment = func(id string) (segment.Rule, bool) {
		for _, a := range all {
			if r, ok := a.world.Segment(id); ok {
				return r, true
			}
		}
		return segment.Rule{}, false
	}
	w.Frozen = func(id string) ([]string, bool) {
		for _, a := range all {
			if ids, ok := a.world.Frozen(id); ok {
				return ids, true
			}
		}
		return nil, false
	}
	return w
}

// moved is how many entered and left.
type moved struct{ entered, left int64 }

// perDelta is how many rows are written at once: some megabytes while they are put together.
const perDelta = 20_000

// move writes the stays that begin and end, of some customers or, with nil, of all, in deltas of a bounded size: a segment that a million enter at once is a job
// with fifty of them.
func move(ctx context.Context, e *env.Env, t *store.Tenant, a *audience.Lake, all []asked, only []string) (moved, error) {
	list, versions := make([]rules.Asked, len(all)), map[string]int64{}
	for i, s := range all {
		list[i], versions[s.ID] = s.Asked, s.version
	}
	s, err := rules.Moves(list, only, together(all))
	if err != nil {
		return moved{}, err
	}
	w := &writer{e: e, t: t, at: t.Now()}
	if err := a.Ask(ctx, s, func(row []any) error { return w.add(ctx, row, versions) }); err != nil {
		return w.moved, fmt.Errorf("who entered and left: %w", err)
	}
	return w.moved, w.flush(ctx)
}

// writer collects stays and writes them as deltas.
type writer struct {
	e    *env.Env
	t    *store.Tenant
	at   time.Time
	rows []lake.Row
	moved
}

// add takes a row of rules.Moves.
func (w *writer) add(ctx context.Context, row []any, versions map[string]int64) error {
	s := membership.Stay{}
	s.Segment, _ = row[0].(string)
	s.Customer, _ = row[1].(string)
	s.Number, _ = row[2].(int64)
	if since, in := row[3].(time.Time); in {
		s.Entered, s.Left = since, &w.at
		s.Version, _ = row[4].(int64)
		w.left++
	} else {
		s.Number, s.Entered, s.Version = s.Number+1, w.at, versions[s.Segment]
		w.entered++
	}
	w.rows = append(w.rows, s.Row(w.at))
	if len(w.rows) < perDelta {
		return nil
	}
	return w.flush(ctx)
}

func (w *writer) flush(ctx context.Context) error {
	_, err := lake.WriteDelta(ctx, w.e.Objects(w.t.ID), w.t.ID, w.rows)
	w.rows = nil
	return err
}
