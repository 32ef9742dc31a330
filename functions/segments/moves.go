package segments

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"github.com/dangol/dangol/shared/api"
	"github.com/dangol/dangol/shared/audience"
	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/job"
	"github.com/dangol/dangol/shared/crm/money"
	"github.com/dangol/dangol/shared/lake/membership"
	"github.com/dangol/dangol/shared/lake/sqltext"
)

type changesInput struct {
	ByID
	api.PageInput
	Since time.Time `query:"since" doc:"From when on; without it, of the last 30 days."`
	Sort  string    `query:"sort" enum:"at,-at" default:"at" doc:"at, the earliest first, so that a program reads on; -at, the latest first."`
}

// Change is that a customer entered or left a segment.
type Change struct {
	Type       string             `json:"type" enum:"entered,left"`
	At         time.Time          `json:"at" doc:"When it was found: within seconds of what the customer did, or at night where only time has passed."`
	CustomerID string             `json:"customerId"`
	Customer   *customer.Customer `json:"customer,omitempty" doc:"Absent for one who is archived or gone."`
	Version    int64              `json:"segmentVersion" doc:"The version of the segment whose rule let them in."`
}

// changesBefore is how far changes reach back that are asked for without a moment, and history likewise.
const (
	changesBefore = 30 * 24 * time.Hour
	historyBefore = 365 * 24 * time.Hour
)

func (f *Feature) changes(ctx context.Context, in *changesInput) (*api.Page[Change], error) {
	t := f.tenant(ctx)
	if _, err := t.Segment(ctx, in.ID); err != nil {
		return nil, err
	}
	asked := in.Since.UTC().Format(time.RFC3339Nano)
	var behind membership.Place
	if _, err := api.OpenCursor(ctx, in.Cursor, &behind, in.ID, asked, in.Sort); err != nil {
		return nil, err
	}
	since := in.Since
	if since.IsZero() {
		since = t.Now().Add(-changesBefore)
	}
	a, err := f.audience(t)
	if err != nil {
		return nil, err
	}
	found, more, err := changed(ctx, a, membership.Changes(in.ID, since, behind, in.Sort == "-at", in.Limit+1), in.Limit)
	if err != nil {
		return nil, err
	}
	next := ""
	if more {
		last := found[len(found)-1]
		next = api.SealCursor(ctx, membership.Place{At: last.At, Stay: last.Stay, Type: last.Type}, in.ID, asked, in.Sort)
	}
	data, err := shown(ctx, a, found)
	if err != nil {
		return nil, err
	}
	return api.NewPage(data, next), nil
}

type historyInput struct {
	ByID
	Since string `query:"since" maxLength:"10" pattern:"^[0-9]{4}-[0-9]{2}-[0-9]{2}$" doc:"The first day; without it, a year ago."`
}

// Day is a segment on a day of the workspace's zone.
type Day struct {
	Day     string        `json:"day"`
	Count   *int64        `json:"count,omitempty" doc:"How many were in it when it was last counted on this day; absent on days on which it was not counted."`
	Value   []money.Money `json:"value,omitempty" doc:"What they had ordered by then, per currency."`
	Entered int64         `json:"entered"`
	Left    int64         `json:"left"`
}

// HistoryReply is the size and value of a segment day by day, the earliest first.
type HistoryReply struct {
	Body struct {
		Data []Day `json:"data" nullable:"false"`
	}
}

func (f *Feature) history(ctx context.Context, in *historyInput) (*HistoryReply, error) {
	t := f.tenant(ctx)
	if _, err := t.Segment(ctx, in.ID); err != nil {
		return nil, err
	}
	ws, err := t.Workspace(ctx)
	if err != nil {
		return nil, err
	}
	since := t.Now().Add(-historyBefore)
	if in.Since != "" {
		if since, _, err = f.endOf(ctx, t, in.Since); err != nil {
			return nil, err
		}
	}
	from := since.In(ws.Zone())
	from = time.Date(from.Year(), from.Month(), from.Day(), 0, 0, 0, 0, ws.Zone())
	a, err := f.audience(t)
	if err != nil {
		return nil, err
	}
	days := days{}
	if err := a.Ask(ctx, membership.Sizes(in.ID, from.Format(time.DateOnly)), days.size); err != nil {
		return nil, err
	}
	err = a.Ask(ctx, membership.Flows(in.ID, from), func(row []any) error { return days.flow(row, ws.Zone()) })
	out := &HistoryReply{}
	out.Body.Data = days.inOrder()
	return out, err
}

// days are collected by their names.
type days map[string]*Day

func (d days) at(day string) *Day {
	if d[day] == nil {
		d[day] = &Day{Day: day}
	}
	return d[day]
}

// size takes a row of membership.Sizes.
func (d days) size(row []any) error {
	name, _ := row[0].(string)
	members, _ := row[2].(int64)
	day := d.at(name)
	day.Count = &members
	amount, known := row[3].(decimal.Decimal)
	if code, _ := row[4].(string); known && code != "" {
		day.Value = append(day.Value, money.Money{Amount: amount, Currency: code})
	}
	return nil
}

// flow takes a row of membership.Flows.
func (d days) flow(row []any, zone *time.Location) error {
	quarter, _ := row[0].(time.Time)
	day := d.at(quarter.In(zone).Format(time.DateOnly))
	day.Entered += whole(row[1])
	day.Left += whole(row[2])
	return nil
}

// whole reads a sum of whole numbers.
func whole(v any) int64 {
	switch n := v.(type) {
	case int64:
		return n
	case decimal.Decimal:
		return n.IntPart()
	case float64:
		return int64(n)
	default:
		return 0
	}
}

func (d days) inOrder() []Day {
	out := make([]Day, 0, len(d))
	for _, day := range d {
		out = append(out, *day)
	}
	slices.SortFunc(out, func(a, b Day) int { return strings.Compare(a.Day, b.Day) })
	return out
}

// rebuild counts a segment anew.
func (f *Feature) rebuild(ctx context.Context, in *ByID) (*Accepted, error) {
	t := f.tenant(ctx)
	s, err := t.Segment(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	tx := t.Begin()
	j := tx.StartJob(job.SegmentRebuild, s.ID, 0, nil)
	out := &Accepted{Location: "/v1/jobs/" + j.ID, Body: j}
	return out, api.Commit(ctx, tx, http.StatusAccepted, out)
}

// changed reads at most limit changes, and whether there are more.
func changed(ctx context.Context, a *audience.Lake, s sqltext.Statement, limit int) (found []membership.Change, more bool, err error) {
	err = a.Ask(ctx, s, func(row []any) error {
		found = append(found, membership.ChangeOf(row))
		return nil
	})
	return found[:min(limit, len(found))], len(found) > limit, err
}

// shown adds the customers to changes.
func shown(ctx context.Context, a *audience.Lake, found []membership.Change) ([]Change, error) {
	ids := make([]string, len(found))
	for i, c := range found {
		ids[i] = c.Customer
	}
	slices.Sort(ids)
	customers, err := a.Present(ctx, slices.Compact(ids))
	if err != nil {
		return nil, err
	}
	byID := map[string]*customer.Customer{}
	for _, c := range customers {
		byID[c.ID] = c
	}
	out := make([]Change, len(found))
	for i, c := range found {
		out[i] = Change{Type: c.Type, At: c.At, CustomerID: c.Customer, Customer: byID[c.Customer], Version: c.Version}
	}
	return out, nil
}
