package store

import (
	"context"

	"github.com/dangol/dangol/shared/crm/lead"
	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/shared/table"
)

// Lead reads one lead; errs lead_not_found.
func (t *Tenant) Lead(ctx context.Context, leadID string) (*lead.Lead, error) {
	if !id.Valid(id.Lead, leadID) {
		return nil, errs.New(errs.NotFound, "lead_not_found")
	}
	it, err := t.get(ctx, table.CRM, t.keys.record(leadID), "lead_not_found")
	if err != nil {
		return nil, err
	}
	return decodeLead(it)
}

// Leads lists leads, newest first.
func (t *Tenant) Leads(ctx context.Context, p Page) (out []*lead.Lead, next string, err error) {
	p.Reverse = true
	items, next, err := t.list(ctx, table.CRM, 1, "led.list", Shards, p)
	if err != nil {
		return nil, "", err
	}
	for i := range items {
		l, err := decodeLead(&items[i])
		if err != nil {
			return nil, "", err
		}
		out = append(out, l)
	}
	return out, next, nil
}

// LeadsByID reads those of the leads that are there, in the order of the ids.
func (t *Tenant) LeadsByID(ctx context.Context, ids []string) (out []*lead.Lead, err error) {
	err = t.eachRecord(ctx, ids, func(it *table.Item) error {
		if it == nil {
			return nil
		}
		l, err := decodeLead(it)
		out = append(out, l)
		return err
	})
	return out, err
}

// CreateLead adds a new lead.
func (x *Tx) CreateLead(l *lead.Lead) {
	l.CreatedAt, l.UpdatedAt = x.t.Now(), x.t.Now()
	x.create(table.CRM, LabelRecord, x.t.leadItem(l, x.event("lead.created", l.ID, nil, nil)))
	l.Version = 1
}

// SaveLead adds the lead's new state. Label: record.
func (x *Tx) SaveLead(l *lead.Lead, changed []string) {
	l.UpdatedAt = x.t.Now()
	x.replace(table.CRM, LabelRecord, l.Version, x.t.leadItem(l, x.event("lead.changed", l.ID, changed, nil)))
	l.Version++
}

// EraseLead removes a lead. Label: record.
func (x *Tx) EraseLead(l *lead.Lead) {
	x.Append(table.Op{Table: table.CRM, Kind: table.OpDelete, If: table.IfVersion, Version: l.Version, Label: LabelRecord,
		Item: table.Item{Key: x.t.keys.record(l.ID), Event: x.event("lead.erased", l.ID, nil, nil)}})
}

func (t *Tenant) leadItem(l *lead.Lead, event []byte) table.Item {
	it := table.Item{Key: t.keys.record(l.ID), Head: encode(l), Event: event}
	it.Index[0] = t.keys.listed("led.list", l.ID, l.ID)
	return it
}

func decodeLead(it *table.Item) (*lead.Lead, error) {
	l := &lead.Lead{Version: it.Version}
	return l, decode(it, l)
}
