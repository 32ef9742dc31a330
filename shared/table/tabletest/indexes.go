package tabletest

import (
	"fmt"
	"slices"

	"github.com/dangol/dangol/shared/table"
)

// listed is an item in the partition "list" of index 1.
func listed(sk, place string) table.Item {
	it := doc(at("p", sk), sk)
	it.Index[0] = at("list", place)
	return it
}

// indexes are the scenarios of reading an index.
var indexes = []scenario{
	{"a read of index 1 returns the head, and neither body nor event; one of index 2 the keys", func(x *tenant) {
		it := listed("1", "a")
		it.Index[1] = at("owner", "b")
		it.Expires, it.Counters = 4102444800, counts{"orders": 3}
		x.must(put(it))
		x.must(add(it.Key, counts{"orders": 1}))
		it.Version, it.Counters = 1, counts{"orders": 4}
		for i := 1; i <= table.MaxIndexes; i++ {
			want := projected(it, i)
			x.eventually(true, func() string {
				got := x.all(indexQuery(i, want.Index[i-1].PK))
				if len(got) == 1 && Show(&got[0]) == Show(&want) {
					return ""
				}
				return fmt.Sprintf("index %d: got %v\nwant %s", i, got, Show(&want))
			})
		}
	}},
	{"an index is read in the order of its sort keys, alone", func(x *tenant) {
		for i, place := range disorder {
			x.must(put(listed(fmt.Sprintf("%02d", i), place)))
		}
		for i, pk := range []string{"lis", "list\x00", "list0", "lisu"} {
			it := table.Item{Key: at("p", fmt.Sprintf("other %d", i))}
			it.Index = [2]table.Key{at(pk, "a"), at("list", "a")}
			x.must(put(it))
		}
		x.findsPlaces(indexQuery(1, "list"), slices.Sorted(slices.Values(disorder)))
		x.pagesJoin(indexQuery(1, "list"))
		q := indexQuery(1, "list")
		q.From, q.To = "a", "b"
		x.pagesJoin(q)
	}},
	{"bounds and prefixes hold in an index", func(x *tenant) {
		for i, place := range []string{"a", "a#1", "a#2", "a$", "b", "a\x00", "a#"} {
			x.must(put(listed(fmt.Sprint(i), place)))
		}
		x.findsPlaces(indexQuery(1, "list").Prefix("a#"), []string{"a#", "a#1", "a#2"})
		q := indexQuery(1, "list")
		q.From, q.To = "a", "a#1"
		x.findsPlaces(q, []string{"a", "a\x00", "a#"})
		q.From, q.To = "a\x00", "a#"
		x.findsPlaces(q, []string{"a\x00"})
	}},
	{"items with the same place all appear, on pages too", func(x *tenant) {
		var want []string
		for i := range 9 {
			it := listed(fmt.Sprint(i), "same")
			it.PK = fmt.Sprintf("p%d", i%3)
			x.must(put(it))
			want = append(want, it.PK+it.SK)
		}
		slices.Sort(want)
		for _, limit := range []int{0, 1, 2, 4, 9} {
			q := indexQuery(1, "list")
			q.Limit = limit
			x.eventually(true, func() string {
				var got []string
				for _, it := range x.all(q) {
					got = append(got, it.PK+it.SK)
				}
				if slices.Sort(got); slices.Equal(got, want) {
					return ""
				}
				return fmt.Sprintf("pages of %d: got %q, want %q in any order", limit, got, want)
			})
		}
	}},
	{"a put moves an item to its new place", func(x *tenant) {
		x.must(put(listed("1", "a")), put(listed("2", "b")))
		x.must(put(listed("1", "c")))
		x.finds(indexQuery(1, "list"), "2", "1")
		moved := listed("2", "b")
		moved.Index[0].PK = "archive"
		x.must(put(moved))
		x.finds(indexQuery(1, "list"), "1")
		x.finds(indexQuery(1, "archive"), "2")
	}},
	{"a put without an index key leaves the index", func(x *tenant) {
		x.must(put(listed("1", "a")), put(listed("2", "b")))
		x.must(put(doc(at("p", "1"), "unlisted")))
		x.finds(indexQuery(1, "list"), "2")
		x.must(put(listed("1", "c")))
		x.finds(indexQuery(1, "list"), "2", "1")
	}},
	{"a delete leaves the indexes", func(x *tenant) {
		it := listed("1", "a")
		it.Index[1] = at("owner", "a")
		x.must(put(it))
		x.must(remove(it.Key))
		x.finds(indexQuery(1, "list"))
		x.finds(indexQuery(2, "owner"))
	}},
	{"the indexes are apart, from each other and by table", func(x *tenant) {
		one, two, ops := listed("1", "a"), doc(at("p", "2"), "2"), listed("3", "a")
		two.Index[1] = at("list", "a")
		x.must(put(one), put(two), in(table.Ops, put(ops)))
		x.finds(indexQuery(1, "list"), "1")
		x.finds(indexQuery(2, "list"), "2")
		x.finds(table.Query{Table: table.Ops, Index: 1, PK: "list"}, "3")
	}},
	{"a failed write leaves the indexes as they were", func(x *tenant) {
		x.must(put(listed("1", "a")))
		x.fails([]string{""}, put(listed("2", "b")), atVersion(9, put(listed("1", "z"))))
		x.finds(indexQuery(1, "list"), "1")
	}},
	{"an index page holds 1 MB of entries", func(x *tenant) {
		for i := range 12 {
			it := table.Item{Key: at("p", fmt.Sprintf("%02d", i)), Head: quote("head", string(make([]byte, 30<<10)))}
			it.Index[0] = at("list", it.SK)
			x.must(put(it))
		}
		x.findsPlaces(indexQuery(1, "list"), []string{"00", "01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11"})
		if p := x.page(indexQuery(1, "list")); len(p.Items) < 5 || len(p.Items) > 6 || p.Next == nil {
			x.Errorf("got %d entries of 180 KB, next %v, want 5 or 6 and a next", len(p.Items), p.Next)
		}
	}},
}

// findsPlaces expects index entries at these sort keys, in this order and, read in reverse, in the other.
func (x *tenant) findsPlaces(q table.Query, want []string) {
	x.Helper()
	for _, q.Reverse = range []bool{false, true} {
		x.eventually(true, func() string {
			var got []string
			for _, it := range x.all(q) {
				got = append(got, it.Index[q.Index-1].SK)
			}
			if slices.Equal(got, want) {
				return ""
			}
			return fmt.Sprintf("query %+v:\ngot  %q\nwant %q", q, got, want)
		})
		want = slices.Clone(want)
		slices.Reverse(want)
	}
}
