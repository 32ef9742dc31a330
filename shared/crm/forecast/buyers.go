package forecast

import (
	"cmp"
	"slices"
	"time"

	"github.com/dangol/dangol/shared/crm/clv"
	"github.com/dangol/dangol/shared/crm/order"
	"github.com/dangol/dangol/shared/crm/score"
)

// Buyers are the customers with a purchase that counts, each as little as the models need: four bytes a day with a purchase, a few dozen besides.
type Buyers struct {
	end       clv.Day
	at        []int       // where each stands among all customers
	histories [][]clv.Day // with a purchase
	customers []clv.Customer
}

// Buyers reads the orders of all customers.
func (p Plan) Buyers(all []score.Input) *Buyers {
	b := &Buyers{end: clv.DayOf(p.AsOf, p.Zone)}
	reader := reader{plan: p, end: b.end, code: order.CodeOf(p.Currency)}
	for i := range all {
		purchases := reader.purchases(all[i].Orders)
		if c, ok := clv.Summarise(purchases, b.end); ok {
			b.at = append(b.at, i)
			b.histories = append(b.histories, reader.keep(purchases))
			b.customers = append(b.customers, c)
		}
	}
	return b
}

// reader turns orders into purchases. Its memory is used again for each customer, and the days of all stand one behind the other in pages.
type reader struct {
	plan Plan
	end  clv.Day
	code order.Code
	days []paid
	list []clv.Purchase
	page []clv.Day
}

// paid is what a customer paid in a day, in ten-thousandths.
type paid struct {
	day   clv.Day
	units int64
}

// purchases are, until those of the next customer, the days on which the customer bought in the plan's currency, with what was paid, the earliest first. An order of a negative total is a
// refund: it takes from the purchases before it, the latest first, and a day of which nothing is left was none. A gift of 0 stays a purchase.
func (r *reader) purchases(orders []order.Sale) []clv.Purchase {
	r.days = r.days[:0]
	for _, o := range inOrder(orders) {
		day := clv.DayOf(time.UnixMilli(o.At), r.plan.Zone)
		if day > r.end || o.Currency != r.code {
			continue
		}
		if o.Refund() {
			r.refund(-o.Units)
		} else {
			r.buy(day, o.Units)
		}
	}
	return r.bought()
}

func (r *reader) buy(day clv.Day, units int64) {
	if n := len(r.days); n > 0 && r.days[n-1].day == day {
		r.days[n-1].units += units
		return
	}
	r.days = append(r.days, paid{day, units})
}

// refund gives back; what is more than was ever paid has no purchase here to belong to.
func (r *reader) refund(units int64) {
	for i := len(r.days) - 1; i >= 0 && units > 0; i-- {
		back := min(units, r.days[i].units)
		if back == 0 {
			continue
		}
		units -= back
		if r.days[i].units -= back; r.days[i].units == 0 {
			r.days = slices.Delete(r.days, i, i+1)
		}
	}
}

func (r *reader) bought() []clv.Purchase {
	r.list = r.list[:0]
	for _, d := range r.days {
		r.list = append(r.list, clv.Purchase{Day: d.day, Amount: float64(d.units) / 1e4})
	}
	return r.list
}

const pageLength = 65_536

// keep has the days of the purchases for good.
func (r *reader) keep(purchases []clv.Purchase) []clv.Day {
	if cap(r.page)-len(r.page) < len(purchases) {
		r.page = make([]clv.Day, 0, max(pageLength, len(purchases)))
	}
	start := len(r.page)
	for _, p := range purchases {
		r.page = append(r.page, p.Day)
	}
	return r.page[start:len(r.page):len(r.page)]
}

// inOrder returns the orders by time; as a rule they are already.
func inOrder(orders []order.Sale) []order.Sale {
	byTime := func(a, b order.Sale) int { return cmp.Compare(a.At, b.At) }
	if slices.IsSortedFunc(orders, byTime) {
		return orders
	}
	sorted := slices.Clone(orders)
	slices.SortStableFunc(sorted, byTime)
	return sorted
}
