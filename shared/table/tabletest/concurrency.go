package tabletest

import (
	"errors"
	"fmt"
	"sync"
	"sync/atomic"

	"github.com/dangol/dangol/shared/table"
)

const (
	writers = 8
	rounds  = 20
)

// together runs f for each writer at the same time.
func together(f func(writer int)) {
	var done sync.WaitGroup
	for n := range writers {
		done.Go(func() { f(n) })
	}
	done.Wait()
}

// concurrency are the scenarios of several writers at once.
var concurrency = []scenario{
	{"concurrent adds lose nothing", func(x *tenant) {
		together(func(n int) {
			for range rounds {
				if err := x.patiently(add(at("p", "1"), counts{"n": 1, fmt.Sprint(n): 1})); err != nil {
					x.Error(err)
				}
			}
		})
		want := table.Item{Key: at("p", "1"), Counters: counts{"n": writers * rounds}}
		for n := range writers {
			want.Counters[fmt.Sprint(n)] = rounds
		}
		x.holds(want)
	}},
	{"optimistic locks lose no update", func(x *tenant) {
		x.must(put(table.Item{Key: at("p", "1")}))
		var won atomic.Int64
		together(func(int) {
			for range rounds {
				it := x.get(table.CRM, at("p", "1"))
				it.Body = fmt.Appendf(nil, "%d", it.Version)
				if err := x.patiently(labelled("lock", atVersion(it.Version, put(*it)))); err == nil {
					won.Add(1)
				} else if !table.FailedLabel(err, "lock") {
					x.Error(err)
				}
			}
		})
		got := x.get(table.CRM, at("p", "1"))
		if got.Version != 1+won.Load() || string(got.Body) != fmt.Sprint(won.Load()) || won.Load() < rounds {
			x.Errorf("%d updates won, got %s", won.Load(), Show(got))
		}
	}},
	{"of concurrent creations one wins", func(x *tenant) {
		for round := range rounds {
			var won atomic.Int64
			k := at("email", fmt.Sprint(round))
			together(func(n int) {
				mine := doc(at("p", fmt.Sprintf("%d by %d", round, n)), "customer")
				err := x.patiently(put(mine), labelled("email", when(table.IfAbsent, put(table.Item{Key: k}))))
				if err == nil {
					won.Add(1)
				} else if !table.FailedLabel(err, "email") {
					x.Error(err)
				}
			})
			if won.Load() != 1 {
				x.Errorf("round %d: %d creations won, want 1", round, won.Load())
			}
		}
		if got := len(x.all(partitionQuery("p"))); got != rounds {
			x.Errorf("got %d customers, want %d", got, rounds)
		}
	}},
	{"concurrent transfers keep the sum", func(x *tenant) {
		const accounts = 5
		for i := range accounts {
			x.must(put(table.Item{Key: at("p", fmt.Sprint(i)), Counters: counts{"balance": 100}}))
		}
		together(func(n int) {
			for round := range rounds {
				from, to := (n+round)%accounts, (n+2*round+1)%accounts
				if from == to {
					continue
				}
				err := x.patiently(add(at("p", fmt.Sprint(from)), counts{"balance": -7}), add(at("p", fmt.Sprint(to)), counts{"balance": 7}))
				if err != nil {
					x.Error(err)
				}
			}
		})
		sum := int64(0)
		for _, it := range x.all(partitionQuery("p")) {
			sum += it.Counters["balance"]
		}
		if sum != accounts*100 {
			x.Errorf("got a sum of %d, want %d", sum, accounts*100)
		}
	}},
}

// patiently writes until the engine no longer throttles; engines throttle rather than queue when many write the same item.
func (x *tenant) patiently(ops ...table.Op) error {
	for {
		if err := x.Write(x.ctx(), ops...); !errors.Is(err, table.ErrThrottled) {
			return err
		}
	}
}
