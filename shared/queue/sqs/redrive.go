package sqs

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/dangol/dangol/shared/queue"
)

// Selection says which dead letters to redrive. The zero value is all of them.
type Selection struct {
	Group  string    // "" is every group
	Since  time.Time // only those first sent then or later; SQS keeps no time of the death itself
	DryRun bool      // count, and leave everything where it is
}

func (s Selection) fits(l letter) bool {
	return (s.Group == "" || l.Group == s.Group) && !l.sent.Before(s.Since)
}

// Report counts what a redrive moved, or would move, by group, and what it left.
type Report struct {
	Moved map[string]int
	Left  int
}

// Total is how many letters were moved.
func (r Report) Total() (n int) {
	for _, m := range r.Moved {
		n += m
	}
	return n
}

// Groups lists the groups of which letters were moved, in order.
func (r Report) Groups() []string { return slices.Sorted(maps.Keys(r.Moved)) }

// Redrive moves the dead letters of a group ("" is all) back to the queue as new messages.
func (q *Queue) Redrive(ctx context.Context, name queue.Name, group string) (int, error) {
	r, err := q.RedriveSelected(ctx, name, Selection{Group: group})
	return r.Total(), err
}

// RedriveSelected moves the dead letters that fit: each is sent anew and then deleted, so that none can be lost; a stop in between leaves one in both
// places, which consumers are used to. SQS's own redrive (StartMessageMoveTask) knows neither groups nor times. What was moved before an error is in
// the report.
func (q *Queue) RedriveSelected(ctx context.Context, name queue.Name, s Selection) (Report, error) {
	r := Report{Moved: map[string]int{}}
	err := q.look(ctx, name, func(dead string, letters []letter) (rest []letter, more bool, err error) {
		var moving []letter
		for _, l := range letters {
			if s.fits(l) {
				moving = append(moving, l)
			} else {
				rest = append(rest, l)
			}
		}
		r.Left += len(rest)
		if s.DryRun {
			r.count(moving)
			return letters, true, nil
		}
		stuck, err := q.move(ctx, dead, name, moving, &r)
		return append(rest, stuck...), true, err
	})
	if err != nil {
		return r, fmt.Errorf("redrive %s: %w", name, err)
	}
	return r, nil
}

func (r *Report) count(letters []letter) {
	for _, l := range letters {
		r.Moved[l.Group]++
	}
}

// move sends letters to their queue and deletes them, in batches that SQS takes. It returns those that it did not come to.
func (q *Queue) move(ctx context.Context, dead string, name queue.Name, letters []letter, r *Report) (stuck []letter, err error) {
	var msgs []queue.Send
	for _, l := range letters {
		msgs = append(msgs, queue.Send{Group: l.Group, Body: l.Body})
	}
	for _, batch := range batches(msgs) {
		if err := q.Send(ctx, name, batch...); err != nil {
			return letters, err
		}
		moved := letters[:len(batch)]
		letters = letters[len(batch):]
		r.count(moved)
		if err := q.delete(context.WithoutCancel(ctx), dead, receiptsOf(moved)); err != nil {
			return letters, errors.Join(errTwice, err)
		}
	}
	return nil, nil
}

// errTwice explains a delete that failed after the send.
var errTwice = errors.New("some letters are in the queue and among the dead letters as well")
