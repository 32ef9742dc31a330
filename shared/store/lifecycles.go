package store

import (
	"context"
	"time"

	"github.com/dangol/dangol/shared/crm/lifecycle"
	"github.com/dangol/dangol/shared/table"
)

// LifecycleMonth is what is kept of a month's stages beside the file of its customers.
type LifecycleMonth struct {
	lifecycle.Month
	// FlowsOf is the file of the month before that Flows begin with, as its Hash was then.
	FlowsOf string           `json:"flowsOf,omitempty"`
	Flows   []lifecycle.Flow `json:"flows,omitempty"`
	Hash    string           `json:"hash"` // of the month's own file
	BuiltAt time.Time        `json:"builtAt"`
}

func (k keys) lifecycleMonth(month string) table.Key {
	return table.Key{PK: k.pk("score"), SK: "life#" + month}
}

// LifecycleKey is where the customers of a month (YYYY-MM) lie in the blob store, each with their stage.
func (t *Tenant) LifecycleKey(month string) string {
	return "t/" + t.ID + "/lifecycle/" + month
}

// LifecycleMonth reads a month (YYYY-MM); nil when it was not built.
func (t *Tenant) LifecycleMonth(ctx context.Context, month string) (*LifecycleMonth, error) {
	it, err := t.table.Get(ctx, table.CRM, t.keys.lifecycleMonth(month))
	if err != nil || it == nil {
		return nil, err
	}
	m := &LifecycleMonth{}
	return m, decode(it, m)
}

// LifecycleMonths reads the months that were built, the latest first.
func (t *Tenant) LifecycleMonths(ctx context.Context, limit int) (out []*LifecycleMonth, err error) {
	q := table.Query{Table: table.CRM, PK: t.keys.pk("score"), Reverse: true, Limit: limit}.Prefix("life#")
	err = t.each(ctx, q, func(it *table.Item) (bool, error) {
		m := &LifecycleMonth{}
		err := decode(it, m)
		out = append(out, m)
		return len(out) < limit, err
	})
	return out, err
}

// PutStages adds a month, in place of what was known of it before.
func (x *Tx) PutStages(m *LifecycleMonth) {
	m.BuiltAt = x.t.Now()
	x.put(table.CRM, table.Item{Key: x.t.keys.lifecycleMonth(m.Month.Month), Head: encode(m)})
}
