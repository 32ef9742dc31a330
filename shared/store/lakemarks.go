package store

import (
	"context"
	"time"

	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/shared/table"
)

// markKept is when a mark that nobody took away vanishes.
const markKept = time.Hour

// AddLakeMark writes a mark behind all that was written so far, for the change feed to come to; see shared/lake/mark.
func (t *Tenant) AddLakeMark(ctx context.Context) (mark string, err error) {
	mark = "mark#" + t.NewID(id.Event)
	x := t.Begin()
	x.put(table.CRM, table.Item{Key: t.keys.lakeMark(mark), Expires: t.Now().Add(markKept).Unix()})
	return mark, x.Commit(ctx)
}

// RemoveLakeMark takes a mark away.
func (t *Tenant) RemoveLakeMark(ctx context.Context, mark string) error {
	x := t.Begin()
	x.Append(table.Op{Table: table.CRM, Kind: table.OpDelete, Item: table.Item{Key: t.keys.lakeMark(mark)}})
	return x.Commit(ctx)
}
