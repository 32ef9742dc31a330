package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/dangol/dangol/shared/crm/campaign"
	"github.com/dangol/dangol/shared/store"
	"github.com/dangol/dangol/shared/table"
	"github.com/dangol/dangol/shared/table/dynamo/raw"
	"github.com/dangol/dangol/tenants"
)

// stop ends the workspace's writes: its credentials are refused from now on, its calendar is put away, and no job and no campaign is under way. It looks for open
// work before as well, when its owner can still cancel and pause.
func (m *move) stop(ctx context.Context, there *tenants.Tenant) error {
	if there.Status == tenants.Active {
		if err := m.quiet(ctx); err != nil {
			return err
		}
		if err := status(ctx, m.from, there, tenants.Suspended); err != nil {
			return err
		}
		m.cursor.Suspended = time.Time{}
		m.cursor.restart() // what an earlier try copied is old by now
	}
	if m.cursor.Suspended.IsZero() {
		m.cursor.Suspended = m.clock.Now()
		if err := m.keep(m.cursor); err != nil {
			return err
		}
	}
	if wait := m.cursor.Suspended.Add(m.settle).Sub(m.clock.Now()); wait > 0 {
		m.say("%s is suspended at %s; what is under way has %v to end", m.tenant, m.from.Stage, wait.Round(time.Second))
		if err := m.clock.Sleep(ctx, wait); err != nil {
			return err
		}
	}
	n, err := park(ctx, m.from, m.tenant)
	if n > 0 {
		m.say("put %d dates of the calendar away", n)
	}
	if err != nil {
		return err
	}
	return m.quiet(ctx)
}

// status changes what the stage knows of the workspace.
func status(ctx context.Context, at *side, t *tenants.Tenant, to tenants.Status) error {
	t.Status = to
	x := at.db.Tenant(t.ID).As("movetenant").Begin()
	x.SaveTenant(t)
	if err := x.Commit(ctx); err != nil {
		return fmt.Errorf("mark %s as %s at %s: %w", t.ID, to, at.Stage, err)
	}
	return nil
}

// listPage is how many records of a list are read at a time.
const listPage = 100

// quiet reports work that is open: copied, it would go on in both stages, and send twice.
func (m *move) quiet(ctx context.Context) error {
	t := m.from.db.Tenant(m.tenant)
	jobs := eachPage(func(p store.Page) (string, error) {
		all, next, err := t.Jobs(ctx, p)
		for _, j := range all {
			if !j.Status.Ended() {
				err = errors.Join(err, fmt.Errorf("job %s (%s) is %s: let it end, or cancel it; one that stands still needs a redrive", j.ID, j.Kind, j.Status))
			}
		}
		return next, err
	})
	campaigns := eachPage(func(p store.Page) (string, error) {
		all, next, err := t.Campaigns(ctx, p)
		for _, c := range all {
			if c.Status == campaign.Planning || c.Status == campaign.Sending {
				err = errors.Join(err, fmt.Errorf("campaign %s is %s: let it end, or pause it", c.ID, c.Status))
			}
		}
		return next, err
	})
	return errors.Join(jobs, campaigns)
}

// eachPage reads a list to its end, collecting what is wrong on every page.
func eachPage(read func(store.Page) (next string, err error)) (all error) {
	p := store.Page{Limit: listPage, Reverse: true}
	for {
		next, err := read(p)
		all = errors.Join(all, err)
		if next == "" {
			return all
		}
		p.After = next
	}
}

// park puts the calendar away, each date in one step, so that none that a schedule takes at the same time is kept. It looks again until it finds none: a schedule
// that took a date may have written the next.
func park(ctx context.Context, at *side, tenant string) (parked int, err error) {
	for {
		found, err := calendar(ctx, at, tenant)
		if err != nil || len(found) == 0 {
			return parked, err
		}
		for _, it := range found {
			k := parkedKey(tenant, it.Key())
			ok, err := at.tables.Exchange(ctx, at.TableName(table.Ops), it.Key(), raw.Wrap(k, it))
			if err != nil {
				return parked, err
			}
			if ok {
				parked++
			}
		}
	}
}

// calendar reads the dates that a schedule would find.
func calendar(ctx context.Context, at *side, tenant string) (found []raw.Item, err error) {
	err = at.tables.Each(ctx, at.TableName(table.Ops), dates(tenant), func(it raw.Item) error {
		if isDate(tenant, it.Key()) {
			found = append(found, it)
		}
		return nil
	})
	return found, err
}

// unpark gives the calendar back, as it was.
func unpark(ctx context.Context, at *side, tenant string) (dates int, err error) {
	var found []raw.Item
	err = at.tables.Each(ctx, at.TableName(table.Ops), raw.Filter{{Attr: table.AttrPK, Begins: parkedPK(tenant)}}, func(it raw.Item) error {
		if it.Key().PK == parkedPK(tenant) && it.Unwrap() != nil {
			found = append(found, it)
		}
		return nil
	})
	for _, it := range found {
		if err != nil {
			break
		}
		if _, err = at.tables.Exchange(ctx, at.TableName(table.Ops), it.Key(), it.Unwrap()); err == nil {
			dates++
		}
	}
	return dates, err
}
