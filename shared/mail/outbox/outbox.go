// Package outbox is the mail provider of a laptop: a durable mailbox that catches everything, shows it on a page, and reports back what became of
// each message as a provider does. Nothing leaves the machine.
//
// Some addresses behave like the difficult ones of real life, for trials and stories:
//
//	…@bounce.test     is accepted and then bounces
//	…@complaint.test  is delivered and then complained about
//	…@throttle.test   is refused: slow down
//	…@content.test    is refused: the message is not acceptable
//	…@down.test       is refused: the provider is down
package outbox

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/dangol/dangol/shared/clock"
	"github.com/dangol/dangol/shared/kv"
	"github.com/dangol/dangol/shared/mail"
	"github.com/dangol/dangol/shared/mail/mime"
)

// Outbox is the engine. Safe for concurrent use; one per store.
type Outbox struct {
	store   *kv.Store
	clk     clock.Clock
	text    sync.Pool     // *[]byte: a message as it would be written
	arrived chan struct{} // wakes Run

	last, count, repeated atomic.Uint64 // changed by running transactions only, which are alone
}

var _ mail.Sender = (*Outbox)(nil)

// The keys begin with 'm', so that other engines can share the store: the counters; entries by number; numbers by tenant and message id, which
// outlive Clear, so that a message stays known; and events that nobody has taken yet, by number.
var (
	countersKey  = []byte("mn")
	entryPrefix  = []byte("mm")
	entryBehind  = []byte("mn")
	eventPrefix  = []byte("me")
	eventBehind  = []byte("mf")
	numberPrefix = []byte("mi")
)

func numbered(prefix []byte, n uint64) []byte {
	return binary.BigEndian.AppendUint64(append(make([]byte, 0, len(prefix)+8), prefix...), n)
}

func numberKey(tenant, messageID string) []byte {
	b := append(make([]byte, 0, len(numberPrefix)+len(tenant)+len(messageID)+1), numberPrefix...)
	return append(append(append(b, tenant...), 0), messageID...)
}

// New opens the mailbox in the store.
func New(store *kv.Store, clk clock.Clock) (*Outbox, error) {
	o := &Outbox{store: store, clk: clk, arrived: make(chan struct{}, 1)}
	o.text.New = func() any { b := make([]byte, 0, 16<<10); return &b }
	counters, err := store.Get(countersKey)
	if err != nil {
		return nil, fmt.Errorf("open mailbox: %w", err)
	}
	if len(counters) == 24 {
		o.last.Store(binary.BigEndian.Uint64(counters))
		o.count.Store(binary.BigEndian.Uint64(counters[8:]))
		o.repeated.Store(binary.BigEndian.Uint64(counters[16:]))
	}
	return o, nil
}

// concurrency is how many callers share a synced commit well.
const concurrency = 24

// Traits says that a message is known by its tenant and id, whenever it is handed over again.
func (o *Outbox) Traits() mail.Traits {
	return mail.Traits{Idempotent: true, Concurrency: concurrency}
}

// Send stores m, durably. A message that was stored before is not stored again; Repeated counts it.
func (o *Outbox) Send(ctx context.Context, m mail.Message) error {
	e, err := o.entry(&m)
	if err != nil {
		return err
	}
	known, record, event := numberKey(m.Tenant, m.ID), e.encode(), e.encodeEvent()
	err = o.store.Update(ctx, func(tx *kv.Tx) error {
		old, err := tx.Get(known)
		if err != nil {
			return err
		}
		if old != nil {
			o.repeated.Add(1)
			o.writeCounters(tx)
			return nil
		}
		n := o.last.Add(1)
		o.count.Add(1)
		o.writeCounters(tx)
		tx.Set(known, binary.BigEndian.AppendUint64(nil, n))
		tx.Set(numbered(entryPrefix, n), record)
		tx.Set(numbered(eventPrefix, n), event)
		return nil
	})
	if err != nil {
		return fmt.Errorf("store mail: %w", err)
	}
	select {
	case o.arrived <- struct{}{}:
	default: // Run is told already
	}
	return nil
}

func (o *Outbox) writeCounters(tx *kv.Tx) {
	b := binary.BigEndian.AppendUint64(make([]byte, 0, 24), o.last.Load())
	b = binary.BigEndian.AppendUint64(b, o.count.Load())
	tx.Set(countersKey, binary.BigEndian.AppendUint64(b, o.repeated.Load()))
}

// entry refuses what a provider would refuse, and describes the rest.
func (o *Outbox) entry(m *mail.Message) (*Entry, error) {
	if f := refusals[domainOf(m.To.Email)]; f != nil {
		return nil, f
	}
	buf := o.text.Get().(*[]byte)
	defer o.text.Put(buf)
	now := o.clk.Now()
	raw, err := mime.Append((*buf)[:0], m, mime.Options{Date: now})
	if err != nil {
		return nil, err
	}
	*buf = raw
	return &Entry{Message: *m, At: now, Size: len(raw)}, nil
}

var refusals = map[string]*mail.Failure{
	"throttle.test": {Class: mail.Throttled, Detail: "454 4.7.0 Maximum sending rate exceeded (throttle.test)"},
	"content.test":  {Class: mail.Content, Detail: "554 5.6.0 Message refused (content.test)"},
	"down.test":     {Class: mail.Down, Detail: "421 4.3.2 Service not available (down.test)"},
}

func domainOf(email string) string {
	return strings.ToLower(email[strings.LastIndexByte(email, '@')+1:])
}

// Count is how many messages the mailbox shows, Repeated how many hand-overs named a message that was stored before.
func (o *Outbox) Count() int { return int(o.count.Load()) }

// Repeated is documented with Count.
func (o *Outbox) Repeated() int { return int(o.repeated.Load()) }

// clearBatch is how many messages one transaction of Clear removes.
const clearBatch = 1000

// Clear empties the mailbox of what it holds now. What was removed stays known: handed over again, it is a repetition. Events still come.
func (o *Outbox) Clear(ctx context.Context) error {
	upper := numbered(entryPrefix, o.last.Load()+1)
	for {
		var keys [][]byte
		err := o.store.Scan(entryPrefix, upper, false, func(key, _ []byte) bool {
			keys = append(keys, append([]byte(nil), key...))
			return len(keys) < clearBatch
		})
		if err == nil && len(keys) > 0 {
			err = o.remove(ctx, keys)
		}
		if err != nil {
			return fmt.Errorf("clear mailbox: %w", err)
		}
		if len(keys) < clearBatch {
			return nil
		}
	}
}

// remove deletes entries, counting those that another Clear has not removed meanwhile.
func (o *Outbox) remove(ctx context.Context, keys [][]byte) error {
	return o.store.Update(ctx, func(tx *kv.Tx) error {
		removed := uint64(0)
		for _, key := range keys {
			old, err := tx.Get(key)
			if err != nil {
				return err
			}
			if old != nil {
				tx.Delete(key)
				removed++
			}
		}
		o.count.Add(-removed)
		o.writeCounters(tx)
		return nil
	})
}

var errDamaged = errors.New("outbox: a stored message cannot be read")
