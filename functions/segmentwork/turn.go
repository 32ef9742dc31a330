package segmentwork

import (
	"context"
	"errors"
	"maps"
	"slices"

	"github.com/dangol/dangol/shared/audience"
	"github.com/dangol/dangol/shared/crm/job"
	"github.com/dangol/dangol/shared/crm/segments"
	"github.com/dangol/dangol/shared/lake"
	"github.com/dangol/dangol/shared/lake/membership"
	"github.com/dangol/dangol/shared/store"
)

// most is how many customers are looked at in a turn. More of them, as an import brings, are one job for each segment.
const most = 20_000

// turn looks at the customers of whom the deltas since the last turn tell. A crash before the mark is replaced repeats the turn, which then finds what is left to
// write.
func (w *Worker) turn(ctx context.Context, tenant string) error {
	t, objects := w.env.DB.Tenant(tenant).As("segmentwork"), w.env.Objects(tenant)
	mark, err := membership.ReadMark(ctx, objects, tenant)
	if err != nil {
		return err
	}
	listed, err := lake.Deltas(ctx, objects, tenant)
	if err != nil {
		return err
	}
	live, err := liveSegments(ctx, t)
	if err != nil {
		return err
	}
	next := mark.Next(listed)
	if len(live) == 0 {
		return next.Write(ctx, objects, tenant)
	}
	ids, err := membership.Changed(ctx, objects, mark.Unseen(listed))
	if err != nil {
		return err
	}
	if mark.None() || len(ids) > most {
		err = startRebuild(ctx, t)
	} else if len(ids) > 0 {
		err = w.follow(ctx, t, live, slices.Sorted(maps.Keys(ids)))
	}
	if err != nil {
		return err
	}
	return next.Write(ctx, objects, tenant)
}

// follow writes who of the customers entered or left a segment.
func (w *Worker) follow(ctx context.Context, t *store.Tenant, live []*segments.Segment, ids []string) error {
	a, err := audience.Over(w.env, t)
	if err != nil {
		return err
	}
	asked, err := w.askable(ctx, a, live)
	if err != nil || len(asked) == 0 {
		return err
	}
	_, err = move(ctx, w.env, t, a, asked, ids)
	return err
}

// startRebuild starts the job that counts all live segments anew.
func startRebuild(ctx context.Context, t *store.Tenant) error {
	x := t.Begin()
	x.StartJob(job.SegmentRebuild, "", 0, nil)
	return x.Commit(ctx)
}

// liveSegments are those that follow their rules.
func liveSegments(ctx context.Context, t *store.Tenant) (live []*segments.Segment, err error) {
	all, err := allSegments(ctx, t)
	return slices.DeleteFunc(all, func(s *segments.Segment) bool { return s.Membership == segments.Frozen }), err
}

func allSegments(ctx context.Context, t *store.Tenant) (all []*segments.Segment, err error) {
	p := store.Page{Limit: 100}
	for {
		page, next, err := t.Segments(ctx, p)
		if err != nil {
			return nil, err
		}
		all = append(all, page...)
		if next == "" {
			return all, nil
		}
		p.After = next
	}
}

// askable leaves out segments whose rules cannot be asked any more, as when one that they name was deleted: those who were in them stay there.
func (w *Worker) askable(ctx context.Context, a *audience.Lake, live []*segments.Segment) (out []asked, err error) {
	for _, s := range live {
		one, err := ask(ctx, a, s)
		if errors.As(err, new(refusal)) {
			w.env.Log.WarnContext(ctx, "segment left as it is", "function", "segmentwork", "segment", s.ID, "error", err)
			continue
		}
		if err != nil {
			return nil, err
		}
		out = append(out, one)
	}
	return out, nil
}
