package store

import (
	"context"
	"fmt"
	"strings"

	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/customfield"
	"github.com/dangol/dangol/shared/table"
)

func (k keys) customFields() table.Key { return table.Key{PK: k.pk("wsp"), SK: "fields"} }

// customLabel is the label of the unique values of a custom field.
func customLabel(key string) string { return "custom." + key }

// CustomFields reads the definitions of the tenant's custom fields; none is a set without any, of version 0.
func (t *Tenant) CustomFields(ctx context.Context) (*customfield.Set, error) {
	it, err := t.table.Get(ctx, table.CRM, t.keys.customFields())
	if err != nil {
		return nil, fmt.Errorf("read the custom fields: %w", err)
	}
	s := &customfield.Set{}
	if it == nil {
		return s, nil
	}
	s.Version = it.Version
	return s, decode(it, s)
}

// SaveCustomFields adds the new definitions; label "customFields" fails when someone else saved first.
func (x *Tx) SaveCustomFields(s *customfield.Set, changed []string) {
	s.UpdatedAt = x.t.Now()
	it := table.Item{Key: x.t.keys.customFields(), Body: encode(s), Event: x.event("customFields.changed", x.t.ID, changed, nil)}
	if s.Version == 0 {
		x.create(table.CRM, "customFields", it)
	} else {
		x.replace(table.CRM, "customFields", s.Version, it)
	}
	s.Version++
}

// storedCustomer is a customer as its record holds it: with the unique values that are kept for it and by which it is known since a merge, so that they are given back whatever the
// definitions have become.
type storedCustomer struct {
	*customer.Customer
	Holds map[string]string `json:"holds,omitempty"`
	Known []string          `json:"known,omitempty"`
}

// unique lists the unique values of a customer by label.
func unique(c *customer.Customer) map[string]string {
	out := map[string]string{LabelEmail: c.Email, LabelExternalID: c.ExternalID}
	for key, value := range c.Holds {
		out[customLabel(key)] = value
	}
	return out
}

// pointerOf is the JSON pointer of the field that a label of unique values is about, and the code of one that another customer has.
func pointerOf(label string) (pointer, code string) {
	if key, custom := strings.CutPrefix(label, "custom."); custom {
		return "/custom/" + key, "custom_taken"
	}
	return "/" + label, label + "_taken"
}
