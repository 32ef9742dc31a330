package feedtest

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"github.com/dangol/dangol/shared/feed"
)

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
	got := sks(c.await(1))
	for n := 2; got[len(got)-1] != numbers(9, 1)[0]; n++ {
		got = sks(c.await(n))
	}
	if repeated := len(got) - (10 - first); repeated < 0 || !slices.Equal(got[repeated:], numbers(first, 10-first)) {
		w.Errorf("got records of %q, want of %q", got, numbers(first, 10-first))
	}
}
