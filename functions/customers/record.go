package customers

import (
	"context"

	"github.com/dangol/dangol/shared/api"
	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/shared/store"
)

type createInput struct {
	Body customer.Fields
}

func (f *Feature) create(ctx context.Context, in *createInput) (*api.Created[*customer.Customer], error) {
	t := f.tenant(ctx)
	set, err := t.CustomFields(ctx)
	if err != nil {
		return nil, err
	}
	fields, refused := f.normalise(ctx, t, in.Body)
	c := &customer.Customer{ID: t.NewID(id.Customer), Fields: fields}
	if err := defined(set, c, refused); err != nil {
		return nil, err
	}
	tx := t.Begin()
	tx.CreateCustomer(c)
	out := api.NewCreated("/v1/customers/"+c.ID, c, c.Version)
	if err := api.Commit(ctx, tx, 201, out); err != nil {
		return nil, t.Taken(ctx, err, c)
	}
	return out, nil
}

// normalise applies the rules of customer fields; the workspace is read only for a phone number without a country code.
func (f *Feature) normalise(ctx context.Context, t *store.Tenant, in customer.Fields) (customer.Fields, error) {
	country := ""
	if in.Phone != "" && in.Phone[0] != '+' {
		var err error
		if country, err = f.country(ctx, t); err != nil {
			return customer.Fields{}, err
		}
	}
	return customer.Normalise(in, country)
}

type readInput struct {
	ByID
	IfNoneMatch string `header:"If-None-Match" maxLength:"200" doc:"304 when the record still has this ETag."`
}

func (f *Feature) read(ctx context.Context, in *readInput) (*api.Record[*customer.Customer], error) {
	c, err := f.tenant(ctx).Customer(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	return api.NewRecord(c, c.Version), nil
}

type changeInput struct {
	ByID
	api.IfMatch
	Body api.Patch[customer.Fields]
}

func (f *Feature) change(ctx context.Context, in *changeInput) (*api.Record[*customer.Customer], error) {
	t := f.tenant(ctx)
	was, err := f.live(ctx, t, in.ID, in.IfMatch)
	if err != nil {
		return nil, err
	}
	fields, _, err := in.Body.Apply(was.Fields)
	if err != nil {
		return nil, err
	}
	fields, refused := f.normalise(ctx, t, fields)
	c := *was
	c.Fields = fields
	if err := redefined(ctx, t, was, &c, in.Body.Has("custom"), refused); err != nil {
		return nil, err
	}
	tx := t.Begin()
	tx.SaveCustomer(was, &c)
	if err := api.Commit(ctx, tx, 200, nil); err != nil {
		return nil, t.Taken(ctx, err, &c)
	}
	return api.NewRecord(&c, c.Version), nil
}

type archiveInput struct {
	ByID
	api.IfMatch
}

func (f *Feature) archive(ctx context.Context, in *archiveInput) (*struct{}, error) {
	t := f.tenant(ctx)
	was, err := t.Customer(ctx, in.ID)
	if err != nil || was.ArchivedAt != nil {
		return nil, err
	}
	if err := in.Check(was.Version); err != nil {
		return nil, err
	}
	tx := t.Begin()
	tx.ArchiveCustomer(was)
	return nil, t.Taken(ctx, api.Commit(ctx, tx, 204, nil), was)
}

// live reads a customer that may be changed: not archived, and at the version that the caller read.
func (f *Feature) live(ctx context.Context, t *store.Tenant, customerID string, m api.IfMatch) (*customer.Customer, error) {
	c, err := t.Customer(ctx, customerID)
	if err != nil {
		return nil, err
	}
	if c.ArchivedAt != nil {
		return nil, errs.New(errs.Conflict, "customer_archived")
	}
	return c, m.Check(c.Version)
}
