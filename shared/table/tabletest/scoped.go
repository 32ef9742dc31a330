package tabletest

import (
	"context"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/dangol/dangol/shared/table"
)

// scoped is a table.Table whose partition keys all begin with a tenant's prefix, which its users never see. It remembers what was written.
type scoped struct {
	inner  table.Table
	prefix string

	mu         sync.Mutex
	items      map[place]bool
	partitions map[partition]bool
}

type place struct {
	table table.Name
	key   table.Key
}

type partition struct {
	table table.Name
	index int
	pk    string
}

func newScoped(inner table.Table, prefix string) *scoped {
	return &scoped{inner: inner, prefix: prefix, items: map[place]bool{}, partitions: map[partition]bool{}}
}

// in adds the prefix; an empty part stays empty, so that engines can refuse it.
func (s *scoped) in(k table.Key) table.Key {
	if k.PK != "" {
		k.PK = s.prefix + k.PK
	}
	return k
}

func (s *scoped) out(k table.Key) table.Key {
	k.PK = strings.TrimPrefix(k.PK, s.prefix)
	return k
}

func (s *scoped) outItem(it *table.Item) *table.Item {
	if it != nil {
		it.Key = s.out(it.Key)
		for i := range it.Index {
			it.Index[i] = s.out(it.Index[i])
		}
	}
	return it
}

func (s *scoped) Get(ctx context.Context, t table.Name, k table.Key) (*table.Item, error) {
	it, err := s.inner.Get(ctx, t, s.in(k))
	return s.outItem(it), err
}

func (s *scoped) BatchGet(ctx context.Context, t table.Name, keys []table.Key) ([]*table.Item, error) {
	inner := make([]table.Key, len(keys))
	for i, k := range keys {
		inner[i] = s.in(k)
	}
	items, err := s.inner.BatchGet(ctx, t, inner)
	for _, it := range items {
		s.outItem(it)
	}
	return items, err
}

func (s *scoped) Query(ctx context.Context, q table.Query) (table.Page, error) {
	q.PK = s.in(table.Key{PK: q.PK}).PK
	if q.After != nil {
		q.After = &table.Position{Index: s.in(q.After.Index), Item: s.in(q.After.Item)}
	}
	p, err := s.inner.Query(ctx, q)
	for i := range p.Items {
		s.outItem(&p.Items[i])
	}
	if p.Next != nil {
		p.Next = &table.Position{Index: s.out(p.Next.Index), Item: s.out(p.Next.Item)}
	}
	return p, err
}

func (s *scoped) Write(ctx context.Context, ops ...table.Op) error {
	inner := slices.Clone(ops)
	for i := range inner {
		it := &inner[i].Item
		s.remember(inner[i].Table, it)
		it.Key = s.in(it.Key)
		for n := range it.Index {
			it.Index[n] = s.in(it.Index[n])
		}
	}
	return s.inner.Write(ctx, inner...)
}

func (s *scoped) remember(t table.Name, it *table.Item) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.items[place{t, it.Key}] = true
	s.partitions[partition{t, 0, it.PK}] = true
	for i, k := range it.Index {
		s.partitions[partition{t, i + 1, k.PK}] = true
	}
}

// written returns the partitions that were written to, in a stable order.
func (s *scoped) written() []partition {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.SortedFunc(maps.Keys(s.partitions), func(a, b partition) int {
		if c := strings.Compare(string(a.table), string(b.table)); c != 0 {
			return c
		}
		if a.index != b.index {
			return a.index - b.index
		}
		return strings.Compare(a.pk, b.pk)
	})
}
