package lifecycle

import (
	"cmp"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/dangol/dangol/shared/crm/money"
)

// Count is how many customers are in a stage, and what they had bought by then.
type Count struct {
	Stage     Stage       `json:"stage" enum:"prospect,respondent,newBuyer,highValue,potentialValue,lowValue,churnedVoluntary,churnedForced"`
	Customers int         `json:"customers"`
	Revenue   money.Money `json:"revenue" doc:"All that they had bought by then."`
}

// Flow is how many moved from a stage at the end of one month to a stage at the end of another, or stayed.
type Flow struct {
	From      Stage       `json:"from,omitempty" enum:"prospect,respondent,newBuyer,highValue,potentialValue,lowValue,churnedVoluntary,churnedForced" doc:"Absent for who came in between."`
	To        Stage       `json:"to,omitempty" enum:"prospect,respondent,newBuyer,highValue,potentialValue,lowValue,churnedVoluntary,churnedForced" doc:"Absent for who was archived or erased in between."`
	Customers int         `json:"customers"`
	Revenue   money.Money `json:"revenue" doc:"All that they had bought by the later of the two, or, of those who are gone, by the earlier."`
}

// sum adds up to 900 trillion of a currency.
type sum struct {
	customers int
	units     int64
}

func (s *sum) add(e Entry) {
	s.customers++
	s.units += e.Units
}

func (s sum) revenue(currency string) money.Money {
	return money.Money{Amount: decimal.New(s.units, -4), Currency: currency}
}

// Counts adds up a month, every stage in its order, empty ones too.
func Counts(entries func(func(Entry) bool), currency string) []Count {
	sums := map[Stage]*sum{}
	for _, s := range Stages() {
		sums[s] = &sum{}
	}
	for e := range entries {
		sums[e.Stage].add(e)
	}
	var out []Count
	for _, s := range Stages() {
		out = append(out, Count{Stage: s, Customers: sums[s].customers, Revenue: sums[s].revenue(currency)})
	}
	return out
}

// Flows goes through two months, each in the order of the ids, and counts every move, those who stayed where they were among them.
func Flows(from, to func() (Entry, bool), currency string) []Flow {
	sums := map[[2]Stage]*sum{}
	count := func(was, is Stage, e Entry) {
		if sums[[2]Stage{was, is}] == nil {
			sums[[2]Stage{was, is}] = &sum{}
		}
		sums[[2]Stage{was, is}].add(e)
	}
	a, hasA := from()
	b, hasB := to()
	for hasA || hasB {
		switch {
		case !hasB || hasA && a.CustomerID < b.CustomerID:
			count(a.Stage, "", a)
			a, hasA = from()
		case !hasA || b.CustomerID < a.CustomerID:
			count("", b.Stage, b)
			b, hasB = to()
		default:
			count(a.Stage, b.Stage, b)
			a, hasA = from()
			b, hasB = to()
		}
	}
	return listed(sums, currency)
}

func listed(sums map[[2]Stage]*sum, currency string) []Flow {
	out := make([]Flow, 0, len(sums))
	for k, s := range sums {
		out = append(out, Flow{From: k[0], To: k[1], Customers: s.customers, Revenue: s.revenue(currency)})
	}
	slices.SortFunc(out, func(a, b Flow) int {
		return cmp.Or(cmp.Compare(place(a.From), place(b.From)), cmp.Compare(place(a.To), place(b.To)))
	})
	return out
}

// place is where a stage stands in the cycle; none comes last.
func place(s Stage) int {
	if i := slices.Index(Stages(), s); i >= 0 {
		return i
	}
	return len(Stages())
}

// Month is what is kept of a month beside its file.
type Month struct {
	Month    string `json:"month" doc:"YYYY-MM in the workspace's zone."`
	AsOf     string `json:"asOf" format:"date" doc:"The last day counted."`
	Closed   bool   `json:"closed" doc:"Whether that is the month's last day, and was over when it was counted."`
	Currency string `json:"currency"`
	// Orders is how many orders were counted, refunds too: others later mean that some came in late.
	Orders int     `json:"orders"`
	Stages []Count `json:"stages" nullable:"false"`
}
