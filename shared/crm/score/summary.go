package score

import (
	"time"

	"github.com/shopspring/decimal"

	"github.com/dangol/dangol/shared/crm/money"
)

func (c *computation) summary() Summary {
	s := Summary{
		AsOf: c.today.Format(time.DateOnly), Customers: len(c.people), Buyers: len(c.buyers), NotEnoughData: !c.enough(),
		Currency: c.currency, Revenue: money.Money{Amount: c.total, Currency: c.currency},
		RFMGrid: []Cell{}, Pyramid: Pyramid{Deciles: []Tier{}, Tiers: []Tier{}}, OtherCurrencies: c.others.List(),
	}
	for _, i := range c.buyers {
		s.Orders += int(c.people[i].orders)
	}
	if c.enough() {
		s.RFMGrid = c.grid()
		s.Pyramid = c.pyramid()
	}
	return s
}

func (c *computation) grid() []Cell {
	var people [6][6]int
	var revenue [6][6]int64
	for _, i := range c.buyers {
		p := &c.people[i]
		people[p.r][p.f]++
		revenue[p.r][p.f] += p.revenue
	}
	out := make([]Cell, 0, 25)
	for r := 5; r >= 1; r-- {
		for f := 5; f >= 1; f-- {
			out = append(out, Cell{r, f, people[r][f], c.list.money(revenue[r][f])})
		}
	}
	return out
}

func (c *computation) pyramid() Pyramid {
	deciles := c.tiers(10, 20, 30, 40, 50, 60, 70, 80, 90, 100)
	return Pyramid{
		Deciles:       deciles,
		Tiers:         c.tiers(1, 5, 20, 50, 100),
		TopFifthShare: deciles[1].Cumulative,
		BuyersFor80:   c.buyersFor(0.8),
	}
}

// tiers cuts the buyers, the best first, at percents of their number, rounded up: the best 1 % of 50 buyers is one of them.
func (c *computation) tiers(percents ...int) []Tier {
	out := make([]Tier, 0, len(percents))
	total := c.total.InexactFloat64()
	from, done, sum := 0, 0, decimal.Decimal{}
	for _, to := range percents {
		end := (to*len(c.buyers) + 99) / 100
		revenue := c.revenue(done, end)
		sum = sum.Add(revenue)
		out = append(out, Tier{
			FromPercent: from, ToPercent: to, Customers: end - done, Revenue: money.Money{Amount: revenue, Currency: c.currency},
			Share: share(revenue.InexactFloat64(), total), Cumulative: share(sum.InexactFloat64(), total),
		})
		from, done = to, end
	}
	return out
}

// revenue sums up the buyers from one place to another. Buyers are added up as integers, a thousand at a time, which no
// revenue below 900 billion each can overflow.
func (c *computation) revenue(from, to int) (sum decimal.Decimal) {
	for ; from < to; from = min(from+batch, to) {
		var part int64
		for _, i := range c.buyers[from:min(from+batch, to)] {
			part += c.people[i].revenue
		}
		sum = sum.Add(decimal.New(part, -4))
	}
	return sum
}

const batch = 1000

// buyersFor is the smallest share of the buyers, best first, that brings a part of the revenue.
func (c *computation) buyersFor(part float64) float64 {
	goal := c.total.Mul(decimal.NewFromFloat(part)).Shift(4).Ceil().IntPart()
	var sum int64
	for k, i := range c.buyers {
		if sum += c.people[i].revenue; sum >= goal {
			return float64(k+1) / float64(len(c.buyers))
		}
	}
	return 1
}
