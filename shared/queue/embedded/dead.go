package embedded

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/dangol/dangol/shared/queue"
)

// Dead lists dead letters, the oldest first. They carry no receipt.
func (q *Queue) Dead(_ context.Context, name queue.Name, max int) ([]queue.Message, error) {
	dead := q.dead(name, func(*entry) bool { return true }, (*line).copyOf)
	out, err := q.read(name, dead[:min(max, len(dead))])
	for i := range out {
		out[i].Receipt = ""
	}
	return out, err
}

// redriveBatch is how many messages one transaction of Redrive changes.
const redriveBatch = 500

// Redrive makes dead letters new again. What it did before an error stays done.
func (q *Queue) Redrive(ctx context.Context, name queue.Name, group string) (int, error) {
	all := q.dead(name, func(e *entry) bool { return group == "" || e.group.name == group }, (*line).take)
	done := 0
	var failed error
	for batch := range slices.Chunk(all, redriveBatch) {
		if failed == nil {
			failed = q.revive(ctx, name, batch)
		}
		if failed == nil {
			done += len(batch)
		}
		q.settle(name, batch)
	}
	if failed != nil {
		failed = fmt.Errorf("redrive %s: %w", name, failed)
	}
	return done, failed
}

func (q *Queue) revive(ctx context.Context, name queue.Name, batch []*entry) error {
	for _, e := range batch {
		e.received, e.inFlight = 0, false
	}
	err := q.write(ctx, name, batch)
	if err != nil {
		for _, e := range batch {
			e.received = queue.MaxReceives
		}
	}
	return err
}

// dead returns the dead letters that fit, by number, each copied or claimed by get.
func (q *Queue) dead(name queue.Name, fits func(*entry) bool, get func(*line, *entry) *entry) []*entry {
	q.mu.Lock()
	defer q.mu.Unlock()
	l := q.line(name)
	l.promote(q.clk.Now())
	var out []*entry
	for _, e := range l.dead {
		if fits(e) {
			out = append(out, get(l, e))
		}
	}
	slices.SortFunc(out, func(a, b *entry) int { return cmp.Compare(a.seq, b.seq) })
	return out
}
