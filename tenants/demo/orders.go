package demo

import (
	"time"

	"github.com/shopspring/decimal"

	"github.com/dangol/dangol/shared/crm/money"
	"github.com/dangol/dangol/shared/crm/order"
	"github.com/dangol/dangol/shared/crm/product"
	"github.com/dangol/dangol/shared/id"
)

// habit is how a kind of customer buys: from when to when (days ago), how often (days between, on average), and what.
type habit struct {
	name        string
	share       int // of 20 customers
	first, last int
	every       int
	likes       []int // places in goods, the first the most
}

// habits are those of a roaster's customers: few who come all the time bring most of the revenue.
var habits = []habit{
	{"regular", 3, 360, 0, 22, []int{0, 1, 4}},
	{"monthly", 4, 330, 0, 46, []int{1, 0, 2}},
	{"subscriber", 1, 300, 0, 30, []int{0}},
	{"occasional", 5, 350, 10, 120, []int{4, 3, 1}},
	{"lapsed", 4, 360, 150, 40, []int{2, 0, 1}},
	{"new", 3, 35, 0, 25, []int{3, 4, 5}},
}

// habitOf deals the habits out so that every twenty customers have all of them.
func habitOf(i int) habit {
	place := i % 20
	for _, h := range habits {
		if place -= h.share; place < 0 {
			return h
		}
	}
	return habits[0]
}

// good is one product: its price in won and the place of its category.
type good struct {
	won      int64
	category int
}

var goods = []good{{16_000, 0}, {19_000, 0}, {18_000, 0}, {15_000, 1}, {14_000, 1}, {45_000, 2}}

// price returns an amount that is usual in the workspace's currency: tens of thousands of won, hundreds of a currency without a smaller coin, tens
// of one with cents.
func (m *maker) price(won int64) money.Money {
	amount := decimal.New(won, 0)
	switch {
	case m.w.Currency == "KRW":
	case money.Decimals(m.w.Currency) == 0:
		amount = decimal.New(won/10, 0)
	default:
		amount = decimal.New(won, -3)
	}
	return money.Money{Amount: amount, Currency: m.w.Currency}
}

// MostOrders is how many orders one customer has at most.
const MostOrders = 40

// ordersOf makes the orders of the i-th customer, oldest first.
func (m *maker) ordersOf(i int, products []*product.Product, customerID string) (out []*order.Order) {
	h := habitOf(i)
	for day := h.first - m.rand.IntN(h.every); day >= h.last && len(out) < MostOrders; day -= m.gap(h.every) {
		at := m.opening(day)
		if at.After(m.now) {
			break
		}
		o := m.order(h, at, products)
		o.ID, o.CustomerID = m.id(id.Order, i*MostOrders+len(out)), customerID
		out = append(out, o)
	}
	return out
}

// gap is the days until the next order: about every, sometimes a visit is skipped.
func (m *maker) gap(every int) int {
	days := every*3/4 + m.rand.IntN(every/2+1)
	if m.rand.IntN(8) == 0 {
		days += every
	}
	return max(days, 1)
}

// opening is a moment in opening hours, so many days ago, in the workspace's zone.
func (m *maker) opening(daysAgo int) time.Time {
	local := m.now.In(m.w.Zone()).AddDate(0, 0, -daysAgo)
	return time.Date(local.Year(), local.Month(), local.Day(), 9+m.rand.IntN(11), m.rand.IntN(60), 0, 0, local.Location()).UTC()
}

func (m *maker) order(h habit, at time.Time, products []*product.Product) *order.Order {
	o := &order.Order{OrderedAt: at, Sample: true, Channel: "store"}
	if m.rand.IntN(3) == 0 {
		o.Channel = "online"
	}
	total := decimal.Zero
	for k := range 1 + m.rand.IntN(2) {
		p := products[h.likes[(k+m.rand.IntN(len(h.likes)))%len(h.likes)]]
		l := order.Line{ProductID: p.ID, Name: p.Name, Quantity: decimal.New(1+int64(m.rand.IntN(5)/4), 0), UnitPrice: p.Price}
		o.Lines = append(o.Lines, l)
		total = total.Add(l.Quantity.Mul(l.UnitPrice.Amount))
	}
	o.Total = money.Money{Amount: total, Currency: m.w.Currency}
	return o
}
