// Package importplan turns the rows of an uploaded file into records: which column means which field (guessed, then confirmed by a person), and what
// each cell says, in the ways that people in Korea and elsewhere write dates, money, phones and yes.
package importplan

import (
	"time"

	"github.com/shopspring/decimal"

	"github.com/dangol/dangol/shared/crm/consent"
	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/customfield"
	"github.com/dangol/dangol/shared/crm/lead"
	"github.com/dangol/dangol/shared/crm/money"
)

// Kind is what the rows of a file are.
type Kind string

// The kinds.
const (
	Customers Kind = "customers"
	Orders    Kind = "orders"
	Leads     Kind = "leads"
)

// Mapping says which field each column (by its name in the header) means. A column that is absent or "" is not imported.
type Mapping map[string]string

// Defaults are what a file leaves unsaid: the country of national phone numbers, the currency of bare amounts, the zone of times without one. Custom
// holds the definitions by which the cells of custom fields are read; cells of a key without one are texts.
type Defaults struct {
	Country  string
	Currency string
	Zone     *time.Location
	Custom   customfield.Set
}

// Record is what one row says; the member of the plan's kind is set.
type Record struct {
	Customer *CustomerRow
	Order    *OrderRow
	Lead     *lead.Fields
}

// CustomerRow is a customer as a row tells it: only what the row says is set (Kind too), the rest stays as it is in an update. See Onto.
type CustomerRow struct {
	Fields customer.Fields
	// Consents hold channel, purpose and state; the worker adds when (the time of the import) and where from.
	Consents []consent.Consent
}

// OrderRow is one line of an order, or a whole one. Rows with the same ExternalID, adjacent or not, are lines of one order: see Key and Assemble.
type OrderRow struct {
	ExternalID         string
	CustomerExternalID string
	OrderedAt          time.Time
	ProductName        string
	Quantity           decimal.Decimal // 1 when the row does not say
	UnitPrice          *money.Money
	Total              *money.Money
	content            string
}

// Problem is why a cell, or a row (Column ""), cannot be imported.
type Problem struct {
	Column string
	Code   string
	Value  string // the cell as it stands in the file, cut at 200 characters
	Args   map[string]any
}

// Onto returns a customer's fields once a row is applied to them: what the row says replaces, tags are added, an empty cell changes nothing. The result
// must be normalised again.
func (r *CustomerRow) Onto(f customer.Fields) customer.Fields {
	for _, t := range texts {
		if v := *t.at(&r.Fields); v != "" {
			*t.at(&f) = v
		}
	}
	if r.Fields.Kind != "" {
		f.Kind = r.Fields.Kind
	}
	f.Tags = append(append([]string(nil), f.Tags...), r.Fields.Tags...)
	custom := make(map[string]any, len(f.Custom)+len(r.Fields.Custom))
	for _, m := range []map[string]any{f.Custom, r.Fields.Custom} {
		for k, v := range m {
			custom[k] = v
		}
	}
	if f.Custom = nil; len(custom) > 0 {
		f.Custom = custom
	}
	return f
}

// texts reaches the customer's fields of one text by their path. Kind is its own type and stands apart.
var texts = []struct {
	path string
	at   func(*customer.Fields) *string
}{
	{"externalId", func(f *customer.Fields) *string { return &f.ExternalID }},
	{"name", func(f *customer.Fields) *string { return &f.Name }},
	{"email", func(f *customer.Fields) *string { return &f.Email }},
	{"phone", func(f *customer.Fields) *string { return &f.Phone }},
	{"birthDate", func(f *customer.Fields) *string { return &f.BirthDate }},
	{"gender", func(f *customer.Fields) *string { return &f.Gender }},
	{"address.line1", func(f *customer.Fields) *string { return &f.Address.Line1 }},
	{"address.line2", func(f *customer.Fields) *string { return &f.Address.Line2 }},
	{"address.city", func(f *customer.Fields) *string { return &f.Address.City }},
	{"address.region", func(f *customer.Fields) *string { return &f.Address.Region }},
	{"address.postalCode", func(f *customer.Fields) *string { return &f.Address.PostalCode }},
	{"address.country", func(f *customer.Fields) *string { return &f.Address.Country }},
	{"companyId", func(f *customer.Fields) *string { return &f.CompanyID }},
	{"ownerId", func(f *customer.Fields) *string { return &f.OwnerID }},
	{"lifecycleStage", func(f *customer.Fields) *string { return &f.LifecycleStage }},
}
