package score_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"github.com/dangol/dangol/shared/crm/money"
	"github.com/dangol/dangol/shared/crm/order"
	"github.com/dangol/dangol/shared/crm/score"
)

var (
	seoul = time.FixedZone("KST", 9*3600)
	asOf  = time.Date(2026, 11, 22, 12, 0, 0, 0, seoul)
)

// orders reads "11-22T09:00+09:00 1000 KRW; ...", all of 2026.
func orders(t testing.TB, text string) (out []order.Sale) {
	t.Helper()
	for _, one := range strings.Split(text, ";") {
		w := strings.Fields(one)
		if len(w) == 0 {
			continue
		}
		at, err := time.Parse("2006-01-02T15:04Z07:00", "2026-"+w[0])
		if err != nil {
			t.Fatal(err)
		}
		paid, err := money.Parse(w[1], w[2])
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, order.SaleOf(&order.Brief{OrderedAt: at, Total: paid}))
	}
	return out
}

// compute and computeBy have the scores one by one.
func compute(asOf time.Time, zone *time.Location, currency string, customers []score.Input) ([]score.Score, score.Summary) {
	return computeBy(score.Rules{RFM: score.UsualRFM()}, asOf, zone, currency, customers)
}

func computeBy(rules score.Rules, asOf time.Time, zone *time.Location, currency string, customers []score.Input) (out []score.Score, s score.Summary) {
	list, s := score.ComputeBy(rules, asOf, zone, currency, customers)
	for i := range list.Len() {
		out = append(out, list.At(i))
	}
	return out, s
}

