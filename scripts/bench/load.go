package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"sync"
	"time"
)

// round is what one round of requests gave.
type round struct {
	rate     float64 // requests answered well per second
	p50, p99 time.Duration
	usage    usage
}

// warmUp is the part of a round's length that is run before and not counted.
const warmUp = 0.4

// measure runs one warm-up and then the rounds of f with so many clients at once, each sending its next request when the last was answered. The
// median round by rate counts. The first error ends it: a figure with errors in it is none.
func measure(ctx context.Context, b *bench, clients int, f func(ctx context.Context, client int) error) (round, error) {
	length := time.Duration(b.o.seconds) * time.Second
	if _, err := oneRound(ctx, b.host, clients, time.Duration(warmUp*float64(length)), f); err != nil {
		return round{}, err
	}
	rounds := make([]round, b.o.rounds)
	for i := range rounds {
		var err error
		if rounds[i], err = oneRound(ctx, b.host, clients, length, f); err != nil {
			return round{}, err
		}
	}
	slices.SortFunc(rounds, func(a, b round) int { return cmp.Compare(a.rate, b.rate) })
	return rounds[len(rounds)/2], nil
}

func oneRound(ctx context.Context, h *host, clients int, length time.Duration, f func(context.Context, int) error) (round, error) {
	took := make([][]time.Duration, clients)
	errs := make([]error, clients)
	end, stop := h.meter(), time.Now().Add(length)
	var wg sync.WaitGroup
	for i := range clients {
		wg.Go(func() { took[i], errs[i] = oneClient(ctx, stop, i, f) })
	}
	wg.Wait()
	u := end()
	for _, err := range errs {
		if err != nil {
			return round{}, err
		}
	}
	all := slices.Concat(took...)
	slices.Sort(all)
	if len(all) == 0 {
		return round{}, fmt.Errorf("no request was answered within %s", length)
	}
	return round{rate: float64(len(all)) / u.wall, p50: all[len(all)/2], p99: all[len(all)*99/100], usage: u}, nil
}

func oneClient(ctx context.Context, stop time.Time, i int, f func(context.Context, int) error) (took []time.Duration, err error) {
	for begin := time.Now(); begin.Before(stop); {
		if err := f(ctx, i); err != nil {
			return nil, err
		}
		now := time.Now()
		took = append(took, now.Sub(begin))
		begin = now
	}
	return took, nil
}

// rateResults turns a round into its rows of the report.
func rateResults(what string, r round, target float64) []result {
	return []result{{what: what, value: r.rate, unit: "/s", target: target,
		bound: fmt.Sprintf("p50 %.2f ms, p99 %.2f ms; %s", ms(r.p50), ms(r.p99), r.usage.busy())}}
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
