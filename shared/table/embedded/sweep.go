package embedded

import (
	"context"
	"fmt"
	"time"

	"github.com/dangol/dangol/shared/kv"
	"github.com/dangol/dangol/shared/table"
)

// maxSwept bounds the work of one Sweep; sweptTogether is how many deletions share a transaction.
const (
	maxSwept      = 1000
	sweptTogether = 50
)

// expired is an entry of the expiry keys.
type expired struct {
	table table.Name
	at    int64
	key   table.Key
}

// Sweep deletes up to 1,000 items whose Expires lies before now, in the order of their expiry, and trims the feed. The deletions appear in the
// feed. It returns how many it deleted; the host calls it regularly, and again at once while it deletes 1,000.
func (e *Engine) Sweep(ctx context.Context, now time.Time) (deleted int, err error) {
	due, err := e.due(now)
	if err != nil {
		return 0, err
	}
	for len(due) > 0 {
		n := min(sweptTogether, len(due))
		w := &write{e: e}
		if err := e.store.Update(ctx, func(tx *kv.Tx) error { return w.sweep(tx, due[:n]) }); err != nil {
			return deleted, fmt.Errorf("embedded: sweep: %w", err)
		}
		e.feed.wake()
		deleted += len(w.ops)
		due = due[n:]
	}
	return deleted, e.feed.trim(now.Add(-e.o.Retention))
}

func (e *Engine) due(now time.Time) (due []expired, err error) {
	from, _ := kindBounds(expiryByte)
	err = e.store.Scan(from, numberKey(expiryByte, uint64(max(0, now.Unix()))), false, func(key, _ []byte) bool {
		n, at, k := expiryItem(key)
		due = append(due, expired{n, at, k})
		return len(due) < maxSwept
	})
	if err != nil {
		return nil, fmt.Errorf("embedded: find expired items: %w", err)
	}
	return due, nil
}

// sweep deletes those that still expire when they did; others were put anew meanwhile.
func (w *write) sweep(tx *kv.Tx, due []expired) error {
	var still []table.Op
	for _, x := range due {
		raw, err := tx.Get(expiryKey(x.table, x.at, x.key))
		if err != nil {
			return err
		}
		if raw != nil {
			still = append(still, table.Op{Table: x.table, Kind: table.OpDelete, Item: table.Item{Key: x.key}})
		}
	}
	w.place(still)
	return w.run(tx)
}
