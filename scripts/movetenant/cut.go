package main

import (
	"context"
	"fmt"

	"github.com/dangol/dangol/shared/table"
	"github.com/dangol/dangol/shared/table/dynamo/raw"
	"github.com/dangol/dangol/tenants"
)

// cut ends the workspace at the old stage and lets it work at the new one, in this order: at no moment may it work at both. A run that was stopped in between is
// finished by the next.
func (m *move) cut(ctx context.Context) error {
	from, err := m.from.db.Tenant(m.tenant).Tenancy(ctx)
	if err != nil {
		return err
	}
	to, err := m.to.db.Tenant(m.tenant).Tenancy(ctx)
	if err != nil {
		return fmt.Errorf("read %s at %s: %w", m.tenant, m.to.Stage, err)
	}
	if from.Status != tenants.Moved {
		if err := status(ctx, m.from, from, tenants.Moved); err != nil {
			return err
		}
	}
	n, err := unpark(ctx, m.to, m.tenant)
	if err != nil {
		return err
	}
	if err := status(ctx, m.to, to, tenants.Active); err != nil {
		return err
	}
	m.say("%s is moved: it works at %s, with %d dates in its calendar", m.tenant, m.to.Stage, n)
	return nil
}

// reopen takes a suspension back: the workspace works at the old stage as before. What was copied stays at the new one, where nobody may work with it.
func (m *move) reopen(ctx context.Context) error {
	from, err := m.standing(ctx)
	if err != nil {
		return err
	}
	if from.Status == tenants.Moved {
		return fmt.Errorf("%s is marked as moved: finish the move with -yes -cut", m.tenant)
	}
	n, err := unpark(ctx, m.from, m.tenant)
	if err != nil {
		return err
	}
	if from.Status != tenants.Active {
		if err := status(ctx, m.from, from, tenants.Active); err != nil {
			return err
		}
	}
	m.say("%s works at %s again, with %d dates given back to its calendar", m.tenant, m.from.Stage, n)
	return m.drop()
}

// clear deletes what earlier tries left of the workspace at the new stage. People stay: they may belong to others there, and the next try knows them.
func (m *move) clear(ctx context.Context) error {
	from, err := m.standing(ctx)
	if err != nil {
		return err
	}
	if from.Status == tenants.Moved {
		return fmt.Errorf("%s is marked as moved: what %s holds is all there is", m.tenant, m.to.Stage)
	}
	for _, p := range m.parts {
		var keys []table.Key
		err := m.to.tables.Each(ctx, m.to.TableName(p.table), p.filter, func(it raw.Item) error {
			ok, err := p.pick(it)
			if ok {
				keys = append(keys, it.Key())
			}
			return err
		})
		if err != nil {
			return err
		}
		if err := m.to.tables.Delete(ctx, m.to.TableName(p.table), keys...); err != nil {
			return err
		}
		m.say("deleted %-8s  %d items at %s", p.table, len(keys), m.to.Stage)
	}
	if err := m.deleteObjects(ctx); err != nil {
		return err
	}
	return m.drop()
}
