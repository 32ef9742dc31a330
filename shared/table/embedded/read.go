package embedded

import (
	"bytes"
	"context"
	"fmt"
	"slices"

	"github.com/dangol/dangol/shared/table"
)

// Get implements table.Table.
func (e *Engine) Get(ctx context.Context, t table.Name, k table.Key) (*table.Item, error) {
	if err := e.admit(ctx, table.CheckRead(t, k)); err != nil {
		return nil, err
	}
	it, units, err := e.get(t, k)
	if err != nil {
		return nil, err
	}
	e.meter("get", t, units, 0)
	return it, nil
}

// BatchGet implements table.Table.
func (e *Engine) BatchGet(ctx context.Context, t table.Name, keys []table.Key) ([]*table.Item, error) {
	if err := e.admit(ctx, table.CheckRead(t, keys...)); err != nil {
		return nil, err
	}
	items := make([]*table.Item, len(keys))
	total := 0.0
	for i, k := range keys {
		it, units, err := e.get(t, k)
		if err != nil {
			return nil, err
		}
		items[i] = it
		total += units
	}
	e.meter("batchget", t, total, 0)
	return items, nil
}

// admit turns a call away when it is malformed, its context has ended or the engine throttles.
func (e *Engine) admit(ctx context.Context, malformed error) error {
	if malformed != nil {
		return malformed
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	return e.Faults.admit()
}

func (e *Engine) get(t table.Name, k table.Key) (it *table.Item, units float64, err error) {
	raw, err := e.store.Get(itemKey(t, k))
	if err != nil {
		return nil, 0, fmt.Errorf("embedded: get: %w", err)
	}
	if raw == nil {
		return nil, table.ReadUnits(0, true), nil
	}
	it = &table.Item{Key: k}
	if err := decodeItem(raw, it); err != nil {
		return nil, 0, fmt.Errorf("embedded: get %q, %q: %w", k.PK, k.SK, err)
	}
	return it, table.ReadUnits(it.Size(), true), nil
}

// Query implements table.Table.
func (e *Engine) Query(ctx context.Context, q table.Query) (table.Page, error) {
	if err := e.admit(ctx, q.Check()); err != nil {
		return table.Page{}, err
	}
	p := newPage(q)
	scan := e.store.Scan
	if q.Index > 0 {
		scan = e.Faults.scanIndex
	}
	lower, upper := p.bounds()
	if bytes.Compare(lower, upper) < 0 {
		if err := scan(lower, upper, q.Reverse, p.add); err != nil {
			return table.Page{}, fmt.Errorf("embedded: query %q: %w", q.PK, err)
		}
	}
	if p.err != nil {
		return table.Page{}, fmt.Errorf("embedded: query %q: %w", q.PK, p.err)
	}
	e.meter("query", q.Table, table.ReadUnits(p.bytes, q.Index == 0), 0)
	return p.result(), nil
}

// page collects what a query finds.
type page struct {
	q      table.Query
	prefix []byte // of every key in the partition
	items  []table.Item
	bytes  int
	more   bool
	memory []byte // what is left of the block that values are copied to
	err    error
}

// valueBlock is how much memory the values of a page take at a time: one allocation for many small values.
const valueBlock = 16 << 10

func newPage(q table.Query) *page {
	p := &page{q: q}
	if q.Index == 0 {
		p.prefix = partitionPrefix(q.Table, q.PK)
	} else {
		p.prefix = indexPrefix(q.Table, q.Index, q.PK)
	}
	if q.Limit > 0 {
		p.items = make([]table.Item, 0, min(q.Limit+1, 128))
	}
	return p
}

// bounds returns the keys between which the query reads. The lower may lie behind the upper when the query asks for nothing.
func (p *page) bounds() (lower, upper []byte) {
	lower = p.bound(p.q.From)
	upper = behind(p.prefix)
	if p.q.To != "" {
		upper = p.bound(p.q.To)
	}
	if p.q.After == nil {
		return lower, upper
	}
	at := p.position()
	if p.q.Reverse {
		return lower, least(upper, at)
	}
	return most(lower, append(at, 0)), upper // nothing lies between a key and the same with a zero
}

// bound is the least key with the sort key. In an index the sort key is escaped and other parts follow.
func (p *page) bound(sk string) []byte {
	b := append(make([]byte, 0, len(p.prefix)+len(sk)), p.prefix...)
	if p.q.Index == 0 {
		return append(b, sk...)
	}
	return appendEscaped(b, sk)
}

// position is the key at which the page before ended.
func (p *page) position() []byte {
	if p.q.Index == 0 {
		return itemKey(p.q.Table, p.q.After.Item)
	}
	return entryKey(p.q.Table, p.q.Index, p.q.After.Index, p.q.After.Item)
}

// add takes one row and says whether to go on. It looks one row past the page, to know whether there is more.
func (p *page) add(key, value []byte) bool {
	if p.q.Limit > 0 && len(p.items) == p.q.Limit {
		p.more = true
		return false
	}
	it := p.grow()
	if p.err = p.decode(it, key, value); p.err != nil {
		return false
	}
	size := p.size(it)
	if p.bytes+size > table.MaxPageBytes {
		p.items, p.more = p.items[:len(p.items)-1], true
		return false
	}
	p.bytes += size
	return true
}

// grow returns a new item at the end. From 64 items on it makes room for all that a full page can hold: a page without a limit has thousands.
func (p *page) grow() *table.Item {
	if n := len(p.items); n == cap(p.items) && n >= 64 {
		p.items = slices.Grow(p.items, (table.MaxPageBytes-p.bytes)/(p.bytes/n)+1)
	}
	p.items = append(p.items, table.Item{})
	return &p.items[len(p.items)-1]
}

func (p *page) decode(it *table.Item, key, value []byte) error {
	rest, own := string(key[len(p.prefix):]), p.copy(value)
	if p.q.Index == 0 {
		it.Key = table.Key{PK: p.q.PK, SK: rest}
		return decodeItem(own, it)
	}
	i := &it.Index[p.q.Index-1]
	i.PK = p.q.PK
	i.SK, it.Key = entryKeys(rest)
	if table.KeysOnly(p.q.Index) {
		return nil
	}
	return decodeEntry(own, it)
}

// copy returns the value in memory that outlives the scan.
func (p *page) copy(value []byte) []byte {
	if len(value) > len(p.memory) {
		if len(value) > valueBlock/4 {
			return bytes.Clone(value)
		}
		p.memory = make([]byte, valueBlock)
	}
	n := copy(p.memory, value)
	own := p.memory[:n:n]
	p.memory = p.memory[n:]
	return own
}

func (p *page) size(it *table.Item) int {
	if p.q.Index == 0 {
		return it.Size()
	}
	return it.EntrySize(p.q.Index)
}

func (p *page) result() table.Page {
	r := table.Page{Items: p.items}
	if p.more {
		last := &p.items[len(p.items)-1]
		r.Next = &table.Position{Index: last.Key, Item: last.Key}
		if p.q.Index > 0 {
			r.Next.Index = last.Index[p.q.Index-1]
		}
	}
	return r
}

func least(a, b []byte) []byte {
	if bytes.Compare(a, b) < 0 {
		return a
	}
	return b
}

func most(a, b []byte) []byte {
	if bytes.Compare(a, b) < 0 {
		return b
	}
	return a
}
