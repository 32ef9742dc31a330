// Package embedded is the durable work queue of one machine, on the key-value store that the other embedded engines share.
//
// Bodies stay on disk; an index of some hundred bytes a message lives in memory and is read back at the start. A delivery is written down before
// it is handed out, so that a message that kills the process each time still becomes a dead letter.
package embedded

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/dangol/dangol/shared/clock"
	"github.com/dangol/dangol/shared/kv"
	"github.com/dangol/dangol/shared/queue"
)

// Queue is the engine. Safe for concurrent use; one per store.
type Queue struct {
	store *kv.Store
	clk   clock.Clock
	last  uint64 // the last number given to a message; touched by running transactions only, which are alone

	mu    sync.Mutex
	lines map[queue.Name]*line
}

var _ queue.Queue = (*Queue)(nil)

// New reads the index of what the store holds. Messages that were being worked when the process ended are visible at once: the workers were in
// it, so nobody works them any more, and waiting would only hold the tenant up. Messages that were hidden on purpose (Delay, Hide) stay so.
func New(store *kv.Store, clk clock.Clock) (*Queue, error) {
	q := &Queue{store: store, clk: clk, lines: map[queue.Name]*line{}}
	if err := q.load(); err != nil {
		return nil, fmt.Errorf("read queues: %w", err)
	}
	return q, nil
}

