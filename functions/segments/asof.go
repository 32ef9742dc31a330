package segments

import (
	"context"
	"fmt"
	"time"

	"github.com/dangol/dangol/shared/audience"
	"github.com/dangol/dangol/shared/crm/segment"
	"github.com/dangol/dangol/shared/crm/segments"
	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/lake/membership"
	"github.com/dangol/dangol/shared/lake/sqltext"
	"github.com/dangol/dangol/shared/store"
)

// membersAsOf returns the sorted ids of those who were in a segment at the end of a day, "" and today being now: as it was noted, or evaluated for days before that.
// A frozen segment has had its members at all times.
func (f *Feature) membersAsOf(ctx context.Context, t *store.Tenant, a *audience.Lake, s *segments.Segment, day string) ([]string, Basis, error) {
	at, past, err := f.endOf(ctx, t, day)
	if err != nil {
		return nil, "", err
	}
	if !past || s.Membership == segments.Frozen {
		ids, err := a.Members(ctx, s)
		return ids, Now, err
	}
	known, err := knownAt(ctx, a, s.ID, at)
	if err != nil {
		return nil, "", err
	}
	if known {
		ids, err := texts(ctx, a, membership.At(s.ID, at))
		return ids, Membership, err
	}
	rule, err := segment.Parse(s.Rule, "/rule")
	if err != nil {
		return nil, "", fmt.Errorf("rule of %s: %w", s.ID, err)
	}
	ids, err := a.IDsAsOf(ctx, rule, at)
	return ids, Evaluated, err
}

// endOf is the last moment of a day in the workspace's zone, and whether it lies in the past. A day to come is refused.
func (f *Feature) endOf(ctx context.Context, t *store.Tenant, day string) (at time.Time, past bool, err error) {
	if day == "" {
		return t.Now(), false, nil
	}
	ws, err := t.Workspace(ctx)
	if err != nil {
		return at, false, err
	}
	begin, err := time.ParseInLocation(time.DateOnly, day, ws.Zone())
	if err != nil {
		return at, false, errs.InvalidField("/asOf", "date_invalid")
	}
	if begin.After(t.Now()) {
		return at, false, errs.InvalidField("/asOf", "time_in_future")
	}
	next := time.Date(begin.Year(), begin.Month(), begin.Day()+1, 0, 0, 0, 0, ws.Zone())
	return next.Add(-time.Millisecond), !next.After(t.Now()), nil
}

// knownAt says whether the lake had noted the members of a segment by then.
func knownAt(ctx context.Context, a *audience.Lake, segmentID string, at time.Time) (known bool, err error) {
	err = a.Ask(ctx, membership.Known(segmentID), func(row []any) error {
		since, noted := row[0].(time.Time)
		known = noted && !since.After(at)
		return nil
	})
	return known, err
}

func texts(ctx context.Context, a *audience.Lake, s sqltext.Statement) (out []string, err error) {
	err = a.Ask(ctx, s, func(row []any) error {
		text, _ := row[0].(string)
		out = append(out, text)
		return nil
	})
	return out, err
}
