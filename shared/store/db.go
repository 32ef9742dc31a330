// Package store keeps each tenant's records: one file per noun, all keys in keys.go, and DB.Tenant as the only door to any of it.
//
// Reads return domain values; writes are collected in a Tx and leave in one transaction, together with the event that tells the change feed
// what happened and, for a keyed POST, the stored reply.
package store

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"sync/atomic"
	"time"

	"github.com/dangol/dangol/shared/clock"
	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/shared/table"
)

// DB opens tenants. It holds the table engine, the clock and the maker of ids that all stores share.
type DB struct {
	table table.Table
	clock clock.Clock
	ids   *id.Maker

	ended atomic.Int64 // credentials ended by this process, see Identity.Ended
}

// New returns a DB over a table engine.
func New(t table.Table, c clock.Clock, r io.Reader) *DB {
	return &DB{table: t, clock: c, ids: id.NewMaker(c.Now, r)}
}

// Tenant returns the stores bound to one tenant. The id must come from a verified credential, a message envelope or a signed link, never from
// a request's own words.
func (db *DB) Tenant(tenant string) *Tenant {
	if !id.Valid(id.Workspace, tenant) {
		panic(fmt.Sprintf("store: %q is no tenant", tenant)) // a programming error: unverified input reached the door
	}
	return &Tenant{db: db, table: table.For(db.table, tenant), ID: tenant, keys: keys{tenant: tenant}}
}

// Tenant is the stores of one tenant. It is cheap to make and safe for concurrent use.
type Tenant struct {
	db    *DB
	table table.Table // in the tenant's name
	ID    string
	keys  keys
	actor string
}

// As returns the same stores with writes attributed to the actor: a user, a key, or the name of a function.
func (t *Tenant) As(actor string) *Tenant {
	c := *t
	c.actor = actor
	return &c
}

// Now returns the present time in UTC, cut to milliseconds, as records store it.
func (t *Tenant) Now() time.Time { return t.db.clock.Now().UTC().Truncate(time.Millisecond) }

// NewID returns a fresh identifier.
func (t *Tenant) NewID(p id.Prefix) string { return t.db.ids.New(p) }

// get reads one item; errs.NotFound with the code when it is absent, expired, or the id is malformed.
func (t *Tenant) get(ctx context.Context, n table.Name, k table.Key, code string) (*table.Item, error) {
	it, err := t.table.Get(ctx, n, k)
	if err != nil {
		return nil, fmt.Errorf("read %s/%s: %w", k.PK, k.SK, err)
	}
	if it == nil || expired(it, t.db.clock.Now()) {
		return nil, errs.New(errs.NotFound, code)
	}
	return it, nil
}

func expired(it *table.Item, now time.Time) bool { return it.Expires > 0 && it.Expires <= now.Unix() }

// decode fills v from the item's head and then from its body, so that a record may be split between them.
func decode(it *table.Item, v any) error {
	for _, part := range [][]byte{it.Head, it.Body} {
		if len(part) == 0 {
			continue
		}
		if err := json.Unmarshal(part, v); err != nil {
			return fmt.Errorf("decode %s/%s: %w", it.PK, it.SK, err)
		}
	}
	return nil
}

// encode writes v as JSON. Domain values always can be; one that cannot is a bug.
func encode(v any) []byte {
	b, err := json.Marshal(v)
	if err != nil {
		panic(fmt.Sprintf("store: encode %T: %v", v, err))
	}
	return b
}

// decodeBody fills v from the body alone, for records whose head is a brief of another shape.
func decodeBody(it *table.Item, v any) error {
	return decode(&table.Item{Key: it.Key, Body: it.Body}, v)
}
