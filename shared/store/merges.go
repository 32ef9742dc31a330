package store

import (
	"context"
	"encoding/json"
	"time"

	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/merge"
	"github.com/dangol/dangol/shared/crm/timeline"
	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/shared/table"
)

// LabelMerged fails when the other customer of a merge was changed since it was read, LabelMerge when the merge itself was.
const (
	LabelMerged = "merged"
	LabelMerge  = "merge"
)

// mergeImages is the body of a merge's item: the way back.
type mergeImages struct {
	Before merge.Image `json:"before"`
	After  merge.Image `json:"after"`
}

// CustomerNow reads the customer for whom an id stands: its own, or the one into whom it was merged; errs customer_not_found.
func (t *Tenant) CustomerNow(ctx context.Context, customerID string) (*customer.Customer, error) {
	for range merge.MaxMerged {
		c, err := t.customerRecord(ctx, customerID)
		if err != nil || c.MergedInto == "" {
			return c, err
		}
		customerID = c.MergedInto
	}
	return nil, errs.New(errs.NotFound, "customer_not_found")
}

// MergedCustomer reads the record of one who was merged, as it was then; errs customer_not_found.
func (t *Tenant) MergedCustomer(ctx context.Context, customerID string) (*customer.Customer, error) {
	c, err := t.customerRecord(ctx, customerID)
	if err == nil && c.MergedInto == "" {
		return nil, errs.New(errs.NotFound, "customer_not_found")
	}
	return c, err
}

// Merge reads one merge of a customer who stays; errs merge_not_found.
func (t *Tenant) Merge(ctx context.Context, customerID, mergeID string) (*merge.Merge, error) {
	if !id.Valid(id.Customer, customerID) || !id.Valid(id.Merge, mergeID) {
		return nil, errs.New(errs.NotFound, "merge_not_found")
	}
	it, err := t.get(ctx, table.CRM, t.keys.merge(customerID, mergeID), "merge_not_found")
	if err != nil {
		return nil, err
	}
	return decodeMerge(it)
}

// Merges lists the merges of a customer who stays, the latest first, those that were taken back too.
func (t *Tenant) Merges(ctx context.Context, customerID string) (out []*merge.Merge, err error) {
	q := table.Query{Table: table.CRM, PK: t.keys.record(customerID).PK, Reverse: true}.Prefix("mrg#")
	err = t.each(ctx, q, func(it *table.Item) (bool, error) {
		m, err := decodeMerge(it)
		out = append(out, m)
		return true, err
	})
	return out, err
}

// MergedSince tells who stands for whom of those who were merged since a moment, by the ids that were merged. It reads an index.
func (t *Tenant) MergedSince(ctx context.Context, since time.Time) (map[string]string, error) {
	into := map[string]string{}
	q := table.Query{Table: table.CRM, Index: 1, PK: t.keys.list("mrg.list", 0), From: at(since)}
	err := t.each(ctx, q, func(it *table.Item) (bool, error) {
		var m merge.Merge
		err := json.Unmarshal(it.Head, &m)
		if m.Status == merge.Moving || m.Status == merge.Merged {
			into[m.MergedID] = m.CustomerID
		}
		return true, err
	})
	for merged, stays := range into {
		for range merge.MaxMerged {
			if further, again := into[stays]; again {
				stays = further
			}
		}
		into[merged] = stays
	}
	return into, err
}

// MergeCustomers adds that other becomes part of this: is has the fields and consents of both, and what hangs on other is moved by the job. Labels: record
// (this), merged (other), email, externalId, custom.<key>.
func (x *Tx) MergeCustomers(m *merge.Merge, this, is, other *customer.Customer) *customer.Customer {
	now := x.t.Now()
	gone := *other
	gone.MergedInto, gone.ArchivedAt = this.ID, &now
	m.Before, m.At, m.Actor = merge.ImageOf(this), now, x.t.actor
	x.saveBoth(m, both{this, is}, both{other, &gone}, timeline.Merged)
	return &gone
}

// UnmergeCustomers adds that both are customers of their own again. Labels: as of MergeCustomers.
func (x *Tx) UnmergeCustomers(m *merge.Merge, this, is, gone, other *customer.Customer) {
	now := x.t.Now()
	m.UndoneAt = &now
	x.saveBoth(m, both{this, is}, both{gone, other}, timeline.Unmerged)
}

// both is a record before and after the transaction.
type both struct{ was, is *customer.Customer }

func (x *Tx) saveBoth(m *merge.Merge, this, other both, told timeline.Type) {
	changed := fieldNames(Changes(this.was.Fields, this.is.Fields))
	x.putOne(this, LabelRecord, "customer.changed", changed)
	x.putOne(other, LabelMerged, "customer."+string(told), nil)
	x.moveClaims(append(claimsOf(this.was), claimsOf(other.was)...), append(claimsOf(this.is), claimsOf(other.is)...))
	if told == timeline.Merged {
		m.After = merge.ImageOf(this.is)
	}
	x.SaveMerge(m)
	x.tellNow(this.is.ID, told, map[string]any{"mergeId": m.ID, "customerId": other.is.ID, "name": other.is.Name})
	this.is.Version, other.is.Version = this.was.Version+1, other.was.Version+1
}

func (x *Tx) putOne(c both, label, event string, changed []string) {
	c.is.UpdatedAt = x.t.Now()
	it := x.t.customerItem(c.is)
	it.Event = x.event(event, c.is.ID, changed, map[string]any{"mergedInto": c.is.MergedInto})
	x.replace(table.CRM, label, c.was.Version, it)
	x.movePhone(c.is.ID, phoneOf(c.was), phoneOf(c.is))
}

// SaveMerge adds the merge's new state. Label: merge.
func (x *Tx) SaveMerge(m *merge.Merge) {
	it := table.Item{Key: x.t.keys.merge(m.CustomerID, m.ID), Head: encode(m), Body: encode(mergeImages{m.Before, m.After})}
	it.Index[0] = x.t.keys.listedOnce("mrg.list", at(m.At)+"#"+m.ID)
	if m.Version == 0 {
		x.create(table.CRM, LabelMerge, it)
	} else {
		x.replace(table.CRM, LabelMerge, m.Version, it)
	}
	m.Version++
}

func decodeMerge(it *table.Item) (*merge.Merge, error) {
	m, images := &merge.Merge{Version: it.Version}, mergeImages{}
	if err := json.Unmarshal(it.Head, m); err != nil {
		return nil, err
	}
	err := json.Unmarshal(it.Body, &images)
	m.Before, m.After = restored(images.Before), restored(images.After)
	return m, err
}

// restored gives the record back what its JSON leaves out.
func restored(i merge.Image) merge.Image {
	if i.Customer != nil {
		i.Customer.Known, i.Customer.Holds = i.Known, i.Holds
	}
	return i
}

func (k keys) merge(customerID, mergeID string) table.Key {
	return k.inCustomer(customerID, "mrg#"+mergeID)
}
