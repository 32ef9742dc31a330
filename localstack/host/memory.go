package main

import (
	"context"
	"os"
	"runtime/debug"
	"runtime/metrics"
	"time"
)

// The garbage collector takes it easy until the process comes near what a small machine has to spare, and then works harder. GOMEMLIMIT and GOGC
// overrule these.
const (
	memoryLimit = 250 << 20
	gcPercent   = 150
)

// collectorLooks is how often the limit is held against what is in use.
const collectorLooks = time.Second

// limitCollector sets the limits, until the context ends. What a rebuild of a million scores holds is several times the limit: the collector would do nothing but
// look in vain for what it could free, so the limit keeps a distance from what is in use.
func limitCollector(ctx context.Context) {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(gcPercent)
	}
	if os.Getenv("GOMEMLIMIT") != "" {
		return
	}
	debug.SetMemoryLimit(memoryLimit)
	go func() {
		look, limit := time.NewTicker(collectorLooks), int64(memoryLimit)
		defer look.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-look.C:
				if next := limitFor(inUse()); next != limit { // setting it stops the world
					limit = next
					debug.SetMemoryLimit(limit)
				}
			}
		}
	}()
}

// limitFor is the limit when so much was in use at the last collection: half as much again, and never below the least.
func limitFor(live uint64) int64 { return max(memoryLimit, int64(live)*3/2) }

// inUse is what the last collection left.
func inUse() uint64 {
	sample := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}
