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

type listInput struct {
	api.PageInput
	api.SortInput
	api.FieldsInput
	NarrowInput
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
	case in.plain():
		return f.fromTable(ctx, t, in)
	}
	return f.fromLake(ctx, t, in)
}

// plain says that the list is the one that the table has.
func (in *listInput) plain() bool {
	return in.bare() && (in.Sort == "" || in.Sort == newest)
}

// bare says that nothing is narrowed.
func (in *NarrowInput) bare() bool {
	return strings.TrimSpace(in.Filter) == "" && strings.TrimSpace(in.Q) == ""
}

// query is what a cursor of the lake is bound to.
func (in *listInput) query() []string {
	return []string{"lake", strings.TrimSpace(in.Filter), strings.Join(strings.Fields(in.Q), " "), in.Sort}
}

// fromLake asks the lake who is on the page, and the table for their records. Who is not there any more is left out.
func (f *Feature) fromLake(ctx context.Context, t *store.Tenant, in *listInput) (*api.Counted[*customer.Customer], error) {
	after, err := placeOf(ctx, in.Cursor, in.query())
	if err != nil {
		return nil, err
	}
	q, err := f.ask(ctx, t, in.NarrowInput)
	if err != nil {
		return nil, err
	}
	l := rules.List{Rule: q.rule, Search: in.Q, Limit: in.Limit + 1, After: after}
	if l.Sort, err = q.sort(in.SortInput); err != nil {
		return nil, err
	}
	page, err := q.page(ctx, l)
	if err != nil {
		return nil, err
	}
	next := page.cut(ctx, in.Limit, in.query())
	found, err := present(ctx, t, page.ids())
	if err != nil {
		return nil, err
	}
	return api.NewCounted(found, next, &page.total), nil
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
