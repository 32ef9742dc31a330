package store

import (
	"context"

	"github.com/dangol/dangol/shared/table"
)

// RecordsByID reads the items of crm that hold records, such as customers and orders, in the order of their ids; nil where there is none. It is for whoever
// takes items as the change feed brings them.
func (t *Tenant) RecordsByID(ctx context.Context, ids []string) ([]*table.Item, error) {
	return t.batchGet(ctx, table.CRM, t.keys.records(ids))
}
