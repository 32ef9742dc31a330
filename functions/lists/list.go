package lists

import (
	"context"
	"strings"

	"github.com/dangol/dangol/shared/api"
	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/segment"
	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/lake/recent"
	"github.com/dangol/dangol/shared/lake/rules"
	"github.com/dangol/dangol/shared/store"
)

// NarrowInput is what a list and its groups have in common.
type NarrowInput struct {
	api.FilterInput
	recent.Input
	Q string `query:"q" maxLength:"100" doc:"Words that stand in name, e-mail, externalId, phone or company; or the initial consonants of a name."`
}

// Input is what every list takes.
type Input struct {
	api.PageInput
	api.SortInput
	api.FieldsInput
	NarrowInput
}

// plain says that the list is the one that the table has, in that order.
func (in *Input) plain(order string) bool {
	return strings.TrimSpace(in.Filter) == "" && strings.TrimSpace(in.Q) == "" && (in.Sort == "" || in.Sort == order)
}

// query is what a cursor of the lake is bound to.
func (in *Input) query(of string) []string {
	return []string{of, strings.TrimSpace(in.Filter), strings.Join(strings.Fields(in.Q), " "), in.Sort}
}

type listInput struct {
	Input
	Email      string `query:"email" maxLength:"254" doc:"Finds the one customer with exactly this e-mail."`
	ExternalID string `query:"externalId" maxLength:"200" doc:"Finds the one customer with exactly this externalId."`
}

// newest is the order of a list that asks for none.
const newest = "-createdAt"

// members are those of a customer, by which fields narrows the answer.
var members = []string{"id", "kind", "externalId", "name", "email", "phone", "birthDate", "gender", "address", "companyId", "ownerId", "tags", "custom",
	"lifecycleStage", "consents", "consentsSince", "origin", "sample", "createdAt", "updatedAt", "archivedAt", "mergedInto", "merged"}

func (f *Feature) list(ctx context.Context, in *listInput) (*api.Counted[*customer.Customer], error) {
	if err := in.Only(ctx, members...); err != nil {
		return nil, err
	}
	t := f.tenant(ctx)
	switch {
	case in.Email != "":
		return one(ctx, t, store.LabelEmail, strings.ToLower(strings.TrimSpace(in.Email)))
	case in.ExternalID != "":
		return one(ctx, t, store.LabelExternalID, in.ExternalID)
	case in.plain(newest):
		return f.fromTable(ctx, t, in)
	}
	return f.fromLake(ctx, t, in)
}

// fromLake lists customers as the lake finds them.
func (f *Feature) fromLake(ctx context.Context, t *store.Tenant, in *listInput) (*api.Counted[*customer.Customer], error) {
	find := func(q *question, limit int, after *rules.Place) (out page, err error) {
		l := rules.List{Rule: q.rule, Search: in.Q, Limit: limit, After: after}
		if l.Sort, err = q.sort(in.SortInput); err != nil {
			return out, err
		}
		return q.page(ctx, l)
	}
	read := func(ids []string) ([]*customer.Customer, error) { return present(ctx, t, ids) }
	return lakeList[*customer.Customer]{"lake", f.ask, find, read}.page(ctx, t, &in.Input)
}

// present reads the customers of a page, those not archived.
func present(ctx context.Context, t *store.Tenant, ids []string) (out []*customer.Customer, err error) {
	found, err := t.CustomersByID(ctx, ids)
	if err != nil {
		return nil, err
	}
	for _, c := range found {
		if c != nil && c.ArchivedAt == nil {
			out = append(out, c)
		}
	}
	return out, nil
}

// mostKeys is how many fields one list can be sorted by.
const mostKeys = 5

// sort reads the order of customers.
func (q *question) sort(in api.SortInput) ([]rules.Sort, error) {
	return sorted(in.Read(newest), segment.PathOf, func(path string) bool { return q.defined(path) && q.world.Sortable(path) })
}

// sorted reads an order; a field by which no list can be sorted is refused.
func sorted(keys []api.SortKey, pathOf func(string) string, sortable func(path string) bool) (out []rules.Sort, err error) {
	refused := errs.New(errs.Malformed, "sort_invalid")
	for _, k := range keys {
		path := pathOf(k.Field)
		if len(out) == mostKeys || !sortable(path) {
			refused.Add("?sort", "sort_field", "field", k.Field, "max", mostKeys)
		}
		out = append(out, rules.Sort{Path: path, Descending: k.Descending})
	}
	return out, refused.OrNil()
}
