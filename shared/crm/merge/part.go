package merge

import (
	"maps"
	"slices"

	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/errs"
)

// Known returns the unique values by which the one who stays is found beside those of their fields: whatever either was found by before.
func Known(this, other *customer.Customer, fields customer.Fields) (out []string) {
	for _, c := range []*customer.Customer{this, other} {
		out = append(out, c.Known...)
		if c.Email != "" {
			out = append(out, customer.KnownAs("email", c.Email))
		}
		if c.ExternalID != "" {
			out = append(out, customer.KnownAs("externalId", c.ExternalID))
		}
	}
	slices.Sort(out)
	own := []string{customer.KnownAs("email", fields.Email), customer.KnownAs("externalId", fields.ExternalID)}
	return slices.DeleteFunc(slices.Compact(out), func(known string) bool { return slices.Contains(own, known) })
}

// Holds returns the values of unique custom fields that the one who stays holds: of those that follow from their fields, the ones that either held before.
func Holds(this, other *customer.Customer, follow map[string]string) map[string]string {
	out := maps.Clone(follow)
	for key, value := range follow {
		if this.Holds[key] != value && other.Holds[key] != value {
			delete(out, key)
		}
	}
	return out
}

// Part returns both customers as they are once the merge is taken back: this, who stood for both, and the other, whose record is gone until now.
func Part(m *Merge, this, gone *customer.Customer) (is, other *customer.Customer, err error) {
	before, after := m.Before.Customer, m.After.Customer
	one, two := *this, *gone
	if one.Fields, err = Restored(before.Fields, after.Fields, this.Fields); err != nil {
		return nil, nil, err
	}
	one.Consents, two.Consents, one.ConsentsSince, two.ConsentsSince = ConsentsRestored(before, after, this, gone)
	one.Holds = holdsRestored(before.Holds, after.Holds, this.Holds)
	one.Known = slices.DeleteFunc(slices.Clone(this.Known), func(known string) bool { return !slices.Contains(before.Known, known) })
	one.Merged = slices.DeleteFunc(slices.Clone(this.Merged), func(merged string) bool { return merged == gone.ID || slices.Contains(gone.Merged, merged) })
	two.MergedInto, two.ArchivedAt = "", nil
	return &one, &two, apart(&one, &two)
}

// apart refuses two customers with one e-mail or externalId: the one who stays was given the other's since. Errors: customer_duplicate.
func apart(one, two *customer.Customer) error {
	refused := errs.New(errs.Conflict, "customer_duplicate")
	if one.Email != "" && one.Email == two.Email {
		refused.Add("/email", "email_taken")
	}
	if one.ExternalID != "" && one.ExternalID == two.ExternalID {
		refused.Add("/externalId", "externalId_taken")
	}
	return refused.With("candidates", []map[string]string{{"id": one.ID}}).OrNil()
}

// holdsRestored gives back what the merge brought and nobody has changed since.
func holdsRestored(before, after, now map[string]string) map[string]string {
	out := maps.Clone(now)
	for key, value := range now {
		switch {
		case after[key] != value || before[key] == value:
		case before[key] == "":
			delete(out, key)
		default:
			out[key] = before[key]
		}
	}
	return out
}
