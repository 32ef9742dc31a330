package segmentwork

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/dangol/dangol/shared/audience"
	"github.com/dangol/dangol/shared/catalogue"
	"github.com/dangol/dangol/shared/crm/segment"
	"github.com/dangol/dangol/shared/crm/segments"
	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/hop"
	"github.com/dangol/dangol/shared/lake"
	"github.com/dangol/dangol/shared/lake/membership"
	"github.com/dangol/dangol/shared/queue"
)

// Result is what a rebuild shows when it ends.
type Result struct {
	Segments int64 `json:"segments"`
	Entered  int64 `json:"entered"`
	Left     int64 `json:"left"`
	Refused  int64 `json:"refused,omitempty"` // whose rules cannot be asked any more
	// Version is that of the one segment that was asked for.
	Version int64 `json:"segmentVersion,omitempty"`
	Members int64 `json:"members,omitempty"`
}

// progress is where a rebuild goes on.
type progress struct {
	After string // the segments up to this id are done
	Result
}

// rebuild counts the segment that the job names, or all of them, anew, in the order of their ids. What was written by a hop that was cut off is not written again:
// it is not a difference any more.
func rebuild(ctx context.Context, r *hop.Run) (bool, error) {
	a, err := audience.Over(r.Env, r.T)
	if err != nil {
		return false, err
	}
	if err := a.Await(ctx, r.Job.CreatedAt); err != nil {
		return false, err
	}
	var p progress
	if err := r.Cursor(&p); err != nil {
		return false, err
	}
	todo, err := wanted(ctx, r)
	if err != nil {
		return false, err
	}
	r.Job.Total = int64(len(todo))
	for _, s := range todo {
		if s.ID <= p.After {
			continue
		}
		if r.Late() {
			return true, nil
		}
		if err := one(ctx, r, a, s, &p); err != nil {
			return false, err
		}
		p.After = s.ID
		r.Job.Done++
		if err := r.SetCursor(p); err != nil {
			return false, err
		}
		if err := r.Checkpoint(ctx); err != nil {
			return false, err
		}
	}
	if err := askUpkeep(ctx, r); err != nil {
		return false, err
	}
	return false, r.SetResult(p.Result)
}

// wanted are the segments to count. One that is gone has no members any more.
func wanted(ctx context.Context, r *hop.Run) ([]*segments.Segment, error) {
	if r.Job.Ref == "" {
		all, err := allSegments(ctx, r.T)
		slices.SortFunc(all, func(a, b *segments.Segment) int { return strings.Compare(a.ID, b.ID) })
		return all, err
	}
	s, err := r.T.Segment(ctx, r.Job.Ref)
	if errs.Code(err) == "segment_not_found" {
		return []*segments.Segment{{ID: r.Job.Ref, Fields: segments.Fields{Membership: segments.Live, Rule: json.RawMessage(`{"any": []}`)}}}, nil
	}
	return []*segments.Segment{s}, err
}

// one brings the memberships of a segment up to date, and notes how large it is.
func one(ctx context.Context, r *hop.Run, a *audience.Lake, s *segments.Segment, p *progress) error {
	p.Segments++
	rule := segment.Rule{Node: segment.Segment{ID: s.ID}} // a frozen one is asked for as others ask for it
	if s.Membership == segments.Live {
		of, err := ask(ctx, a, s)
		if errors.As(err, new(refusal)) {
			p.Refused++
			return nil
		}
		if err != nil {
			return err
		}
		moved, err := move(ctx, r.Env, r.T, a, []asked{of}, nil)
		if err != nil {
			return err
		}
		p.Entered, p.Left, rule = p.Entered+moved.entered, p.Left+moved.left, of.Rule
	}
	if s.Version == 0 {
		return nil // it is gone: nobody asks how large it is
	}
	picture, err := a.Preview(ctx, rule)
	if err != nil {
		return err
	}
	p.Version, p.Members = s.Version, picture.Count
	return note(ctx, r, s, picture)
}

// note keeps the size of a segment on this day.
func note(ctx context.Context, r *hop.Run, s *segments.Segment, p audience.Picture) error {
	ws, err := r.T.Workspace(ctx)
	if err != nil {
		return err
	}
	now := r.T.Now()
	size := membership.Size{Segment: s.ID, Version: s.Version, Day: now.In(ws.Zone()).Format(time.DateOnly), At: now, Members: p.Count, Revenue: p.Value}
	_, err = lake.WriteDelta(ctx, r.Env.Objects(r.T.ID), r.T.ID, size.Rows())
	return err
}

// upkeepDelay is how long a lake waits for its compaction after a rebuild.
const upkeepDelay = 2 * time.Minute

// askUpkeep has the deltas folded: at night no change of a record asks for it.
func askUpkeep(ctx context.Context, r *hop.Run) error {
	body, err := json.Marshal(lake.Upkeep{Tenant: r.T.ID})
	if err != nil {
		return err
	}
	return r.Env.Queue.Send(ctx, catalogue.Lakes, queue.Send{Group: r.T.ID, Body: body, Delay: upkeepDelay})
}
