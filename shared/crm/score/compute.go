package score

import (
	"cmp"
	"math"
	"slices"
	"time"

	"github.com/shopspring/decimal"

	"github.com/dangol/dangol/shared/crm/money"
	"github.com/dangol/dangol/shared/crm/order"
)

// Compute scores every customer at the end of the day, in the zone, in which asOf lies: that day counts whole, later orders do not exist. Scores stand
// in the order of the customers. Revenue is that in the currency; other currencies are only summed up apart. See Definition for the formulas.
func Compute(asOf time.Time, zone *time.Location, currency string, customers []Input) (*List, Summary) {
	return ComputeBy(Rules{RFM: UsualRFM()}, asOf, zone, currency, customers)
}

// Rules are a workspace's: of R, F and M, and what its orders cost.
type Rules struct {
	RFM   RFMRules
	Costs Costs
}

// ComputeBy is Compute by a workspace's own rules. The list keeps the customers, of whom it needs all but the orders from then on.
func ComputeBy(rules Rules, asOf time.Time, zone *time.Location, currency string, customers []Input) (*List, Summary) {
	c := begin(asOf, zone, currency, customers)
	for i := range customers {
		c.people[i] = c.person(customers[i].Orders)
		if c.people[i].orders > 0 {
			c.buyers = append(c.buyers, i)
		}
	}
	c.rank(rules.RFM)
	s := c.summary()
	s.Coding = rules.RFM.Coding
	c.profits(rules.Costs, &s)
	c.list.priors = respond(customers)
	return c.list, s
}

// computation holds the figures of all customers while they are compared.
type computation struct {
	list     *List
	zone     *time.Location
	currency string
	code     order.Code
	today    time.Time // the as-of day, as a date in UTC
	end      int64     // the first moment that does not count, Unix milliseconds
	year     int64     // the first moment that counts for the share of wallet, too
	people   []person  // those of the list
	buyers   []int     // indexes of people with orders; after rank, the one with the most revenue first
	others   money.Bag
	total    decimal.Decimal
}

func begin(asOf time.Time, zone *time.Location, currency string, customers []Input) *computation {
	year, month, day := asOf.In(zone).Date()
	today := time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
	l := &List{asOf: today.Format(time.DateOnly), currency: currency, customers: customers, people: make([]person, len(customers))}
	return &computation{
		list: l, people: l.people, zone: zone, currency: currency, code: order.CodeOf(currency), today: today,
		end:    time.Date(year, month, day+1, 0, 0, 0, 0, zone).UnixMilli(),
		year:   time.Date(year, month, day+1-WalletDays, 0, 0, 0, 0, zone).UnixMilli(),
		others: money.Bag{},
	}
}

// person are the figures of one customer. Revenue is in ten-thousandths, exact up to 900 trillion.
type person struct {
	revenue               int64
	year                  int64 // revenue of the last WalletDays
	paid                  int64 // totals of orders in the currency without refunds, and
	valued                int32 // how many they are
	daysSinceLast, orders int32
	place                 int32 // in order of revenue, from 0; equals share the last place
	r, f, m               int8
	beforeR, beforeF      int8
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
			if o.At >= c.year {
				p.year += o.Units
			}
		} else {
			c.others.Add(money.Money{Amount: decimal.New(o.Units, -4), Currency: o.Currency.String()})
		}
		if o.Refund() {
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
		p.daysSinceLast = int32(c.today.Sub(time.Date(year, month, day, 0, 0, 0, 0, time.UTC)).Hours() / 24)
	}
	return p
}

func (c *computation) enough() bool { return len(c.buyers) >= MinBuyers }

// rank gives every buyer R, F and M and the place in order of revenue.
func (c *computation) rank(rules RFMRules) {
	if c.enough() {
		c.score(rules)
	}
	ranks := make([]ranked, len(c.buyers))
	for k, i := range c.buyers {
		ranks[k] = ranked{c.people[i].revenue, i}
	}
	places(ranks, func(i, place int) { c.people[i].place = int32(place) })
	for k := range ranks {
		c.buyers[k] = ranks[k].of
	}
	c.total = c.revenue(0, len(c.buyers))
	c.list.buyers, c.list.revenue = len(c.buyers), c.total.InexactFloat64()
}

// ranked is a value of a customer.
type ranked struct {
	value int64
	of    int // index of the customer
}

// places sorts by value, the highest first, and says of everybody their place from 0; equals share the last one.
func places(all []ranked, set func(of, place int)) {
	slices.SortFunc(all, func(a, b ranked) int { return cmp.Compare(b.value, a.value) })
	for end := len(all) - 1; end >= 0; {
		start := end
		for start > 0 && all[start-1].value == all[end].value {
			start--
		}
		for _, r := range all[start : end+1] {
			set(r.of, end)
		}
		end = start - 1
	}
}

// quintiles sets 1 + floor(5 x (worse + tied/2) / n) for each of n buyers, worse being the buyers with a lower value and tied those with the same, the
// buyer included (the mid-rank). Ties share a score, and without ties the fifths are equal.
func (c *computation) quintiles(buyers []int, value func(*person) int64, set func(*person, int8)) {
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
		set(&c.people[i], int8(1+5*(worse+notBetter)/(2*n)))
	}
}
