package order

import (
	"encoding/json"

	"github.com/dangol/dangol/shared/crm/money"
	"github.com/dangol/dangol/shared/crm/origin"
	"github.com/dangol/dangol/shared/crm/plainjson"
)

// Read returns the order that was stored as text: what encoding/json reads of it, several times as fast where the text is in the form that encoding/json writes.
// The version is not in it.
func Read(text []byte) (*Order, error) {
	r := reader{plainjson.Of(text)}
	if o := r.order(); r.Done() {
		return o, nil
	}
	o := &Order{}
	return o, json.Unmarshal(text, o)
}

func (r reader) order() *Order {
	o := &Order{}
	r.Skip(`{"id":`)
	o.ID = r.String()
	o.ExternalID = r.Optional(`,"externalId":`)
	r.Skip(`,"customerId":`)
	o.CustomerID = r.String()
	r.Skip(`,"orderedAt":`)
	o.OrderedAt = r.Time()
	if r.Has(`,"lines":[`) {
		o.Lines = r.lines()
	}
	r.Skip(`,"total":`)
	o.Total = r.money()
	o.Channel = r.Optional(`,"channel":`)
	o.CampaignID = r.Optional(`,"campaignId":`)
	if r.Has(`,"origin":`) {
		o.Origin = origin.Read(r.Reader)
	}
	o.Sample = r.Has(`,"sample":true`)
	r.Skip(`,"createdAt":`)
	o.CreatedAt = r.Time()
	r.Skip(`}`)
	return o
}

func (r reader) lines() (out []Line) {
	for r.Going() {
		out = append(out, r.line())
		if r.Has(`]`) {
			break
		}
		r.Skip(`,`)
	}
	return out
}

func (r reader) line() (l Line) {
	r.Skip(`{`)
	l.ProductID = r.Optional(`"productId":`)
	if l.ProductID != "" {
		r.Skip(`,`)
	}
	if l.Name = r.Optional(`"name":`); l.Name != "" {
		r.Skip(`,`)
	}
	r.Skip(`"quantity":`)
	l.Quantity = r.decimal(r.Quoted())
	r.Skip(`,"unitPrice":`)
	l.UnitPrice = r.money()
	r.Skip(`}`)
	return l
}

// money reads an amount in a currency; none, and what money.Parse refuses, is left to encoding/json.
func (r reader) money() (m money.Money) {
	r.Skip(`{"amount":`)
	m.Amount = r.decimal(r.Quoted())
	r.Skip(`,"currency":`)
	m.Currency = r.currency()
	r.Skip(`}`)
	units := m.Units()
	if m.Amount.Exponent() < -4 || units <= -mostUnits || units >= mostUnits {
		r.Refuse()
	}
	return m
}

// mostUnits is the limit of money.Parse in ten-thousandths.
const mostUnits = 1e16

// currencies are those that most orders are in: others are left to encoding/json, which knows them all.
var currencies = []string{"KRW", "USD", "EUR", "JPY", "CNY", "GBP"}

func (r reader) currency() string {
	q := r.Quoted()
	for _, c := range currencies {
		if string(q) == c {
			return c
		}
	}
	r.Refuse()
	return ""
}
