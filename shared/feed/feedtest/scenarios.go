package feedtest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

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

// delivery are the scenarios of how records come.
var delivery = []scenario{
	{"concurrent writes all appear, in order per item", func(w *world) {
		const writers, each, items = 6, 20, 4
		c := w.consume("c", nil)
		var done sync.WaitGroup
		for n := range writers {
			done.Go(func() {
				for i := range each {
					tenant := w.tenants[n%2]
					if err := w.Table.Write(w.Context(), put(tenant, fmt.Sprint(i%items), "x"), add(tenant, "sum", 1)); err != nil {
						w.Error(err)
					}
				}
			})
		}
		done.Wait()
		w.chains(c.await(2 * writers * each))
	}},
	{"a write wakes a waiting consumer", func(w *world) {
		c := w.consume("c", nil)
		for n := 1; n <= 10; n++ {
			w.numbered(n, 1)
			c.await(n)
		}
	}},
	{"a failed batch goes on exactly at the record that failed", func(w *world) {
		w.numbered(0, 10)
		var calls [][]string
		c := w.consume("c", func(batch []feed.Record) (int, error) {
			calls = append(calls, sks(batch))
			if len(calls) <= 3 {
				return min(3, len(batch)), errors.New("half way")
			}
			return len(batch), nil
		})
		w.inOrder(c.await(10), 0, 10)
		c.stop()
		for i := 1; i < 4; i++ {
			failed := min(3, len(calls[i-1]))
			if failed < len(calls[i-1]) && calls[i][0] != calls[i-1][failed] {
				w.Errorf("after %q failed, delivery went on at %q", calls[i-1][failed], calls[i][0])
			}
		}
	}},
	{"a record that fails comes again before any other", func(w *world) {
		w.numbered(0, 3)
		attempts := 0
		c := w.consume("c", func(batch []feed.Record) (int, error) {
			if attempts++; attempts <= 3 {
				return 0, errors.New("not yet")
			}
			return len(batch), nil
		})
		w.inOrder(c.await(3), 0, 3)
	}},
	{"a failure inside a transaction goes on inside it", func(w *world) {
		var ops []table.Op
		for i := range 6 {
			ops = append(ops, put(w.tenants[0], fmt.Sprintf("%04d", i), "together"))
		}
		w.must(ops...)
		w.numbered(6, 2)
		failed := false
		c := w.consume("c", func(batch []feed.Record) (int, error) {
			if !failed && len(batch) > 4 {
				failed = true
				return 4, errors.New("half way")
			}
			return len(batch), nil
		})
		got := sks(c.await(8))
		if slices.Sort(got); !slices.Equal(got, numbers(0, 8)) {
			w.Errorf("got records of %q, want each of 8 once", got)
		}
	}},
	{"more records than a batch all come", func(w *world) {
		var ops []table.Op
		for i := range table.MaxTxItems {
			ops = append(ops, add(w.tenants[0], fmt.Sprint(i), 1))
		}
		for range 4 {
			w.must(ops...)
			w.must(ops[:30]...)
		}
		w.chains(w.consume("c", nil).await(4 * (table.MaxTxItems + 30)))
	}},
}

func numbers(first, n int) (sks []string) {
	for i := range n {
		sks = append(sks, fmt.Sprintf("%04d", first+i))
	}
	return sks
}

// inOrder expects the numbered items, each handled once.
func (w *world) inOrder(records []feed.Record, first, n int) {
	w.Helper()
	if got := sks(records); !slices.Equal(got, numbers(first, n)) {
		w.Errorf("got records of %q, want of %q", got, numbers(first, n))
	}
}

