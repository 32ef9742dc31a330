package score

import (
	"math"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/dangol/dangol/shared/crm/money"
	"github.com/dangol/dangol/shared/crm/order"
	"github.com/dangol/dangol/shared/errs"
)

// Costs are what a workspace knows of its costs beside those of its campaigns. All are 0 where nothing was set: profit is then revenue less campaign costs.
type Costs struct {
	TransactionPercent float64 `json:"transactionPercent" doc:"Cost of an order in percent of its total, 0 to 100: payment, commission."`
	TransactionFixed   float64 `json:"transactionFixed" doc:"Cost of an order whatever its total, in the workspace's currency: packing, delivery."`
	OtherPercent       float64 `json:"otherPercent" doc:"All other costs in percent of revenue, 0 to 100: goods, rent, wages."`
}

// mostFixed is the most that an order may cost whatever its total: below the limit of money for any number of orders.
const mostFixed = 1_000_000_000

// Check adds what breaks a rule to e, below the pointer.
func (c *Costs) Check(e *errs.Error, at string) {
	within := func(name string, v, most float64) {
		if v < 0 {
			e.Add(at+"/"+name, "below_minimum", "min", 0)
		}
		if v > most {
			e.Add(at+"/"+name, "above_maximum", "max", most)
		}
	}
	within("transactionPercent", c.TransactionPercent, 100)
	within("transactionFixed", c.TransactionFixed, mostFixed)
	within("otherPercent", c.OtherPercent, 100)
}

// Cost is what the campaigns spent on one customer, in ten-thousandths of a currency: of every campaign its cost / messages delivered x messages delivered to the
// customer, up to the end of the as-of day.
type Cost struct {
	Units    int64
	Currency order.Code
}

// Profit is a customer's part of the profit of all: profit = revenue - transaction cost - campaign cost - other cost, in the workspace's currency, each cost rounded
// to its smallest coin.
//
//	transaction cost = transactionPercent x totals of the orders (refunds give nothing back) + transactionFixed x orders
//	campaign cost    = see Cost
//	other cost       = otherPercent x revenue, none of a negative revenue
//
// This is the contribution margin of a customer as in activity-based customer profitability (Mulhern, "Customer Profitability Analysis: Measurement, Concentration, and
// Research Directions", Journal of Interactive Marketing 13, 1999): revenue of the customer less the costs that can be traced to them. Limits: costs are the workspace's
// rates, not those of each product; a campaign that no message was reported delivered of is in nobody's cost; the past says nothing of the profit to come.
type Profit struct {
	Profit money.Money `json:"profit"`
	// Costs of 0 are left out.
	TransactionCost *money.Money `json:"transactionCost,omitempty"`
	CampaignCost    *money.Money `json:"campaignCost,omitempty"`
	OtherCost       *money.Money `json:"otherCost,omitempty"`
	Share           float64      `json:"share" doc:"Of the profit of all; negative for a customer who cost more than they brought, 0 where all together made no profit."`
	RankShare       float64      `json:"rankShare" doc:"Share of those valued who bring as much profit or more; 0.2 is among the best 20 %."`
	Decile          int          `json:"decile" doc:"1 is the best tenth."`
}

// margin are the figures of one customer in ten-thousandths.
type margin struct {
	profit, transaction, campaigns, other int64
	place                                 int32 // in order of profit, from 0; equals share the last place
	valued                                bool  // bought, or was contacted at a cost
}

// profits finds the profit of everybody who bought or was contacted at a cost, and adds to the summary what they make together.
func (c *computation) profits(costs Costs, s *Summary) {
	left := money.Bag{}
	margins, ranks := make([]margin, len(c.people)), make([]ranked, 0, len(c.buyers))
	for i := range margins {
		spent, any := c.spent(c.list.customers[i].CampaignCosts, left)
		if c.people[i].orders > 0 || any {
			margins[i] = c.margin(i, costs, spent)
			ranks = append(ranks, ranked{margins[i].profit, i})
		}
	}
	s.OtherCosts = left.List()
	if !c.enough() {
		return
	}
	places(ranks, func(i, place int) { margins[i].place = int32(place) })
	sum := money.Money{Amount: total(ranks), Currency: c.currency}
	s.Profit = &sum
	c.list.margins, c.list.valued, c.list.profit = margins, len(ranks), sum.Amount.InexactFloat64()
}

// spent sums up what counts of a customer's campaign costs, and puts what is in other currencies aside.
func (c *computation) spent(costs []Cost, left money.Bag) (units int64, any bool) {
	for _, cost := range costs {
		if cost.Currency == c.code {
			units, any = units+cost.Units, true
		} else {
			left.Add(money.Money{Amount: decimal.New(cost.Units, -4), Currency: cost.Currency.String()})
		}
	}
	return units, any
}

func (c *computation) margin(i int, costs Costs, campaigns int64) margin {
	p := &c.people[i]
	m := margin{valued: true, campaigns: coins(float64(campaigns), c.currency),
		transaction: coins(float64(p.paid)*costs.TransactionPercent/100+float64(p.valued)*costs.TransactionFixed*1e4, c.currency),
		other:       coins(float64(max(p.revenue, 0))*costs.OtherPercent/100, c.currency)}
	m.profit = p.revenue - m.transaction - m.campaigns - m.other
	return m
}

// coins rounds ten-thousandths to the currency's smallest coin.
func coins(units float64, currency string) int64 {
	coin := math.Pow10(4 - int(money.Decimals(currency)))
	return int64(math.Round(units/coin) * coin)
}

// total adds up values, a thousand at a time as integers, which none below 900 billion can overflow.
func total(all []ranked) (sum decimal.Decimal) {
	for some := range slices.Chunk(all, batch) {
		var part int64
		for i := range some {
			part += some[i].value
		}
		sum = sum.Add(decimal.New(part, -4))
	}
	return sum
}

// earned writes the profit.
func (p *page) earned(l *List, i int) {
	if l.margins == nil || !l.margins[i].valued {
		return
	}
	m := &l.margins[i]
	p.profit = Profit{Profit: l.money(m.profit), Share: share(float64(m.profit)/1e4, l.profit), RankShare: float64(m.place+1) / float64(l.valued), Decile: decile(int(m.place), l.valued)}
	p.ProfitContribution = &p.profit
	for k, cost := range []struct {
		units int64
		to    **money.Money
	}{{m.transaction, &p.profit.TransactionCost}, {m.campaigns, &p.profit.CampaignCost}, {m.other, &p.profit.OtherCost}} {
		if cost.units != 0 {
			p.costs[k] = l.money(cost.units)
			*cost.to = &p.costs[k]
		}
	}
}
