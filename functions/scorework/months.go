package scorework

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"iter"
	"time"

	"github.com/dangol/dangol/shared/blob"
	"github.com/dangol/dangol/shared/crm/lifecycle"
	"github.com/dangol/dangol/shared/crm/score"
	"github.com/dangol/dangol/shared/crm/valuation"
	"github.com/dangol/dangol/shared/crm/workspace"
	"github.com/dangol/dangol/shared/hop"
	"github.com/dangol/dangol/shared/store"
)

// cycle keeps the months of a rebuild. A month's file says where everybody stood at its end: one object of some 25 bytes a customer, which two months are compared
// from in one pass, where rows of the lake would be a million changes each month and could not be read by a function without the lake's engine.
type cycle struct {
	*hop.Run
	ws     *workspace.Workspace
	inputs []score.Input
}

// past is the end of the month before that of a rebuild.
type past struct {
	month *store.LifecycleMonth
	list  []lifecycle.Entry // by id
}

// close returns the end of the month before. The night counts a day before it is over, so a month is stated by the first rebuild after its end, and again
// when orders of it have come in since: then the moves out of it stay exact.
func (c cycle) close(ctx context.Context, at cursor) (past, error) {
	first := at.AsOf.In(c.ws.Zone())
	last := end(time.Date(first.Year(), first.Month()-1, 1, 12, 0, 0, 0, first.Location()))
	stored, err := c.T.LifecycleMonth(ctx, month(last))
	if err != nil {
		return past{}, err
	}
	if stored != nil && stored.Closed && stored.Currency == c.ws.Currency && stored.Orders == ordered(lifecycle.DayOf(last, c.ws.Zone()), c.inputs) {
		p, err := c.read(ctx, stored)
		if !errors.Is(err, blob.ErrNotFound) {
			return p, err
		}
	}
	return c.state(ctx, cursor{AsOf: last, asked: at.asked})
}

// state scores everybody as of the last day of a month and keeps it.
func (c cycle) state(ctx context.Context, at cursor) (past, error) {
	v, err := valuation.Of(plan(c.ws, at), rulesOf(c.ws), c.inputs)
	if err != nil {
		return past{}, err
	}
	before, err := c.before(ctx, at.AsOf)
	if err != nil {
		return past{}, err
	}
	m, err := c.put(ctx, at.AsOf, v.Scores, before)
	p := past{month: m, list: make([]lifecycle.Entry, 0, v.Scores.Len())}
	for e := range entries(v.Scores) {
		p.list = append(p.list, e)
	}
	return p, err
}

// before reads the end of the month before that of a day, if it is known.
func (c cycle) before(ctx context.Context, day time.Time) (past, error) {
	m, err := c.T.LifecycleMonth(ctx, month(day.AddDate(0, 0, -day.Day())))
	if m == nil || err != nil {
		return past{}, err
	}
	p, err := c.read(ctx, m)
	if errors.Is(err, blob.ErrNotFound) {
		return past{}, nil
	}
	return p, err
}

func (c cycle) read(ctx context.Context, m *store.LifecycleMonth) (past, error) {
	file, _, err := c.Env.Objects(c.T.ID).Get(ctx, c.T.LifecycleKey(m.Month.Month), 0, -1)
	if err != nil {
		return past{}, err
	}
	defer func() { _ = file.Close() }()
	r, err := lifecycle.NewReader(file)
	if err != nil {
		return past{}, err
	}
	defer r.Close()
	p := past{month: m}
	for e, ok := r.Next(); ok; e, ok = r.Next() {
		p.list = append(p.list, e)
	}
	return p, r.Err()
}

// mark sets since when everybody is in their stage, and where they were at the end of the month before. Both lists are by id.
func (p past) mark(scores *score.List, before bands) {
	rest := p.list
	for i := range scores.Len() {
		id := scores.ID(i)
		for len(rest) > 0 && rest[0].CustomerID < id {
			rest = rest[1:]
		}
		var monthBefore lifecycle.Stage
		if len(rest) > 0 && rest[0].CustomerID == id {
			monthBefore = rest[0].Stage
		}
		was, _ := before.of(id)
		scores.Follow(i, was.Standing, monthBefore)
	}
}

// keep writes the month of a rebuild, unless a later day of it is known.
func (c cycle) keep(ctx context.Context, asOf time.Time, scores *score.List, before past) error {
	day := asOf.In(c.ws.Zone())
	stored, err := c.T.LifecycleMonth(ctx, month(day))
	if err != nil || stored != nil && stored.AsOf > day.Format(time.DateOnly) {
		return err
	}
	_, err = c.put(ctx, day, scores, before)
	return err
}

// put writes the file of a month, and then its sums with the moves since the month before.
func (c cycle) put(ctx context.Context, day time.Time, scores *score.List, before past) (*store.LifecycleMonth, error) {
	of := lifecycle.DayOf(day, c.ws.Zone())
	m := &store.LifecycleMonth{Month: lifecycle.Month{Month: month(day), AsOf: day.Format(time.DateOnly), Currency: c.ws.Currency, Orders: ordered(of, c.inputs),
		Closed: day.Day() == end(day).Day() && !of.Has(c.T.Now()), Stages: lifecycle.Counts(entries(scores), c.ws.Currency)}}
	var err error
	if m.Hash, err = c.file(ctx, m, scores); err != nil {
		return nil, err
	}
	if before.month != nil {
		next, stop := iter.Pull(entries(scores))
		defer stop()
		m.FlowsOf, m.Flows = before.month.Hash, lifecycle.Flows(before.next(), next, c.ws.Currency)
	}
	tx := c.T.Begin()
	tx.PutStages(m)
	return m, tx.Commit(ctx)
}

func (p past) next() func() (lifecycle.Entry, bool) {
	rest := p.list
	return func() (e lifecycle.Entry, ok bool) {
		if len(rest) == 0 {
			return e, false
		}
		e, rest = rest[0], rest[1:]
		return e, true
	}
}

// file writes the customers of a month and returns the hash of the file.
func (c cycle) file(ctx context.Context, m *store.LifecycleMonth, scores *score.List) (string, error) {
	var content bytes.Buffer
	w, err := lifecycle.NewWriter(&content, lifecycle.Head{Month: m.Month.Month, AsOf: m.AsOf, Currency: m.Currency})
	if err != nil {
		return "", err
	}
	for e := range entries(scores) {
		w.Add(e)
	}
	if err := w.Close(); err != nil {
		return "", err
	}
	sum := sha256.Sum256(content.Bytes())
	_, err = c.Env.Objects(c.T.ID).Put(ctx, c.T.LifecycleKey(m.Month.Month), &content, blob.PutOptions{ContentType: "application/zstd"})
	return hex.EncodeToString(sum[:8]), err
}
