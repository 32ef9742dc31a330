package queue

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"slices"
	"sync"
	"time"

	"github.com/dangol/dangol/shared/clock"
)

// Options tune Work; zero values are sensible.
type Options struct {
	Concurrency int           // batches worked at once; 0 is 1
	Batch       int           // messages in a batch at most; 0 is MaxBatch
	Visibility  time.Duration // how long a batch stays hidden; 0 is 6 x Timeout, as AWS advises for Lambda
	Timeout     time.Duration // how long a batch may take; 0 is 30 s
	Clock       clock.Clock   // for pauses after errors; nil is the machine's
	Log         *slog.Logger  // told of failed batches; nil is the default logger
}

func (o Options) withDefaults() Options {
	o.Concurrency = cmp.Or(o.Concurrency, 1)
	o.Batch = cmp.Or(o.Batch, MaxBatch)
	o.Timeout = cmp.Or(o.Timeout, 30*time.Second)
	o.Visibility = min(cmp.Or(o.Visibility, 6*o.Timeout), MaxVisibility)
	if o.Clock == nil {
		o.Clock = clock.System{}
	}
	if o.Log == nil {
		o.Log = slog.Default()
	}
	return o
}

// Work receives batches and gives them to h until ctx ends, as Lambda's SQS source does: what h reports as failed, or all of the batch when h
// returns an error, panics or names a message that is not of it, comes again later; the rest is deleted. When ctx ends, batches in hand are
// finished, within Timeout, and Work returns. Nothing else ends it.
func Work(ctx context.Context, q Queue, name Name, o Options, h Handler) {
	w := worker{q, name, o.withDefaults(), h}
	var all sync.WaitGroup
	for range w.o.Concurrency {
		all.Go(func() { w.loop(ctx) })
	}
	all.Wait()
}

type worker struct {
	q    Queue
	name Name
	o    Options
	h    Handler
}

// pause is how long a worker waits when the queue itself fails.
const pause = time.Second

func (w *worker) loop(ctx context.Context) {
	for ctx.Err() == nil {
		batch, err := w.q.Receive(ctx, w.name, w.o.Batch, w.o.Visibility, MaxWait)
		if err != nil && ctx.Err() == nil {
			w.o.Log.ErrorContext(ctx, "queue: receive failed", "queue", string(w.name), "error", err)
			_ = w.o.Clock.Sleep(ctx, pause) // the loop looks at ctx
		}
		if len(batch) > 0 {
			w.work(context.WithoutCancel(ctx), batch)
		}
	}
}

// work works one batch. ctx does not end with the host: half a batch would be worked twice.
func (w *worker) work(ctx context.Context, batch []Message) {
	failed, err := w.handle(ctx, batch)
	if err == nil {
		err = strangers(batch, failed)
	}
	if err != nil {
		w.o.Log.ErrorContext(ctx, "queue: batch failed", "queue", string(w.name), "messages", len(batch), "error", err)
	}
	var done []string
	for _, m := range batch {
		if err != nil || slices.Contains(failed, m.ID) {
			w.giveBack(ctx, m)
		} else {
			done = append(done, m.Receipt)
		}
	}
	if len(done) == 0 {
		return
	}
	if err := w.q.Delete(ctx, w.name, done...); err != nil { // they come again; handlers are used to that
		w.o.Log.ErrorContext(ctx, "queue: delete failed", "queue", string(w.name), "error", err)
	}
}

// handle calls the handler under its time limit. A panic fails the batch, not the host with all its other functions.
func (w *worker) handle(ctx context.Context, batch []Message) (failed []string, err error) {
	ctx, cancel := context.WithTimeout(ctx, w.o.Timeout)
	defer cancel()
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	return w.h(ctx, batch)
}

// strangers reports ids that are not of the batch. Lambda then fails the whole batch, since the handler is confused.
func strangers(batch []Message, failed []string) error {
	for _, id := range failed {
		if !slices.ContainsFunc(batch, func(m Message) bool { return m.ID == id }) {
			return errors.New("the handler reported a message that is not of the batch: " + id)
		}
	}
	return nil
}

// The wait before a failed message comes again: 1 s, 4 s, 16 s, 64 s. The last delivery's does not matter.
const firstBackoff = time.Second

func (w *worker) giveBack(ctx context.Context, m Message) {
	d := min(firstBackoff<<(2*min(m.Received-1, MaxReceives)), MaxDelay)
	if err := w.q.Hide(ctx, w.name, m.Receipt, d); err != nil { // it comes again after its visibility
		w.o.Log.ErrorContext(ctx, "queue: give back failed", "queue", string(w.name), "message", m.ID, "error", err)
	}
}
