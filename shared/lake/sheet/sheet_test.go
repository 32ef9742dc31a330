package sheet_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/dangol/dangol/shared/crm/customfield"
	"github.com/dangol/dangol/shared/crm/export"
	"github.com/dangol/dangol/shared/lake/dictionary"
	"github.com/dangol/dangol/shared/lake/sheet"
)

// shop defines a size and a deposit; nobody has a fee, and the color is archived.
func shop() sheet.Own {
	return sheet.Own{Language: "ko", There: []string{"custom.size", "custom.deposit.amount", "custom.deposit.currency"}, Fields: &customfield.Set{Fields: []customfield.Field{
		{Key: "size", Type: customfield.Number, Label: customfield.Label{Korean: "치수"}},
		{Key: "deposit", Type: customfield.Money, Currency: "KRW", Label: customfield.Label{Korean: "예치금"}},
		{Key: "fee", Type: customfield.Text, Label: customfield.Label{Korean: "회비"}},
		{Key: "color", Type: customfield.Text, Label: customfield.Label{Korean: "색"}, Archived: true},
	}}}
}

func headers(columns []sheet.Column) string {
	var out []string
	for _, c := range columns {
		out = append(out, c.Header)
	}
	return strings.Join(out, ", ")
}

func TestAFileHasTheColumnsThatAreAskedFor(t *testing.T) {
	for name, c := range map[string]struct {
		of         export.Subject
		fields     []string
		impersonal bool
		want       string
	}{
		"all of the list of customers": {of: export.Customers, want: "id, kind, externalId, name, email, phone, birthDate, gender, address.line1, address.line2, address.city, address.region, address.postalCode, address.country, companyId, ownerId, lifecycleStage, tags, consent.email.marketing, createdAt, 치수, 예치금 (금액), 예치금 (통화), 회비"},
		"all of the list of orders":    {of: export.Orders, want: "id, externalId, orderedAt, customerId, customerExternalId, customerName, products, total, currency, channel, campaignId, createdAt"},
		"of orders alone":              {of: export.Orders, impersonal: true, want: "id, externalId, orderedAt, customerId, products, total, currency, channel, campaignId, createdAt"},
		"in the order of asking":       {of: export.Customers, fields: []string{"custom.deposit", "updatedAt", "name", "custom.color", "nothing"}, want: "예치금 (금액), 예치금 (통화), updatedAt, name"},
		"of who placed an order":       {of: export.Orders, fields: []string{"total", "customer.name", "customer.custom.size"}, want: "total, customer.name, 치수"},
		"of them, for nobody to read":  {of: export.Orders, fields: []string{"total", "customer.name"}, impersonal: true, want: "total"},
	} {
		of, _ := sheet.Of(c.of)
		if got := headers(sheet.Choose(of.Columns(shop()), c.fields, c.impersonal)); got != c.want {
			t.Errorf("%s: got %s, want %s", name, got, c.want)
		}
	}
}

// Every subject of an export is here, once, with columns that differ in what they are called, and its rows are those of a subject of the lake.
func TestSubjectsAreWhole(t *testing.T) {
	for _, name := range []export.Subject{export.Customers, export.Orders} {
		of, known := sheet.Of(name)
		if _, inLake := dictionary.Find(of.Lake); !known || !inLake || of.Title.Korean == "" || of.Title.English == "" || !strings.HasSuffix(of.Scope, ":read") || of.PathOf(strings.Trim(of.Order, "-")) == "" {
			t.Errorf("%s: got %+v", name, of)
		}
		var seen []string
		for _, c := range of.Columns(shop()) {
			if slices.Contains(seen, c.Field+c.Header) {
				t.Errorf("%s: %s twice", name, c.Header)
			}
			seen = append(seen, c.Field+c.Header)
		}
	}
	if _, known := sheet.Of("carts"); known {
		t.Error("carts are a subject")
	}
}
