package quality

import (
	"context"
	"strconv"

	"github.com/dangol/dangol/shared/api"
	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/lake/quality"
	"github.com/dangol/dangol/shared/store"
)

type problemsInput struct {
	api.PageInput
	StaleInput
	Field   string          `query:"field" required:"true" maxLength:"64" doc:"The field as readQuality names it, or record for stale customers."`
	Problem quality.Problem `query:"problem" required:"true" enum:"missing,invalid,stale"`
	Source  quality.Source  `query:"source" enum:"import,api,console,lead,sample,other" doc:"Only customers who came so."`
}

// problems lists the customers behind a figure, the records as they are now. One who was mended a moment ago can still be among them.
func (f *Feature) problems(ctx context.Context, in *problemsInput) (*api.Page[*customer.Customer], error) {
	if !quality.Known(in.Field, in.Problem) {
		return nil, errs.InvalidField("?field", "option_unknown", "value", in.Field)
	}
	v, err := f.view(ctx, in.StaleMonths)
	if err != nil {
		return nil, err
	}
	var after string
	asked := []string{in.Field, string(in.Problem), string(in.Source), strconv.Itoa(in.StaleMonths)}
	if _, err := api.OpenCursor(ctx, in.Cursor, &after, asked...); err != nil {
		return nil, err
	}
	rows, err := v.rows(ctx, quality.Work(v.World, in.Field, in.Problem, in.Source, after, in.Limit+1))
	if err != nil {
		return nil, err
	}
	ids, next := cut(rows, in.Limit)
	found, err := living(ctx, v.tenant, ids)
	return api.NewPage(found, api.NextCursor(ctx, next, asked...)), err
}

// cut keeps the first column of the rows of a page; next is the last of them when another row follows.
func cut(rows [][]any, limit int) (ids []string, next string) {
	for _, row := range rows {
		if len(ids) == limit {
			return ids, ids[limit-1]
		}
		id, _ := row[0].(string)
		ids = append(ids, id)
	}
	return ids, ""
}

// living reads customers; those who were archived or merged since the lake heard of them are left out.
func living(ctx context.Context, t *store.Tenant, ids []string) (out []*customer.Customer, err error) {
	found, err := t.CustomersByID(ctx, ids)
	for _, c := range found {
		if c != nil && c.ArchivedAt == nil {
			out = append(out, c)
		}
	}
	return out, err
}

// Group is a set of customers who are likely to be one person.
type Group struct {
	Keys      []quality.Key        `json:"keys" doc:"What is the same: phone; email, the part before the @ with the name; nameBirth; namePhone, the last eight digits with the name."`
	Count     int64                `json:"count" doc:"How many customers are in the group."`
	Customers []*customer.Customer `json:"customers" doc:"The first twenty of them."`
}

func (f *Feature) duplicates(ctx context.Context, in *api.PageInput) (*api.Page[Group], error) {
	v, err := f.view(ctx, 12)
	if err != nil {
		return nil, err
	}
	var after string
	if _, err := api.OpenCursor(ctx, in.Cursor, &after); err != nil {
		return nil, err
	}
	rows, err := v.rows(ctx, quality.Duplicates(after, in.Limit+1))
	if err != nil {
		return nil, err
	}
	_, next := cut(rows, in.Limit)
	groups := []Group{}
	for _, row := range rows[:min(len(rows), in.Limit)] {
		g, err := group(ctx, v.tenant, row)
		if err != nil {
			return nil, err
		}
		if len(g.Customers) > 1 { // else somebody merged them a moment ago
			groups = append(groups, g)
		}
	}
	return api.NewPage(groups, api.NextCursor(ctx, next)), nil
}

func group(ctx context.Context, t *store.Tenant, row []any) (g Group, err error) {
	keys, _ := row[1].([]string)
	for _, k := range keys {
		g.Keys = append(g.Keys, quality.Key(k))
	}
	ids, _ := row[3].([]string)
	g.Count = number(row[2])
	g.Customers, err = living(ctx, t, ids)
	return g, err
}