// Send stores the messages in one transaction and then lets receivers see them.
func (q *Queue) Send(ctx context.Context, name queue.Name, msgs ...queue.Send) error {
	if err := queue.CheckSend(msgs); err != nil {
		return err
	}
	now := q.clk.Now()
	states := make([]state, len(msgs))
	for i, m := range msgs {
		states[i] = state{visibleAt: now.Add(m.Delay).UnixNano(), group: m.Group}
	}
	first := uint64(0)
	err := q.store.Update(ctx, func(tx *kv.Tx) error {
		first = q.last + 1
		for i, m := range msgs {
			q.last++
			tx.Set(stateKey(name, q.last), states[i].encode())
			tx.Set(bodyKey(name, q.last), m.Body)
		}
		tx.Set(lastKey, encodeNumber(q.last))
		return nil
	})
	if err != nil {
		return fmt.Errorf("send to %s: %w", name, err)
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	l := q.line(name)
	for i := range states {
		l.add(first+uint64(i), states[i])
	}
	l.wakeAll()
	return nil
}

// Receive takes messages of the groups in turn. Under a clock.Manual a wait ends when the clock is moved.
func (q *Queue) Receive(ctx context.Context, name queue.Name, max int, visibility, wait time.Duration) ([]queue.Message, error) {
	if err := queue.CheckReceive(max, visibility, wait); err != nil {
		return nil, err
	}
	until := q.clk.Now().Add(wait)
	for {
		now := q.clk.Now()
		taken, next, wake := q.take(name, max, now, visibility)
		if len(taken) > 0 {
			return q.hand(ctx, name, taken)
		}
		if !now.Before(until) {
			return nil, nil
		}
		if next.IsZero() || next.After(until) {
			next = until
		}
		if err := q.await(ctx, wake, next.Sub(now)); err != nil {
			return nil, err
		}
	}
}

// take claims what is due, and else says when to look again.
func (q *Queue) take(name queue.Name, max int, now time.Time, visibility time.Duration) (taken []*entry, next time.Time, wake <-chan struct{}) {
	q.mu.Lock()
	defer q.mu.Unlock()
	l := q.line(name)
	l.promote(now)
	for len(taken) < max {
		e := l.next()
		if e == nil {
			break
		}
		e.received++
		e.deliveries++
		e.inFlight, e.visibleAt = true, now.Add(visibility).UnixNano()
		taken = append(taken, e)
	}
	return taken, l.nextVisible(), l.wake
}

// hand writes the deliveries down and reads the bodies. If either fails the messages are visible again, as if they had not been taken.
func (q *Queue) hand(ctx context.Context, name queue.Name, taken []*entry) ([]queue.Message, error) {
	out, err := q.read(name, taken)
	if err == nil {
		err = q.write(ctx, name, taken)
	}
	if err != nil {
		for _, e := range taken {
			e.received--
			e.visibleAt = 0
		}
		err = fmt.Errorf("receive from %s: %w", name, err)
	}
	q.settle(name, taken)
	if err != nil {
		return nil, err
	}
	return out, nil
}

func (q *Queue) await(ctx context.Context, wake <-chan struct{}, d time.Duration) error {
	sleeping, cancel := context.WithCancel(ctx)
	defer cancel()
	slept := make(chan struct{})
	go func() {
		defer close(slept)
		_ = q.clk.Sleep(sleeping, d) // either way it is time to look
	}()
	select {
	case <-wake:
	case <-slept:
	case <-ctx.Done():
	}
	return ctx.Err()
}

// Delete ends messages. A receipt is good until the message is delivered again, also when its time ran out or the message is a dead letter:
// the work was done after all.
func (q *Queue) Delete(ctx context.Context, name queue.Name, receipts ...string) error {
	found, err := q.claim(name, receipts, func(e *entry) bool { return e.place != busy })
	if err != nil || len(found) == 0 {
		return err
	}
	err = q.store.Update(ctx, func(tx *kv.Tx) error {
		for _, e := range found {
			tx.Delete(stateKey(name, e.seq))
			tx.Delete(bodyKey(name, e.seq))
		}
		return nil
	})
	if err != nil {
		q.settle(name, found)
		return fmt.Errorf("delete from %s: %w", name, err)
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	for _, e := range found {
		q.line(name).forget(e)
	}
	return nil
}

// Hide sets the visibility of a message that is still hidden by that delivery; else it does nothing.
func (q *Queue) Hide(ctx context.Context, name queue.Name, receipt string, d time.Duration) error {
	if err := queue.CheckVisibility(d); err != nil {
		return err
	}
	found, err := q.claim(name, []string{receipt}, func(e *entry) bool { return e.place == hidden })
	if err != nil || len(found) == 0 {
		return err
	}
	e := found[0]
	inFlight, visibleAt := e.inFlight, e.visibleAt
	e.inFlight, e.visibleAt = false, q.clk.Now().Add(d).UnixNano()
	if err = q.write(ctx, name, found); err != nil {
		e.inFlight, e.visibleAt = inFlight, visibleAt
		err = fmt.Errorf("hide in %s: %w", name, err)
	}
	q.settle(name, found)
	return err
}

// claim takes the messages of the receipts that may be, so that nobody else touches them until they are settled or forgotten.
func (q *Queue) claim(name queue.Name, receipts []string, may func(*entry) bool) ([]*entry, error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	l := q.line(name)
	l.promote(q.clk.Now())
	var found []*entry
	for _, r := range receipts {
		seq, delivery, err := parseReceipt(r)
		if err != nil {
			l.settle(found)
			return nil, err
		}
		if e := l.entries[seq]; e != nil && e.deliveries == delivery && may(e) {
			found = append(found, l.take(e))
		}
	}
	return found, nil
}

// Counts returns how many messages wait, are hidden (or in work) and are dead.
func (q *Queue) Counts(name queue.Name) (visible, hidden, dead int) {
	q.mu.Lock()
	defer q.mu.Unlock()
	l := q.line(name)
	l.promote(q.clk.Now())
	return len(l.entries) - len(l.hidden) - len(l.dead) - l.busy, len(l.hidden) + l.busy, len(l.dead)
}

// line returns the queue of that name; q.mu is held.
func (q *Queue) line(name queue.Name) *line {
	l := q.lines[name]
	if l == nil {
		l = newLine()
		q.lines[name] = l
	}
	return l
}

// settle gives claimed messages their new place and wakes who waits for one.
func (q *Queue) settle(name queue.Name, claimed []*entry) {
	q.mu.Lock()
	defer q.mu.Unlock()
	l := q.line(name)
	l.settle(claimed)
	l.promote(q.clk.Now())
	l.wakeAll()
}

var errReceipt = errors.New("queue: this is no receipt")
