package score

import (
	"math"
	"slices"
	"time"

	"github.com/shopspring/decimal"

	"github.com/dangol/dangol/shared/crm/money"
	"github.com/dangol/dangol/shared/crm/order"
)

// Compute scores every customer at the end of the day, in the zone, in which asOf lies: that day counts whole, later orders do not exist. Scores stand
// in the order of the customers. Revenue is that in the currency; other currencies are only summed up apart. See Definition for the formulas.
func Compute(asOf time.Time, zone *time.Location, currency string, customers []Input) ([]Score, Summary) {
	return ComputeBy(Rules{RFM: UsualRFM()}, asOf, zone, currency, customers)
}

// Rules are a workspace's: of R, F and M, and what its orders cost.
type Rules struct {
	RFM   RFMRules
	Costs Costs
}

// ComputeBy is Compute by a workspace's own rules.
func ComputeBy(rules Rules, asOf time.Time, zone *time.Location, currency string, customers []Input) ([]Score, Summary) {
	year, month, day := asOf.In(zone).Date()
	c := computation{
		zone: zone, currency: currency, code: order.CodeOf(currency),
		today:  time.Date(year, month, day, 0, 0, 0, 0, time.UTC),
		end:    time.Date(year, month, day+1, 0, 0, 0, 0, zone).UnixMilli(),
		others: money.Bag{},
		people: make([]person, len(customers)),
	}
	for i := range customers {
		c.people[i] = c.person(customers[i].Orders)
		if c.people[i].orders > 0 {
			c.buyers = append(c.buyers, i)
		}
	}
	c.rank(rules.RFM)
	s, scores := c.summary(), c.scores()
	s.Coding = rules.RFM.Coding
	c.profits(rules.Costs, customers, scores, &s)
	respond(customers, scores)
	c.wallets(customers, scores)
	return scores, s
}

// computation holds the figures of all customers while they are compared.
type computation struct {
	zone     *time.Location
	currency string
	code     order.Code
	today    time.Time // the as-of day, as a date in UTC
	end      int64     // the first moment that does not count, Unix milliseconds
	people   []person
	buyers   []int // indexes of people with orders; after rank, the one with the most revenue first
	others   money.Bag
	total    decimal.Decimal
}

// person are the figures of one customer. Revenue is in ten-thousandths, exact up to 900 trillion.
type person struct {
	daysSinceLast, orders int64
	revenue               int64
	paid, valued          int64 // totals of orders in the currency without refunds, and how many they are
	r, f, m               int
	place                 int // in order of revenue, from 0; equals share the last place
}

// person counts what happened until the end of the day. An order of a negative total is a refund: it lowers revenue and is no purchase.
func (c *computation) person(orders []order.Sale) (p person) {
	last := int64(math.MinInt64)
	for i := range orders {
		o := &orders[i]
		if o.At >= c.end {
			continue
		}
		if o.Currency == c.code {
			p.revenue += o.Units
		} else {
			c.others.Add(money.Money{Amount: decimal.New(o.Units, -4), Currency: o.Currency.String()})
		}
		if o.Units < 0 {
			continue
		}
		p.orders++
		if o.Currency == c.code {
			p.paid, p.valued = p.paid+o.Units, p.valued+1
		}
		last = max(last, o.At)
	}
	if p.orders > 0 {
		year, month, day := time.UnixMilli(last).In(c.zone).Date()
		p.daysSinceLast = int64(c.today.Sub(time.Date(year, month, day, 0, 0, 0, 0, time.UTC)).Hours() / 24)
	}
	return p
}

func (c *computation) money(units int64) money.Money {
	return money.Money{Amount: decimal.New(units, -4), Currency: c.currency}
}

func (c *computation) enough() bool { return len(c.buyers) >= MinBuyers }

// rank gives every buyer R, F and M and the place in order of revenue.
func (c *computation) rank(rules RFMRules) {
	if c.enough() {
		c.score(rules)
	}
	slices.SortStableFunc(c.buyers, func(a, b int) int { return compare(c.people[b].revenue, c.people[a].revenue) })
	for end := len(c.buyers) - 1; end >= 0; {
		start := end
		for start > 0 && c.people[c.buyers[start-1]].revenue == c.people[c.buyers[end]].revenue {
			start--
		}
		for i := start; i <= end; i++ {
			c.people[c.buyers[i]].place = end
		}
		end = start - 1
	}
	c.total = c.revenue(0, len(c.buyers))
}

func compare(a, b int64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	default:
		return 0
	}
}

// quintiles sets 1 + floor(5 x (worse + tied/2) / n) for each of n buyers, worse being the buyers with a lower value and tied those with the same, the
// buyer included (the mid-rank). Ties share a score, and without ties the fifths are equal.
func (c *computation) quintiles(buyers []int, value func(*person) int64, set func(*person, int)) {
	n := len(buyers)
	values := make([]int64, n)
	for k, i := range buyers {
		values[k] = value(&c.people[i])
	}
	slices.Sort(values)
	for _, i := range buyers {
		v := value(&c.people[i])
		worse, _ := slices.BinarySearch(values, v)
		notBetter, _ := slices.BinarySearch(values, v+1)
		set(&c.people[i], 1+5*(worse+notBetter)/(2*n))
	}
}
