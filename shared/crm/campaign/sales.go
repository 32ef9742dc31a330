package campaign

import (
	"time"

	"github.com/shopspring/decimal"

	"github.com/dangol/dangol/shared/crm/money"
	"github.com/dangol/dangol/shared/crm/order"
)

// Contact is when a campaign touched a customer: the acceptance of the message, or the launch for the hold-out.
type Contact struct {
	Role Role
	At   time.Time
}

// Sales is what a campaign's people bought.
type Sales struct {
	// Buyers is the contacted who bought, with the moment of their first order that counts.
	Buyers map[string]time.Time
	// Revenue is that of the orders that count for the campaign: those that name it, and those that name none and came in time after a contact.
	Revenue money.Bag
	Sent    Group
	Held    Group
}

// Group is what one side of the comparison bought, whatever campaign an order names: the same rule for both sides.
type Group struct {
	Buyers  int64
	Revenue money.Bag
}

func (g Group) side(people int64, currency string) Side {
	s := Side{People: people, Bought: g.Buyers, BoughtShare: ShareOf(g.Buyers, people), RevenuePerPerson: money.Money{Currency: currency}}
	if people > 0 {
		s.RevenuePerPerson.Amount = g.Revenue.In(currency).Amount.DivRound(decimal.NewFromInt(people), money.Decimals(currency)+2)
	}
	return s
}

// Attribute sums the orders of the campaign's people. contact tells when and how the campaign touched a customer; false is not at all. An order
// counts within the given time after the contact; one that names the campaign counts whenever it came.
func Attribute(campaignID string, orders []*order.Brief, within time.Duration, contact func(customerID string) (Contact, bool)) Sales {
	s := Sales{Buyers: map[string]time.Time{}, Revenue: money.Bag{}, Sent: Group{Revenue: money.Bag{}}, Held: Group{Revenue: money.Bag{}}}
	sent, held := map[string]bool{}, map[string]bool{}
	for _, o := range orders {
		c, known := contact(o.CustomerID)
		timely := known && !o.OrderedAt.Before(c.At) && o.OrderedAt.Before(c.At.Add(within))
		switch {
		case timely && c.Role == HeldOut:
			s.Held.add(held, o)
		case timely && c.Role == ToContact:
			s.Sent.add(sent, o)
		}
		if o.CampaignID == campaignID || o.CampaignID == "" && timely && c.Role == ToContact {
			s.count(o)
		}
	}
	return s
}

func (g *Group) add(seen map[string]bool, o *order.Brief) {
	if !seen[o.CustomerID] && o.Total.Amount.IsPositive() {
		seen[o.CustomerID] = true
		g.Buyers++
	}
	g.Revenue.Add(o.Total)
}

func (s *Sales) count(o *order.Brief) {
	s.Revenue.Add(o.Total)
	if !o.Total.Amount.IsPositive() {
		return // a refund lowers the revenue and makes nobody a buyer
	}
	if first, ok := s.Buyers[o.CustomerID]; !ok || o.OrderedAt.Before(first) {
		s.Buyers[o.CustomerID] = o.OrderedAt
	}
}
