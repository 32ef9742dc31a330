package store

import (
	"context"
	"fmt"

	"golang.org/x/sync/errgroup"

	"github.com/dangol/dangol/shared/table"
)

// batchWidth is how many batch gets are under way at once: over a network their waits overlap, on one machine the cores share the work.
const batchWidth = 4

// batchGet reads any number of items by key, in the order of the keys; nil where there is none. Repeated keys are read once.
func (t *Tenant) batchGet(ctx context.Context, n table.Name, ks []table.Key) ([]*table.Item, error) {
	unique, place := uniqueKeys(ks)
	read := make([]*table.Item, len(unique))
	work, ctx := errgroup.WithContext(ctx)
	work.SetLimit(batchWidth)
	for start := 0; start < len(unique); start += table.MaxBatchGet {
		end := min(start+table.MaxBatchGet, len(unique))
		work.Go(func() error {
			items, err := t.table.BatchGet(ctx, n, unique[start:end])
			copy(read[start:end], items)
			return err
		})
	}
	if err := work.Wait(); err != nil {
		return nil, fmt.Errorf("read %d items of %s: %w", len(ks), n, err)
	}
	out := make([]*table.Item, len(ks))
	for i, at := range place {
		out[i] = read[at]
	}
	return out, nil
}

// uniqueKeys returns each key once and, for each of ks, its place among them.
func uniqueKeys(ks []table.Key) (unique []table.Key, place []int) {
	seen := make(map[table.Key]int, len(ks))
	unique, place = make([]table.Key, 0, len(ks)), make([]int, len(ks))
	for i, k := range ks {
		at, was := seen[k]
		if !was {
			at = len(unique)
			seen[k], unique = at, append(unique, k)
		}
		place[i] = at
	}
	return unique, place
}

// records are the keys of the records with these ids.
func (k keys) records(ids []string) []table.Key {
	ks := make([]table.Key, len(ids))
	for i, one := range ids {
		ks[i] = k.record(one)
	}
	return ks
}
