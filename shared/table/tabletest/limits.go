package tabletest

import (
	"fmt"
	"strings"

	"github.com/dangol/dangol/shared/table"
)

// limits are the scenarios of what every engine refuses, and of what it still takes.
var limits = []scenario{
	{"an item may have 400 KB", func(x *tenant) {
		it := x.sized(at("p", "1"), table.MaxItemBytes)
		x.must(put(it))
		x.holds(it)
		x.over("an item of one byte more", x.Write(x.ctx(), put(x.sized(at("p", "2"), table.MaxItemBytes+1))))
		x.lacks(at("p", "2"))
	}},
	{"counters count against the 400 KB", func(x *tenant) {
		it := x.sized(at("p", "1"), table.MaxItemBytes-9)
		x.must(put(it))
		x.over("an add beyond the size", x.Write(x.ctx(), add(it.Key, counts{"counter": 1})))
		x.must(add(it.Key, counts{"c": 1}))
		small := table.Item{Key: at("p", "2"), Counters: counts{strings.Repeat("c", 100): 1}}
		x.must(put(small))
		x.over("a put that keeps counters", x.Write(x.ctx(), put(x.sized(small.Key, table.MaxItemBytes-50))))
	}},
	{"keys have their sizes", func(x *tenant) {
		pk := strings.Repeat("k", table.MaxPartitionKey-len(x.prefix))
		sk := strings.Repeat("k", table.MaxSortKey)
		x.must(put(table.Item{Key: at(pk, sk)}))
		x.holds(table.Item{Key: at(pk, sk), Version: 1})
		indexed := table.Item{Key: at("p", "1")}
		indexed.Index[0] = at(pk, sk)
		x.must(put(indexed))
		x.finds(indexQuery(1, pk), "1")
	}},
	{"malformed keys are refused", func(x *tenant) {
		long := strings.Repeat("k", table.MaxPartitionKey+1)
		for name, k := range map[string]table.Key{
			"an empty partition key": at("", "1"),
			"an empty sort key":      at("p", ""),
			"a long partition key":   at(long, "1"),
			"a long sort key":        at("p", long[:table.MaxSortKey+1]),
			"a sort key no text":     at("p", "1\xff"),
			"a partition no text":    at("p\xc3", "1"),
		} {
			x.over("put with "+name, x.Write(x.ctx(), put(table.Item{Key: k})))
			_, err := x.Get(x.ctx(), table.CRM, k)
			x.over("get of "+name, err)
			_, err = x.BatchGet(x.ctx(), table.CRM, []table.Key{at("p", "1"), k})
			x.over("batch get of "+name, err)
			it := table.Item{Key: at("p", "1")}
			it.Index[1] = k
			x.over("put with an index key with "+name, x.Write(x.ctx(), put(it)))
		}
		x.lacks(at("p", "1"))
	}},
	{"malformed writes are refused", func(x *tenant) {
		for name, ops := range map[string][]table.Op{
			"no operation":              nil,
			"101 operations":            manyPuts(table.MaxTxItems + 1),
			"a key twice":               {put(doc(at("p", "1"), "a")), add(at("p", "1"), counts{"n": 1})},
			"a key written and checked": {put(doc(at("p", "1"), "a")), check(at("p", "1"))},
			"an unknown table":          {in("nowhere", put(doc(at("p", "1"), "a")))},
			"an unknown kind":           {{Table: table.CRM, Kind: 99, Item: doc(at("p", "1"), "a")}},
			"an unknown condition":      {when(99, put(doc(at("p", "1"), "a")))},
			"a counter without a name":  {add(at("p", "1"), counts{"": 1})},
			"101 counters":              {add(at("p", "1"), manyCounts(table.MaxCounters+1))},
			"a body that is not UTF-8":  {put(table.Item{Key: at("p", "1"), Body: []byte{0xff}})},
		} {
			x.over(name, x.Write(x.ctx(), ops...))
		}
		x.lacks(at("p", "1"))
		x.lacks(at("p", "000"))
	}},
	{"100 counters move at once", func(x *tenant) {
		it := table.Item{Key: at("p", "1"), Counters: manyCounts(table.MaxCounters)}
		x.must(add(it.Key, it.Counters))
		x.holds(it)
		x.must(add(it.Key, it.Counters))
		for name := range it.Counters {
			it.Counters[name] *= 2
		}
		x.holds(it)
	}},
	{"a transaction may have 4 MB", func(x *tenant) {
		ops := make([]table.Op, 11)
		for i := range ops {
			ops[i] = put(x.sized(at("p", fmt.Sprint(i)), table.MaxTxBytes/11-table.TxOpBytes))
		}
		x.must(ops...)
		for i := range ops {
			ops[i].Item.Body = append(ops[i].Item.Body, "longer"...)
		}
		x.over("more than 4 MB", x.Write(x.ctx(), ops...))
	}},
	{"malformed reads are refused", func(x *tenant) {
		_, err := x.Get(x.ctx(), "nowhere", at("p", "1"))
		x.over("get from an unknown table", err)
		_, err = x.BatchGet(x.ctx(), table.CRM, make([]table.Key, table.MaxBatchGet+1))
		x.over("batch get of 101 keys", err)
		for name, q := range map[string]table.Query{
			"an unknown table":    {Table: "nowhere", PK: "p"},
			"an unknown index":    {Table: table.CRM, Index: 3, PK: "p"},
			"a negative index":    {Table: table.CRM, Index: -1, PK: "p"},
			"no partition":        {Table: table.CRM},
			"a negative limit":    {Table: table.CRM, PK: "p", Limit: -1},
			"another's position":  {Table: table.CRM, PK: "p", After: &table.Position{Index: at("q", "1"), Item: at("q", "1")}},
			"another's index key": {Table: table.CRM, Index: 1, PK: "p", After: &table.Position{Index: at("q", "1"), Item: at("p", "1")}},
		} {
			_, err := x.Query(x.ctx(), q)
			x.over("query with "+name, err)
		}
	}},
}

func manyCounts(n int) counts {
	c := counts{}
	for i := range n {
		c[fmt.Sprintf("a counter with a long name %d", i)] = int64(i)
	}
	return c
}
