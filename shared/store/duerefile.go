package store

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/dangol/dangol/shared/crm/due"
	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/shared/table"
)

// Refile moves up to limit dates to their tenants' calendars from where earlier releases kept them, the partitions due#<shard>, and returns how many it
// moved. The tenant's own item is written before the old one goes: what is cut short between the two is done again, so that a date may be taken twice
// then, and none is lost. Dates that cannot be read stay, and are reported beside the others.
//
// It goes with the release after the one that brought it (CHANGELOG, "The calendar").
func (db *DB) Refile(ctx context.Context, limit int) (moved int, err error) {
	var shards []table.Query
	for s := range dueShards {
		shards = append(shards, table.Query{Table: table.Ops, PK: "due#" + strconv.Itoa(s)})
	}
	items, err := db.inTurn(ctx, shards, limit)
	if err != nil {
		return 0, err
	}
	for i := range items {
		if failed := db.refile(ctx, items[i].Key); failed != nil {
			err = errors.Join(err, failed)
			continue
		}
		moved++
	}
	return moved, err
}

func (db *DB) refile(ctx context.Context, old table.Key) error {
	d, err := readOldDue(old)
	if err != nil {
		return err
	}
	tx := db.Tenant(d.Tenant).Begin()
	tx.Schedule(d.Kind, d.Ref, d.At)
	if err := tx.Commit(ctx); err != nil {
		return fmt.Errorf("refile %s/%s: %w", old.PK, old.SK, err)
	}
	if err := db.table.Write(ctx, table.Op{Table: table.Ops, Kind: table.OpDelete, Item: table.Item{Key: old}}); err != nil {
		return fmt.Errorf("remove %s/%s: %w", old.PK, old.SK, err)
	}
	return nil
}

// readOldDue reads a date from a key of earlier releases: <time>#<kind>#<tenant>#<ref>.
func readOldDue(k table.Key) (Due, error) {
	parts := strings.SplitN(k.SK, "#", 4)
	if len(parts) < 4 || !id.Valid(id.Workspace, parts[2]) {
		return Due{}, fmt.Errorf("%s/%s is no date", k.PK, k.SK)
	}
	when, err := time.Parse(time.RFC3339, parts[0])
	if err != nil {
		return Due{}, fmt.Errorf("%s/%s is no date: %w", k.PK, k.SK, err)
	}
	return Due{Kind: due.Kind(parts[1]), Tenant: parts[2], Ref: parts[3], At: when.UTC()}, nil
}
