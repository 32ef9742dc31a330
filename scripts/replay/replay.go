package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"time"

	"github.com/dangol/dangol/shared/blob"
	"github.com/dangol/dangol/shared/clock"
	"github.com/dangol/dangol/shared/cloud/operator"
	"github.com/dangol/dangol/shared/queue"
)

// objects is the bucket of what was set aside.
type objects interface {
	List(ctx context.Context, prefix, after string, limit int) ([]blob.Info, error)
	Get(ctx context.Context, key string, offset, n int64) (io.ReadCloser, blob.Info, error)
	Head(ctx context.Context, key string) (blob.Info, error)
	Delete(ctx context.Context, key string) error
}

// replay works through the bucket. It may be repeated, and two may run at once: the function takes a record as often as it comes.
type replay struct {
	aside   objects
	letters queue.Queue
	dead    queue.Name // where the letters are
	invoke  func(ctx context.Context, event []byte) ([]byte, error)
	clock   clock.Clock
	stage   string

	counts map[group]int
	done   map[string]bool // objects whose records are all replayed
	total  totals
}

// group is what a line of the report counts.
type group struct{ table, tenant string }

type totals struct{ objects, records, kept, failed, lost int }

// selection says which records; the zero values are all of them.
type selection struct {
	table, tenant string
	after, before time.Time // when the object was stored
}

func (s selection) fits(stored time.Time) bool {
	return !stored.Before(s.after) && !stored.After(s.before)
}

// run lists, and replays if it was told to. What fails is reported by its object and does not hold up the others; the error counts them.
func (r *replay) run(ctx context.Context, o order, out io.Writer) error {
	r.counts, r.done = map[group]int{}, map[string]bool{}
	err := blob.Each(ctx, r.aside, asidePrefix, "", func(i blob.Info) error {
		if !o.fits(i.Modified) {
			return nil
		}
		if err := r.object(ctx, o, i.Key, out); err != nil {
			r.total.failed++
			fmt.Fprintf(out, "FAILED %s: %v\n", i.Key, err)
		}
		return ctx.Err()
	})
	if err == nil && o.yes {
		err = r.settle(ctx)
	}
	r.show(out, o)
	if err == nil && r.total.failed > 0 {
		err = fmt.Errorf("%d objects stay where they are", r.total.failed)
	}
	return err
}

func (r *replay) object(ctx context.Context, o order, key string, out io.Writer) error {
	body, err := r.body(ctx, key)
	if errors.Is(err, blob.ErrNotFound) {
		return nil // another run was faster
	}
	if err != nil {
		return err
	}
	in, all, err := read(body)
	if err != nil {
		return err
	}
	name := short(r.stage, in.tableOf())
	if o.table != "" && name != o.table {
		return nil
	}
	if len(all) == 0 {
		r.total.lost++
		fmt.Fprintf(out, "LOST   %s: %s\n", key, in.lost(r.clock.Now()))
		return lostIf(o.yes)
	}
	chosen := all
	if o.tenant != "" {
		chosen = slices.DeleteFunc(slices.Clone(all), func(c record) bool { return c.tenant != o.tenant })
	}
	return r.records(ctx, o, key, name, chosen, len(chosen) == len(all))
}

// lostIf lets a replay end with an error that left something it cannot replay, and a count end well.
func lostIf(acting bool) error {
	if acting {
		return errors.New("without records there is nothing to replay")
	}
	return nil
}

func (r *replay) body(ctx context.Context, key string) ([]byte, error) {
	open, _, err := r.aside.Get(ctx, key, 0, -1)
	if err != nil {
		return nil, err
	}
	defer open.Close()
	return io.ReadAll(open)
}

// records replays the chosen ones, and deletes the object when they were all of its records. It is deleted rather than moved: a new object in the bucket would
// be taken for a new failure.
func (r *replay) records(ctx context.Context, o order, key, name string, chosen []record, whole bool) error {
	if len(chosen) == 0 {
		return nil
	}
	r.total.objects++
	if o.yes {
		if err := r.give(ctx, chosen); err != nil {
			return err
		}
	}
	for _, c := range chosen {
		r.counts[group{name, c.tenant}]++
		r.total.records++
	}
	switch {
	case !whole:
		r.total.kept++
	case o.yes:
		r.done[key] = true
		return r.aside.Delete(ctx, key)
	}
	return nil
}

// give hands records to the function. A batch that fails is halved, as Lambda does it, until the records that fail stand alone; the rest gets through.
func (r *replay) give(ctx context.Context, batch []record) error {
	failed, err := r.once(ctx, batch)
	switch {
	case errors.Is(err, operator.ErrFunction) && len(batch) > 1:
		half := len(batch) / 2
		return errors.Join(r.give(ctx, batch[:half]), r.give(ctx, batch[half:]))
	case err != nil:
		return fmt.Errorf("record %s and %d behind it: %w", batch[0].sequence, len(batch)-1, err)
	case failed == "":
		return nil
	}
	at := slices.IndexFunc(batch, func(c record) bool { return c.sequence == failed })
	err = fmt.Errorf("record %s: the function could not do it; its log says why", failed)
	if at < 0 || at+1 == len(batch) {
		return err
	}
	return errors.Join(err, r.give(ctx, batch[at+1:]))
}

// once returns the record at which the function stopped, "" when it did all.
func (r *replay) once(ctx context.Context, batch []record) (failed string, err error) {
	raw := make([]json.RawMessage, len(batch))
	for i, c := range batch {
		raw[i] = c.raw
	}
	event, err := json.Marshal(map[string]any{"Records": raw})
	if err != nil {
		return "", err
	}
	answer, err := r.invoke(ctx, event)
	if err != nil {
		return "", err
	}
	var out struct {
		BatchItemFailures *[]struct {
			ItemIdentifier string `json:"itemIdentifier"`
		} `json:"batchItemFailures"`
	}
	if err := json.Unmarshal(answer, &out); err != nil || out.BatchItemFailures == nil {
		return "", fmt.Errorf("the function answered %.200q, which reports nothing", answer)
	}
	for _, f := range *out.BatchItemFailures {
		return f.ItemIdentifier, nil
	}
	return "", nil
}

// show prints a line for each table and workspace, and one for all.
func (r *replay) show(out io.Writer, o order) {
	groups := slices.SortedFunc(maps.Keys(r.counts), func(a, b group) int {
		return cmp.Or(cmp.Compare(a.table, b.table), cmp.Compare(a.tenant, b.tenant))
	})
	for _, g := range groups {
		fmt.Fprintf(out, "%8d  %-8s  %s\n", r.counts[g], g.table, cmp.Or(g.tenant, "(no workspace)"))
	}
	verb := "would replay"
	if o.yes {
		verb = "replayed"
	}
	fmt.Fprintf(out, "%s %d records of %d objects; %d objects hold other workspaces' records too and stay, %d have no records, %d failed\n",
		verb, r.total.records, r.total.objects, r.total.kept, r.total.lost, r.total.failed)
}