func TestWhatCounts(t *testing.T) {
	for name, c := range map[string]struct{ orders, want string }{
		"today is day 0":                    {"11-22T09:00+09:00 1000 KRW", "0 days, 1 orders, 1000 KRW"},
		"the as-of day counts whole":        {"11-22T23:59+09:00 1000 KRW", "0 days, 1 orders, 1000 KRW"},
		"later orders do not exist":         {"11-01T09:00+09:00 1000 KRW; 11-23T00:00+09:00 9000 KRW", "21 days, 1 orders, 1000 KRW"},
		"days are those of the zone":        {"11-20T15:30Z 1000 KRW", "1 days, 1 orders, 1000 KRW"},
		"two orders on a day are two":       {"11-21T09:00+09:00 1000 KRW; 11-21T19:00+09:00 500 KRW", "1 days, 2 orders, 1500 KRW"},
		"a refund lowers revenue only":      {"11-01T09:00+09:00 1000 KRW; 11-20T09:00+09:00 -400 KRW", "21 days, 1 orders, 600 KRW"},
		"other currencies are never added":  {"11-01T09:00+09:00 1000 KRW; 11-21T09:00+09:00 5 USD", "1 days, 2 orders, 1000 KRW"},
		"an order of nothing is an order":   {"11-21T09:00+09:00 0 KRW", "1 days, 1 orders, 0 KRW"},
		"orders only after the as-of day":   {"11-23T00:00+09:00 9000 KRW", "not enough data"},
		"somebody who never bought":         {"", "not enough data"},
		"a refund without an order":         {"11-20T09:00+09:00 -400 KRW", "not enough data"},
		"the order of orders does not play": {"11-21T09:00+09:00 1 KRW; 11-01T09:00+09:00 2 KRW", "1 days, 2 orders, 3 KRW"},
	} {
		t.Run(name, func(t *testing.T) {
			scores, _ := compute(asOf, seoul, "KRW", []score.Input{{Orders: orders(t, c.orders)}})
			got := "not enough data"
			if r := scores[0].RFM; r != nil {
				got = fmt.Sprintf("%d days, %d orders, %s KRW", r.DaysSinceLast, r.Orders, r.Revenue.Text())
			}
			if got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func TestOtherCurrenciesAreReportedApart(t *testing.T) {
	_, s := compute(asOf, seoul, "KRW", []score.Input{{Orders: orders(t, "11-01T09:00Z 1000 KRW; 11-02T09:00Z 5 USD; 11-03T09:00Z 7.50 USD; 11-03T09:00Z 3 EUR")}})
	got, err := json.Marshal(s.OtherCurrencies)
	if want := `[{"amount":"3.00","currency":"EUR"},{"amount":"12.50","currency":"USD"}]`; err != nil || string(got) != want {
		t.Errorf("got %s, %v; want %s", got, err, want)
	}
}

func TestQuintiles(t *testing.T) {
	for name, c := range map[string]struct {
		revenues []int
		want     string
	}{
		"five buyers":                   {[]int{10, 20, 30, 40, 50}, "12345"},
		"ten buyers":                    {[]int{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, "1122334455"},
		"ties share a score":            {[]int{1, 2, 2, 2, 9}, "13335"},
		"all alike are in the middle":   {[]int{7, 7, 7, 7, 7}, "33333"},
		"four buyers are too few":       {[]int{1, 2, 3, 4}, "0000"},
		"a great tie below is not last": {[]int{1, 1, 1, 1, 1, 1, 8, 9, 10, 11}, "2222224455"},
	} {
		t.Run(name, func(t *testing.T) {
			in := make([]score.Input, len(c.revenues))
			for i, r := range c.revenues {
				in[i].Orders = orders(t, fmt.Sprintf("11-01T09:00Z %d KRW", r))
			}
			scores, _ := compute(asOf, seoul, "KRW", in)
			var got strings.Builder
			for _, s := range scores {
				fmt.Fprint(&got, s.RFM.M)
			}
			if got.String() != c.want {
				t.Errorf("got %s, want %s", got.String(), c.want)
			}
		})
	}
}

func TestContribution(t *testing.T) {
	var in []score.Input
	for _, r := range []int{60, 20, 10, 5, 5} {
		in = append(in, score.Input{Orders: orders(t, fmt.Sprintf("11-01T09:00Z %d KRW", r))})
	}
	scores, s := compute(asOf, seoul, "KRW", in)
	want := []score.Contribution{{0.6, 0.2, 2}, {0.2, 0.4, 4}, {0.1, 0.6, 6}, {0.05, 1, 10}, {0.05, 1, 10}}
	for i := range want {
		if got := *scores[i].RevenueContribution; got != want[i] {
			t.Errorf("buyer %d: got %+v, want %+v", i, got, want[i])
		}
	}
	if s.Pyramid.TopFifthShare != 0.6 || s.Pyramid.BuyersFor80 != 0.4 {
		t.Errorf("20/80 line %v, %v; want 0.6, 0.4", s.Pyramid.TopFifthShare, s.Pyramid.BuyersFor80)
	}
}

func TestScoreAsClientsSeeIt(t *testing.T) {
	scores, _ := compute(asOf, seoul, "KRW", []score.Input{{}, {Orders: orders(t, "11-01T09:00Z 1000 KRW")}})
	for i, want := range []string{
		`{"asOf":"2026-11-22","notEnoughData":true}`,
		`{"asOf":"2026-11-22","notEnoughData":true,"rfm":{"r":0,"f":0,"m":0,"daysSinceLast":21,"orders":1,"revenue":{"amount":"1000","currency":"KRW"}}}`,
	} {
		if got, err := json.Marshal(scores[i]); err != nil || string(got) != want {
			t.Errorf("got  %s, %v\nwant %s", got, err, want)
		}
	}
}

// TestWhoBoughtMoreNeverScoresLess and everything adds up, whoever bought what.
func TestWhoBoughtMoreNeverScoresLess(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		revenues := rapid.SliceOfN(rapid.Int64Range(0, 20), 5, 60).Draw(t, "revenues")
		in := make([]score.Input, len(revenues))
		for i, r := range revenues {
			in[i].Orders = []order.Sale{{At: asOf.UnixMilli(), Units: 10_000 * r, Currency: order.CodeOf("KRW")}}
		}
		scores, s := compute(asOf, seoul, "KRW", in)
		for i := range scores {
			for j := range scores {
				if a, b := scores[i].RFM.M, scores[j].RFM.M; revenues[i] >= revenues[j] && a < b || revenues[i] == revenues[j] && a != b {
					t.Fatalf("revenues %d and %d score %d and %d", revenues[i], revenues[j], a, b)
				}
			}
		}
		people, sum := 0, decimal.Decimal{}
		for _, c := range s.RFMGrid {
			people, sum = people+c.Customers, sum.Add(c.Revenue.Amount)
		}
		if people != s.Buyers || !sum.Equal(s.Revenue.Amount) {
			t.Fatalf("the grid holds %d buyers and %s, want %d and %s", people, sum, s.Buyers, s.Revenue.Amount)
		}
	})
}

func BenchmarkMillionCustomers(b *testing.B) {
	in := make([]score.Input, 1_000_000)
	for i := range in {
		for k := range i % 6 {
			in[i].Orders = append(in[i].Orders, order.Sale{
				At: asOf.Add(-time.Duration(i*k%1000) * 24 * time.Hour).UnixMilli(), Units: 10_000 * int64(i*7919%100_000), Currency: order.CodeOf("KRW")})
		}
	}
	for b.Loop() {
		compute(asOf, seoul, "KRW", in)
	}
}

// Ten buyers whose orders and revenue fall as their last order lies further back: independent fifths agree, nested ones cut each fifth by itself, bounds follow the business.
func TestCodings(t *testing.T) {
	in := make([]score.Input, 10)
	for i := range in {
		for range 10 - i {
			in[i].Orders = append(in[i].Orders, order.Sale{At: asOf.AddDate(0, 0, -10*i).UnixMilli(), Units: 10_000 * 1000, Currency: order.CodeOf("KRW")})
		}
	}
	fixed := score.RFMRules{Coding: score.Fixed, Bounds: score.Bounds{Days: []int{0, 10, 40, 80}, Orders: []int{2, 3, 6, 10}, Amount: []float64{1001, 5000, 9000, 9999}}}
	for name, c := range map[string]struct {
		rules score.RFMRules
		want  string
	}{
		"independent": {score.UsualRFM(), "555 555 444 444 333 333 222 222 111 111"},
		"nested":      {score.RFMRules{Coding: score.Nested}, "543 523 443 423 343 323 243 223 143 123"},
		"fixed":       {fixed, "555 444 343 343 343 233 232 232 222 111"},
	} {
		t.Run(name, func(t *testing.T) {
			scores, s := computeBy(score.Rules{RFM: c.rules}, asOf, seoul, "KRW", in)
			var got []string
			for _, one := range scores {
				got = append(got, fmt.Sprint(100*one.RFM.R+10*one.RFM.F+one.RFM.M))
			}
			if strings.Join(got, " ") != c.want || s.Coding != c.rules.Coding {
				t.Errorf("got %s by %s, want %s", strings.Join(got, " "), s.Coding, c.want)
			}
		})
	}
}
