package store

import (
	"maps"
	"slices"

	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/table"
)

// claim is a value that one customer alone has in the workspace. Label: email, externalId, custom.<key>.
type claim struct{ label, value, holder string }

// claimsOf lists the unique values that a customer holds: their own, and those by which they are known since a merge. None once archived.
func claimsOf(c *customer.Customer) (out []claim) {
	if c == nil || c.ArchivedAt != nil {
		return nil
	}
	add := func(label, value string) {
		if one := (claim{label, value, c.ID}); value != "" && !slices.Contains(out, one) {
			out = append(out, one)
		}
	}
	add(LabelEmail, c.Email)
	add(LabelExternalID, c.ExternalID)
	for _, key := range slices.Sorted(maps.Keys(c.Holds)) {
		add(customLabel(key), c.Holds[key])
	}
	for _, known := range c.Known {
		add(customer.KnownBy(known))
	}
	return out
}

// moveClaims gives up the values that nobody claims any more, takes those that nobody had, and hands over those that go from one record of the transaction
// to another. The labels of the taken ones fail when another customer has the value.
func (x *Tx) moveClaims(was, is []claim) {
	for _, c := range was {
		if !slices.ContainsFunc(is, c.same) {
			x.remove(table.CRM, x.t.keys.unique("cus."+c.label, c.value))
		}
	}
	for _, c := range is {
		at := slices.IndexFunc(was, c.same)
		switch {
		case at < 0:
			x.create(table.CRM, c.label, x.claimed(c))
		case was[at].holder != c.holder:
			x.put(table.CRM, x.claimed(c))
		}
	}
}

func (c claim) same(other claim) bool { return c.label == other.label && c.value == other.value }

// claimed is the item that keeps the value.
func (x *Tx) claimed(c claim) table.Item {
	field := "cus." + c.label
	it := table.Item{Key: x.t.keys.unique(field, c.value), Head: encode(held{ID: c.holder})}
	if found[field] {
		it.Index[1] = x.t.keys.listed(field, c.holder, c.value+"#"+c.holder)
	}
	return it
}
