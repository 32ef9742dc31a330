package forecast_test

import (
	"bufio"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/dangol/dangol/shared/crm/forecast"
	"github.com/dangol/dangol/shared/crm/money"
	"github.com/dangol/dangol/shared/crm/order"
	"github.com/dangol/dangol/shared/crm/score"
)

var seoul = time.FixedZone("KST", 9*60*60)

func paid(t testing.TB, amount, currency string, at time.Time) order.Sale {
	t.Helper()
	m, err := money.Parse(amount, currency)
	if err != nil {
		t.Fatal(err)
	}
	return order.SaleOf(&order.Brief{OrderedAt: at, Total: m})
}

// plan is that of a shop in Seoul at the end of a day.
func plan(t testing.TB, asOf string) forecast.Plan {
	t.Helper()
	day, err := time.ParseInLocation(time.DateOnly, asOf, seoul)
	if err != nil {
		t.Fatal(err)
	}
	return forecast.Plan{AsOf: day.Add(12 * time.Hour), Zone: seoul, Currency: "KRW", Model: score.BGNBD, ChosenBy: "settings",
		Terms: score.Terms{HorizonDays: 365, LifetimeYears: 3, DiscountPercent: 10, MarginPercent: 100}}
}

// regulars are n customers of 2025 as BG/NBD has them: rates of purchase are exponential, about one in twenty days, and the probability to leave after a
// purchase is Beta(1, 2.4). Amounts spread around a mean of each customer's own. The same n are the same customers.
func regulars(t testing.TB, n int) []score.Input {
	t.Helper()
	random := rand.New(rand.NewPCG(1, 2))
	out := make([]score.Input, n)
	for i := range out {
		out[i].CustomerID = fmt.Sprintf("cus_%04d", i)
		at := time.Date(2025, 1, 1+random.IntN(120), 10, 0, 0, 0, seoul)
		mean := 10_000 * math.Exp(0.7*random.NormFloat64())
		leaves := 1 - math.Pow(random.Float64(), 1/2.4)
		for gap := 20 / random.ExpFloat64(); at.Year() == 2025; at = at.Add(time.Duration(1+min(gap, 400)*random.ExpFloat64()) * 24 * time.Hour) {
			out[i].Orders = append(out[i].Orders, paid(t, fmt.Sprint(int(mean*(0.5+random.ExpFloat64()))), "KRW", at))
			if len(out[i].Orders) > 1 && random.Float64() < leaves {
				break
			}
		}
	}
	return out
}

// add runs the plan and returns the scores, of customers of whom nothing else was counted.
func add(t testing.TB, p forecast.Plan, customers []score.Input) (out []score.Score, card score.Card) {
	t.Helper()
	list, _ := score.Compute(p.AsOf, p.Zone, p.Currency, make([]score.Input, len(customers)))
	card, err := p.Add(p.Buyers(customers), list)
	if err != nil {
		t.Fatal(err)
	}
	for i := range list.Len() {
		out = append(out, list.At(i))
	}
	return out, card
}

// cdnow is the sample of Fader and Hardie (testdata/cdnow/README.md) as customers of a shop in Seoul, by their numbers.
func cdnow(t testing.TB) (customers []score.Input, at map[string]int) {
	t.Helper()
	file, err := os.Open("../../../testdata/cdnow/CDNOW_sample.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	at = map[string]int{}
	for lines := bufio.NewScanner(file); lines.Scan(); {
		w := strings.Fields(lines.Text())
		if len(w) == 0 {
			continue
		}
		day, err := time.ParseInLocation("20060102", w[2], seoul)
		if err != nil {
			t.Fatal(err)
		}
		if _, seen := at[w[0]]; !seen {
			at[w[0]] = len(customers)
			customers = append(customers, score.Input{CustomerID: w[0]})
		}
		c := &customers[at[w[0]]]
		c.Orders = append(c.Orders, paid(t, w[4], "USD", day.Add(23*time.Hour)))
	}
	return customers, at
}
