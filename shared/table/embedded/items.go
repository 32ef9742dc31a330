package embedded

import (
	"bytes"
	"fmt"

	"github.com/dangol/dangol/shared/table"
)

// Items calls fn with every item of the table whose partition key begins with the prefix, in the order of the keys, until fn returns false. It is
// for inspection: DynamoDB has no such read, so the port has none.
func (e *Engine) Items(t table.Name, pkPrefix string, fn func(*table.Item) bool) error {
	return e.items(t, pkPrefix, func(table.Key) bool { return true }, decodeItem, fn)
}

// Bodies is Items for whoever reads millions: it passes over those whose keys nobody wants, and leaves out by which keys the others stand in indexes.
func (e *Engine) Bodies(t table.Name, pkPrefix string, want func(table.Key) bool, fn func(*table.Item) bool) error {
	return e.items(t, pkPrefix, want, decodeUnindexed, fn)
}

func (e *Engine) items(t table.Name, pkPrefix string, want func(table.Key) bool, decode func([]byte, *table.Item) error, fn func(*table.Item) bool) error {
	if err := t.Check(); err != nil {
		return err
	}
	root := []byte{engineByte, itemByte, tableByte(t)}
	from := appendEscaped(append([]byte(nil), root...), pkPrefix)
	var failed error
	err := e.store.Scan(from, behind(from), false, func(key, value []byte) bool {
		it := &table.Item{}
		it.PK, it.SK = cutPart(string(key[len(root):]))
		if !want(it.Key) {
			return true
		}
		failed = decode(bytes.Clone(value), it)
		return failed == nil && fn(it)
	})
	if err == nil {
		err = failed
	}
	if err != nil {
		return fmt.Errorf("embedded: items of %s: %w", t, err)
	}
	return nil
}
