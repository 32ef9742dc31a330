package outbox

import (
	"context"
	"time"

	"github.com/dangol/dangol/shared/kv"
	"github.com/dangol/dangol/shared/mail"
)

// eventBatch is how many messages' events are handed over at once.
const eventBatch = 100

// retryAfter is how long Run waits after the handler failed.
const retryAfter = time.Second

// Run hands the events of each stored message to handle, in the order of arrival and at least once: they are forgotten when handle has returned
// nil, so after a restart what was not taken comes again. A batch that fails is tried again. Run ends with ctx and returns its error, or when the
// store fails. One Run at a time.
func (o *Outbox) Run(ctx context.Context, handle func(context.Context, []mail.Event) error) error {
	lower := eventPrefix
	for {
		keys, events, err := o.pending(lower)
		if err != nil {
			return err
		}
		if len(keys) == 0 {
			select {
			case <-o.arrived:
				continue
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		if handle(ctx, events) != nil { // the handler reports its own errors
			if err := o.clk.Sleep(ctx, retryAfter); err != nil {
				return err
			}
			continue
		}
		if err := o.forget(context.WithoutCancel(ctx), keys); err != nil {
			return err
		}
		lower = keys[len(keys)-1] // what lies before is gone: looking there again would pass over its remains on disk
	}
}

// pending reads the next events. New entries get higher numbers, so none appears before lower.
func (o *Outbox) pending(lower []byte) (keys [][]byte, events []mail.Event, err error) {
	var damaged error
	err = o.store.Scan(lower, eventBehind, false, func(key, record []byte) bool {
		keys = append(keys, append([]byte(nil), key...))
		events, damaged = appendEvents(events, record)
		return damaged == nil && len(keys) < eventBatch
	})
	return keys, events, firstOf(damaged, err)
}

func (o *Outbox) forget(ctx context.Context, keys [][]byte) error {
	return o.store.Update(ctx, func(tx *kv.Tx) error {
		for _, key := range keys {
			tx.Delete(key)
		}
		return nil
	})
}

// encodeEvent keeps what events need apart from the entry, which Clear may remove before they are taken.
func (e *Entry) encodeEvent() []byte {
	var w encoder
	w.number(version)
	w.number(uint64(e.At.UnixNano()))
	w.number(0)
	w.texts(e.Message.To.Email, e.Message.Campaign, e.Message.Tenant, e.Message.ID)
	return w.b
}

// outcome is what becomes of an accepted message.
type outcome struct {
	kind   mail.EventKind
	detail string
}

var outcomes = map[string][]outcome{
	"bounce.test":    {{mail.Bounced, "550 5.1.1 No such user (bounce.test)"}},
	"complaint.test": {{mail.Delivered, ""}, {mail.Complained, "marked as unwanted (complaint.test)"}},
}

func appendEvents(events []mail.Event, record []byte) ([]mail.Event, error) {
	d := decoder{b: record}
	e := mail.Event{Kind: mail.Accepted}
	e.At, _ = d.head()
	d.texts(&e.Address, &e.Campaign, &e.Tenant, &e.MessageID)
	if d.bad {
		return events, errDamaged
	}
	events = append(events, e)
	later, special := outcomes[domainOf(e.Address)]
	if !special {
		later = []outcome{{mail.Delivered, ""}}
	}
	for _, o := range later {
		e.Kind, e.Detail = o.kind, o.detail
		events = append(events, e)
	}
	return events, nil
}
