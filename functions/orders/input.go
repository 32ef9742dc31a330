package orders

import (
	"bytes"
	"encoding/json"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/shopspring/decimal"

	"github.com/dangol/dangol/shared/crm/money"
	"github.com/dangol/dangol/shared/crm/order"
)

// Amount is money as callers write it: {"amount": "12.50", "currency": "KRW"}, or just "12.50" in the order's currency.
type Amount struct{ money.Money }

// UnmarshalJSON reads either form; the currency of a bare amount is filled in later.
func (a *Amount) UnmarshalJSON(b []byte) error {
	if len(b) > 0 && b[0] == '"' {
		return a.Amount.UnmarshalJSON(b)
	}
	var w struct{ Amount, Currency string }
	if err := json.Unmarshal(b, &w); err != nil {
		return err
	}
	d, err := decimal.NewFromString(w.Amount)
	a.Money = money.Money{Amount: d, Currency: w.Currency}
	return err
}

// Schema shows both forms.
func (Amount) Schema(r huma.Registry) *huma.Schema {
	text := &huma.Schema{Type: huma.TypeString, Pattern: `^-?\d{1,12}(\.\d{1,4})?$`, Examples: []any{"12.50"}}
	text.PrecomputeMessages()
	object := r.Schema(moneyType, true, "Money")
	return &huma.Schema{OneOf: []*huma.Schema{text, object}}
}

// Quantity is a number or its decimal text.
type Quantity struct{ decimal.Decimal }

// UnmarshalJSON reads either form exactly.
func (q *Quantity) UnmarshalJSON(b []byte) error { return q.Decimal.UnmarshalJSON(bytes.TrimSpace(b)) }

// Schema shows both forms.
func (Quantity) Schema(huma.Registry) *huma.Schema {
	text := &huma.Schema{Type: huma.TypeString, Pattern: `^-?\d{1,9}(\.\d{1,4})?$`}
	text.PrecomputeMessages()
	number := &huma.Schema{Type: huma.TypeNumber}
	number.PrecomputeMessages()
	return &huma.Schema{OneOf: []*huma.Schema{number, text}}
}

// LineFields is one line as callers write it.
type LineFields struct {
	ProductID string   `json:"productId,omitempty" maxLength:"64" doc:"A product of this workspace; its name and price fill what is left out."`
	Name      string   `json:"name,omitempty" maxLength:"300"`
	Quantity  Quantity `json:"quantity,omitempty" required:"false" doc:"Default 1; negative for a return."`
	UnitPrice *Amount  `json:"unitPrice,omitempty"`
}

// Fields is an order as callers write it.
type Fields struct {
	ExternalID         string       `json:"externalId,omitempty" maxLength:"200" doc:"The shop's own number, unique in the workspace."`
	CustomerID         string       `json:"customerId,omitempty" maxLength:"64"`
	CustomerExternalID string       `json:"customerExternalId,omitempty" maxLength:"200" doc:"Names the customer by externalId instead of customerId."`
	OrderedAt          time.Time    `json:"orderedAt" doc:"When it was bought."`
	Currency           string       `json:"currency,omitempty" maxLength:"3" doc:"ISO 4217; default the workspace's. All amounts of an order are in it."`
	Lines              []LineFields `json:"lines,omitempty" maxItems:"200"`
	Total              *Amount      `json:"total,omitempty" doc:"What was paid; default the sum of the lines."`
	Channel            string       `json:"channel,omitempty" maxLength:"200" doc:"Where it was bought: web, store, phone."`
	CampaignID         string       `json:"campaignId,omitempty" maxLength:"64" doc:"The campaign it came from, when the shop knows."`
}

// order turns the fields into an order in one currency, before the rules are applied.
func (f Fields) order(currency string) order.Order {
	if f.Currency != "" {
		currency = f.Currency
	}
	o := order.Order{ExternalID: f.ExternalID, CustomerID: f.CustomerID, OrderedAt: f.OrderedAt, Channel: f.Channel, CampaignID: f.CampaignID}
	for _, l := range f.Lines {
		q := l.Quantity.Decimal
		if q.IsZero() {
			q = decimal.NewFromInt(1)
		}
		o.Lines = append(o.Lines, order.Line{ProductID: l.ProductID, Name: l.Name, Quantity: q, UnitPrice: in(l.UnitPrice, currency)})
	}
	if f.Total != nil {
		o.Total = in(f.Total, currency)
	}
	return o
}

// in gives a bare amount its currency.
func in(a *Amount, currency string) money.Money {
	if a == nil {
		return money.Money{Currency: currency}
	}
	m := a.Money
	if m.Currency == "" {
		m.Currency = currency
	}
	return m
}
