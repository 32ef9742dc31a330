package tabletest

import (
	"fmt"
	"slices"

	"github.com/dangol/dangol/shared/table"
)

// disorder is sort keys of which no two orders but the bytewise one agree: cases, lengths, control characters, scripts.
var disorder = []string{"b", "a", "B", "aa", "a\x01", "a\x00", "a#", "a\x7f", "é", "z", "가", "10", "9", "~", "a\x00b"}

// fill puts items with the sort keys into the partition "p", and neighbours that no query of it may find.
func (x *tenant) fill(sks ...string) {
	x.Helper()
	for _, sk := range sks {
		x.must(put(table.Item{Key: at("p", sk), Head: quote("sk", sk)}))
	}
	for _, pk := range []string{"o", "p\x00", "p\x01", "pp", "q", "P"} {
		x.must(put(table.Item{Key: at(pk, "a")}))
	}
}

// queries are the scenarios of reading a partition of the table itself.
var queries = []scenario{
	{"a partition is read in the order of its bytes, alone", func(x *tenant) {
		x.fill(disorder...)
		want := slices.Sorted(slices.Values(disorder))
		x.finds(partitionQuery("p"), want...)
		slices.Reverse(want)
		q := partitionQuery("p")
		q.Reverse = true
		x.finds(q, want...)
		x.finds(partitionQuery("none"))
	}},
	{"a query returns whole items", func(x *tenant) {
		it := doc(at("p", "1"), "whole")
		it.Index = [2]table.Key{at("list", "a"), at("owner", "b")}
		it.Counters, it.Expires = counts{"n": 1}, 4102444800
		x.must(put(it))
		it.Version = 1
		if got := x.page(partitionQuery("p")); len(got.Items) != 1 || Show(&got.Items[0]) != Show(&it) {
			x.Errorf("got %d items\n%v\nwant %s", len(got.Items), got.Items, Show(&it))
		}
	}},
	{"bounds take from and leave to", func(x *tenant) {
		x.fill("a", "b", "c", "d", "e")
		for _, c := range []struct {
			from, to string
			want     []string
		}{
			{"b", "d", []string{"b", "c"}},
			{"b", "", []string{"b", "c", "d", "e"}},
			{"", "c", []string{"a", "b"}},
			{"bb", "cc", []string{"c"}},
			{"b", "b", nil},
			{"d", "b", nil},
			{"f", "", nil},
			{"", "a", nil},
		} {
			q := partitionQuery("p")
			q.From, q.To = c.from, c.to
			x.finds(q, c.want...)
			slices.Reverse(c.want)
			q.Reverse = true
			x.finds(q, c.want...)
		}
	}},
	{"a prefix finds what begins with it", func(x *tenant) {
		const last, most = "tl#\U0010ffff", "\U0010ffff"
		x.fill("tl", "tl#", "tl#1", "tl#2", last, "tl$", "tk#9", most, most+most, most+most+"1", "\U0010fffe")
		x.finds(partitionQuery("p").Prefix("tl#"), "tl#", "tl#1", "tl#2", last)
		x.finds(partitionQuery("p").Prefix(most), most, most+most, most+most+"1")
		x.finds(partitionQuery("p").Prefix(most+most), most+most, most+most+"1")
		x.finds(partitionQuery("p").Prefix("none"))
		if got := len(x.all(partitionQuery("p").Prefix(""))); got != 11 {
			x.Errorf("an empty prefix finds %d items, want all 11", got)
		}
	}},
	{"bounds may be any bytes: the end of a prefix often is no text", func(x *tenant) {
		x.fill("갾", "갿", "갿1", "걀", "\x7f", "\x7fz", "\u0080", "߿", "ࠀ", "\ud7ff", "\ue000", "\uffff", "\U00010000")
		x.finds(partitionQuery("p").Prefix("갿"), "갿", "갿1")
		x.finds(partitionQuery("p").Prefix("\x7f"), "\x7f", "\x7fz")
		x.finds(partitionQuery("p").Prefix("߿"), "߿")
		x.finds(partitionQuery("p").Prefix("\ud7ff"), "\ud7ff")
		x.finds(partitionQuery("p").Prefix("\uffff"), "\uffff")
		x.finds(partitionQuery("p").Prefix("갿"[:2]), "갾", "갿", "갿1")
		q := partitionQuery("p")
		q.From, q.To = "갿1\xff", "\xf0\x90\x80"
		x.finds(q, "걀", "\ud7ff", "\ue000", "\uffff")
		q.From, q.To = "\xff", ""
		x.finds(q)
		q.From, q.To = "ࠀ1", "\xff"
		x.finds(q, "갾", "갿", "갿1", "걀", "\ud7ff", "\ue000", "\uffff", "\U00010000")
	}},
	{"pages join without gaps or repeats, both ways", func(x *tenant) {
		x.fill(disorder...)
		x.pagesJoin(partitionQuery("p"))
		q := partitionQuery("p")
		q.From, q.To = "a", "b"
		x.pagesJoin(q)
	}},
	{"a page that ends at the last item has no next", func(x *tenant) {
		x.fill("a", "b", "c")
		q := partitionQuery("p")
		q.Limit = 3
		if p := x.page(q); len(p.Items) != 3 || p.Next != nil {
			x.Errorf("got %d items, next %v, want 3 and none", len(p.Items), p.Next)
		}
		q.Limit, q.Reverse = 2, true
		if p := x.page(q); len(p.Items) != 2 || p.Next == nil || p.Next.Item != at("p", "b") || p.Next.Index != p.Next.Item {
			x.Errorf("got %d items, next %v, want 2 and the place of b", len(p.Items), p.Next)
		}
	}},
	{"a page goes on behind a deleted item", func(x *tenant) {
		x.fill("a", "b", "c", "d")
		q := partitionQuery("p")
		q.Limit = 2
		p := x.page(q)
		x.must(remove(at("p", "b")))
		q.After = p.Next
		x.finds(q, "c", "d")
	}},
	{"a page holds 1 MB, however many items it may have", func(x *tenant) {
		for i := range 12 {
			x.must(put(x.sized(at("p", fmt.Sprintf("%02d", i)), 200<<10)))
		}
		for _, reverse := range []bool{false, true} {
			q := partitionQuery("p")
			q.Limit, q.Reverse = 12, reverse
			p := x.page(q)
			if got := len(p.Items); got < 5 || got > 6 || p.Next == nil {
				x.Errorf("reverse %v: got %d items of 200 KB, next %v, want 5 or 6 and a next", reverse, got, p.Next)
			}
			if got := len(x.all(q)); got != 12 {
				x.Errorf("reverse %v: got %d items in all pages, want 12", reverse, got)
			}
		}
	}},
}

// pagesJoin reads the query in pages of every size, both ways, and expects the same items as at once.
func (x *tenant) pagesJoin(q table.Query) {
	x.Helper()
	whole := sortKeys(x.all(q))
	for _, q.Reverse = range []bool{false, true} {
		for q.Limit = 1; q.Limit <= len(whole)+1; q.Limit++ {
			if got := sortKeys(x.all(q)); !slices.Equal(got, whole) {
				x.Errorf("pages of %d, reverse %v: got %q, want %q", q.Limit, q.Reverse, got, whole)
			}
		}
		slices.Reverse(whole)
	}
}
