package workspace

import (
	"context"
	"errors"
	"maps"

	"github.com/dangol/dangol/shared/api"
	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/customfield"
	"github.com/dangol/dangol/shared/crm/importplan"
	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/lanes"
	"github.com/dangol/dangol/shared/store"
	"github.com/dangol/dangol/shared/table"
)

// A call looks at some customers and says where the next goes on, so that any number of them is checked without a request that takes long.
const (
	adoptPage     = 500
	adoptWorkers  = 16
	adoptTries    = 5
	adoptProblems = 20
)

// Adopted counts what a call found.
type Adopted struct {
	Customers int            `json:"customers" doc:"How many customers were looked at."`
	Values    int            `json:"values" doc:"How many of them have a value."`
	Changed   int            `json:"changed" doc:"Values that are (or on a check: would be) written anew: brought into the form of the type, or kept as unique."`
	Misfits   int            `json:"misfits" doc:"Values that do not fit. They stay as they are, until someone changes them."`
	Problems  []AdoptProblem `json:"problems" nullable:"false" doc:"The first of the misfits."`
	Next      string         `json:"nextCursor,omitempty" doc:"For the next call; absent after the last customer."`
}

// AdoptProblem is one value that does not fit.
type AdoptProblem struct {
	CustomerID string `json:"customerId"`
	Value      any    `json:"value"`
	Code       string `json:"code"`
	Detail     string `json:"detail"`
}

type adoptOutput struct{ Body Adopted }

type checkFieldInput struct {
	Body struct {
		Field  customfield.Field `json:"field"`
		Cursor string            `json:"cursor,omitempty" maxLength:"2000"`
	}
}

// checkField writes nothing. Two customers with one value are found by apply alone, which keeps the values.
func (f *Feature) checkField(ctx context.Context, in *checkFieldInput) (*adoptOutput, error) {
	t, field := f.tenant(ctx), in.Body.Field
	if err := ownCurrency(ctx, t, &field); err != nil {
		return nil, err
	}
	if err := field.Check(); err != nil {
		return nil, err
	}
	set := &customfield.Set{Fields: []customfield.Field{field}}
	return f.adopt(ctx, t, &set.Fields[0], in.Body.Cursor, func(_ context.Context, was *customer.Customer) (bool, error) {
		_, changed, err := adopted(set, field.Key, was)
		return changed, err
	})
}

type applyFieldInput struct {
	FieldByKey
	Body struct {
		Cursor string `json:"cursor,omitempty" maxLength:"2000"`
	}
}

func (f *Feature) applyField(ctx context.Context, in *applyFieldInput) (*adoptOutput, error) {
	t := f.tenant(ctx)
	set, err := t.CustomFields(ctx)
	if err != nil {
		return nil, err
	}
	field, err := fieldOf(set, in.Key)
	if err != nil {
		return nil, err
	}
	return f.adopt(ctx, t, field, in.Body.Cursor, func(ctx context.Context, was *customer.Customer) (bool, error) {
		return adoptOne(ctx, t, set, in.Key, was)
	})
}

// adopt turns the next page of customers over to each that has a value.
func (f *Feature) adopt(ctx context.Context, t *store.Tenant, field *customfield.Field, cursor string,
	each func(context.Context, *customer.Customer) (bool, error)) (*adoptOutput, error) {
	p := store.Page{Limit: adoptPage}
	if _, err := api.OpenCursor(ctx, cursor, &p.After); err != nil {
		return nil, err
	}
	all, next, err := t.Customers(ctx, p)
	if err != nil {
		return nil, err
	}
	changed, refused := make([]bool, len(all)), make([]error, len(all))
	own := func(c *customer.Customer) string { return c.ID }
	err = lanes.Each(ctx, adoptWorkers, all, own, func(ctx context.Context, i int, c *customer.Customer) (err error) {
		if c.Custom[field.Key] == nil {
			return nil
		}
		changed[i], err = each(ctx, c)
		if rule := (*errs.Error)(nil); errors.As(err, &rule) {
			refused[i], err = rule, nil
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	out := &adoptOutput{tally(ctx, field.Key, all, changed, refused)}
	out.Body.Next = api.NextCursor(ctx, next)
	return out, nil
}

func tally(ctx context.Context, key string, all []*customer.Customer, changed []bool, refused []error) Adopted {
	a := Adopted{Customers: len(all), Problems: []AdoptProblem{}}
	for i, c := range all {
		if c.Custom[key] != nil {
			a.Values++
		}
		if changed[i] {
			a.Changed++
		}
		if refused[i] == nil {
			continue
		}
		a.Misfits++
		if len(a.Problems) < adoptProblems {
			a.Problems = append(a.Problems, problem(ctx, c, key, refused[i]))
		}
	}
	return a
}

func problem(ctx context.Context, c *customer.Customer, key string, err error) AdoptProblem {
	p := AdoptProblem{CustomerID: c.ID, Value: c.Custom[key], Code: errs.Code(err)}
	var refused *errs.Error
	if errors.As(err, &refused) && len(refused.Fields) > 0 {
		p.Code = refused.Fields[0].Code
		p.Detail = errs.Detail(p.Code, refused.Fields[0].Args, api.Language(ctx))
	}
	return p
}

// adopted is the customer with the value in the form of the field's type. A text is read as an import would read it.
func adopted(set *customfield.Set, key string, was *customer.Customer) (*customer.Customer, bool, error) {
	custom, changed, err := set.Adopt(key, was.Custom, importplan.ReadCustom)
	if err != nil {
		return nil, false, err
	}
	c := *was
	c.Custom, c.Holds = custom, maps.Clone(was.Holds)
	if text, unique := set.Holds(custom)[key]; unique {
		if c.Holds == nil {
			c.Holds = map[string]string{}
		}
		c.Holds[key] = text
	}
	return &c, changed || !maps.Equal(was.Holds, c.Holds), nil
}

// adoptOne saves what adopting a value changes, looking again when someone else wrote the customer meanwhile.
func adoptOne(ctx context.Context, t *store.Tenant, set *customfield.Set, key string, was *customer.Customer) (bool, error) {
	for range adoptTries {
		c, changed, err := adopted(set, key, was)
		if err != nil || !changed {
			return false, err
		}
		tx := t.Begin()
		tx.SaveCustomer(was, c)
		err = tx.Commit(ctx)
		if !table.FailedLabel(err, store.LabelRecord) {
			return err == nil, t.Taken(ctx, err, c)
		}
		if was, err = t.Customer(ctx, was.ID); err != nil {
			return false, err
		}
	}
	return false, errs.New(errs.Conflict, "try_again")
}
