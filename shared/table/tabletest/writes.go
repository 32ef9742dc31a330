package tabletest

import (
	"context"
	"errors"

	"github.com/dangol/dangol/shared/table"
)

// writes are the scenarios of single operations.
var writes = []scenario{
	{"a put stores every field and version 1", func(x *tenant) {
		it := doc(at("p", "1"), "first")
		it.Index = [2]table.Key{at("list", "a"), at("owner", "b")}
		it.Expires = 4102444800
		it.Counters = counts{"orders": 3, "net": -5, "zero": 0}
		it.Version = 77 // the engine's to set, not the caller's
		x.must(put(it))
		it.Version = 1
		x.holds(it)
	}},
	{"a put replaces everything but the counters, and counts the version", func(x *tenant) {
		it := doc(at("p", "1"), "first")
		it.Index[0], it.Expires, it.Counters = at("list", "a"), 4102444800, counts{"orders": 3}
		x.must(put(it))
		next := table.Item{Key: it.Key, Body: []byte(`{}`), Counters: counts{"orders": 100, "other": 1}}
		x.must(put(next))
		next.Version, next.Counters = 2, counts{"orders": 3}
		x.holds(next)
	}},
	{"an item may be nothing but its key", func(x *tenant) {
		x.must(put(table.Item{Key: at("p", "1")}))
		x.holds(table.Item{Key: at("p", "1"), Version: 1})
	}},
	{"a deleted item is gone and starts anew", func(x *tenant) {
		it := doc(at("p", "1"), "first")
		it.Counters = counts{"orders": 3}
		x.must(put(it))
		x.must(put(it))
		x.must(remove(it.Key))
		x.lacks(it.Key)
		again := doc(it.Key, "again")
		x.must(put(again))
		again.Version = 1
		x.holds(again)
	}},
	{"deleting nothing succeeds", func(x *tenant) {
		x.must(remove(at("p", "none")))
		x.lacks(at("p", "none"))
	}},
	{"an add creates the item with version 0", func(x *tenant) {
		x.must(add(at("p", "1"), counts{"n": 2}))
		x.holds(table.Item{Key: at("p", "1"), Counters: counts{"n": 2}})
	}},
	{"an add changes the named counters and nothing else", func(x *tenant) {
		it := doc(at("p", "1"), "first")
		it.Index[0], it.Expires, it.Counters = at("list", "a"), 4102444800, counts{"orders": 3, "net": 10}
		x.must(put(it))
		x.must(add(it.Key, counts{"net": -25, "new": 1}))
		it.Version, it.Counters = 1, counts{"orders": 3, "net": -15, "new": 1}
		x.holds(it)
	}},
	{"an add replaces the event and the expiry when it brings them", func(x *tenant) {
		it := doc(at("p", "1"), "first")
		x.must(put(it))
		op := add(it.Key, counts{"n": 1})
		op.Item.Event, op.Item.Expires = []byte(`{"event":"added"}`), 4102444800
		x.must(op)
		it.Version, it.Counters, it.Event, it.Expires = 1, counts{"n": 1}, op.Item.Event, op.Item.Expires
		x.holds(it)
	}},
	{"an add ignores documents and indexes", func(x *tenant) {
		op := add(at("p", "1"), counts{"n": 1})
		op.Item.Head, op.Item.Body, op.Item.Index[0] = []byte(`{}`), []byte(`{}`), at("list", "a")
		x.must(op)
		x.holds(table.Item{Key: at("p", "1"), Counters: counts{"n": 1}})
		x.finds(indexQuery(1, "list"))
	}},
	{"a put keeps the counters of an item that was only counted", func(x *tenant) {
		x.must(add(at("p", "1"), counts{"n": 2}))
		it := doc(at("p", "1"), "put")
		x.must(atVersion(0, put(it)))
		it.Version, it.Counters = 1, counts{"n": 2}
		x.holds(it)
	}},
	{"a check changes nothing", func(x *tenant) {
		it := doc(at("p", "1"), "first")
		x.must(put(it))
		x.must(when(table.IfPresent, check(it.Key)))
		x.must(when(table.IfAbsent, check(at("p", "2"))))
		it.Version = 1
		x.holds(it)
		x.lacks(at("p", "2"))
	}},
	{"the tables are apart", func(x *tenant) {
		for _, t := range table.Names() {
			x.must(in(t, put(doc(at("p", "1"), string(t)))))
		}
		x.must(in(table.Ops, remove(at("p", "1"))))
		for _, t := range []table.Name{table.Identity, table.CRM, table.Outreach} {
			want := doc(at("p", "1"), string(t))
			want.Version = 1
			if got := x.get(t, at("p", "1")); Show(got) != Show(&want) {
				x.Errorf("%s: got %s, want %s", t, Show(got), Show(&want))
			}
		}
		if got := x.get(table.Ops, at("p", "1")); got != nil {
			x.Errorf("ops: got %s, want no item", Show(got))
		}
	}},
	{"documents may hold any text", func(x *tenant) {
		it := doc(at("고객#김민지", "주문#1 \"'\\"), "한글 \u0000 🙂")
		it.Counters = counts{"한글": 1}
		x.must(put(it))
		it.Version = 1
		x.holds(it)
	}},
	{"a write under an ended context writes nothing", func(x *tenant) {
		ctx, cancel := context.WithCancel(x.ctx())
		cancel()
		if err := x.Write(ctx, put(doc(at("p", "1"), "late"))); !errors.Is(err, context.Canceled) {
			x.Errorf("got %v, want context.Canceled", err)
		}
		x.lacks(at("p", "1"))
	}},
}
