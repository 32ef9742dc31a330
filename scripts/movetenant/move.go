package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/dangol/dangol/shared/blob"
	"github.com/dangol/dangol/shared/clock"
	"github.com/dangol/dangol/shared/cloud/operator"
	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/store"
	"github.com/dangol/dangol/shared/table"
	"github.com/dangol/dangol/shared/table/dynamo/raw"
	"github.com/dangol/dangol/tenants"
)

// side is a stage of the move.
type side struct {
	*operator.Place
	tables *raw.Tables
	db     *store.DB
	bucket objects
}

// objects is a bucket.
type objects interface {
	List(ctx context.Context, prefix, after string, limit int) ([]blob.Info, error)
	Get(ctx context.Context, key string, offset, n int64) (io.ReadCloser, blob.Info, error)
	Put(ctx context.Context, key string, r io.Reader, o blob.PutOptions) (blob.Info, error)
	Delete(ctx context.Context, key string) error
}

// move is one workspace on its way.
type move struct {
	tenant   string
	from, to *side
	parts    []part
	settle   time.Duration
	clock    clock.Clock
	out      io.Writer

	cursor *cursor
	keep   func(*cursor) error // called after each page, when it is written
	drop   func() error
}

func (m *move) say(format string, args ...any) { fmt.Fprintf(m.out, format+"\n", args...) }

// run moves the workspace as far as it was told to. Every step looks first whether it is done.
func (m *move) run(ctx context.Context, cut bool) error {
	there, err := m.standing(ctx)
	if err != nil {
		return err
	}
	if there.Status != tenants.Moved {
		if err := m.copy(ctx, there); err != nil {
			return err
		}
		if !cut {
			m.say("The copy is whole. %s is suspended at both stages: go on with -yes -cut, or back with -reopen.", m.tenant)
			return nil
		}
	}
	if err := m.cut(ctx); err != nil {
		return err
	}
	return m.drop()
}

// copy stops the workspace, copies everything and compares both sides.
func (m *move) copy(ctx context.Context, there *tenants.Tenant) error {
	if err := m.stop(ctx, there); err != nil {
		return err
	}
	if err := m.people(ctx); err != nil {
		return err
	}
	for _, p := range m.parts {
		if err := m.items(ctx, p); err != nil {
			return err
		}
	}
	if err := m.objects(ctx); err != nil {
		return err
	}
	if err := m.verify(ctx); err != nil {
		m.cursor.restart()
		return errors.Join(err, m.keep(m.cursor))
	}
	return nil
}

// standing reads what the old stage knows of the workspace, and refuses a move that was made before or whose target is taken.
func (m *move) standing(ctx context.Context) (*tenants.Tenant, error) {
	from, err := m.from.db.Tenant(m.tenant).Tenancy(ctx)
	if err != nil {
		return nil, fmt.Errorf("read %s at %s: %w", m.tenant, m.from.Stage, err)
	}
	to, err := m.target(ctx)
	if err != nil {
		return nil, err
	}
	if to != nil && to.Status == tenants.Active {
		if from.Status == tenants.Moved {
			return nil, fmt.Errorf("%s was moved to %s before and works there", m.tenant, m.to.Stage)
		}
		return nil, fmt.Errorf("%s works at %s already: nothing may be written over it", m.tenant, m.to.Stage)
	}
	return from, nil
}

// target reads what the new stage knows of the workspace; nil is nothing.
func (m *move) target(ctx context.Context) (*tenants.Tenant, error) {
	to, err := m.to.db.Tenant(m.tenant).Tenancy(ctx)
	if errs.Code(err) == "workspace_not_found" {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read %s at %s: %w", m.tenant, m.to.Stage, err)
	}
	return to, nil
}

// items copies the workspace's items of one table, from where an earlier run stopped.
func (m *move) items(ctx context.Context, p part) error {
	done := m.cursor.table(p.table)
	if done.Done {
		return nil
	}
	from, to := raw.Side{Tables: m.from.tables, Name: m.from.TableName(p.table)}, raw.Side{Tables: m.to.tables, Name: m.to.TableName(p.table)}
	err := raw.Copy(ctx, from, to, p.filter, p.pick, done.After, func(next *table.Key, items int) error {
		done.After, done.Done, done.Items = next, next == nil, done.Items+items
		return m.keep(m.cursor)
	})
	if err != nil {
		return fmt.Errorf("copy %s: %w", p.table, err)
	}
	m.say("copied %-8s  %d items", p.table, done.Items)
	return nil
}

// count says what there is on both sides, and what stands in the way. It changes nothing.
func (m *move) count(ctx context.Context) error {
	from, err := m.standing(ctx)
	if err != nil {
		return err
	}
	m.say("%s is %s at %s", m.tenant, from.Status, m.from.Stage)
	for _, p := range m.parts {
		here, there, err := m.both(ctx, p)
		if err != nil {
			return err
		}
		m.say("%-8s  %s: %v; %s: %v", p.table, m.from.Stage, here, m.to.Stage, there)
	}
	here, err := m.listed(ctx, m.from)
	if err != nil {
		return err
	}
	there, err := m.listed(ctx, m.to)
	if err != nil {
		return err
	}
	m.say("%-8s  %s: %v; %s: %v", "objects", m.from.Stage, here, m.to.Stage, there)
	if err := m.quiet(ctx); err != nil {
		m.say("in the way: %v", err)
	}
	return nil
}
