// Package table is the port to the document tables: DynamoDB on AWS, Pebble on a laptop.
//
// It is DynamoDB's model with the parts that Dangol uses and no more: items under a partition key and a sort key, two indexes, conditional
// writes, transactions, additive counters. Every engine keeps DynamoDB's limits, so that code proved on a laptop holds in the cloud.
package table

import (
	"context"
	"errors"
	"fmt"
)

// Name is one of the four tables; they differ by IAM boundary and life cycle (docs/data-model.md).
type Name string

// The tables.
const (
	Identity Name = "identity" // users, memberships, sessions, keys: looked up across tenants
	CRM      Name = "crm"      // business data
	Outreach Name = "outreach" // message ledger and suppression
	Ops      Name = "ops"      // idempotency, leases, jobs, schedules, usage
)

// Names lists every table.
func Names() []Name { return []Name{Identity, CRM, Outreach, Ops} }

// Limits that DynamoDB sets and every engine keeps.
const (
	MaxItemBytes    = 400 << 10 // key, attributes and counters of one item
	MaxPageBytes    = 1 << 20   // one page of a query, before the limit is applied; it ends with the item that reaches them, or the one before
	MaxTxItems      = 100       // operations in one transaction
	MaxTxBytes      = 4 << 20   // all items of one transaction, with TxOpBytes for each
	TxOpBytes       = 128       // what an operation takes of a transaction beside its item: DynamoDB counts the values of expressions too
	MaxBatchGet     = 100       // keys in one batch get
	MaxPartitionKey = 2048      // bytes
	MaxSortKey      = 1024      // bytes
	MaxIndexes      = 2
	MaxCounters     = 100 // counters in one operation: DynamoDB takes an expression of 4 KB
)

// Key names an item: a partition and its place in the partition's order (bytewise). Both parts are UTF-8; the bounds of a query may be any bytes.
type Key struct{ PK, SK string }

// Item is one stored document. Head travels with the item into index 1 and so holds what lists show; index 2 holds keys alone, so that what is only
// found there costs no second copy. Body is read by key only.
type Item struct {
	Key
	// Index holds the item's key in index 1 and 2; a zero key keeps the item out of that index.
	Index [MaxIndexes]Key
	// Version counts the puts of the item from 1. Put sets it; a counter update leaves it.
	Version int64
	// Expires is the Unix second after which the item may vanish; 0 is never. Readers must check it themselves: deletion may lag by days.
	Expires int64
	// Head and Body are JSON documents, and so UTF-8, or empty. A read of index 1 returns Head and no Body, one of index 2 neither.
	Head, Body []byte
	// Event is the JSON of what happened, carried by the change feed with the write that caused it. It stays with the item until the next put,
	// or the next add that brings one; an index read does not return it.
	Event []byte
	// Counters change only by Add, never by Put of an existing item, which keeps them.
	Counters map[string]int64
}

// OpKind tells what an Op does.
type OpKind uint8

// The kinds of operation.
const (
	OpPut    OpKind = iota // write Item whole (Version := old version + 1; counters kept, or set from Item when the item is new)
	OpDelete               // remove the item with Item.Key; removing nothing succeeds unless a condition says otherwise
	OpAdd                  // add Item.Counters to the item's counters, creating the item with version 0 when absent; Head, Body, indexes stay. Event and Expires, if set, replace the item's.
	OpCheck                // only test the condition
)

// Condition is tested against the stored item in the same atomic step as the operation.
type Condition uint8

// The conditions.
const (
	Always    Condition = iota
	IfAbsent            // no item has the key
	IfPresent           // an item has the key
	IfVersion           // the item's version equals Op.Version (0: absent, or counted and never put)
)

// Op is one conditional write.
type Op struct {
	Table   Name
	Kind    OpKind
	If      Condition
	Version int64 // for IfVersion
	Item    Item
	// Label names the operation in a ConditionError, so that callers can tell which rule failed; for example "email" or "idempotency".
	Label string
}

// Query reads one partition of a table or of an index in sort order.
type Query struct {
	Table Name
	Index int // 0 reads the table itself, 1 and 2 an index (may lag behind writes)
	PK    string
	// From and To bound the sort key: From <= SK < To. An empty To is no bound. Use Prefix(p) for "begins with".
	From, To string
	// After continues behind a page: the Next of the last one. It already holds the position; From and To stay as they were.
	After   *Position
	Reverse bool
	Limit   int // at most this many items; 0 is as many as one page holds
}

// Position is where a page ended. In an index the item's own key is part of the place.
type Position struct {
	Index Key // the place in the index; for a read of the table itself, equal to Item
	Item  Key
}

// Page is one answer of a Query. Next is nil when nothing follows; only a page that ended at MaxPageBytes may name a Next with nothing behind it.
// An item read from an index has that one key in its Index, and neither Body nor Event; one from index 2 has nothing but its keys.
type Page struct {
	Items []Item
	Next  *Position
}

// Prefix sets the bounds of the query to all sort keys that begin with p.
func (q Query) Prefix(p string) Query {
	q.From, q.To = p, After(p)
	return q
}

// After returns the least string that sorts behind every string beginning with p.
func After(p string) string {
	b := []byte(p)
	for i := len(b) - 1; i >= 0; i-- {
		if b[i] < 0xff {
			b[i]++
			return string(b[:i+1])
		}
	}
	return ""
}

// Table is the port. All methods are safe for concurrent use. A write that returned nil is durable: it survives the loss of the process and of
// power. A write that returned an error other than ConditionError or LimitError may or may not have happened.
type Table interface {
	// Get reads one item; strongly consistent. An absent item is (nil, nil).
	Get(ctx context.Context, t Name, k Key) (*Item, error)
	// BatchGet reads up to MaxBatchGet items of one table, strongly consistent, in the order of the keys; absent ones are nil. The engine
	// retries what DynamoDB leaves unprocessed.
	BatchGet(ctx context.Context, t Name, keys []Key) ([]*Item, error)
	// Query reads a page: strongly consistent on the table itself, eventually on an index.
	Query(ctx context.Context, q Query) (Page, error)
	// Write applies up to MaxTxItems operations on distinct items, all or nothing, isolated from every other write. When conditions fail it
	// returns a *ConditionError naming each and changes nothing. One operation costs a plain conditional write, more cost a transaction.
	Write(ctx context.Context, ops ...Op) error
}

// ErrThrottled reports that the engine refused the call for now; the caller may try again after a pause with jitter.
var ErrThrottled = errors.New("table: throttled")

// ConditionError reports which operations of a write had failing conditions, by their place in the call. Retrying without reading again is useless.
type ConditionError struct {
	Failed []int
	Labels []string // the labels of the failed operations, in the same order
}

// Error lists the failed operations.
func (e *ConditionError) Error() string {
	return fmt.Sprintf("table: condition failed: operations %v %q", e.Failed, e.Labels)
}

// FailedLabel says whether err is a ConditionError in which the operation with this label failed.
func FailedLabel(err error, label string) bool {
	var c *ConditionError
	if !errors.As(err, &c) {
		return false
	}
	for _, l := range c.Labels {
		if l == label {
			return true
		}
	}
	return false
}

// LimitError reports a request that no engine would ever accept, such as an item over 400 KB.
type LimitError struct{ What string }

// Error says what was too large.
func (e *LimitError) Error() string { return "table: limit: " + e.What }
