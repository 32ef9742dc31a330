package importplan

import (
	"strings"

	"github.com/shopspring/decimal"

	"github.com/dangol/dangol/shared/crm/consent"
	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/customfield"
	"github.com/dangol/dangol/shared/crm/lead"
	"github.com/dangol/dangol/shared/crm/order"
)

// draft is a record while its cells are read. Amounts wait for the currency, which may stand in a later column.
type draft struct {
	defaults  Defaults
	customer  CustomerRow
	lead      lead.Fields
	order     OrderRow
	unitPrice *amount
	total     *amount
	currency  string
	content   []string
}

type amount struct {
	number decimal.Decimal
	sign   string
}

var customerReaders = map[string]reader{
	"kind": func(d *draft, cell string) string {
		return option(kinds, cell, func(v string) { d.customer.Fields.Kind = customer.Kind(v) })
	},
	"birthDate": func(d *draft, cell string) string {
		m, ok := parseDate(cell)
		if !ok {
			return "date_invalid"
		}
		d.customer.Fields.BirthDate = m.date()
		return ""
	},
	"address.country": func(d *draft, cell string) string {
		d.customer.Fields.Address.Country = country(cell)
		return ""
	},
	"tags": func(d *draft, cell string) string {
		d.customer.Fields.Tags = splitTags(cell)
		return ""
	},
}

func option(table map[string]string, cell string, set func(string)) string {
	v, ok := table[word(cell)]
	if !ok {
		return "option_unknown"
	}
	set(v)
	return ""
}

// textReader takes the text as it is; the customer's rules judge it afterwards.
func textReader(path string) reader {
	for _, t := range texts {
		if t.path == path {
			return func(d *draft, cell string) string {
				*t.at(&d.customer.Fields) = cell
				return ""
			}
		}
	}
	return nil
}

// customReader reads a cell of a custom field by its definition; without one (nil) the cell is a text.
func customReader(key string, f *customfield.Field) reader {
	return func(d *draft, cell string) string {
		var v any = cell
		if f != nil {
			var code string
			if v, code = ReadCustom(f, cell); code != "" {
				return code
			}
		}
		if d.customer.Fields.Custom == nil {
			d.customer.Fields.Custom = map[string]any{}
		}
		d.customer.Fields.Custom[key] = v
		return ""
	}
}

func consentReader(slot string) reader {
	channel, purpose, _ := strings.Cut(slot, ".")
	return func(d *draft, cell string) string {
		answer, ok := yesNo[word(cell)]
		if !ok {
			return "yes_no_invalid"
		}
		c := consent.Consent{Channel: consent.Channel(channel), Purpose: consent.Purpose(purpose), State: consent.Withdrawn}
		if answer == "yes" {
			c.State = consent.Granted
		}
		d.customer.Consents = append(d.customer.Consents, c)
		return ""
	}
}

func leadText(at func(*lead.Fields) *string) reader {
	return func(d *draft, cell string) string {
		*at(&d.lead) = cell
		return ""
	}
}

var leadReaders = map[string]reader{
	"name":    leadText(func(f *lead.Fields) *string { return &f.Name }),
	"email":   leadText(func(f *lead.Fields) *string { return &f.Email }),
	"phone":   leadText(func(f *lead.Fields) *string { return &f.Phone }),
	"company": leadText(func(f *lead.Fields) *string { return &f.Company }),
	"source":  leadText(func(f *lead.Fields) *string { return &f.Source }),
	"notes":   leadText(func(f *lead.Fields) *string { return &f.Notes }),
	"ownerId": leadText(func(f *lead.Fields) *string { return &f.OwnerID }),
	"status": func(d *draft, cell string) string {
		return option(statuses, cell, func(v string) { d.lead.Status = lead.Status(v) })
	},
}

var orderReaders = map[string]reader{
	"externalId":         orderText(order.MaxText, func(o *OrderRow) *string { return &o.ExternalID }),
	"customerExternalId": orderText(customer.MaxExternalID, func(o *OrderRow) *string { return &o.CustomerExternalID }),
	"productName":        orderText(order.MaxProduct, func(o *OrderRow) *string { return &o.ProductName }),
	"orderedAt": func(d *draft, cell string) string {
		m, ok := parseDate(cell)
		if !ok {
			return "date_invalid"
		}
		d.order.OrderedAt = m.in(d.defaults.Zone)
		return ""
	},
	"quantity": func(d *draft, cell string) string {
		q, ok := parseNumber(strings.TrimSuffix(strings.TrimSuffix(strings.ToLower(cell), "개"), "ea"))
		if !ok {
			return "number_invalid"
		}
		if q.IsZero() || q.Abs().GreaterThan(order.MaxQuantity) || !q.Equal(q.Truncate(4)) {
			return "quantity_invalid"
		}
		d.order.Quantity = q
		return ""
	},
	"unitPrice": func(d *draft, cell string) string { return readAmount(&d.unitPrice, cell) },
	"total":     func(d *draft, cell string) string { return readAmount(&d.total, cell) },
	"currency": func(d *draft, cell string) string {
		code, ok := currencyOf(strings.TrimSpace(cell), d.defaults.Currency)
		if !ok {
			return "currency_unknown"
		}
		d.currency = code
		return ""
	},
}

func orderText(most int, at func(*OrderRow) *string) reader {
	return func(d *draft, cell string) string {
		if cell = customer.Text(cell); len([]rune(cell)) > most {
			return "value_too_long"
		}
		*at(&d.order) = cell
		return ""
	}
}

func readAmount(into **amount, cell string) string {
	n, sign, ok := parseAmount(cell)
	if !ok {
		return "money_invalid"
	}
	*into = &amount{n, sign}
	return ""
}
