// Package rebuild writes a tenant's lake anew from the table: for a tenant who had records before there was a lake, after files were lost or damaged, and when a
// column is added that older parts have no values of.
//
// # One call
//
// Lake is one call, not a chain of hops: it reads the table in no order, sorts what it reads on local disk and writes the parts, and half of a sorting is worth
// nothing to the next hop. It holds to its context, and to Options.Most; what it leaves behind when it ends early are files that nobody names.
//
// # What is in memory and on disk
//
// Rows are packed into some hundred bytes each. Options.Memory of them are in memory; the largest pile (a subject's month) is sorted and written to one local
// file, compressed, whenever there are more. Then as many parts are written at once as there are goroutines, each with a group of rows in memory. The
// local disk has to hold all rows once, some hundred bytes each.
//
// # Why nothing is lost
//
// The new manifest says of no delta that it was folded. So all that are listed are folded again, on top of what the table said: what changed while it was read
// comes that way, whether the reading saw it or not, and the highest version wins. A delta is listed for compact.Kept at least, and a rebuild that takes half as
// long is given up. Rows that are gone stand in no table: they are taken over from the parts before, since they are what a late delta is held against.
// Subjects that are not made of the table (lake.OfTable) stay as they are.
package rebuild

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"
	"time"

	"github.com/dangol/dangol/shared/blob"
	"github.com/dangol/dangol/shared/lake"
	"github.com/dangol/dangol/shared/lake/compact"
	"github.com/dangol/dangol/shared/store"
	"github.com/dangol/dangol/shared/table"
)

// Options tune a rebuild. Only Now must be given.
type Options struct {
	Now      func() time.Time
	Dir      string        // local folder in which one of its own is made, the system's for such if ""
	PartRows int64         // rows of a part at most; 500,000 if 0
	Memory   int64         // bytes of packed rows in memory; 128 MB if 0
	Width    int           // goroutines that read, and that write; one for each core if 0
	Most     time.Duration // it is given up after so long; half of compact.Kept if 0, and never more
	Asked    time.Time     // when somebody asked for it, by their clock: the manifest's Rebuilt is not before that, though their clock be ahead
	// Damaged leaves the parts before unread, for a lake whose parts cannot be read. Rows that are gone are not taken over then: a delta from before the rebuild
	// that comes after it could bring one of them back, until the feed comes to its removal again.
	Damaged bool
}

func (o Options) withDefaults() Options {
	if o.PartRows == 0 {
		o.PartRows = 500_000
	}
	if o.Memory == 0 {
		o.Memory = 128 << 20
	}
	if o.Width == 0 {
		o.Width = runtime.GOMAXPROCS(0)
	}
	if o.Most == 0 || o.Most > compact.Kept/2 {
		o.Most = compact.Kept / 2
	}
	return o
}

// Result is what a rebuild did.
type Result struct {
	Records int // items of the table that rows were made of
	Rows    int // that were made, and taken over because they are gone
	Parts   int
}

// Lake writes the tenant's lake anew and replaces the manifest. It may be called at any time, beside others that write to the lake, and again after any error.
func Lake(ctx context.Context, t *store.Tenant, b blob.Blob, o Options) (Result, error) {
	o = o.withDefaults()
	ctx, stop := context.WithTimeout(ctx, o.Most)
	defer stop()
	dir, err := os.MkdirTemp(o.Dir, "rebuild")
	if err != nil {
		return Result{}, err
	}
	defer os.RemoveAll(dir)
	piles, err := newPiles(dir, o.Memory)
	if err != nil {
		return Result{}, err
	}
	defer piles.close()
	w := &work{Options: o, tenant: t.ID, objects: b, piles: piles, dir: dir, now: o.Now().UTC()}
	r, err := w.do(ctx, t)
	if err != nil {
		return r, fmt.Errorf("rebuild the lake of %s: %w", t.ID, err)
	}
	return r, nil
}

// work is a rebuild under way.
type work struct {
	Options
	tenant  string
	objects blob.Blob
	piles   *piles
	dir     string
	now     time.Time
}

func (w *work) do(ctx context.Context, t *store.Tenant) (r Result, err error) {
	if err := t.Gather(ctx, w.Width, w.take); err != nil {
		return r, err
	}
	was, mark, err := lake.Read(ctx, w.objects, w.tenant)
	if err != nil {
		return r, err
	}
	if !w.Damaged {
		if err := w.takeOver(ctx, &was); err != nil {
			return r, err
		}
	}
	next := lake.Manifest{Through: was.Through, At: w.now, Rebuilt: w.now, Shape: lake.Shape()}
	if w.Asked.After(w.now) {
		next.Rebuilt = w.Asked.UTC()
	}
	if next.Subjects, err = w.writeParts(ctx); err != nil {
		return r, err
	}
	r = Result{Records: int(w.piles.records.Load()), Rows: w.piles.rows()}
	for _, parts := range next.Subjects {
		r.Parts += len(parts)
	}
	return r, w.replace(ctx, was, mark, next)
}

// keepOthers leaves the subjects as they are that are not made of the table, and those that this program does not know: a later one wrote them.
func keepOthers(next, was *lake.Manifest) {
	for subject, parts := range was.Subjects {
		if !lake.OfTable(subject) {
			next.Subjects[subject] = parts
		}
	}
}

// take makes rows of items. Many goroutines call it.
func (w *work) take(n table.Name, items []*table.Item) error {
	b := newBundle()
	for _, it := range items {
		rows, err := lake.ItemRows(n, it, w.now)
		if err != nil {
			return err
		}
		if len(rows) > 0 {
			b.records++
		}
		for i := range rows {
			b.add(&rows[i])
		}
	}
	return w.piles.take(b)
}

// tries is how often the manifest is replaced again by one that was overtaken. A compaction that was first has folded what is folded again.
const tries = 5

func (w *work) replace(ctx context.Context, was lake.Manifest, mark string, next lake.Manifest) (err error) {
	for range tries {
		next.Version = was.Version + 1
		keepOthers(&next, &was)
		if err = compact.KeepMonth(ctx, w.objects, w.tenant, &was, w.now); err == nil {
			err = lake.Swap(ctx, w.objects, w.tenant, mark, next)
		}
		if !errors.Is(err, lake.ErrOvertaken) {
			return err
		}
		if was, mark, err = lake.Read(ctx, w.objects, w.tenant); err != nil {
			return err
		}
	}
	return err
}