// chains expects that the records of each item follow one another: every old image is the new image before, and Seq grows. Repeats are left out.
func (w *world) chains(records []feed.Record) {
	w.Helper()
	last := map[table.Key]feed.Record{}
	seen := map[string]bool{}
	for _, r := range records {
		if seen[r.Seq] {
			continue
		}
		seen[r.Seq] = true
		before := last[r.Key()]
		if r.Seq <= before.Seq {
			w.Errorf("record %s of an item came after %s", r.Seq, before.Seq)
		}
		was := feed.Record{Table: r.Table, Old: before.New, New: r.New}
		if show(was) != show(r) {
			w.Errorf("old image: got %s, want %s", show(r), show(was))
		}
		last[r.Key()] = r
	}
}

// places are the scenarios of where consumers stand.
var places = []scenario{
	{"a consumer goes on where it stopped", func(w *world) {
		w.numbered(0, 5)
		first := w.consume("c", nil)
		first.await(5)
		first.stop()
		w.numbered(5, 5)
		w.goesOn(w.consume("c", nil), 5)
	}},
	{"a consumer goes on where it stopped after a restart", func(w *world) {
		if w.Reopen == nil {
			w.Fatal("the source does not restart: exempt it from this scenario")
		}
		w.numbered(0, 5)
		first := w.consume("c", nil)
		first.await(5)
		first.stop()
		w.Subject = w.Reopen()
		w.numbered(5, 5)
		w.goesOn(w.consume("c", nil), 5)
		w.inOrder(w.consume("new", nil).await(10), 0, 10)
	}},
	{"a failed record is still due after the consumer ran anew", func(w *world) {
		w.numbered(0, 5)
		failed := make(chan struct{})
		once := sync.OnceFunc(func() { close(failed) })
		first := w.consume("c", func(batch []feed.Record) (int, error) {
			if len(batch) < 5 {
				return 0, errors.New("not all yet")
			}
			once()
			return 0, errors.New("never")
		})
		select {
		case <-failed:
		case <-time.After(patience):
			w.Fatal("the five records never came together")
		}
		first.stop()
		w.inOrder(w.consume("c", nil).await(5), 0, 5)
	}},
	{"consumers are independent and see the same records", func(w *world) {
		w.numbered(0, 5)
		stuck := w.consume("stuck", func([]feed.Record) (int, error) { return 0, errors.New("stuck") })
		one, two := w.consume("one", nil), w.consume("two", nil)
		w.numbered(5, 5)
		got, want := showAll(one.await(10)), showAll(two.await(10))
		if got != want {
			w.Errorf("got\n%s\nand\n%s", got, want)
		}
		stuck.stop()
		if len(stuck.await(0)) != 0 {
			w.Error("the stuck consumer made progress")
		}
	}},
	{"a new consumer starts at the oldest record", func(w *world) {
		w.numbered(0, 5)
		w.consume("old", nil).await(5)
		w.inOrder(w.consume("new", nil).await(5), 0, 5)
	}},
	{"a run ends with its context, also while it waits after a failure", func(w *world) {
		w.numbered(0, 1)
		called := make(chan struct{}, 100)
		ctx, cancel := context.WithCancel(w.Context())
		ended := make(chan error, 1)
		go func() {
			ended <- w.Source.Run(ctx, w.run+"c", func(context.Context, []feed.Record) (int, error) {
				called <- struct{}{}
				return 0, errors.New("failed")
			})
		}()
		<-called
		cancel()
		select {
		case err := <-ended:
			if err != nil {
				w.Errorf("got %v, want nil", err)
			}
		case <-time.After(patience):
			w.Error("the run did not end")
		}
	}},
}

// goesOn expects the items from first on, to the tenth; those before may come again, in order.
func (w *world) goesOn(c *consumer, first int) {
	w.Helper()
	last := fmt.Sprintf("%04d", 9)
	var got []string
	for n := 1; len(got) == 0 || got[len(got)-1] != last; n = len(got) + 1 {
		got = sks(c.await(n))
	}
	if repeated := len(got) - (10 - first); repeated < 0 || !slices.Equal(got[repeated:], numbers(first, 10-first)) {
		w.Errorf("got records of %q, want of %q", got, numbers(first, 10-first))
	}
}
