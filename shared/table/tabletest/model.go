package tabletest

import (
	"maps"
	"slices"
	"strings"

	"github.com/dangol/dangol/shared/table"
)

// model is the table port as a map in memory: what the random operations are compared with.
type model map[place]table.Item

// write applies the operations, or returns the labels of those whose conditions fail.
func (m model) write(ops []table.Op) (failed []string) {
	for _, op := range ops {
		if !m.holds(op) {
			failed = append(failed, op.Label)
		}
	}
	if failed != nil {
		return failed
	}
	for _, op := range ops {
		m.apply(op)
	}
	return nil
}

func (m model) holds(op table.Op) bool {
	old, ok := m[place{op.Table, op.Item.Key}]
	switch op.If {
	case table.IfAbsent:
		return !ok
	case table.IfPresent:
		return ok
	case table.IfVersion:
		return old.Version == op.Version
	}
	return true
}

func (m model) apply(op table.Op) {
	p := place{op.Table, op.Item.Key}
	old, ok := m[p]
	switch op.Kind {
	case table.OpPut:
		it := op.Item
		it.Version = old.Version + 1
		if ok {
			it.Counters = old.Counters
		}
		m[p] = it
	case table.OpDelete:
		delete(m, p)
	case table.OpAdd:
		m[p] = added(old, op.Item)
	}
}

func added(old, by table.Item) table.Item {
	it := old
	it.Key = by.Key
	it.Counters = maps.Clone(old.Counters)
	if it.Counters == nil {
		it.Counters = counts{}
	}
	for name, n := range by.Counters {
		it.Counters[name] += n
	}
	if by.Event != nil {
		it.Event = by.Event
	}
	if by.Expires != 0 {
		it.Expires = by.Expires
	}
	return it
}

func (m model) get(t table.Name, k table.Key) *table.Item {
	if it, ok := m[place{t, k}]; ok {
		return &it
	}
	return nil
}

// query answers all that the query finds, its limit and its position aside.
func (m model) query(q table.Query) (found []table.Item) {
	for p, it := range m {
		k := keyIn(&it, q.Index)
		if p.table == q.Table && k.PK == q.PK && k.SK >= q.From && (q.To == "" || k.SK < q.To) {
			found = append(found, projected(it, q.Index))
		}
	}
	slices.SortFunc(found, func(a, b table.Item) int {
		return strings.Compare(keyIn(&a, q.Index).SK, keyIn(&b, q.Index).SK)
	})
	if q.Reverse {
		slices.Reverse(found)
	}
	return found
}

func keyIn(it *table.Item, index int) table.Key {
	if index == 0 {
		return it.Key
	}
	return it.Index[index-1]
}

// projected is the item as the index holds it.
func projected(it table.Item, index int) table.Item {
	if index == 0 {
		return it
	}
	k := it.Index[index-1]
	it.Index = [2]table.Key{}
	it.Index[index-1] = k
	it.Body, it.Event = nil, nil
	if table.KeysOnly(index) {
		it = table.Item{Key: it.Key, Index: it.Index}
	}
	return it
}
