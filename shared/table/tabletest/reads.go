package tabletest

import (
	"fmt"
	"strings"

	"github.com/dangol/dangol/shared/table"
)

// reads are the scenarios of reading by key.
var reads = []scenario{
	{"an absent item is nil", func(x *tenant) {
		x.must(put(doc(at("p", "1"), "1")))
		x.lacks(at("p", "2"))
		x.lacks(at("q", "1"))
	}},
	{"a batch get answers in the order of the keys", func(x *tenant) {
		x.must(put(doc(at("p", "1"), "1")), put(doc(at("q", "2"), "2")))
		keys := []table.Key{at("q", "2"), at("p", "none"), at("p", "1"), at("q", "2")}
		items, err := x.BatchGet(x.ctx(), table.CRM, keys)
		if err != nil || len(items) != len(keys) {
			x.Fatalf("got %d items, %v, want %d", len(items), err, len(keys))
		}
		for i, k := range keys {
			if want := x.get(table.CRM, k); Show(items[i]) != Show(want) {
				x.Errorf("key %d: got %s, want %s", i, Show(items[i]), Show(want))
			}
		}
	}},
	{"a batch get of nothing is nothing", func(x *tenant) {
		if items, err := x.BatchGet(x.ctx(), table.CRM, nil); len(items) != 0 || err != nil {
			x.Errorf("got %v, %v, want no items", items, err)
		}
	}},
	{"a batch get takes 100 keys", func(x *tenant) {
		ops := manyPuts(table.MaxBatchGet)
		x.must(ops...)
		keys := make([]table.Key, len(ops))
		for i := range ops {
			keys[i] = ops[i].Item.Key
		}
		items, err := x.BatchGet(x.ctx(), table.CRM, keys)
		if err != nil {
			x.Fatal(err)
		}
		for i, it := range items {
			if it == nil || it.Key != keys[i] {
				x.Errorf("key %v: got %s", keys[i], Show(it))
			}
		}
	}},
	{"large items come whole in a batch get", func(x *tenant) {
		keys := make([]table.Key, 45) // 17 MB: more than DynamoDB answers at once
		for i := range keys {
			keys[i] = at("p", fmt.Sprintf("%02d", i))
			x.must(put(x.sized(keys[i], table.MaxItemBytes)))
		}
		items, err := x.BatchGet(x.ctx(), table.CRM, keys)
		if err != nil {
			x.Fatal(err)
		}
		for i, it := range items {
			if it == nil || it.Key != keys[i] {
				x.Errorf("key %v: got %s", keys[i], Show(it))
			}
		}
	}},
	{"what was read belongs to the reader", func(x *tenant) {
		for _, text := range []string{"small", strings.Repeat("large", 5000)} {
			it := doc(at("p", text[:5]), text)
			it.Index[0], it.Counters = at("list", "a"), counts{"n": 1}
			x.must(put(it))
			it.Version = 1
			got := x.get(table.CRM, it.Key)
			x.finds(indexQuery(1, "list").Prefix("a"), text[:5])
			read := append(x.all(partitionQuery("p")), x.all(indexQuery(1, "list"))...)
			for _, r := range append(read, *got) {
				clear(r.Head)
				clear(r.Body)
				r.Counters["n"] = 100
			}
			x.holds(it)
			if got := x.all(indexQuery(1, "list")); len(got) != 1 || string(got[0].Head) != string(it.Head) {
				x.Errorf("in the index: got %d entries, want the head as it was", len(got))
			}
			x.must(remove(it.Key))
		}
	}},
	{"what was written may be changed afterwards", func(x *tenant) {
		it := doc(at("p", "1"), "kept")
		x.must(put(it))
		want := doc(at("p", "1"), "kept")
		want.Version = 1
		copy(it.Body, "XXXX")
		x.holds(want)
	}},
	{"the expiry is kept and an expired item may still be read", func(x *tenant) {
		it := table.Item{Key: at("p", "1"), Expires: 4102444800}
		it.Index[0] = at("list", "a")
		x.must(put(it))
		it.Version = 1
		x.holds(it)
		x.finds(indexQuery(1, "list"), "1")
		if got := x.all(indexQuery(1, "list")); len(got) == 1 && got[0].Expires != it.Expires {
			x.Errorf("in the index: got expiry %d, want %d", got[0].Expires, it.Expires)
		}
		it.Expires = 0
		x.must(put(it))
		it.Version = 2
		x.holds(it)
	}},
}
