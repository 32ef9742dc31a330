package sheet

import (
	"slices"

	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/shared/lake/dictionary"
)

// orders name the fields as an import of orders reads them. Behind them stand, for who asks, the fields of the customer who placed the order, as "customer.<field>".
func orders(o Own) []Column {
	out := []Column{
		text("id", of("o", "id")), text("externalId", of("o", "externalId")), moment("orderedAt", of("o", "orderedAt")), text("customerId", of("o", "customerId")),
		ofBuyer(text("customerExternalId", of("c", "externalId"))), ofBuyer(text("customerName", of("c", "name"))), text("products", of("o", "products")).said(productNames),
		number("total", of("o", dictionary.Amount("total"))), text("currency", of("o", dictionary.Currency("total"))), text("channel", of("o", "channel")),
		text("campaignId", of("o", "campaignId")), moment("createdAt", of("o", "createdAt")),
	}
	for _, c := range customers(o) {
		c = ofBuyer(c)
		if c.Header == c.Field { // no label of a workspace's own field
			c.Header = "customer." + c.Header
		}
		c.Field, c.Asked = "customer."+c.Field, true
		out = append(out, c)
	}
	return out
}

// productNames are those of the lines; the lake keeps ids beside them.
func productNames(v any) any {
	list, _ := v.([]string)
	return joined(slices.DeleteFunc(slices.Clone(list), func(p string) bool { return id.Valid(id.Product, p) }))
}

func ofBuyer(c Column) Column {
	c.Personal = true
	return c
}
