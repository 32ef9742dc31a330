package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/dangol/dangol/shared/table"
	"github.com/dangol/dangol/shared/table/dynamo/raw"
)

// verify reads both sides again, whole, and compares counts and digests: of the items with all their attributes, of the objects with their contents. It reports
// every table that differs.
func (m *move) verify(ctx context.Context) (all error) {
	for _, p := range m.parts {
		here, there, err := m.both(ctx, p)
		if err != nil {
			return err
		}
		if here != there {
			all = errors.Join(all, fmt.Errorf("%s differs: %v at %s, %v at %s", p.table, here, m.from.Stage, there, m.to.Stage))
			continue
		}
		m.say("verified %-8s  %v", p.table, here)
	}
	here, err := m.stock(ctx, m.from)
	if err != nil {
		return err
	}
	there, err := m.stock(ctx, m.to)
	switch {
	case err != nil:
		return err
	case here != there:
		all = errors.Join(all, fmt.Errorf("objects differ: %v at %s, %v at %s", here, m.from.Stage, there, m.to.Stage))
	default:
		m.say("verified objects   %v", here)
	}
	if err := m.rest(ctx); err != nil {
		return errors.Join(all, err)
	}
	if all != nil {
		all = fmt.Errorf("%w\nThe next run copies everything anew; -clear first, when %s holds more than %s", all, m.to.Stage, m.from.Stage)
	}
	return all
}

// rest checks what the tables' digests leave out: that every person is known at the new stage, and that no date was written since the calendar was put away.
func (m *move) rest(ctx context.Context) error {
	all, err := m.members(ctx)
	if err != nil {
		return err
	}
	for _, it := range all {
		there, err := m.to.tables.Get(ctx, m.to.TableName(table.Identity), it.Key())
		if err != nil {
			return err
		}
		if there == nil || there.Version() < it.Version() {
			return fmt.Errorf("people differ: %s of a member is missing or older at %s", it.Key().SK, m.to.Stage)
		}
	}
	left, err := calendar(ctx, m.from, m.tenant)
	if err == nil && len(left) > 0 {
		err = fmt.Errorf("%d dates were written after the calendar was put away: something still works for %s at %s", len(left), m.tenant, m.from.Stage)
	}
	return err
}

// soon is the time within which an item that expires is not compared: DynamoDB may take it away on one side while the other is read.
const soon = 6 * time.Hour

// both counts one table's items on both sides.
func (m *move) both(ctx context.Context, p part) (here, there raw.Tally, err error) {
	lasting := m.clock.Now().Add(soon)
	if here, err = tally(ctx, m.from, p, lasting); err == nil {
		there, err = tally(ctx, m.to, p, lasting)
	}
	return here, there, err
}

// tally counts the items that outlast a time.
func tally(ctx context.Context, at *side, p part, lasting time.Time) (t raw.Tally, err error) {
	err = at.tables.Each(ctx, at.TableName(p.table), p.filter, func(it raw.Item) error {
		ok, err := p.pick(it)
		if ok && (it.Expires() == 0 || it.Expires() > lasting.Unix()) {
			t.Add(it)
		}
		return err
	})
	return t, err
}
