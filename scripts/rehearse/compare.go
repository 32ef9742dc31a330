package main

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/dangol/dangol/shared/table"
	"github.com/dangol/dangol/shared/table/dynamo/raw"
)

// compare reads a copy and its live table whole, counts both, and holds a sample of the copy's items against the live ones. The live table has moved on since:
// a difference is a failure only when it is more than the drift that was allowed.
func (r *rehearsal) compare(ctx context.Context, t table.Name) error {
	now := r.clock.Now()
	s := &sample{most: r.sample}
	restored, err := r.count(ctx, r.copyName(t), now, s.add)
	if err != nil {
		return err
	}
	live, err := r.count(ctx, r.place.TableName(t), now, func(raw.Item) {})
	if err != nil {
		return err
	}
	f, err := r.findings(ctx, t, s)
	if err != nil {
		return err
	}
	f.restored, f.live = restored, live
	r.say("%-8s  %v", t, f)
	if err := f.judge(r.drift); err != nil {
		return fmt.Errorf("%s: %w", t, err)
	}
	return nil
}

// count reads a table, without what has expired: the live table loses that at some time, and a copy never.
func (r *rehearsal) count(ctx context.Context, name string, now time.Time, visit func(raw.Item)) (n int64, err error) {
	err = r.tables.Each(ctx, name, nil, func(it raw.Item) error {
		if it.Expires() == 0 || it.Expires() > now.Unix() {
			n++
			visit(it)
		}
		return nil
	})
	return n, err
}

// findings compares the sample with the live table.
func (r *rehearsal) findings(ctx context.Context, t table.Name, s *sample) (f findings, err error) {
	for _, it := range s.items() {
		live, err := r.tables.Get(ctx, r.place.TableName(t), it.Key())
		switch {
		case err != nil:
			return f, err
		case live == nil:
			f.gone++
		case live.Equal(it):
			f.same++
		default:
			f.changed++
		}
	}
	return f, nil
}

// findings is what a comparison found.
type findings struct {
	restored, live      int64
	same, changed, gone int // of the sample
}

func (f findings) String() string {
	return fmt.Sprintf("%d items restored, %d live; of a sample of %d: %d the same, %d changed since, %d gone since",
		f.restored, f.live, f.same+f.changed+f.gone, f.same, f.changed, f.gone)
}

// judge reports differences of more than drift percent, of the counts and in the sample.
func (f findings) judge(drift float64) (err error) {
	off := func(part, whole float64) bool { return part > whole*drift/100 }
	if off(float64(max(f.restored-f.live, f.live-f.restored)), float64(f.live)) {
		err = errors.Join(err, fmt.Errorf("%d items were restored, %d are live: more than %v %% apart", f.restored, f.live, drift))
	}
	if off(float64(f.changed+f.gone), float64(f.same+f.changed+f.gone)) {
		err = errors.Join(err, fmt.Errorf("%d of %d items of the sample differ: more than %v %%", f.changed+f.gone, f.same+f.changed+f.gone, drift))
	}
	return err
}

// sample keeps the items whose keys have the smallest hashes: evenly spread over the table, the same in every run, and never more than most.
type sample struct {
	most int
	kept []ranked
}

type ranked struct {
	rank uint64
	item raw.Item
}

func (s *sample) add(it raw.Item) {
	sum := sha256.Sum256([]byte(it.Key().PK + "\x00" + it.Key().SK))
	r := ranked{binary.BigEndian.Uint64(sum[:8]), it}
	at, _ := slices.BinarySearchFunc(s.kept, r, func(a, b ranked) int { return cmp.Compare(a.rank, b.rank) })
	if at >= s.most {
		return
	}
	s.kept = slices.Insert(s.kept, at, r)
	s.kept = s.kept[:min(len(s.kept), s.most)]
}

func (s *sample) items() (items []raw.Item) {
	for _, k := range s.kept {
		items = append(items, k.item)
	}
	return items
}
