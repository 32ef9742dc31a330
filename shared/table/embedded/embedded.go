// Package embedded is the table engine of a laptop, a test and a small server: DynamoDB's model and limits on one ordered store on local disk,
// with the change feed of its writes, a sweep of expired items, metering in DynamoDB's units and faults that can be switched on.
package embedded

import (
	"fmt"
	"time"

	"github.com/dangol/dangol/shared/clock"
	"github.com/dangol/dangol/shared/feed"
	"github.com/dangol/dangol/shared/kv"
	"github.com/dangol/dangol/shared/table"
)

// Options tune an engine; the zero value suits the host.
type Options struct {
	// Clock dates the feed, paces its retries and measures the lag of delayed indexes; nil is the machine's.
	Clock clock.Clock
	// Retention is how long the feed is kept after every consumer has passed; 0 is 24 hours, as in DynamoDB Streams. The engine keeps it to
	// the minute.
	Retention time.Duration
	// Pause is the wait before a batch is delivered again after its handler failed. It doubles up to a hundredfold; 0 is 100 ms.
	Pause time.Duration
	// Meter is told what each call would cost on DynamoDB: op is get, batchget, query or write; a write is reported for each of its tables.
	// It is called by concurrent callers.
	Meter func(op string, t table.Name, readUnits, writeUnits float64)
}

// Engine implements table.Table and feed.Source on a kv.Store. Its keys begin with 't', so that other engines can share the store.
type Engine struct {
	// Faults are off until something switches them on.
	Faults *Faults

	store *kv.Store
	o     Options
	feed  *journal
	// formatted says that the store carries the format mark. Only the committer reads and sets it.
	formatted bool
}

var (
	_ table.Table = (*Engine)(nil)
	_ feed.Source = (*Engine)(nil)
	_ feed.Paced  = (*Engine)(nil)
)

// format is the version of everything the engine stores; another one is refused rather than misread.
const format = "1"

// New returns the engine on an open store. The store stays the caller's to close, after the engine.
func New(store *kv.Store, o Options) (*Engine, error) {
	mark, err := store.Get(formatKey())
	if err != nil {
		return nil, fmt.Errorf("embedded: read format: %w", err)
	}
	if mark != nil && string(mark) != format {
		return nil, fmt.Errorf("embedded: the store has format %q, this program reads %q", mark, format)
	}
	j, err := openJournal(store)
	if err != nil {
		return nil, err
	}
	e := &Engine{store: store, o: withDefaults(o), feed: j, formatted: mark != nil}
	e.Faults = &Faults{e: e}
	return e, nil
}

func withDefaults(o Options) Options {
	if o.Clock == nil {
		o.Clock = clock.System{}
	}
	if o.Retention == 0 {
		o.Retention = 24 * time.Hour
	}
	if o.Pause == 0 {
		o.Pause = 100 * time.Millisecond
	}
	return o
}

// Close gives up what the engine holds of the store. Feed consumers must have ended.
func (e *Engine) Close() { e.Faults.release() }

func (e *Engine) meter(op string, t table.Name, read, write float64) {
	if e.o.Meter != nil {
		e.o.Meter(op, t, read, write)
	}
}
