package embedded

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"

	"github.com/dangol/dangol/shared/kv"
	"github.com/dangol/dangol/shared/table"
)

// Write implements table.Table.
func (e *Engine) Write(ctx context.Context, ops ...table.Op) error {
	if err := e.admit(ctx, table.CheckWrite(ops)); err != nil {
		return err
	}
	if err := e.Faults.before(ops); err != nil {
		return err
	}
	w := &write{e: e}
	w.place(ops)
	err := e.store.UpdateReading(ctx, w.keys(), w.run)
	w.meter(err)
	if err != nil {
		return err
	}
	e.feed.wake()
	if err := e.Faults.noteWrite(); err != nil {
		return err
	}
	return e.Faults.after(ops)
}

// write is one transaction on its way.
type write struct {
	e       *Engine
	ops     []table.Op
	changes []change
}

// change is what one operation found and what it leaves; a nil item is absent. An operation that changes nothing leaves the item it found.
type change struct {
	table    table.Name
	key      []byte
	old, new *table.Item
	oldRaw   []byte
	newRaw   []byte
	head     int // how much of newRaw is the form of the index entries
}

func (c *change) idle() bool { return c.old == c.new }

// run is the transaction in the committer: everything that can fail comes before the first write.
func (w *write) run(tx *kv.Tx) error {
	if err := w.read(tx); err != nil {
		return err
	}
	if err := w.conditions(); err != nil {
		return err
	}
	for i := range w.changes {
		if err := w.changes[i].plan(&w.ops[i]); err != nil {
			return err
		}
	}
	for i := range w.changes {
		if c := &w.changes[i]; !c.idle() {
			c.store(tx)
		}
	}
	w.e.mark(tx)
	w.e.feed.append(tx, w.changes, w.e.o.Clock.Now())
	return nil
}

// place sets the operations and where each of them changes something.
func (w *write) place(ops []table.Op) {
	w.ops, w.changes = ops, make([]change, len(ops))
	for i := range ops {
		w.changes[i].table, w.changes[i].key = ops[i].Table, itemKey(ops[i].Table, ops[i].Item.Key)
	}
}

func (w *write) keys() [][]byte {
	keys := make([][]byte, len(w.changes))
	for i := range w.changes {
		keys[i] = w.changes[i].key
	}
	return keys
}

func (w *write) read(tx *kv.Tx) error {
	for i := range w.ops {
		op, c := &w.ops[i], &w.changes[i]
		raw, err := tx.Get(c.key)
		if err != nil {
			return fmt.Errorf("embedded: write: %w", err)
		}
		if raw == nil {
			continue
		}
		c.oldRaw, c.old = raw, &table.Item{Key: op.Item.Key}
		if err := decodeItem(raw, c.old); err != nil {
			return fmt.Errorf("embedded: write %q, %q: %w", op.Item.PK, op.Item.SK, err)
		}
	}
	return nil
}

func (w *write) conditions() error {
	var failed table.ConditionError
	for i := range w.ops {
		if op := &w.ops[i]; !holds(op, w.changes[i].old) {
			failed.Failed = append(failed.Failed, i)
			failed.Labels = append(failed.Labels, op.Label)
		}
	}
	if len(failed.Failed) > 0 {
		return &failed
	}
	return nil
}

func holds(op *table.Op, old *table.Item) bool {
	switch op.If {
	case table.IfAbsent:
		return old == nil
	case table.IfPresent:
		return old != nil
	case table.IfVersion:
		return versionOf(old) == op.Version
	}
	return true
}

func versionOf(it *table.Item) int64 {
	if it == nil {
		return 0
	}
	return it.Version
}

// plan sets what the operation leaves.
func (c *change) plan(op *table.Op) error {
	switch op.Kind {
	case table.OpPut:
		c.new = put(c.old, &op.Item)
	case table.OpAdd:
		c.new = add(c.old, &op.Item)
	case table.OpCheck:
		c.new = c.old
	case table.OpDelete:
	}
	if c.new == nil || c.idle() {
		return nil
	}
	if err := c.new.CheckSize(); err != nil {
		return err
	}
	c.newRaw, c.head = appendItem(make([]byte, 0, itemCap(c.new)), c.new)
	return nil
}

func put(old, it *table.Item) *table.Item {
	next := *it
	next.Version = versionOf(old) + 1
	if old != nil {
		next.Counters = old.Counters
	}
	return &next
}

func add(old, it *table.Item) *table.Item {
	next := table.Item{Key: it.Key}
	if old != nil {
		next = *old
	}
	next.Counters = make(map[string]int64, len(it.Counters))
	if old != nil {
		maps.Copy(next.Counters, old.Counters)
	}
	for name, n := range it.Counters {
		next.Counters[name] += n
	}
	if len(it.Event) > 0 {
		next.Event = it.Event
	}
	if it.Expires != 0 {
		next.Expires = it.Expires
	}
	return &next
}

// store writes the item, its index entries and its place among the expiring.
func (c *change) store(tx *kv.Tx) {
	if c.new == nil {
		tx.Delete(c.key)
	} else {
		tx.Set(c.key, c.newRaw)
	}
	for i := 1; i <= table.MaxIndexes; i++ {
		var value []byte
		if !table.KeysOnly(i) {
			value = c.newRaw[:c.head:c.head]
		}
		replace(tx, c.entry(c.old, i), c.entry(c.new, i), value)
	}
	replace(tx, c.expiry(c.old), c.expiry(c.new), nil)
}

// replace moves a derived key, nil for none. One that stays and holds nothing needs no write.
func replace(tx *kv.Tx, was, is, value []byte) {
	stays := bytes.Equal(was, is)
	if was != nil && !stays {
		tx.Delete(was)
	}
	if is != nil && !(stays && value == nil) {
		tx.Set(is, value)
	}
}

func (c *change) entry(it *table.Item, i int) []byte {
	if it == nil || it.Index[i-1] == (table.Key{}) {
		return nil
	}
	return entryKey(c.table, i, it.Index[i-1], it.Key)
}

func (c *change) expiry(it *table.Item) []byte {
	if it == nil || it.Expires <= 0 {
		return nil
	}
	return expiryKey(c.table, it.Expires, it.Key)
}

// mark writes the format of the store with its first transaction.
func (e *Engine) mark(tx *kv.Tx) {
	if !e.formatted {
		tx.Set(formatKey(), []byte(format))
		e.formatted = true
	}
}

// meter reports what the operations cost, by table. Failed conditions are charged for the items that they read, as AWS does.
func (w *write) meter(err error) {
	var failed *table.ConditionError
	if w.e.o.Meter == nil || (err != nil && !errors.As(err, &failed)) {
		return
	}
	for _, t := range table.Names() {
		units := 0.0
		for i := range w.changes {
			if c := &w.changes[i]; c.table == t {
				units += c.units(failed != nil, len(w.ops) > 1)
			}
		}
		if units > 0 {
			w.e.o.Meter("write", t, 0, units)
		}
	}
}

func (c *change) units(failed, transaction bool) float64 {
	next := c.new
	if failed {
		next = c.old
	}
	return table.WriteUnits(c.old, next, transaction)
}
