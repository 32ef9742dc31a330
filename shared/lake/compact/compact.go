// Package compact folds the deltas of a tenant's lake into its parts (docs/adr/0013). It needs no agreement with other writers: the highest version wins at
// every place, the manifest is replaced by whoever read the present one, and whoever was overtaken begins again.
//
// # What is in memory
//
// The rows of the deltas that one turn folds (Options.DeltaBytes), a group of rows of the part that is read and one of that which is written. Parts lie in a
// local folder meanwhile, one that is read and one that is written at a time. Only parts whose places the deltas touch are written anew: customers who are
// new stand behind all others, and an order of today in the month of today.
package compact

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"time"

	"github.com/dangol/dangol/shared/blob"
	"github.com/dangol/dangol/shared/lake"
)

// Kept is how long folded deltas stay where they are, unless Options say otherwise.
const Kept = time.Hour

// Options tune a compaction. Only Now must be given.
type Options struct {
	Now        func() time.Time
	Dir        string        // local folder in which one of its own is made, the system's for such if ""
	PartRows   int64         // rows of a part at most; 500,000 if 0
	DeltaBytes int64         // compressed bytes of deltas in a turn, but for the last of them; 4 MB if 0
	Kept       time.Duration // folded deltas stay so long for readers of the manifest before; 1 h if 0
	Unnamed    time.Duration // files that no manifest names stay so long: a writer may be about to name them; 24 h if 0
}

func (o Options) withDefaults() Options {
	o.PartRows = orDefault(o.PartRows, 500_000)
	o.DeltaBytes = orDefault(o.DeltaBytes, 4<<20)
	o.Kept = orDefault(o.Kept, Kept)
	o.Unnamed = orDefault(o.Unnamed, 24*time.Hour)
	return o
}

func orDefault[T int64 | time.Duration](v, otherwise T) T {
	if v == 0 {
		return otherwise
	}
	return v
}

// Result is what a turn did.
type Result struct {
	Deltas int  // that were folded
	Rows   int  // at how many places they say something
	Parts  int  // that were written
	More   bool // deltas are left for another turn
}

// tries is how often a turn that was overtaken begins again.
const tries = 3

// Turn folds the oldest deltas that are not in the parts. It may be called at any time, by many at once, and again after any error.
func Turn(ctx context.Context, b blob.Blob, tenant string, o Options) (r Result, err error) {
	for range tries {
		if r, err = once(ctx, b, tenant, o.withDefaults()); !errors.Is(err, lake.ErrOvertaken) {
			return r, err
		}
	}
	return r, err
}

func once(ctx context.Context, b blob.Blob, tenant string, o Options) (r Result, err error) {
	was, mark, err := lake.Read(ctx, b, tenant)
	if err != nil {
		return r, err
	}
	all, err := lake.Deltas(ctx, b, tenant)
	if err != nil {
		return r, err
	}
	chosen, more := choose(unfolded(&was, all), o.DeltaBytes)
	if len(chosen) == 0 {
		return r, nil
	}
	changes, err := collect(ctx, b, chosen)
	if err != nil {
		return r, err
	}
	now := o.Now().UTC()
	next := following(&was, all, chosen, now)
	r = Result{Deltas: len(chosen), Rows: changes.count(), More: more}
	if r.Parts, err = rewrite(ctx, b, tenant, o, now, &next, changes); err != nil {
		return r, err
	}
	if err := KeepMonth(ctx, b, tenant, &was, now); err != nil {
		return r, err
	}
	return r, lake.Swap(ctx, b, tenant, mark, next)
}

// rewrite makes the parts of the manifest those that hold the changes too.
func rewrite(ctx context.Context, b blob.Blob, tenant string, o Options, now time.Time, next *lake.Manifest, c changes) (written int, err error) {
	dir, err := os.MkdirTemp(o.Dir, "lake")
	if err != nil {
		return 0, err
	}
	defer os.RemoveAll(dir)
	for subject, months := range c {
		w := &rewriter{ctx: ctx, objects: b, tenant: tenant, subject: subject, dir: dir, now: now, most: o.PartRows}
		parts, err := w.subjectParts(next.Subjects[subject], months)
		if err != nil {
			return 0, fmt.Errorf("compact %s of %s: %w", subject, tenant, err)
		}
		next.Subjects[subject] = parts
		written += w.written
	}
	return written, nil
}

// following is the manifest behind this one, with the chosen deltas as folded and the parts as they were.
func following(was *lake.Manifest, all, chosen []lake.Delta, now time.Time) lake.Manifest {
	next := lake.Manifest{Version: was.Version + 1, Subjects: map[string][]lake.Part{}, Through: was.Through, At: now, Rebuilt: was.Rebuilt, Shape: was.Shape}
	for subject, parts := range was.Subjects {
		next.Subjects[subject] = slices.Clone(parts)
	}
	for _, d := range all { // those that are gone need not be named
		if slices.Contains(was.Folded, d.Key) {
			next.Folded = append(next.Folded, d.Key)
		}
	}
	for _, d := range chosen {
		next.Folded = append(next.Folded, d.Key)
		if d.Written.After(next.Through) {
			next.Through = d.Written.UTC()
		}
	}
	return next
}

func unfolded(m *lake.Manifest, all []lake.Delta) (out []lake.Delta) {
	keys := m.Unfolded(all)
	for _, d := range all {
		if slices.Contains(keys, d.Key) {
			out = append(out, d)
		}
	}
	return out
}
