package store

import (
	"context"
	"encoding/json"
	"time"

	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/shared/table"
)

// Event is what happened, written with the item it happened to; the change feed carries it to everyone who acts on it.
type Event struct {
	ID      string          `json:"id"`
	Type    string          `json:"type"`            // noun.verb: customer.created, job.continued
	Tenant  string          `json:"tenant"`          //
	Ref     string          `json:"ref"`             // the record's id
	Actor   string          `json:"actor,omitempty"` // user, key or function
	At      time.Time       `json:"at"`              // UTC
	Changed []string        `json:"changed,omitempty"`
	Data    json.RawMessage `json:"data,omitempty"` // what the consumer of this type needs beyond the record
}

// Tx collects writes of one tenant and commits them together. It is not safe for concurrent use.
type Tx struct {
	t   *Tenant
	ops []table.Op
}

// usualOps is room for the writes of most transactions: operations are large, and growing copies them.
const usualOps = 12

// Begin starts a transaction.
func (t *Tenant) Begin() *Tx { return &Tx{t: t, ops: make([]table.Op, 0, usualOps)} }

// Append adds prepared operations, such as the stored reply of a keyed POST.
func (x *Tx) Append(ops ...table.Op) { x.ops = append(x.ops, ops...) }

// Join adds the writes of another transaction of the same tenant behind those of this one; nil has none.
func (x *Tx) Join(other *Tx) {
	if other != nil {
		x.ops = append(x.ops, other.ops...)
	}
}

// Bytes returns what the operations count towards table.MaxTxBytes.
func (x *Tx) Bytes() (n int) {
	for i := range x.ops {
		n += x.ops[i].Item.Size() + table.TxOpBytes
	}
	return n
}

// Len returns how many operations are collected; table.MaxTxItems is the most that can be committed.
func (x *Tx) Len() int { return len(x.ops) }

// Commit applies everything or nothing. Failed conditions come back as *table.ConditionError; the stores' callers turn labels into errors.
func (x *Tx) Commit(ctx context.Context) error {
	if len(x.ops) == 0 {
		return nil
	}
	return x.t.table.Write(ctx, x.ops...)
}

// event makes the event of a record's change.
func (x *Tx) event(kind, ref string, changed []string, data any) []byte {
	e := Event{ID: x.t.NewID(id.Event), Type: kind, Tenant: x.t.ID, Ref: ref, Actor: x.t.actor, At: x.t.Now(), Changed: changed}
	if data != nil {
		e.Data = encode(data)
	}
	return encode(e)
}

// create adds a put that requires the key to be free; label names it in a ConditionError.
func (x *Tx) create(n table.Name, label string, it table.Item) {
	x.Append(table.Op{Table: n, Kind: table.OpPut, If: table.IfAbsent, Label: label, Item: it})
}

// replace adds a put that requires the version that was read.
func (x *Tx) replace(n table.Name, label string, version int64, it table.Item) {
	x.Append(table.Op{Table: n, Kind: table.OpPut, If: table.IfVersion, Version: version, Label: label, Item: it})
}

// put adds an unconditional put.
func (x *Tx) put(n table.Name, it table.Item) {
	x.Append(table.Op{Table: n, Kind: table.OpPut, Item: it})
}

// remove adds an unconditional delete.
func (x *Tx) remove(n table.Name, k table.Key) {
	x.Append(table.Op{Table: n, Kind: table.OpDelete, Item: table.Item{Key: k}})
}
