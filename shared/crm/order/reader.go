package order

import (
	"encoding/json"
	"strconv"

	"github.com/dangol/dangol/shared/crm/money"
	"github.com/dangol/dangol/shared/crm/origin"
)

// Read returns the order that was stored as text: what encoding/json reads of it, several times as fast where the text is in the form that encoding/json writes.
// The version is not in it.
func Read(text []byte) (*Order, error) {
	r := &BriefReader{text: text, ok: true}
	if o := r.order(); r.ok && len(r.text) == 0 {
		return o, nil
	}
	o := &Order{}
	return o, json.Unmarshal(text, o)
}

func (r *BriefReader) order() *Order {
	o := &Order{}
	r.skip(`{"id":`)
	o.ID = r.string()
	o.ExternalID = r.optional(`,"externalId":`)
	r.skip(`,"customerId":`)
	o.CustomerID = r.string()
	r.skip(`,"orderedAt":`)
	o.OrderedAt = r.time()
	if r.has(`,"lines":[`) {
		o.Lines = r.lines()
	}
	r.skip(`,"total":`)
	o.Total = r.money()
	o.Channel = r.optional(`,"channel":`)
	o.CampaignID = r.optional(`,"campaignId":`)
	if r.has(`,"origin":`) {
		o.Origin = r.origin()
	}
	o.Sample = r.has(`,"sample":true`)
	r.skip(`,"createdAt":`)
	o.CreatedAt = r.time()
	r.skip(`}`)
	return o
}

func (r *BriefReader) lines() (out []Line) {
	for r.ok {
		out = append(out, r.line())
		if r.has(`]`) {
			break
		}
		r.skip(`,`)
	}
	return out
}

func (r *BriefReader) line() (l Line) {
	r.skip(`{`)
	l.ProductID = r.optional(`"productId":`)
	if l.ProductID != "" {
		r.skip(`,`)
	}
	if l.Name = r.optional(`"name":`); l.Name != "" {
		r.skip(`,`)
	}
	r.skip(`"quantity":`)
	l.Quantity = r.decimal(r.quoted())
	r.skip(`,"unitPrice":`)
	l.UnitPrice = r.money()
	r.skip(`}`)
	return l
}

// money reads an amount in a currency; none, and what money.Parse refuses, is left to encoding/json.
func (r *BriefReader) money() (m money.Money) {
	r.skip(`{"amount":`)
	m.Amount = r.decimal(r.quoted())
	r.skip(`,"currency":`)
	m.Currency = r.currency()
	r.skip(`}`)
	units := m.Units()
	r.ok = r.ok && m.Amount.Exponent() >= -4 && units > -mostUnits && units < mostUnits
	return m
}

// mostUnits is the limit of money.Parse in ten-thousandths.
const mostUnits = 1e16

// currencies are those that most orders are in: others are left to encoding/json, which knows them all.
var currencies = []string{"KRW", "USD", "EUR", "JPY", "CNY", "GBP"}

func (r *BriefReader) currency() string {
	q := r.quoted()
	for _, c := range currencies {
		if string(q) == c {
			return c
		}
	}
	r.ok = false
	return ""
}

func (r *BriefReader) origin() *origin.Origin {
	o := &origin.Origin{}
	r.skip(`{"importId":`)
	o.ImportID = r.string()
	if r.has(`,"row":`) {
		o.Row = r.integer()
	}
	r.skip(`,"version":`)
	o.Version = r.integer()
	r.skip(`}`)
	return o
}

func (r *BriefReader) integer() int64 {
	n := 0
	for n < len(r.text) && (r.text[n] == '-' || r.text[n] >= '0' && r.text[n] <= '9') {
		n++
	}
	v, err := strconv.ParseInt(string(r.text[:n]), 10, 64)
	r.ok = r.ok && err == nil
	r.text = r.text[n:]
	return v
}

func (r *BriefReader) string() string { return string(r.quoted()) }

// optional reads a text that is left out when it is empty.
func (r *BriefReader) optional(name string) string {
	if !r.has(name) {
		return ""
	}
	return r.string()
}
