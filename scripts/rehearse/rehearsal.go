package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"time"

	"github.com/dangol/dangol/shared/clock"
	"github.com/dangol/dangol/shared/cloud/operator"
	"github.com/dangol/dangol/shared/table"
	"github.com/dangol/dangol/shared/table/dynamo/raw"
)

// askEvery is how often a table that is being restored is looked at. A restore takes from some minutes to hours.
const askEvery = 10 * time.Second

// suffix ends the name of every copy, and of nothing else: only such tables are deleted.
const suffix = "-rehearsal"

// rehearsal is one restore that nobody needs.
type rehearsal struct {
	order
	place  *operator.Place
	tables *raw.Tables
	clock  clock.Clock
	every  time.Duration
	at     time.Time // the tables as they were then, to the second: a campaign's messages and its tally stand in two of them

	mu  sync.Mutex
	out io.Writer
}

func (r *rehearsal) say(format string, args ...any) {
	r.mu.Lock()
	defer r.mu.Unlock()
	fmt.Fprintf(r.out, format+"\n", args...)
}

func (r *rehearsal) copyName(t table.Name) string { return r.place.TableName(t) + suffix }

// plan says what would be done.
func (r *rehearsal) plan(ctx context.Context) error {
	if err := r.ready(ctx); err != nil {
		return err
	}
	for _, t := range table.Names() {
		r.say("would restore %s to %s, as it was at %s", r.place.TableName(t), r.copyName(t), r.at.Format(time.RFC3339))
	}
	r.say("then read both whole, compare %d items of each, and delete the copies; -yes does it", r.sample)
	return nil
}

// run restores, compares and deletes. What fails for one table does not keep the others from being rehearsed.
func (r *rehearsal) run(ctx context.Context) error {
	if err := r.ready(ctx); err != nil {
		return err
	}
	begun := r.clock.Now()
	failed := r.each(func(t table.Name) error { return r.restore(ctx, t) })
	if failed == nil {
		r.say("all tables restored after %s", minutes(r.clock.Now().Sub(begun)))
		for _, t := range table.Names() { // in turn: they share the read units
			failed = errors.Join(failed, r.compare(ctx, t))
		}
	}
	if r.keep {
		r.say("the copies stay; -clean deletes them")
		return failed
	}
	return errors.Join(failed, r.drop(context.WithoutCancel(ctx)))
}

// ready checks that all tables are there and no copy is.
func (r *rehearsal) ready(ctx context.Context) error {
	for _, t := range table.Names() {
		live, err := r.tables.Status(ctx, r.place.TableName(t))
		if err != nil {
			return err
		}
		if live == "" {
			return fmt.Errorf("there is no table %s: is %s a stage here?", r.place.TableName(t), r.stage)
		}
		left, err := r.tables.Status(ctx, r.copyName(t))
		if err != nil {
			return err
		}
		if left != "" {
			return fmt.Errorf("%s is there (%s), left by another run: -clean deletes it", r.copyName(t), left)
		}
	}
	return nil
}

// each calls f for all tables side by side.
func (r *rehearsal) each(f func(table.Name) error) (err error) {
	var done sync.WaitGroup
	for _, t := range table.Names() {
		done.Go(func() {
			if e := f(t); e != nil {
				r.mu.Lock()
				defer r.mu.Unlock()
				err = errors.Join(err, e)
			}
		})
	}
	done.Wait()
	return err
}

// restore makes the copy of one table, and says how long that took.
func (r *rehearsal) restore(ctx context.Context, t table.Name) error {
	begun, how := r.clock.Now(), "restored"
	err := r.tables.RestoreTo(ctx, r.place.TableName(t), r.copyName(t), r.at)
	if errors.Is(err, raw.ErrUnknown) {
		r.say("%-8s  REFUSED here: RestoreTableToPointInTime. An emulator does not know it; the copy is filled by a scan of the live table", t)
		how, err = "copied", r.scan(ctx, t)
	}
	if err == nil {
		err = r.tables.Wait(ctx, r.copyName(t), r.every)
	}
	if err != nil {
		return err
	}
	r.say("%-8s  %s in %s", t, how, minutes(r.clock.Now().Sub(begun)))
	return nil
}

// scan stands in for a restore: an empty table of the same shape, and the live items written into it as they are.
func (r *rehearsal) scan(ctx context.Context, t table.Name) error {
	if err := r.tables.CreateLike(ctx, r.place.TableName(t), r.copyName(t)); err != nil {
		return err
	}
	if err := r.tables.Wait(ctx, r.copyName(t), r.every); err != nil {
		return err
	}
	from, to := raw.Side{Tables: r.tables, Name: r.place.TableName(t)}, raw.Side{Tables: r.tables, Name: r.copyName(t)}
	return raw.Copy(ctx, from, to, nil, raw.All, nil, func(*table.Key, int) error { return nil })
}

// drop deletes the copies that are there.
func (r *rehearsal) drop(ctx context.Context) error {
	return r.each(func(t table.Name) error {
		name := r.copyName(t)
		status, err := r.tables.Status(ctx, name)
		if err != nil || status == "" || status == "DELETING" {
			return err
		}
		if !strings.HasSuffix(name, suffix) {
			return fmt.Errorf("%s is no copy", name)
		}
		if err := r.tables.Drop(ctx, name); err != nil {
			return fmt.Errorf("%s is left behind, and costs money; when it is ACTIVE, -clean deletes it: %w", name, err)
		}
		r.say("%-8s  deleted the copy", t)
		return nil
	})
}

// minutes is a duration as a log of rehearsals keeps it.
func minutes(d time.Duration) string { return fmt.Sprintf("%.1f minutes", d.Minutes()) }
