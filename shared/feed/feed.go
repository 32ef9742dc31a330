// Package feed is the port to the change feed: every committed write of the crm, outreach and ops tables, with its old and new image.
// DynamoDB Streams on AWS, the table engine's own log on a laptop.
package feed

import (
	"bytes"
	"context"
	"time"

	"github.com/dangol/dangol/shared/table"
)

// Record is one committed change of one item. Old is nil when the item was created, New is nil when it was deleted; never both.
type Record struct {
	// Seq orders the records of one item; a later change has a greater one. It is unique and stable over repeated delivery.
	Seq   string
	Table table.Name
	Old   *table.Item
	New   *table.Item
}

// Event returns the event that this change brought, or nil: an item keeps its last event, so a counter that moved shows it again.
func (r Record) Event() []byte {
	if r.New == nil || (r.Old != nil && bytes.Equal(r.Old.Event, r.New.Event)) {
		return nil
	}
	return r.New.Event
}

// Key returns the key of the changed item.
func (r Record) Key() table.Key {
	if r.New != nil {
		return r.New.Key
	}
	return r.Old.Key
}

// Handler consumes records. A batch comes in order per item. When the handler returns n, err with err != nil, the records before n are done
// and delivery resumes with record n after a pause; so a handler sees a record at least once, perhaps again after a crash, and never a later
// change of an item before an earlier one was handled. It must be idempotent.
type Handler func(ctx context.Context, batch []Record) (done int, err error)

// Source delivers the feed to named consumers. Each name has its own durable place in the feed; a new name starts at the oldest record kept.
type Source interface {
	// Run delivers to h until ctx ends, then returns nil. One Run per name at a time.
	Run(ctx context.Context, name string, h Handler) error
}

// Pace is what a consumer asks for that works by the batch rather than by the record. The zero value is what Run does.
type Pace struct {
	Records int           // at most so many in a batch
	Window  time.Duration // how long a batch that is not full waits for more records
}

// Paced is a Source that keeps a pace. The others deliver as they do.
type Paced interface {
	RunPaced(ctx context.Context, name string, p Pace, h Handler) error
}

// Run delivers at the pace if the source knows how to keep one.
func Run(ctx context.Context, s Source, name string, p Pace, h Handler) error {
	if paced, ok := s.(Paced); ok {
		return paced.RunPaced(ctx, name, p, h)
	}
	return s.Run(ctx, name, h)
}
