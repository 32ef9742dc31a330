package clv

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// chunk is how many items are taken at a time. It is fixed, and so is the order in which the sums of the chunks are added: a sum of floats depends on its
// order, and a figure on a screen must not depend on the machine.
const chunk = 1024

// inChunks calls f for every chunk of 0 to n, on all processors. f must not touch what another chunk writes.
func inChunks(n int, f func(part, from, to int)) {
	parts := (n + chunk - 1) / chunk
	workers := min(runtime.GOMAXPROCS(0), parts)
	run := func(part int) { f(part, part*chunk, min(n, (part+1)*chunk)) }
	if workers < 2 {
		for part := range parts {
			run(part)
		}
		return
	}
	var next atomic.Int64
	var done sync.WaitGroup
	for range workers {
		done.Go(func() {
			for part := int(next.Add(1)) - 1; part < parts; part = int(next.Add(1)) - 1 {
				run(part)
			}
		})
	}
	done.Wait()
}

// gradient is a log-likelihood and its derivatives by the (up to four) logarithms of the parameters.
type gradient struct {
	value float64
	by    [4]float64
}

// add adds n times another.
func (g *gradient) add(n float64, o gradient) {
	g.value += n * o.value
	for i := range g.by {
		g.by[i] += n * o.by[i]
	}
}

// total adds up f over the chunks of 0 to n, always in the same order.
func total(n int, f func(from, to int) gradient) (sum gradient) {
	parts := make([]gradient, (n+chunk-1)/chunk)
	inChunks(n, func(part, from, to int) { parts[part] = f(from, to) })
	for _, p := range parts {
		sum.add(1, p)
	}
	return sum
}
