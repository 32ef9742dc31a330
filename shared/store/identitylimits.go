package store

import (
	"context"
	"fmt"
	"time"

	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/table"
)

// Limit allows Most attempts of a subject in each window of time.
type Limit struct {
	Kind    string // names the counter: login, signup
	Subject string // who tries: an address, an IP
	Most    int64
	Window  time.Duration
}

func (l Limit) start(now time.Time) time.Time { return now.Truncate(l.Window) }

func (l Limit) op(now time.Time, by int64) table.Op {
	it := table.Item{Key: attempts(l.Kind, l.Subject, l.start(now)), Counters: map[string]int64{"n": by}}
	it.Expires = l.start(now).Add(2 * l.Window).Unix()
	return table.Op{Table: table.Ops, Kind: table.OpAdd, Item: it}
}

// Try counts one attempt against every limit, before the work that it guards, and refuses with errs too_many_attempts (Meta retryAfter, seconds)
// when one is used up. However many attempts run at once, no more than Most of a window pass: each is counted first and judged after. A subject
// that is already over is refused by a read alone, so that an attack writes nothing.
func (i *Identity) Try(ctx context.Context, limits ...Limit) error {
	now := i.db.clock.Now()
	if err := i.judge(ctx, now, limits, 1); err != nil {
		return err
	}
	if err := i.count(ctx, now, limits, 1); err != nil {
		return err
	}
	return i.judge(ctx, now, limits, 0)
}

// Forgive takes back an attempt that turned out to be good: only failures shall count.
func (i *Identity) Forgive(ctx context.Context, limits ...Limit) error {
	return i.count(ctx, i.db.clock.Now(), limits, -1)
}

func (i *Identity) count(ctx context.Context, now time.Time, limits []Limit, by int64) error {
	ops := make([]table.Op, len(limits))
	for n, l := range limits {
		ops[n] = l.op(now, by)
	}
	if err := i.db.table.Write(ctx, ops...); err != nil {
		return fmt.Errorf("count attempts: %w", err)
	}
	return nil
}

// judge refuses when more more attempts would pass a limit.
func (i *Identity) judge(ctx context.Context, now time.Time, limits []Limit, more int64) error {
	ks := make([]table.Key, len(limits))
	for n, l := range limits {
		ks[n] = l.op(now, 0).Item.Key
	}
	items, err := i.db.table.BatchGet(ctx, table.Ops, ks)
	if err != nil {
		return fmt.Errorf("read attempts: %w", err)
	}
	var wait time.Duration
	for n, l := range limits {
		if items[n] != nil && items[n].Counters["n"]+more > l.Most {
			wait = max(wait, l.start(now).Add(l.Window).Sub(now))
		}
	}
	if wait == 0 {
		return nil
	}
	return errs.New(errs.TooMany, "too_many_attempts").With("retryAfter", int64(wait/time.Second)+1)
}
