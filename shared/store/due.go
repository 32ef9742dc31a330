package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/dangol/dangol/shared/crm/campaign"
	"github.com/dangol/dangol/shared/crm/due"
	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/shared/table"
)

// Due is one thing that a tenant's calendar asks for. It stands in the keys of its item alone, the tenant in the part that IAM checks.
type Due struct {
	Kind   due.Kind
	Tenant string
	Ref    string    // the record it is about; "" is the tenant itself
	At     time.Time // UTC
}

// dueShards spreads each kind's calendar of all tenants, which the schedule reads as a whole.
const dueShards = 4

// dueShard is the partition of index 2 in which the dates of a kind stand in the order of their times.
func dueShard(kind due.Kind, shard int) string {
	return "due#" + string(kind) + "#" + strconv.Itoa(shard)
}

func (d Due) item() table.Item {
	it := table.Item{Key: keys{d.Tenant}.due(d)}
	it.Index[1] = table.Key{PK: dueShard(d.Kind, shard(d.Tenant)%dueShards), SK: at(d.At)}
	return it
}

// Schedule adds a date to the tenant's calendar. The same date scheduled twice is one.
func (x *Tx) Schedule(kind due.Kind, ref string, when time.Time) {
	d := Due{Kind: kind, Tenant: x.t.ID, Ref: ref, At: when.UTC().Truncate(time.Second)}
	x.put(table.Ops, d.item())
}

// Done takes a date off the tenant's calendar. Label "due" fails when another tick took it first, as one can whose index shows a date that is gone.
func (x *Tx) Done(d Due) {
	x.Append(table.Op{Table: table.Ops, Kind: table.OpDelete, If: table.IfPresent, Label: "due", Item: table.Item{Key: x.t.keys.due(d)}})
}

// Move puts a date that may have been taken meanwhile (label "due") to another time; zero is never.
func (x *Tx) Move(d Due, when time.Time) {
	to := Due{Kind: d.Kind, Tenant: d.Tenant, Ref: d.Ref, At: when.UTC().Truncate(time.Second)}
	if to.At.Equal(d.At) {
		return
	}
	x.Done(d)
	if !when.IsZero() {
		x.put(table.Ops, to.item())
	}
}

// AskForLook asks for a look at a campaign by the change feed, and adds the date at which to ask again.
func (x *Tx) AskForLook(campaignID string, again time.Time) {
	d := Due{Kind: due.Campaigns, Tenant: x.t.ID, Ref: campaignID, At: again.UTC().Truncate(time.Second)}
	it := d.item()
	it.Event = x.event(LookDue, campaignID, nil, campaign.Look{Tenant: x.t.ID, Campaign: campaignID, Again: d.At})
	x.put(table.Ops, it)
}

// DueBy returns up to limit dates of a kind that have come, of all tenants, oldest first; each shard has its share of the limit. It reads an index: a date
// may be shown for a while after it was taken, and not yet when it was just added. Entries that cannot be read are reported beside the others.
func (db *DB) DueBy(ctx context.Context, kind due.Kind, now time.Time, limit int) (dates []Due, err error) {
	var shards []table.Query
	for s := range dueShards {
		shards = append(shards, table.Query{Table: table.Ops, Index: 2, PK: dueShard(kind, s), To: at(now) + "~"})
	}
	items, err := db.inTurn(ctx, shards, limit)
	if err != nil {
		return nil, err
	}
	for i := range items {
		d, unread := readDue(items[i].Key)
		if unread != nil {
			err = errors.Join(err, unread)
			continue
		}
		dates = append(dates, d)
	}
	slices.SortStableFunc(dates, func(a, b Due) int { return a.At.Compare(b.At) })
	return dates, err
}

// inTurn reads up to limit items from several partitions, from each its share; what one does not use goes to the others.
func (db *DB) inTurn(ctx context.Context, open []table.Query, limit int) (items []table.Item, err error) {
	for len(open) > 0 && len(items) < limit {
		share := (limit - len(items) + len(open) - 1) / len(open)
		var rest []table.Query
		for _, q := range open {
			if q.Limit = min(share, limit-len(items)); q.Limit == 0 {
				break
			}
			page, err := db.table.Query(ctx, q)
			if err != nil {
				return nil, fmt.Errorf("query %s: %w", q.PK, err)
			}
			items = append(items, page.Items...)
			if q.After = page.Next; q.After != nil {
				rest = append(rest, q)
			}
		}
		open = rest
	}
	return items, nil
}

// readDue reads a date from its item's key.
func readDue(k table.Key) (Due, error) {
	tenant, ours := strings.CutSuffix(strings.TrimPrefix(k.PK, "t#"), "#due")
	parts := strings.SplitN(k.SK, "#", 3)
	if !ours || !id.Valid(id.Workspace, tenant) || len(parts) < 3 {
		return Due{}, fmt.Errorf("%s/%s is no date", k.PK, k.SK)
	}
	when, err := time.Parse(time.RFC3339, parts[0])
	if err != nil {
		return Due{}, fmt.Errorf("%s/%s is no date: %w", k.PK, k.SK, err)
	}
	return Due{Kind: due.Kind(parts[1]), Tenant: tenant, Ref: parts[2], At: when.UTC()}, nil
}
