// Package order is a purchase by a customer: its lines, its total and the rules that hold between them.
package order

import (
	"time"

	"github.com/shopspring/decimal"

	"github.com/dangol/dangol/shared/crm/money"
	"github.com/dangol/dangol/shared/crm/origin"
)

// Line is one product of an order. Quantity may be fractional (kilograms) and is negative for a return.
type Line struct {
	ProductID string          `json:"productId,omitempty"`
	Name      string          `json:"name,omitempty"`
	Quantity  decimal.Decimal `json:"quantity"`
	UnitPrice money.Money     `json:"unitPrice"`
}

// Order is one purchase. Total is what the customer paid in one currency; negative for a refund.
type Order struct {
	ID         string      `json:"id"`
	ExternalID string      `json:"externalId,omitempty"`
	CustomerID string      `json:"customerId"`
	OrderedAt  time.Time   `json:"orderedAt"`
	Lines      []Line      `json:"lines,omitempty"`
	Total      money.Money `json:"total"`
	Channel    string      `json:"channel,omitempty"`
	CampaignID string      `json:"campaignId,omitempty"`
	// Origin is the import that wrote the order last, if nobody has changed it since.
	Origin    *origin.Origin `json:"origin,omitempty"`
	Sample    bool           `json:"sample,omitempty"`
	CreatedAt time.Time      `json:"createdAt"`
	Version   int64          `json:"-"`
}

// Brief is what scores, segments and reports need of an order, as the order index holds it: short names, since a scan reads hundreds of thousands.
type Brief struct {
	ID         string      `json:"i"`
	CustomerID string      `json:"c"`
	OrderedAt  time.Time   `json:"t"`
	Total      money.Money `json:"m"`
	Products   []string    `json:"p,omitempty"` // names or ids of the lines, for "orders ... where"
	Channel    string      `json:"h,omitempty"`
	CampaignID string      `json:"g,omitempty"`
}

// Refund says that money went back, as Sale.Refund does.
func (b *Brief) Refund() bool { return b.Total.Amount.IsNegative() }
