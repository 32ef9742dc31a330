package tabletest

import (
	"fmt"

	"github.com/dangol/dangol/shared/table"
)

// transactions are the scenarios of several operations together.
var transactions = []scenario{
	{"a transaction applies every kind of operation", func(x *tenant) {
		x.must(put(doc(at("p", "old"), "1")), put(doc(at("p", "gone"), "1")), add(at("p", "count"), counts{"n": 1}))
		x.must(
			atVersion(1, put(doc(at("p", "old"), "2"))),
			when(table.IfPresent, remove(at("p", "gone"))),
			add(at("p", "count"), counts{"n": 4}),
			when(table.IfAbsent, check(at("p", "none"))),
			in(table.Ops, put(doc(at("p", "old"), "elsewhere"))),
		)
		want := doc(at("p", "old"), "2")
		want.Version = 2
		x.holds(want)
		x.lacks(at("p", "gone"))
		x.lacks(at("p", "none"))
		x.holds(table.Item{Key: at("p", "count"), Counters: counts{"n": 5}})
		if x.get(table.Ops, at("p", "old")) == nil {
			x.Error("the part in another table is missing")
		}
	}},
	{"one failed condition undoes all", func(x *tenant) {
		x.must(put(doc(at("p", "taken"), "1")), put(doc(at("p", "kept"), "1")), add(at("p", "count"), counts{"n": 1}))
		before := x.dump()
		x.fails([]string{"email"},
			put(doc(at("p", "new"), "1")),
			add(at("p", "count"), counts{"n": 4}),
			labelled("email", when(table.IfAbsent, put(doc(at("p", "taken"), "2")))),
			remove(at("p", "kept")),
		)
		if after := x.dump(); after != before {
			x.Errorf("got\n%s\nwant as before\n%s", after, before)
		}
	}},
	{"every failed condition is named, in the order of the call", func(x *tenant) {
		x.must(put(doc(at("p", "taken"), "1")))
		x.fails([]string{"version", "", "check"},
			labelled("version", atVersion(7, put(doc(at("p", "taken"), "2")))),
			labelled("fine", put(doc(at("p", "new"), "1"))),
			when(table.IfPresent, remove(at("p", "none"))),
			labelled("check", when(table.IfPresent, check(at("p", "absent")))),
		)
		x.lacks(at("p", "new"))
	}},
	{"a failed check holds back the rest", func(x *tenant) {
		x.must(put(doc(at("p", "campaign"), "epoch 1")))
		x.must(put(doc(at("p", "campaign"), "epoch 2")))
		x.fails([]string{"epoch"}, put(doc(at("p", "message"), "sending")), labelled("epoch", atVersion(1, check(at("p", "campaign")))))
		x.lacks(at("p", "message"))
	}},
	{"a transaction holds 100 operations", func(x *tenant) {
		x.must(manyPuts(table.MaxTxItems)...)
		if got := len(x.all(partitionQuery("p"))); got != table.MaxTxItems {
			x.Errorf("got %d items, want %d", got, table.MaxTxItems)
		}
	}},
	{"the same key in two tables is two items", func(x *tenant) {
		x.must(put(doc(at("p", "1"), "crm")), in(table.Ops, put(doc(at("p", "1"), "ops"))))
	}},
}

func manyPuts(n int) []table.Op {
	ops := make([]table.Op, n)
	for i := range ops {
		ops[i] = put(doc(at("p", fmt.Sprintf("%03d", i)), "many"))
	}
	return ops
}
