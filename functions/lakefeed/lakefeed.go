// Package lakefeed follows the change feed into the lakes: what a batch brought to a tenant becomes one delta of its lake, so that lists, segments and scores
// see it seconds later.
package lakefeed

import (
	"context"
	"slices"

	"golang.org/x/sync/errgroup"

	"github.com/dangol/dangol/shared/env"
	"github.com/dangol/dangol/shared/feed"
	"github.com/dangol/dangol/shared/lake"
	"github.com/dangol/dangol/shared/lake/mark"
	"github.com/dangol/dangol/shared/lake/membership"
)

// Worker handles records; the same one may come twice.
type Worker struct {
	env    *env.Env
	upkeep asking // lakes to compact
	turns  asking // customers to look at, whether they are in other segments by now
}

// New returns the worker over the ports of e.
func New(e *env.Env) *Worker {
	return &Worker{env: e, upkeep: upkeep(e), turns: turns(e)}
}

// share is what a batch brought to one tenant.
type share struct {
	tenant string
	first  int // the place in the batch of the first record with rows
	rows   []lake.Row
	marks  []string // what was written before these is in the lake with the rows
}

// width is how many tenants' deltas are written at once: a batch can be of hundreds of tenants, and each write waits for the object store.
const width = 8

// Handle writes a delta for each tenant of the batch and returns how many records are done: all before the first that is in no delta. What is written and
// comes again changes nothing.
func (w *Worker) Handle(ctx context.Context, batch []feed.Record) (int, error) {
	shares, done, err := w.shares(batch)
	failed := make([]error, len(shares))
	var writing errgroup.Group
	writing.SetLimit(width)
	for i, s := range shares {
		writing.Go(func() error {
			failed[i] = w.write(ctx, s)
			return nil
		})
	}
	_ = writing.Wait() // each failure stands beside its tenant
	for i, s := range shares {
		if failed[i] != nil && s.first < done {
			done, err = s.first, failed[i]
		}
	}
	return done, err
}

func (w *Worker) write(ctx context.Context, s *share) error {
	objects := w.env.Objects(s.tenant)
	if _, err := lake.WriteDelta(ctx, objects, s.tenant, s.rows); err != nil {
		return err
	}
	for _, m := range s.marks {
		if err := mark.Reached(ctx, objects, s.tenant, m); err != nil {
			return err
		}
	}
	return w.ask(ctx, s)
}

// ask has others work on what a delta brought.
func (w *Worker) ask(ctx context.Context, s *share) error {
	if len(s.rows) == 0 {
		return nil
	}
	if err := w.upkeep.ask(ctx, s.tenant); err != nil || !slices.ContainsFunc(s.rows, membership.Concerns) {
		return err
	}
	return w.turns.ask(ctx, s.tenant)
}

// shares parts the rows of a batch by tenant, in the order in which tenants come first, up to the first record that cannot be read.
func (w *Worker) shares(batch []feed.Record) (all []*share, done int, err error) {
	of, now := map[string]*share{}, w.env.Clock.Now()
	for i, r := range batch {
		tenant, rows, err := lake.Rows(r, now)
		if err != nil {
			return all, i, err
		}
		_, m, marked := mark.Of(r)
		if len(rows) == 0 && !marked {
			continue
		}
		s := of[tenant]
		if s == nil {
			s = &share{tenant: tenant, first: i}
			of[tenant], all = s, append(all, s)
		}
		s.rows = append(s.rows, rows...)
		if marked {
			s.marks = append(s.marks, m)
		}
	}
	return all, len(batch), nil
}
