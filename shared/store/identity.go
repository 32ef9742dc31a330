package store

import (
	"context"
	"fmt"

	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/table"
)

// Identity reads what is known before the tenant is: people by their address, sessions, API keys by their hash. Its writes go through a Tx of the
// tenant concerned, like all others.
type Identity struct{ db *DB }

// Identity returns the reader of the identity table.
func (db *DB) Identity() *Identity { return &Identity{db: db} }

// Ended tells the verifiers of this process that a credential was ended, so that they ask again before the next call that names any.
// Other processes learn of it when their short memory runs out.
func (i *Identity) Ended() { i.db.ended.Add(1) }

// Epoch counts the calls of Ended. What was remembered in an earlier epoch must be asked for again.
func (i *Identity) Epoch() int64 { return i.db.ended.Load() }

// read decodes one item into v and returns its version; errs.NotFound with the code when it is absent or expired.
func (i *Identity) read(ctx context.Context, k table.Key, code string, v any) (int64, error) {
	it, err := i.db.table.Get(ctx, table.Identity, k)
	if err != nil {
		return 0, fmt.Errorf("read %s: %w", k.SK, err) // not the whole key: it may hold an address or a hash
	}
	if it == nil || expired(it, i.db.clock.Now()) {
		return 0, errs.New(errs.NotFound, code)
	}
	return it.Version, decode(it, v)
}

// batch reads items of the identity table in the order of the keys; absent and expired ones are nil.
func (i *Identity) batch(ctx context.Context, ks ...table.Key) ([]*table.Item, error) {
	items, err := i.db.table.BatchGet(ctx, table.Identity, ks)
	if err != nil {
		return nil, fmt.Errorf("read standing: %w", err)
	}
	for n, it := range items {
		if it != nil && expired(it, i.db.clock.Now()) {
			items[n] = nil
		}
	}
	return items, nil
}
