package customers

import (
	"context"
	"errors"
	"slices"

	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/customfield"
	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/store"
)

// defined applies the definitions of custom fields to a new customer, after the rules that all customers share.
func defined(set *customfield.Set, c *customer.Customer, refused error) error {
	custom, err := set.New(c.Custom)
	if err := together(refused, err); err != nil {
		return err
	}
	c.Custom, c.Holds = custom, set.Holds(custom)
	return nil
}

// redefined applies them to a change. They are not read for a change that leaves the custom fields alone.
func redefined(ctx context.Context, t *store.Tenant, was, c *customer.Customer, touched bool, refused error) error {
	if !touched {
		return refused
	}
	set, err := t.CustomFields(ctx)
	if err != nil {
		return err
	}
	return changed(set, was, c, refused)
}

func changed(set *customfield.Set, was, c *customer.Customer, refused error) error {
	custom, err := set.Change(was.Custom, c.Custom)
	if err := together(refused, err); err != nil {
		return err
	}
	c.Custom, c.Holds = custom, set.Keeps(was.Custom, was.Holds, custom)
	return nil
}

// together joins two refusals of fields into one, so that a form shows all of them at once; of two about one field, the first is told.
func together(first, second error) error {
	if first == nil {
		return second
	}
	var one, two *errs.Error
	if !errors.As(first, &one) || !errors.As(second, &two) {
		return first
	}
	for _, f := range two.Fields {
		if !slices.ContainsFunc(one.Fields, func(g errs.Field) bool { return g.Pointer == f.Pointer }) {
			one.Fields = append(one.Fields, f)
		}
	}
	return one
}
