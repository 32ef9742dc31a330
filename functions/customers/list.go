package customers

import (
	"context"
	"strings"

	"github.com/dangol/dangol/shared/api"
	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/store"
)

type listInput struct {
	api.PageInput
	Q          string `query:"q" maxLength:"100" doc:"Finds customers whose name, e-mail (with an @ or a letter after it) or phone (digits) begins with this."`
	Email      string `query:"email" maxLength:"254" doc:"Finds the one customer with exactly this e-mail."`
	ExternalID string `query:"externalId" maxLength:"200" doc:"Finds the one customer with exactly this externalId."`
	Sort       string `query:"sort" enum:"-createdAt" default:"-createdAt" doc:"Newest first. Further orders come with the lake."`
}

func (f *Feature) list(ctx context.Context, in *listInput) (*api.Page[*customer.Customer], error) {
	t := f.tenant(ctx)
	switch {
	case in.Email != "":
		return one(ctx, t, store.LabelEmail, strings.ToLower(strings.TrimSpace(in.Email)))
	case in.ExternalID != "":
		return one(ctx, t, store.LabelExternalID, in.ExternalID)
	case strings.TrimSpace(in.Q) != "":
		return f.find(ctx, t, in)
	}
	p := store.Page{Limit: in.Limit}
	if _, err := api.OpenCursor(ctx, in.Cursor, &p.After, in.Sort); err != nil {
		return nil, err
	}
	cs, next, err := t.Customers(ctx, p)
	if err != nil {
		return nil, err
	}
	return api.NewPage(cs, api.NextCursor(ctx, next, in.Sort)), nil
}

// one answers the customer that holds a unique value, as a list of one or none.
func one(ctx context.Context, t *store.Tenant, label, value string) (*api.Page[*customer.Customer], error) {
	holder, err := t.CustomerIDBy(ctx, label, value)
	if err != nil || holder == "" {
		return api.NewPage[*customer.Customer](nil, ""), err
	}
	c, err := t.Customer(ctx, holder)
	if err != nil {
		return nil, err
	}
	return api.NewPage([]*customer.Customer{c}, ""), nil
}

// find looks in each field that the text may begin, one after the other; the cursor says in which it is.
func (f *Feature) find(ctx context.Context, t *store.Tenant, in *listInput) (*api.Page[*customer.Customer], error) {
	fields, err := f.beginnings(ctx, t, in.Q)
	if err != nil {
		return nil, err
	}
	var at struct {
		Field int
		After string
	}
	if _, err := api.OpenCursor(ctx, in.Cursor, &at, "q", in.Q); err != nil {
		return nil, err
	}
	var found []*customer.Customer
	for ; at.Field < len(fields) && len(found) < in.Limit; at.Field++ {
		b := fields[at.Field]
		cs, next, err := t.FindCustomers(ctx, b.field, b.text, store.Page{Limit: in.Limit - len(found), After: at.After})
		if err != nil {
			return nil, err
		}
		found = appendNew(found, cs)
		if at.After = next; next != "" {
			break
		}
	}
	if at.Field >= len(fields) {
		return api.NewPage(found, ""), nil
	}
	return api.NewPage(found, api.SealCursor(ctx, at, "q", in.Q)), nil
}

type beginning struct {
	field store.FindField
	text  string
}

// beginnings tells in which fields a text is looked for, and in which form.
func (f *Feature) beginnings(ctx context.Context, t *store.Tenant, q string) ([]beginning, error) {
	q = strings.TrimSpace(q)
	out := []beginning{{store.ByName, q}}
	if customer.LooksLikeEmail(q) {
		out = append(out, beginning{store.ByEmail, strings.ToLower(q)})
	}
	if strings.ContainsAny(q, "0123456789") && strings.Trim(q, "+0123456789 -().") == "" {
		country, err := f.country(ctx, t)
		if err != nil {
			return nil, err
		}
		out = append(out, beginning{store.ByPhone, customer.PhoneBeginning(q, country)})
	}
	return out, nil
}

// appendNew keeps a customer that two fields found from being shown twice on a page.
func appendNew(to, more []*customer.Customer) []*customer.Customer {
	seen := map[string]bool{}
	for _, c := range to {
		seen[c.ID] = true
	}
	for _, c := range more {
		if !seen[c.ID] {
			to = append(to, c)
		}
	}
	return to
}
