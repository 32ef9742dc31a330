// Package lanes works many items side by side while items about the same thing keep their order: each key has one lane, each lane one goroutine.
package lanes

import (
	"context"
	"sync"
)

// Each calls f for every item. Items with one key are worked one after the other, in their order; keys are spread over at most width lanes. When f
// fails, the context that the others see ends, no further item is begun, and Each returns the first error.
func Each[T any](ctx context.Context, width int, items []T, key func(T) string, f func(ctx context.Context, i int, item T) error) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	var work sync.WaitGroup
	for _, lane := range spread(width, items, key) {
		work.Go(func() {
			for _, i := range lane {
				if ctx.Err() != nil {
					return
				}
				if err := f(ctx, i, items[i]); err != nil {
					stop(err)
				}
			}
		})
	}
	work.Wait()
	return context.Cause(ctx)
}

// spread gives each key a lane, round about, in the order in which the keys first appear.
func spread[T any](width int, items []T, key func(T) string) [][]int {
	var lanes [][]int
	of := make(map[string]int, len(items))
	for i, item := range items {
		k := key(item)
		n, known := of[k]
		if !known {
			n = len(of) % width
			of[k] = n
		}
		if n == len(lanes) {
			lanes = append(lanes, nil)
		}
		lanes[n] = append(lanes[n], i)
	}
	return lanes
}
