package lists

import (
	"context"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/dangol/dangol/shared/crm/money"
	"github.com/dangol/dangol/shared/crm/segment"
	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/lake/rules"
)

type groupsInput struct {
	NarrowInput
	By    string `query:"by" required:"true" minLength:"1" maxLength:"100" example:"address.region" doc:"The field to count by."`
	Limit int    `query:"limit" default:"50" minimum:"1" maximum:"200" doc:"How many groups at most, the largest first."`
}

// Group is what a list has of one value: customers, or orders.
type Group struct {
	Value   *string     `json:"value" nullable:"true" doc:"The value as a text; null for those who have none."`
	Count   int64       `json:"count"`
	Revenue money.Money `json:"revenue" doc:"What these customers bought so far, or what these orders come to, in the workspace's currency."`
}

type groupsOutput struct {
	Body struct {
		Data   []Group `json:"data" nullable:"false"`
		Total  int64   `json:"total" doc:"How many customers or orders the list has; with tags or products, one can be in several groups."`
		Groups int64   `json:"groups" doc:"How many groups there are in all."`
	}
}

func (f *Feature) groups(ctx context.Context, in *groupsInput) (*groupsOutput, error) {
	q, err := f.ask(ctx, f.tenant(ctx), in.NarrowInput)
	if err != nil {
		return nil, err
	}
	by := segment.PathOf(in.By)
	_, known := segment.FieldAt(by)
	if err := q.mayGroup(in.By, by, known, q.world.Groupable(by)); err != nil {
		return nil, err
	}
	return q.grouped(ctx, rules.Groups{Rule: q.rule, Search: in.Q, By: by, Limit: in.Limit})
}

// mayGroup refuses a field that is not there as every list does, and one that cannot be counted by: an amount of money, built in or one's own, of which there are as many
// as customers, in currencies that do not compare.
func (q *question) mayGroup(name, path string, known, groupable bool) error {
	key, _ := strings.CutPrefix(path, "customer.custom.")
	kind, _ := q.typeOf(key)
	switch {
	case !known || !q.defined(path):
		return errs.New(errs.Malformed, "groups_invalid").Add("?by", "groups_field", "field", name)
	case !groupable || kind == segment.Money && key != path:
		return errs.New(errs.Invalid, "groups_invalid").Add("?by", "groups_money", "field", name)
	}
	return nil
}

// grouped counts what a list has.
func (q *question) grouped(ctx context.Context, l listed) (*groupsOutput, error) {
	s, err := l.Statement(q.world)
	if err != nil {
		return nil, err
	}
	out := &groupsOutput{}
	out.Body.Data = []Group{}
	err = q.lake.Ask(ctx, s, func(row []any) error {
		out.Body.Data = append(out.Body.Data, groupOf(row, q.world.Currency))
		out.Body.Total, _ = row[3].(int64)
		out.Body.Groups, _ = row[4].(int64)
		return nil
	})
	return out, err
}

func groupOf(row []any, currency string) Group {
	g := Group{Revenue: money.Money{Currency: currency}}
	if label, ok := row[0].(string); ok {
		g.Value = &label
	}
	g.Count, _ = row[1].(int64)
	if worth, ok := row[2].(decimal.Decimal); ok {
		g.Revenue.Amount = worth
	}
	return g
}
