package score

import (
	"iter"

	"github.com/shopspring/decimal"

	"github.com/dangol/dangol/shared/crm/consent"
	"github.com/dangol/dangol/shared/crm/lifecycle"
	"github.com/dangol/dangol/shared/crm/money"
)

// List holds the scores of all customers at the end of a day, in the order of the customers. A million Scores with a dozen pointers each would be most of a rebuild's memory
// and of the collector's work; here a customer takes some 150 bytes without a pointer. At and From write Scores out of it.
//
// What the models and the rules of the lifecycle find is added by the methods that say so; of one customer by one goroutine at a time.
type List struct {
	asOf, currency string
	customers      []Input
	people         []person
	buyers         int     // how many bought
	revenue        float64 // of all
	margins        []margin
	profit         float64 // of all
	valued         int     // how many have a profit
	priors         map[consent.Channel]prior
	horizonDays    int
	lack           Reason // why the buyers have no forecast
	forecasts      []forecast
	standings      standings
}

// Len is how many customers there are.
func (l *List) Len() int { return len(l.people) }

// ID is a customer's id.
func (l *List) ID(i int) string { return l.customers[i].CustomerID }

// At is a customer's score.
func (l *List) At(i int) Score {
	p := &page{}
	p.write(l, i)
	return p.Score
}

// From goes through the scores from a place on. Each holds until the next one is taken: they share their memory.
func (l *List) From(i int) iter.Seq2[int, *Score] {
	return func(yield func(int, *Score) bool) {
		for p := (&page{}); i < l.Len(); i++ {
			if p.write(l, i); !yield(i, &p.Score) {
				return
			}
		}
	}
}

// Lifetime is a customer's lifetime value in currency units, false for none.
func (l *List) Lifetime(i int) (float64, bool) {
	f := l.forecast(i)
	return float64(f.value) / 1e4, f.state == foretold && f.value >= 0
}

// Place sets where a customer stands, and why.
func (l *List) Place(i int, stage lifecycle.Stage, reason lifecycle.Reason) {
	s := l.standings.of(i)
	s.LifecycleStage, s.LifecycleReason = stage, reason
	l.standings.set(i, l.Len(), s)
}

// Follow sets since when a customer's stage holds, as they stood before this rebuild, and the stage at the end of the month before.
func (l *List) Follow(i int, before lifecycle.Standing, monthBefore lifecycle.Stage) {
	s := l.standings.of(i)
	s.LifecycleBefore = monthBefore
	s.Follow(before, l.asOf)
	l.standings.set(i, l.Len(), s)
}

// CameFrom sets the cell of recency by frequency in which a customer was at the end of the month before.
func (l *List) CameFrom(i, r, f int) {
	l.people[i].beforeR, l.people[i].beforeF = int8(r), int8(f)
}

// standings are where customers stand: a few hundred different ones, whatever the customers.
type standings struct {
	all   []lifecycle.Standing
	place map[lifecycle.Standing]uint32
	each  []uint32 // by customer, a place in all
}

func (s *standings) of(i int) lifecycle.Standing {
	if s.each == nil {
		return lifecycle.Standing{}
	}
	return s.all[s.each[i]]
}

func (s *standings) set(i, customers int, to lifecycle.Standing) {
	if s.each == nil {
		s.all, s.place, s.each = []lifecycle.Standing{{}}, map[lifecycle.Standing]uint32{{}: 0}, make([]uint32, customers)
	}
	at, known := s.place[to]
	if !known {
		at = uint32(len(s.all))
		s.all, s.place[to] = append(s.all, to), at
	}
	s.each[i] = at
}

// page is a Score with all that it points to, in one piece of memory.
type page struct {
	Score
	rfm          RFM
	contribution Contribution
	profit       Profit
	costs        [3]money.Money
	wallet       Wallet
	expected     Expected
	alive        float64
	spend, value money.Money
}

// write makes the page that of a customer.
func (p *page) write(l *List, i int) {
	who := &l.people[i]
	p.Score = Score{AsOf: l.asOf, NotEnoughData: who.orders == 0 || l.buyers < MinBuyers, Standing: l.standings.of(i)}
	if who.orders > 0 {
		p.rfm, p.RFM = l.rfm(who), &p.rfm
		if l.buyers >= MinBuyers {
			p.contribution, p.RevenueContribution = l.contribution(who), &p.contribution
		}
	}
	p.earned(l, i)
	p.Responses = l.responses(l.customers[i].Contacts)
	if total := l.customers[i].TotalSpend; total > 0 {
		p.wallet, p.ShareOfWallet = l.wallet(who.year, total), &p.wallet
	}
	p.expect(l, i)
}

func (l *List) money(units int64) money.Money {
	return money.Money{Amount: decimal.New(units, -4), Currency: l.currency}
}

func (l *List) rfm(p *person) RFM {
	return RFM{R: int(p.r), F: int(p.f), M: int(p.m), DaysSinceLast: int(p.daysSinceLast), Orders: int(p.orders), Revenue: l.money(p.revenue), BeforeR: int(p.beforeR), BeforeF: int(p.beforeF)}
}

func (l *List) contribution(p *person) Contribution {
	return Contribution{Share: share(float64(p.revenue)/1e4, l.revenue), RankShare: float64(p.place+1) / float64(l.buyers), Decile: decile(int(p.place), l.buyers)}
}

// decile is the tenth in which a place of n lies; 1 is the best.
func decile(place, n int) int { return (10*(place+1) + n - 1) / n }

// share is a part of a total; of no revenue, or a loss, there are no shares.
func share(part, total float64) float64 {
	if total <= 0 {
		return 0
	}
	return part / total
}
