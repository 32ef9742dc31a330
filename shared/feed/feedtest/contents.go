package feedtest

import (
	"slices"

	"github.com/dangol/dangol/shared/feed"
	"github.com/dangol/dangol/shared/table"
)

// contents are the scenarios of what a record holds.
var contents = []scenario{
	{"every change appears with the image before and after", func(w *world) {
		w.both(func(tenant string) []table.Op { return []table.Op{put(tenant, "1", "one")} })
		w.both(func(tenant string) []table.Op { return []table.Op{put(tenant, "1", "two")} })
		w.both(func(tenant string) []table.Op { return []table.Op{add(tenant, "1", 3)} })
		w.both(func(tenant string) []table.Op { return []table.Op{remove(tenant, "1")} })
		records := w.consume("c", nil).await(8)
		want := []string{
			`crm: absent -> "1" v1 expires 0 head one body one event one`,
			`crm: "1" v1 expires 0 head one body one event one -> "1" v2 expires 0 head two body two event two`,
			`crm: "1" v2 expires 0 head two body two event two -> "1" v2 expires 0 head two body two event two n=3`,
			`crm: "1" v2 expires 0 head two body two event two n=3 -> absent`,
		}
		for _, tenant := range w.tenants {
			w.shows(of(tenant, records), want)
		}
	}},
	{"images hold every field", func(w *world) {
		op := put(w.tenants[0], "1", "one")
		op.Item.Index = [2]table.Key{key("list", "a"), key("owner", "b")}
		op.Item.Expires, op.Item.Counters = 4102444800, map[string]int64{"n": 1, "m": -2}
		w.must(op)
		w.shows(w.consume("c", nil).await(1), []string{
			`crm: absent -> "1" v1 expires 4102444800 index1 "listp" "a" index2 "ownerp" "b" head one body one event one m=-2 n=1`,
		})
	}},
	{"a transaction has a record for each item that it changed", func(w *world) {
		w.must(put(w.tenants[0], "checked", "old"))
		check := table.Op{Table: table.CRM, Kind: table.OpCheck, If: table.IfPresent, Item: table.Item{Key: key(w.tenants[0], "checked")}}
		ops := put(w.tenants[0], "ops", "new")
		ops.Table = table.Ops
		w.must(check, put(w.tenants[0], "a", "new"), remove(w.tenants[0], "none"), add(w.tenants[0], "b", 1), ops)
		got := sks(w.consume("c", nil).await(4))
		if slices.Sort(got); !slices.Equal(got, []string{"a", "b", "checked", "ops"}) {
			w.Errorf("got records of %q, want of checked, a, b and ops", got)
		}
	}},
	{"a write that failed does not appear", func(w *world) {
		w.must(put(w.tenants[0], "1", "one"))
		taken := put(w.tenants[0], "1", "again")
		taken.If = table.IfAbsent
		if err := w.Table.Write(w.Context(), put(w.tenants[0], "2", "two"), taken); err == nil {
			w.Error("the second creation succeeded")
		}
		w.must(put(w.tenants[0], "last", "last"))
		if got := sks(w.consume("c", nil).await(2)); !slices.Equal(got, []string{"1", "last"}) {
			w.Errorf("got records of %q, want of 1 and last", got)
		}
	}},
	{"crm, outreach and ops appear, identity does not", func(w *world) {
		for _, t := range table.Names() {
			op := put(w.tenants[0], string(t), "x")
			op.Table = t
			w.must(op)
		}
		w.must(put(w.tenants[0], "last", "x"))
		got := sks(w.consume("c", nil).await(4))
		if slices.Sort(got); !slices.Equal(got, []string{"crm", "last", "ops", "outreach"}) {
			w.Errorf("got records of %q, want of crm, outreach, ops and the last", got)
		}
	}},
}

// shows compares the records of one item with what they should show, in order. Records may come twice.
func (w *world) shows(records []feed.Record, want []string) {
	w.Helper()
	var got []string
	seen := map[string]bool{}
	for _, r := range records {
		if !seen[r.Seq] {
			got = append(got, show(r))
		}
		seen[r.Seq] = true
	}
	if !slices.Equal(got, want) {
		w.Errorf("got\n%s\nwant\n%s", lines(got), lines(want))
	}
}

func lines(s []string) (all string) {
	for _, l := range s {
		all += "  " + l + "\n"
	}
	return all
}
