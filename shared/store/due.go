package store

import (
	"context"
	"strings"
	"time"

	"github.com/dangol/dangol/shared/crm/due"
	"github.com/dangol/dangol/shared/table"
)

// Due is one thing that a tenant's calendar asks for.
type Due struct {
	Kind   due.Kind  `json:"kind"`
	Tenant string    `json:"tenant"`
	Ref    string    `json:"ref,omitempty"` // the record it is about; "" is the tenant itself
	At     time.Time `json:"at"`            // UTC
}

// dueShards spreads the calendar of all tenants, which the schedule reads as a whole.
const dueShards = 4

func (d Due) key() table.Key {
	return table.Key{PK: "due#" + string(rune('0'+shard(d.Tenant)%dueShards)), SK: strings.Join([]string{at(d.At), string(d.Kind), d.Tenant, d.Ref}, "#")}
}

// Schedule adds a date to the calendar. The same date scheduled twice is one.
func (x *Tx) Schedule(kind due.Kind, ref string, when time.Time) {
	d := Due{Kind: kind, Tenant: x.t.ID, Ref: ref, At: when.UTC().Truncate(time.Second)}
	x.put(table.Ops, table.Item{Key: d.key(), Head: encode(d)})
}

// Done takes a date off the calendar. Label "due" fails when another tick took it first.
func (x *Tx) Done(d Due) {
	x.Append(table.Op{Table: table.Ops, Kind: table.OpDelete, If: table.IfPresent, Label: "due", Item: table.Item{Key: d.key()}})
}

// DueBy returns up to limit dates of all tenants that have come, oldest first within each shard.
func (db *DB) DueBy(ctx context.Context, now time.Time, limit int) ([]Due, error) {
	var out []Due
	for s := range dueShards {
		q := table.Query{Table: table.Ops, PK: "due#" + string(rune('0'+s)), To: at(now) + "~", Limit: limit - len(out)}
		if q.Limit <= 0 {
			break
		}
		page, err := db.table.Query(ctx, q)
		if err != nil {
			return nil, err
		}
		for i := range page.Items {
			var d Due
			if err := decode(&page.Items[i], &d); err != nil {
				return nil, err
			}
			out = append(out, d)
		}
	}
	return out, nil
}
