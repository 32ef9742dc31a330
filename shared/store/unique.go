package store

import (
	"context"
	"fmt"

	"github.com/dangol/dangol/shared/table"
)

// held is the content of an item that keeps a value unique: who has it.
type held struct {
	ID string `json:"id"`
}

// holder returns the id of the record that holds a unique value, "" when none does.
func (t *Tenant) holder(ctx context.Context, field, value string) (string, error) {
	if value == "" {
		return "", nil
	}
	it, err := t.table.Get(ctx, table.CRM, t.keys.unique(field, value))
	if err != nil || it == nil {
		return "", err
	}
	var h held
	err = decode(it, &h)
	return h.ID, err
}

// heldValues returns those of the values that some record holds, and beside each the id of that record.
func (t *Tenant) heldValues(ctx context.Context, field string, values []string) (taken, ids []string, err error) {
	ks := make([]table.Key, len(values))
	for i, v := range values {
		ks[i] = t.keys.unique(field, v)
	}
	items, err := t.batchGet(ctx, table.CRM, ks)
	if err != nil {
		return nil, nil, fmt.Errorf("read holders of %s: %w", field, err)
	}
	for i, it := range items {
		var h held
		if it == nil {
			continue
		}
		if err := decode(it, &h); err != nil {
			return nil, nil, err
		}
		taken, ids = append(taken, values[i]), append(ids, h.ID)
	}
	return taken, ids, nil
}

// found names the unique fields whose values are also found by their beginning; the items of these stand in the index of the field.
var found = map[string]bool{"cus." + LabelEmail: true}

// moveUnique gives up the old value and takes the new one, which must be free (label).
func (x *Tx) moveUnique(field, label, recordID, from, to string) {
	if from == to {
		return
	}
	if from != "" {
		x.remove(table.CRM, x.t.keys.unique(field, from))
	}
	if to == "" {
		return
	}
	it := table.Item{Key: x.t.keys.unique(field, to), Head: encode(held{ID: recordID})}
	if found[field] {
		it.Index[1] = x.t.keys.listed(field, recordID, to+"#"+recordID)
	}
	x.create(table.CRM, label, it)
}
