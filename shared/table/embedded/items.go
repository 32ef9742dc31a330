package embedded

import (
	"fmt"

	"github.com/dangol/dangol/shared/table"
)

// Items calls fn with every item of the table whose partition key begins with the prefix, in the order of the keys, until fn returns false. It is
// for inspection: DynamoDB has no such read, so the port has none.
func (e *Engine) Items(t table.Name, pkPrefix string, fn func(*table.Item) bool) error {
	if err := t.Check(); err != nil {
		return err
	}
	root := []byte{engineByte, itemByte, tableByte(t)}
	from := appendEscaped(append([]byte(nil), root...), pkPrefix)
	var failed error
	err := e.store.Scan(from, behind(from), false, func(key, value []byte) bool {
		it := &table.Item{}
		it.PK, it.SK = cutPart(string(key[len(root):]))
		failed = decodeItem(append([]byte(nil), value...), it)
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
