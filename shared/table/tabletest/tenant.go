package tabletest

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/dangol/dangol/shared/table"
)

// tenant is what a scenario works with: the table as one tenant sees it, and words to say what is expected.
type tenant struct {
	*testing.T
	Subject
	*scoped
}

// ctx is a context that ends with the test.
func (x *tenant) ctx() context.Context { return x.Context() }

// must writes and expects success.
func (x *tenant) must(ops ...table.Op) {
	x.Helper()
	if err := x.Write(x.ctx(), ops...); err != nil {
		x.Fatalf("write: %v", err)
	}
}

// fails writes and expects that the conditions of the operations with these labels fail, in this order, and no others.
func (x *tenant) fails(labels []string, ops ...table.Op) {
	x.Helper()
	err := x.Write(x.ctx(), ops...)
	var c *table.ConditionError
	if !errors.As(err, &c) {
		x.Errorf("write: got %v, want failed conditions %q", err, labels)
		return
	}
	if !slices.Equal(c.Labels, labels) || len(c.Failed) != len(labels) {
		x.Errorf("failed conditions: got %v %q, want %q", c.Failed, c.Labels, labels)
	}
	for i, n := range c.Failed {
		if ops[n].Label != c.Labels[i] {
			x.Errorf("failed operation %d has label %q, reported as %q", n, ops[n].Label, c.Labels[i])
		}
	}
}

// over expects a LimitError.
func (x *tenant) over(what string, err error) {
	x.Helper()
	var l *table.LimitError
	if !errors.As(err, &l) {
		x.Errorf("%s: got %v, want a LimitError", what, err)
	}
}

// holds expects the item in the crm table, as Get reads it.
func (x *tenant) holds(want table.Item) {
	x.Helper()
	if got := x.get(table.CRM, want.Key); Show(got) != Show(&want) {
		x.Errorf("got  %s\nwant %s", Show(got), Show(&want))
	}
}

// lacks expects no item with the key in the crm table.
func (x *tenant) lacks(k table.Key) {
	x.Helper()
	if got := x.get(table.CRM, k); got != nil {
		x.Errorf("got %s, want no item", Show(got))
	}
}

func (x *tenant) get(t table.Name, k table.Key) *table.Item {
	x.Helper()
	it, err := x.Get(x.ctx(), t, k)
	if err != nil {
		x.Fatalf("get %v: %v", k, err)
	}
	return it
}

// page reads one page.
func (x *tenant) page(q table.Query) table.Page {
	x.Helper()
	p, err := x.Query(x.ctx(), q)
	if err != nil {
		x.Fatalf("query %+v: %v", q, err)
	}
	return p
}

// all reads page by page to the end.
func (x *tenant) all(q table.Query) []table.Item {
	x.Helper()
	items, err := readAll(x.ctx(), x.scoped, q)
	if err != nil {
		x.Fatal(err)
	}
	return items
}

// maxPages is more than any scenario reads; an engine that goes beyond it turns in circles.
const maxPages = 1000

func readAll(ctx context.Context, s *scoped, q table.Query) (items []table.Item, err error) {
	for range maxPages {
		p, err := s.Query(ctx, q)
		if err != nil {
			return nil, fmt.Errorf("query %+v: %w", q, err)
		}
		if q.Limit > 0 && len(p.Items) > q.Limit {
			return nil, fmt.Errorf("query %+v: got %d items on a page", q, len(p.Items))
		}
		items = append(items, p.Items...)
		if q.After = p.Next; p.Next == nil {
			return items, nil
		}
	}
	return nil, fmt.Errorf("query %+v: no end after %d pages", q, maxPages)
}

// finds expects that the query finds items with these sort keys, in this order; in an index within the bound for lagging.
func (x *tenant) finds(q table.Query, want ...string) {
	x.Helper()
	x.eventually(q.Index > 0, func() string {
		got := sortKeys(x.all(q))
		if slices.Equal(got, want) {
			return ""
		}
		return fmt.Sprintf("query %+v:\ngot  %q\nwant %q", q, got, want)
	})
}

// eventually calls check until it finds nothing to complain of or, when it may lag, until the bound for index reads has passed.
func (x *tenant) eventually(lags bool, check func() (complaint string)) {
	x.Helper()
	deadline := time.Now().Add(x.Eventually)
	for {
		complaint := check()
		if complaint == "" {
			return
		}
		if !lags || time.Now().After(deadline) {
			x.Error(complaint)
			return
		}
		time.Sleep(x.Eventually / 50)
	}
}

// dump shows everything that the tenant has written, by key and by index.
func (x *tenant) dump() string {
	var b strings.Builder
	for _, p := range x.written() {
		if (table.Query{Table: p.table, Index: p.index, PK: x.prefix + p.pk}).Check() != nil || p.pk == "" {
			continue // a scenario of limits; nothing can be there
		}
		fmt.Fprintf(&b, "%s %d %q\n", p.table, p.index, p.pk)
		for _, it := range x.all(table.Query{Table: p.table, Index: p.index, PK: p.pk}) {
			fmt.Fprintf(&b, "  %s\n", Show(&it))
		}
	}
	return b.String()
}

func sortKeys(items []table.Item) []string {
	keys := make([]string, len(items))
	for i := range items {
		keys[i] = items[i].SK
	}
	return keys
}

// Show writes an item for comparison and for people. Large documents are shortened to their length and ends.
func Show(it *table.Item) string {
	if it == nil {
		return "absent"
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%q %q v%d expires %d", it.PK, it.SK, it.Version, it.Expires)
	for i, k := range it.Index {
		if k != (table.Key{}) {
			fmt.Fprintf(&b, " index%d %q %q", i+1, k.PK, k.SK)
		}
	}
	for _, d := range []struct {
		name string
		doc  []byte
	}{{"head", it.Head}, {"body", it.Body}, {"event", it.Event}} {
		if len(d.doc) > 0 {
			fmt.Fprintf(&b, " %s %s", d.name, shorten(d.doc))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(it.Counters)) {
		fmt.Fprintf(&b, " %s=%d", name, it.Counters[name])
	}
	return b.String()
}

func shorten(doc []byte) string {
	if len(doc) <= 100 {
		return string(doc)
	}
	return fmt.Sprintf("%s...%s (%d bytes)", doc[:40], doc[len(doc)-40:], len(doc))
}
