package table

import (
	"fmt"
	"unicode/utf8"
)

func limit(format string, args ...any) error { return &LimitError{What: fmt.Sprintf(format, args...)} }

// Check returns a LimitError when the key could not be that of an item. A key is a string to DynamoDB, and so UTF-8.
func (k Key) Check() error {
	switch {
	case k.PK == "" || k.SK == "":
		return limit("empty key part in %q, %q", k.PK, k.SK)
	case len(k.PK) > MaxPartitionKey:
		return limit("partition key of %d bytes, at most %d", len(k.PK), MaxPartitionKey)
	case len(k.SK) > MaxSortKey:
		return limit("sort key of %d bytes, at most %d", len(k.SK), MaxSortKey)
	case !utf8.ValidString(k.PK) || !utf8.ValidString(k.SK):
		return limit("key %q, %q is not UTF-8", k.PK, k.SK)
	}
	return nil
}

// Check returns a LimitError when the table is not one of Names.
func (n Name) Check() error {
	switch n {
	case Identity, CRM, Outreach, Ops:
		return nil
	}
	return limit("unknown table %q", string(n))
}

// CheckSize returns a LimitError when the item, as it would be stored, is too large.
func (it *Item) CheckSize() error {
	if n := it.Size(); n > MaxItemBytes {
		return limit("item %q, %q of %d bytes, at most %d", it.PK, it.SK, n, MaxItemBytes)
	}
	return nil
}

// CheckRead returns a LimitError when the keys can not be read from the table in one batch.
func CheckRead(t Name, keys ...Key) error {
	if len(keys) > MaxBatchGet {
		return limit("batch get of %d keys, at most %d", len(keys), MaxBatchGet)
	}
	for _, k := range keys {
		if err := k.Check(); err != nil {
			return err
		}
	}
	return t.Check()
}

// Check returns a LimitError when no engine would answer the query.
func (q Query) Check() error {
	switch {
	case q.Index < 0 || q.Index > MaxIndexes:
		return limit("unknown index %d", q.Index)
	case q.PK == "" || len(q.PK) > MaxPartitionKey:
		return limit("query of a partition key of %d bytes, 1 to %d", len(q.PK), MaxPartitionKey)
	case !utf8.ValidString(q.PK):
		return limit("query of a partition key %q that is not UTF-8", q.PK)
	case q.Limit < 0:
		return limit("query of %d items", q.Limit)
	case q.After != nil && q.After.place(q.Index).PK != q.PK:
		return limit("query of %q continued behind a position in %q", q.PK, q.After.place(q.Index).PK)
	}
	return q.Table.Check()
}

// place returns the position's key in the index, or in the table itself for 0.
func (p *Position) place(index int) Key {
	if index == 0 {
		return p.Item
	}
	return p.Index
}

// CheckWrite returns a LimitError when no engine would accept the operations: too many or too large, a key twice, a malformed one. The size of
// an item that keeps or adds to counters is only known to the engine, which checks it again.
func CheckWrite(ops []Op) error {
	if len(ops) == 0 || len(ops) > MaxTxItems {
		return limit("transaction of %d operations, 1 to %d", len(ops), MaxTxItems)
	}
	total := 0
	for i := range ops {
		if err := ops[i].check(); err != nil {
			return err
		}
		total += ops[i].Item.Size() + TxOpBytes
	}
	if len(ops) > 1 && total > MaxTxBytes {
		return limit("transaction of %d bytes, at most %d", total, MaxTxBytes)
	}
	return checkDistinct(ops)
}

func checkDistinct(ops []Op) error {
	if len(ops) == 1 {
		return nil
	}
	type place struct {
		table Name
		key   Key
	}
	seen := make(map[place]bool, len(ops))
	for i := range ops {
		p := place{ops[i].Table, ops[i].Item.Key}
		if seen[p] {
			return limit("item %q, %q twice in a transaction", p.key.PK, p.key.SK)
		}
		seen[p] = true
	}
	return nil
}

func (op *Op) check() error {
	if op.Kind > OpCheck || op.If > IfVersion {
		return limit("unknown operation %d or condition %d", op.Kind, op.If)
	}
	if err := op.Table.Check(); err != nil {
		return err
	}
	if err := op.Item.Key.Check(); err != nil {
		return err
	}
	if err := op.Item.checkContent(); err != nil {
		return err
	}
	if op.Kind != OpPut {
		return nil
	}
	for _, k := range op.Item.Index {
		if k != (Key{}) {
			if err := k.Check(); err != nil {
				return err
			}
		}
	}
	return op.Item.CheckSize()
}

// checkContent checks what an operation may bring: counters with names, and documents that are text.
func (it *Item) checkContent() error {
	if len(it.Counters) > MaxCounters {
		return limit("%d counters in one operation on %q, %q, at most %d", len(it.Counters), it.PK, it.SK, MaxCounters)
	}
	for name := range it.Counters {
		if name == "" || !utf8.ValidString(name) {
			return limit("counter %q in %q, %q: a name is UTF-8 and not empty", name, it.PK, it.SK)
		}
	}
	for _, d := range [][]byte{it.Head, it.Body, it.Event} {
		if !utf8.Valid(d) {
			return limit("document of %q, %q is not UTF-8", it.PK, it.SK)
		}
	}
	return nil
}
