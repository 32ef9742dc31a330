package tabletest

import (
	"errors"
	"time"

	"github.com/dangol/dangol/shared/table"
)

var errCrash = errors.New("crash")

// needsFaults fails the scenario for an engine without switches, which must be exempt from it and say why.
func (x *tenant) needsFaults() {
	x.Helper()
	if x.Faults == nil {
		x.Fatal("the engine has no fault switches: exempt it from this scenario")
	}
}

// faults are the scenarios of engines that misbehave on demand.
var faults = []scenario{
	{"a throttled call changes nothing and can be repeated", func(x *tenant) {
		x.needsFaults()
		x.must(put(doc(at("p", "0"), "0")))
		x.Faults.ThrottleNext(4)
		_, getErr := x.Get(x.ctx(), table.CRM, at("p", "0"))
		_, batchErr := x.BatchGet(x.ctx(), table.CRM, []table.Key{at("p", "0")})
		_, queryErr := x.Query(x.ctx(), partitionQuery("p"))
		writeErr := x.Write(x.ctx(), put(doc(at("p", "1"), "1")))
		for name, err := range map[string]error{"get": getErr, "batch get": batchErr, "query": queryErr, "write": writeErr} {
			if !errors.Is(err, table.ErrThrottled) {
				x.Errorf("%s: got %v, want ErrThrottled", name, err)
			}
		}
		x.lacks(at("p", "1"))
		x.must(put(doc(at("p", "1"), "1")))
	}},
	{"a crash before a write leaves nothing", func(x *tenant) {
		x.needsFaults()
		x.Faults.CrashBeforeWrite(func([]table.Op) error { return errCrash })
		if err := x.Write(x.ctx(), put(doc(at("p", "1"), "1"))); !errors.Is(err, errCrash) {
			x.Errorf("got %v, want the crash", err)
		}
		x.Faults.CrashBeforeWrite(nil)
		x.lacks(at("p", "1"))
	}},
	{"a crash after a write leaves it whole", func(x *tenant) {
		x.needsFaults()
		seen := 0
		x.Faults.CrashAfterWrite(func(ops []table.Op) error { seen = len(ops); return errCrash })
		if err := x.Write(x.ctx(), put(doc(at("p", "1"), "1")), put(doc(at("p", "2"), "2"))); !errors.Is(err, errCrash) || seen != 2 {
			x.Errorf("got %v with %d operations, want the crash with 2", err, seen)
		}
		x.fails([]string{""}, when(table.IfAbsent, put(doc(at("p", "1"), "2")))) // a refused write never crashes after
		x.Faults.CrashAfterWrite(nil)
		x.finds(partitionQuery("p"), "1", "2")
	}},
	{"delayed indexes answer from the past, tables from the present", func(x *tenant) {
		x.needsFaults()
		x.must(put(listed("1", "a")))
		if err := x.Faults.DelayIndexes(time.Hour); err != nil {
			x.Fatal(err)
		}
		x.must(put(listed("1", "c")))
		x.must(put(listed("2", "b")))
		if got := x.all(indexQuery(1, "list")); len(got) != 1 || got[0].Index[0].SK != "a" {
			x.Errorf("in the index: got %v, want the first item at its old place", got)
		}
		x.finds(partitionQuery("p"), "1", "2")
		if err := x.Faults.DelayIndexes(0); err != nil {
			x.Fatal(err)
		}
		x.finds(indexQuery(1, "list"), "2", "1")
	}},
}
