package tabletest

import (
	"fmt"

	"github.com/dangol/dangol/shared/table"
)

// states are what a condition can meet.
var states = []struct {
	name    string
	prepare func(k table.Key) []table.Op
	absent  bool
	version int64
}{
	{"an absent item", func(table.Key) []table.Op { return nil }, true, 0},
	{"a counted item", func(k table.Key) []table.Op { return []table.Op{add(k, counts{"n": 1})} }, false, 0},
	{"an item put once", func(k table.Key) []table.Op { return []table.Op{put(doc(k, "1"))} }, false, 1},
	{"an item put twice", func(k table.Key) []table.Op { return []table.Op{put(doc(k, "1")), put(doc(k, "2"))} }, false, 2},
	{"a deleted item", func(k table.Key) []table.Op { return []table.Op{put(doc(k, "1")), remove(k)} }, true, 0},
}

// conditions are the scenarios of every condition, on every kind of operation, against every state.
func conditions() (all []scenario) {
	for _, kind := range []struct {
		name string
		op   func(k table.Key) table.Op
	}{
		{"put", func(k table.Key) table.Op { return put(doc(k, "new")) }},
		{"delete", remove},
		{"add", func(k table.Key) table.Op { return add(k, counts{"n": 10}) }},
		{"check", check},
	} {
		all = append(all, scenario{"conditions of a " + kind.name, func(x *tenant) { tryConditions(x, kind.op) }})
	}
	return all
}

func tryConditions(x *tenant, kind func(k table.Key) table.Op) {
	for n, state := range states {
		for _, c := range []struct {
			name  string
			op    func(op table.Op) table.Op
			holds bool
		}{
			{"always", func(op table.Op) table.Op { return op }, true},
			{"if absent", func(op table.Op) table.Op { return when(table.IfAbsent, op) }, state.absent},
			{"if present", func(op table.Op) table.Op { return when(table.IfPresent, op) }, !state.absent},
			{"if version 0", func(op table.Op) table.Op { return atVersion(0, op) }, state.version == 0},
			{"if version 1", func(op table.Op) table.Op { return atVersion(1, op) }, state.version == 1},
			{"if version 2", func(op table.Op) table.Op { return atVersion(2, op) }, state.version == 2},
		} {
			k := at("p", fmt.Sprintf("%d %s", n, c.name))
			for _, op := range state.prepare(k) {
				x.must(op)
			}
			before := Show(x.get(table.CRM, k))
			x.tryCondition(c.name+" on "+state.name, labelled("rule", c.op(kind(k))), c.holds, before)
		}
	}
}

// tryCondition writes the operation and expects it to succeed, or to fail and change nothing.
func (x *tenant) tryCondition(name string, op table.Op, holds bool, before string) {
	x.Helper()
	err := x.Write(x.ctx(), op)
	after := Show(x.get(table.CRM, op.Item.Key))
	switch {
	case holds && err != nil:
		x.Errorf("%s: got %v, want success", name, err)
	case holds && op.Kind == table.OpDelete && after != "absent":
		x.Errorf("%s: after the delete got %s, want no item", name, after)
	case holds && (op.Kind == table.OpPut || op.Kind == table.OpAdd) && after == before:
		x.Errorf("%s: nothing changed, still %s", name, after)
	case !holds && !table.FailedLabel(err, "rule"):
		x.Errorf("%s: got %v, want a failed condition", name, err)
	case (!holds || op.Kind == table.OpCheck) && after != before:
		x.Errorf("%s: got %s, want %s as before", name, after, before)
	}
}
