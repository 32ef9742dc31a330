// Package queue is the port to the work queues: SQS on AWS, a durable queue on the table engine's store on a laptop.
package queue

import (
	"context"
	"time"
)

// Name is a queue of the catalogue.
type Name string

// Send is a message on its way in.
type Send struct {
	// Group is the tenant: groups are served in turn, so that one tenant's backlog does not delay another's. It gives no order. "" is a group too.
	Group string
	Body  []byte // text: JSON, as a rule
	// Delay hides the message at first; at most 15 minutes, SQS's limit.
	Delay time.Duration
}

// Message is a message as a worker receives it.
type Message struct {
	ID       string
	Group    string
	Body     []byte
	Receipt  string // names this delivery; a later delivery has another
	Received int    // deliveries so far, this one included
}

// Queue is the port. Delivery is at least once and unordered. A Send that returned nil is durable.
type Queue interface {
	// Send puts up to 10 messages of at most 256 KB in all; all when it returns nil. After an error none were put, unless the answer was lost on the
	// way: a remote engine may then have taken some. Sending all again is right either way.
	Send(ctx context.Context, q Name, msgs ...Send) error
	// Receive takes up to max (1-10) messages and hides them for the visibility time. It waits up to wait for the first and then returns none.
	Receive(ctx context.Context, q Name, max int, visibility, wait time.Duration) ([]Message, error)
	// Delete ends a message. A receipt whose visibility ran out may already belong to nobody: deleting it then does nothing.
	Delete(ctx context.Context, q Name, receipts ...string) error
	// Hide sets the visibility of a delivered message anew, from now; 0 gives it back at once.
	Hide(ctx context.Context, q Name, receipt string, d time.Duration) error
	// Dead lists up to max messages that were delivered MaxReceives times without being deleted; Redrive sends those of a group ("" is all)
	// back to the queue and returns how many.
	Dead(ctx context.Context, q Name, max int) ([]Message, error)
	Redrive(ctx context.Context, q Name, group string) (int, error)
}

// MaxReceives is how often a message is delivered before it is moved to the dead letters.
const MaxReceives = 5

// Handler works a batch and returns the ids of the messages that failed; the others are deleted. Failed ones come again after their visibility.
type Handler func(ctx context.Context, batch []Message) (failed []string, err error)
