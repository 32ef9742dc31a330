package store

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/dangol/dangol/shared/crm/bulk"
	"github.com/dangol/dangol/shared/table"
)

// The items beside a job that changes customers in bulk: what a piece of it changed, and each customer whom it left as they were. Both are named by how many
// customers the job had come to before, and both go when an undo has long been too late.
const (
	bulkChanged = "changed#"
	bulkFailed  = "failed#"
	bulkKept    = (bulk.UndoDays + 5) * 24 * time.Hour
)

// BulkKey is where the list of those whom a bulk change is about lies in the blob store.
func (t *Tenant) BulkKey(jobID string) string { return "t/" + t.ID + "/bulk/" + jobID + ".ids" }

// KeepChanged adds the journal of a piece; at is how many customers the job had come to before it.
func (x *Tx) KeepChanged(jobID string, at int64, entries []bulk.Entry) {
	x.put(table.Ops, x.bulkItem(jobID, bulkChanged, at, entries))
}

// KeepFailure adds a customer whom the job left as they were; at is the customer's place in its list.
func (x *Tx) KeepFailure(jobID string, at int64, f bulk.Failure) {
	x.put(table.Ops, x.bulkItem(jobID, bulkFailed, at, f))
}

func (x *Tx) bulkItem(jobID, what string, at int64, content any) table.Item {
	k := table.Key{PK: x.t.keys.record(jobID).PK, SK: fmt.Sprintf("%s%010d", what, at)}
	return table.Item{Key: k, Head: encode(content), Expires: x.t.Now().Add(bulkKept).Unix()}
}

// Changed reads the journal of the first piece behind another's place ("" is the beginning), and its own place; none at the end.
func (t *Tenant) Changed(ctx context.Context, jobID, after string) (entries []bulk.Entry, place string, err error) {
	items, _, err := t.bulkItems(ctx, jobID, bulkChanged, Page{Limit: 1, After: after})
	if err != nil || len(items) == 0 {
		return nil, "", err
	}
	return entries, items[0].SK, decode(&items[0], &entries)
}

// BulkFailures lists the customers whom a job left as they were, in the order in which it came to them.
func (t *Tenant) BulkFailures(ctx context.Context, jobID string, p Page) (out []bulk.Failure, next string, err error) {
	items, more, err := t.bulkItems(ctx, jobID, bulkFailed, p)
	if err != nil {
		return nil, "", err
	}
	out = make([]bulk.Failure, len(items))
	for i := range items {
		if err := decode(&items[i], &out[i]); err != nil {
			return nil, "", err
		}
	}
	if more {
		next = items[len(items)-1].SK
	}
	return out, next, nil
}

func (t *Tenant) bulkItems(ctx context.Context, jobID, what string, p Page) (items []table.Item, more bool, err error) {
	p.Prefix = what
	if p.After != "" && !strings.HasPrefix(p.After, what) {
		return nil, false, nil
	}
	return t.shardPage(ctx, table.Ops, 0, t.keys.record(jobID).PK, p)
}
