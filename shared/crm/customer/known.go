package customer

import (
	"slices"
	"strings"
)

// KnownAs names a unique value by which a merged customer was found: the field, email or externalId, and the value.
func KnownAs(field, value string) string { return field + "#" + value }

// KnownBy reads what KnownAs wrote.
func KnownBy(known string) (field, value string) {
	field, value, _ = strings.Cut(known, "#")
	return field, value
}

// OwnKeys returns the fields with the customer's own e-mail and externalId in the place of one that stands for it only since a merge: a shop system that
// goes on to send the merged number changes the customer, and does not rename it.
func (c *Customer) OwnKeys(f Fields) Fields {
	if slices.Contains(c.Known, KnownAs("externalId", f.ExternalID)) {
		f.ExternalID = c.ExternalID
	}
	if slices.Contains(c.Known, KnownAs("email", f.Email)) {
		f.Email = c.Email
	}
	return f
}
