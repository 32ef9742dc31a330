package segments

import (
	"cmp"
	"context"
	"net/http"

	"github.com/dangol/dangol/shared/api"
	"github.com/dangol/dangol/shared/audience"
	"github.com/dangol/dangol/shared/crm/segments"
	"github.com/dangol/dangol/shared/id"
)

type freezeInput struct {
	ByID
	Body struct {
		Name string `json:"name,omitempty" maxLength:"200" doc:"Of the copy; without it, the segment's name with the day."`
		AsOf string `json:"asOf,omitempty" pattern:"^([0-9]{4}-[0-9]{2}-[0-9]{2})?$" doc:"Who was in it at the end of this day, in the workspace's time zone; without it, who is in it now."`
	}
}

// freeze makes a segment of those who are in another one, or were on a day. They stay in it, whatever becomes of them and of the other.
func (f *Feature) freeze(ctx context.Context, in *freezeInput) (*api.Created[*segments.Segment], error) {
	t := f.tenant(ctx)
	from, err := t.Segment(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	ws, err := t.Workspace(ctx)
	if err != nil {
		return nil, err
	}
	a, err := audience.Over(f.env, t)
	if err != nil {
		return nil, err
	}
	if err := a.Await(ctx, t.Now()); err != nil {
		return nil, err
	}
	ids, _, err := f.membersAsOf(ctx, t, a, from, in.Body.AsOf)
	if err != nil {
		return nil, err
	}
	s := &segments.Segment{ID: t.NewID(id.Segment), FrozenFrom: from.ID}
	day := cmp.Or(in.Body.AsOf, t.Now().In(ws.Zone()).Format("2006-01-02"))
	s.Fields, err = segments.Normalise(segments.Fields{Name: cmp.Or(in.Body.Name, from.Name+" "+day), Description: from.Description, Rule: from.Rule, Membership: segments.Frozen})
	if err != nil {
		return nil, err
	}
	if err := a.Keep(ctx, s.ID, ids); err != nil {
		return nil, err
	}
	if err := f.frozenSize(ctx, a, s, ids); err != nil {
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

// frozenSize notes how many were frozen and what they are worth.
func (f *Feature) frozenSize(ctx context.Context, a *audience.Lake, s *segments.Segment, ids []string) error {
	p, err := a.PreviewOf(ctx, ids)
	if err != nil {
		return err
	}
	now := f.env.Clock.Now()
	s.Count, s.Value, s.CountedAt = &p.Count, p.Value, &now
	return nil
}
