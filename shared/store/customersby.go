package store

import (
	"context"

	"github.com/dangol/dangol/shared/crm/customer"
)

// CustomersBy reads the customers that hold unique values of one field (LabelEmail or LabelExternalID), by value. Values that nobody holds are absent.
func (t *Tenant) CustomersBy(ctx context.Context, label string, values []string) (map[string]*customer.Customer, error) {
	held, ids, err := t.heldValues(ctx, "cus."+label, values)
	if err != nil {
		return nil, err
	}
	found, err := t.CustomersByID(ctx, ids)
	if err != nil {
		return nil, err
	}
	out := make(map[string]*customer.Customer, len(held))
	for i, c := range found {
		if c != nil {
			out[held[i]] = c
		}
	}
	return out, nil
}
