package feedtest

import (
	"errors"
	"fmt"
	"slices"
	"sync"

	"github.com/dangol/dangol/shared/feed"
	"github.com/dangol/dangol/shared/table"
)

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
