package store

import (
	"context"
	"slices"

	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/table"
)

// CustomersBy reads the customers that hold unique values of one field (LabelEmail or LabelExternalID), by value. Values that nobody holds are absent.
func (t *Tenant) CustomersBy(ctx context.Context, label string, values []string) (map[string]*customer.Customer, error) {
	out := make(map[string]*customer.Customer, len(values))
	for chunk := range slices.Chunk(values, table.MaxBatchGet) {
		chunk = distinct(chunk)
		ids, err := t.holders(ctx, "cus."+label, chunk)
		if err != nil {
			return nil, err
		}
		held := slices.DeleteFunc(slices.Clone(ids), func(s string) bool { return s == "" })
		found, err := t.CustomersByID(ctx, distinct(held))
		if err != nil {
			return nil, err
		}
		byID := map[string]*customer.Customer{}
		for _, c := range found {
			if c != nil {
				byID[c.ID] = c
			}
		}
		for i, v := range chunk {
			if c := byID[ids[i]]; c != nil {
				out[v] = c
			}
		}
	}
	return out, nil
}

func distinct(values []string) []string {
	out := slices.Clone(values)
	slices.Sort(out)
	return slices.Compact(out)
}
