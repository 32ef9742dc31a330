package embedded

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/dangol/dangol/shared/feed"
	"github.com/dangol/dangol/shared/kv"
)

// consumer is one name's place in the feed.
type consumer struct {
	j     *journal
	name  string
	woken chan struct{} // holds a token when something may have been written since the last read

	mu      sync.Mutex
	at      place
	running bool
}

func newConsumer(j *journal, name string, at place) *consumer {
	return &consumer{j: j, name: name, at: at, woken: make(chan struct{}, 1)}
}

// maxPauses is how far the pause after a failed batch grows, as a multiple of the first.
const maxPauses = 100

// Run implements feed.Source. The place is stored after each batch without a sync of its own: a crash of the machine repeats the last batches.
func (e *Engine) Run(ctx context.Context, name string, h feed.Handler) error {
	return e.RunPaced(ctx, name, feed.Pace{}, h)
}

// RunPaced implements feed.Paced.
func (e *Engine) RunPaced(ctx context.Context, name string, p feed.Pace, h feed.Handler) error {
	if p.Records == 0 {
		p.Records = maxBatchRecords
	}
	c, err := e.feed.start(name)
	if err != nil {
		return err
	}
	defer c.stop()
	pause := e.o.Pause
	for ctx.Err() == nil {
		done, failed, err := c.deliver(ctx, p.Records, h)
		switch {
		case err != nil:
			return fmt.Errorf("embedded: run %s: %w", name, err)
		case failed:
			pause = e.pauseAfter(ctx, pause, done)
			continue
		case done == 0:
			c.await(ctx)
		}
		pause = e.o.Pause
		if done < p.Records && p.Window > 0 {
			_ = e.o.Clock.Sleep(ctx, p.Window) // its context's end is seen above
		}
	}
	return nil
}

// pauseAfter waits after a failed batch and returns how long to wait the next time. Progress starts the waits anew.
func (e *Engine) pauseAfter(ctx context.Context, pause time.Duration, done int) time.Duration {
	if done > 0 {
		pause = e.o.Pause
	}
	// The context's end is seen by the caller.
	_ = e.o.Clock.Sleep(ctx, pause)
	return min(2*pause, maxPauses*e.o.Pause)
}

// deliver hands the next batch to the handler and moves the place behind what it did. failed tells that the handler wants the rest again.
func (c *consumer) deliver(ctx context.Context, most int, h feed.Handler) (done int, failed bool, err error) {
	records, places, next, err := c.j.read(c.place(), most)
	if err != nil || len(records) == 0 {
		return 0, false, err
	}
	done, handlerErr := h(ctx, records)
	if handlerErr == nil {
		return len(records), false, c.move(next)
	}
	if done = max(0, min(done, len(records))); done < len(records) {
		next = places[done]
	}
	return done, true, c.move(next)
}

func (c *consumer) await(ctx context.Context) {
	select {
	case <-c.woken:
	case <-ctx.Done():
	}
}

func (c *consumer) place() place {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *consumer) move(to place) error {
	c.mu.Lock()
	c.at = to
	c.mu.Unlock()
	return c.j.store.SetLazily(placeKey(c.name), to.encode())
}

func (c *consumer) stop() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.running = false
}

// start registers the consumer, so that what it has not seen is kept from now on.
func (j *journal) start(name string) (*consumer, error) {
	j.mu.Lock()
	c := j.consumers[name]
	if c == nil {
		c = newConsumer(j, name, place{})
		j.consumers[name] = c
	}
	j.mu.Unlock()
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.running {
		return nil, fmt.Errorf("embedded: feed consumer %q already runs", name)
	}
	if err := j.store.SetLazily(placeKey(name), c.at.encode()); err != nil {
		return nil, err
	}
	c.running = true
	return c, nil
}

// Forget removes a consumer that will not run again, so that the feed is no longer kept for it. It fails while the consumer runs.
func (e *Engine) Forget(ctx context.Context, name string) error {
	if err := e.feed.remove(name); err != nil {
		return err
	}
	return e.store.Update(ctx, func(tx *kv.Tx) error {
		tx.Delete(placeKey(name))
		return nil
	})
}

func (j *journal) remove(name string) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	c := j.consumers[name]
	if c == nil {
		return nil
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.running {
		return fmt.Errorf("embedded: feed consumer %q runs", name)
	}
	delete(j.consumers, name)
	return nil
}

// wake tells every consumer that there is something to read.
func (j *journal) wake() {
	j.mu.Lock()
	defer j.mu.Unlock()
	for _, c := range j.consumers {
		select {
		case c.woken <- struct{}{}:
		default:
		}
	}
}
