package segments

import (
	"context"
	"net/http"
	"time"

	"github.com/dangol/dangol/shared/api"
	"github.com/dangol/dangol/shared/audience"
	"github.com/dangol/dangol/shared/crm/due"
	"github.com/dangol/dangol/shared/crm/job"
	"github.com/dangol/dangol/shared/crm/segment"
	"github.com/dangol/dangol/shared/crm/segments"
	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/shared/store"
)

// scanTime is how long an operation may take that reads every customer.
const scanTime = 25 * time.Second

func (f *Feature) list(ctx context.Context, in *api.PageInput) (*api.Page[*segments.Segment], error) {
	p := store.Page{Limit: in.Limit}
	if _, err := api.OpenCursor(ctx, in.Cursor, &p.After); err != nil {
		return nil, err
	}
	list, next, err := f.tenant(ctx).Segments(ctx, p)
	if err != nil {
		return nil, err
	}
	return api.NewPage(list, api.NextCursor(ctx, next)), nil
}

func (f *Feature) create(ctx context.Context, in *struct{ Body segments.Fields }) (*api.Created[*segments.Segment], error) {
	t := f.tenant(ctx)
	fields, rule, err := f.normalise(ctx, t, in.Body, "")
	if err != nil {
		return nil, err
	}
	s := &segments.Segment{ID: t.NewID(id.Segment), Fields: fields}
	if err := f.count(ctx, t, s, rule); err != nil {
		return nil, err
	}
	tx := t.Begin()
	tx.CreateSegment(s)
	if err := begin(ctx, t, tx, s); err != nil {
		return nil, err
	}
	out := api.NewCreated("/v1/segments/"+s.ID, s, s.Version)
	return out, api.Commit(ctx, tx, http.StatusCreated, out)
}

// normalise applies the rules of segments and of their rule trees.
func (f *Feature) normalise(ctx context.Context, t *store.Tenant, in segments.Fields, self string) (segments.Fields, segment.Rule, error) {
	fields, err := segments.Normalise(in)
	if err != nil {
		return fields, segment.Rule{}, err
	}
	rule, err := segment.Parse(fields.Rule, "/rule")
	if err != nil {
		return fields, rule, err
	}
	return fields, rule, audience.New(t, f.env.Objects(t.ID)).Check(ctx, rule, self)
}

// keepAsOf freezes those into a segment who meet a rule at a moment.
func keepAsOf(ctx context.Context, a *audience.Lake, segmentID string, rule segment.Rule, at time.Time) error {
	if err := a.Await(ctx, at); err != nil {
		return err
	}
	ids, err := a.IDs(ctx, rule)
	if err != nil {
		return err
	}
	return a.Keep(ctx, segmentID, ids)
}

// count looks who is in the segment now. A frozen segment keeps them, and misses nobody who was there when it was asked for.
func (f *Feature) count(ctx context.Context, t *store.Tenant, s *segments.Segment, rule segment.Rule) error {
	a, err := audience.Over(f.env, t)
	if err != nil {
		return err
	}
	now := t.Now()
	if s.Membership != segments.Frozen {
		a.Soon()
	} else if err := keepAsOf(ctx, a, s.ID, rule, now); err != nil {
		return err
	}
	p, err := a.Preview(ctx, rule)
	if err != nil {
		return err
	}
	s.Count, s.Value, s.CountedAt = &p.Count, p.Value, &now
	return nil
}

// begin has the segment counted, now and at night, and exported as often as it asks for.
func begin(ctx context.Context, t *store.Tenant, tx *store.Tx, s *segments.Segment) error {
	ws, err := t.Workspace(ctx)
	if err != nil {
		return err
	}
	tx.StartJob(job.SegmentRebuild, s.ID, 0, nil)
	tx.Schedule(due.Segments, "", due.NextNight(t.Now(), ws.Zone()))
	return schedule(ctx, t, tx, s)
}

// schedule puts the next export of the segment on the calendar, when it asks for one.
func schedule(ctx context.Context, t *store.Tenant, tx *store.Tx, s *segments.Segment) error {
	if s.ExportEvery == "" {
		return nil
	}
	ws, err := t.Workspace(ctx)
	if err != nil {
		return err
	}
	tx.Schedule(due.Export, s.ID, s.ExportEvery.Next(t.Now(), ws.Zone()))
	return nil
}

func (f *Feature) read(ctx context.Context, in *ByID) (*api.Record[*segments.Segment], error) {
	s, err := f.tenant(ctx).Segment(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	return api.NewRecord(s, s.Version), nil
}

type changeInput struct {
	ByID
	api.IfMatch
	Body api.Patch[segments.Fields]
}

func (f *Feature) change(ctx context.Context, in *changeInput) (*api.Record[*segments.Segment], error) {
	t := f.tenant(ctx)
	s, err := t.Segment(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	if err := in.Check(s.Version); err != nil {
		return nil, err
	}
	was := s.Fields
	base := was
	if in.Body.Has("rule") {
		base.Rule = nil // a rule is one value: merged into another it would be neither
	}
	fields, changed, err := in.Body.Apply(base)
	if err != nil {
		return nil, err
	}
	var rule segment.Rule
	if s.Fields, rule, err = f.normalise(ctx, t, fields, s.ID); err != nil {
		return nil, err
	}
	if s.Membership == segments.Live || was.Membership == segments.Live || in.Body.Has("rule") { // else its members stay who they are
		if err := f.count(ctx, t, s, rule); err != nil {
			return nil, err
		}
	}
	tx := t.Begin()
	tx.SaveSegment(s, changed)
	if in.Body.Has("rule") || s.Membership != was.Membership {
		tx.StartJob(job.SegmentRebuild, s.ID, 0, nil)
	}
	if s.ExportEvery != was.ExportEvery {
		if err := schedule(ctx, t, tx, s); err != nil {
			return nil, err
		}
	}
	if err := api.Commit(ctx, tx, http.StatusOK, nil); err != nil {
		return nil, store.Raced(err)
	}
	return api.NewRecord(s, s.Version), nil
}

type removeInput struct {
	ByID
	api.IfMatch
}

func (f *Feature) remove(ctx context.Context, in *removeInput) (*struct{}, error) {
	t := f.tenant(ctx)
	s, err := t.Segment(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	if err := in.Check(s.Version); err != nil {
		return nil, err
	}
	tx := t.Begin()
	tx.RemoveSegment(s)
	tx.StartJob(job.SegmentRebuild, s.ID, 0, nil) // whoever was in it is not any more
	return nil, store.Raced(api.Commit(ctx, tx, http.StatusNoContent, nil))
}
