package rebuild

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"github.com/dangol/dangol/shared/lake"
	"github.com/dangol/dangol/shared/lake/part"
)

// writeParts writes the piles as parts and returns them as a manifest has them.
func (w *work) writeParts(ctx context.Context) (map[string][]lake.Part, error) {
	var mu sync.Mutex
	out := map[string][]lake.Part{}
	writing, ctx := errgroup.WithContext(ctx)
	writing.SetLimit(w.Width)
	for _, key := range w.piles.keys() {
		writing.Go(func() error {
			parts, err := w.writePile(ctx, key)
			if err != nil {
				return fmt.Errorf("write %s %s: %w", key.subject, key.month, err)
			}
			mu.Lock()
			defer mu.Unlock()
			out[key.subject] = append(out[key.subject], parts...)
			return nil
		})
	}
	if err := writing.Wait(); err != nil {
		return nil, err
	}
	for _, parts := range out {
		slices.SortFunc(parts, func(a, b lake.Part) int {
			return cmp.Or(strings.Compare(a.Month, b.Month), strings.Compare(a.First, b.First))
		})
	}
	return out, nil
}

func (w *work) writePile(ctx context.Context, key pileKey) ([]lake.Part, error) {
	p := w.piles.all[key]
	columns, err := part.ColumnsWith(key.subject, p.customs)
	if err != nil {
		return nil, err
	}
	rows, err := w.piles.spilled.merge(p)
	if err != nil {
		return nil, err
	}
	to := &part.Series{Objects: w.objects, Tenant: w.tenant, Subject: key.subject, Month: key.month, Columns: columns, Dir: w.dir, Most: part.Even(p.rows, w.PartRows), At: w.now}
	if err := each(ctx, rows, to); err != nil {
		to.Discard()
		return nil, err
	}
	err = to.End(ctx)
	return to.Parts, err
}

func each(ctx context.Context, rows *merging, to *part.Series) error {
	for {
		place, packed, err := rows.next()
		if place == nil || err != nil {
			return err
		}
		if err := to.AddPacked(ctx, packed, string(place)); err != nil {
			return err
		}
	}
}
