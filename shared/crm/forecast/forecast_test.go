package forecast_test

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/dangol/dangol/shared/crm/forecast"
	"github.com/dangol/dangol/shared/crm/order"
	"github.com/dangol/dangol/shared/crm/score"
)

// The papers' figures for the 39 weeks to 1997-09-30 (see shared/crm/clv), as a workspace sees them. The first customer of the sample, with two repeats, is
// the example of the papers: 1.226 purchases in the next 39 weeks (BG/NBD), a mean of $24.66 (Gamma-Gamma; 24.65 with all digits of the parameters).
func TestTheCardOfCDNOW(t *testing.T) {
	customers, at := cdnow(t)
	p := plan(t, "1997-09-30")
	p.Currency, p.Terms.HorizonDays = "USD", 39*7
	scores, card := add(t, p, customers)
	got := fmt.Sprintf("%d buyers, %d repeat buyers, %d repeats, %d days from %s\n", card.Buyers, card.RepeatBuyers, card.Repeats, card.Days, card.From)
	for _, m := range card.Models {
		got += string(m.Model)
		for _, e := range m.Parameters {
			got += fmt.Sprintf(" %s %.3f", e.Name, e.Value)
			if !(*e.Low < e.Value && e.Value < *e.High && *e.StdErr > 0) {
				t.Errorf("%s %s: got %v of %v to %v, error %v", m.Model, e.Name, e.Value, *e.Low, *e.High, *e.StdErr)
			}
		}
		got += fmt.Sprintf(" LL %.1f\n", m.LogLikelihood)
	}
	if want := `2357 buyers, 946 repeat buyers, 2457 repeats, 272 days from 1997-01-01
bgNbd r 0.243 alpha 4.414 a 0.793 b 2.426 LL -9582.4
mbgNbd r 0.525 alpha 6.183 a 0.891 b 1.614 LL -9582.1
paretoNbd r 0.553 alpha 10.578 s 0.606 beta 11.669 LL -9595.0
gammaGamma p 6.250 q 3.744 gamma 15.444 LL -4055.9
`; got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	s := scores[at["00004"]]
	example := fmt.Sprintf("%.3f alive, %.3f orders in %d days, %s", *s.PAlive, s.ExpectedOrders.Value, s.ExpectedOrders.HorizonDays, s.ExpectedSpend.Text())
	if want := "0.727 alive, 1.226 orders in 273 days, 24.65"; example != want {
		t.Errorf("the papers' customer: got %s, want %s", example, want)
	}
}

// The last third of the year and a half: what each model foretold of it. Split, customers and actual purchases can be counted in the file; what was foretold
// is what this code says, held here so that a change shows.
func TestTheCardSaysHowWellEachModelForetold(t *testing.T) {
	customers, _ := cdnow(t)
	p := plan(t, "1998-06-30")
	p.Currency, p.Model = "USD", score.ParetoNBD
	_, card := add(t, p, customers)
	got := ""
	for _, m := range card.Models[:3] {
		a := m.Accuracy
		got += fmt.Sprintf("%s: %s to %s, %d customers, %.0f for %d (%.1f %%), mean error %.3f, correlation %.3f\n", m.Model, a.Split, a.End, a.Customers,
			a.Predicted, a.Actual, a.ErrorPercent, a.MeanError, a.Correlation)
	}
	if want := `bgNbd: 1997-12-30 to 1998-06-30, 2357 customers, 1175 for 1156 (1.6 %), mean error 0.520, correlation 0.640
mbgNbd: 1997-12-30 to 1998-06-30, 2357 customers, 1137 for 1156 (-1.7 %), mean error 0.508, correlation 0.641
paretoNbd: 1997-12-30 to 1998-06-30, 2357 customers, 1200 for 1156 (3.8 %), mean error 0.508, correlation 0.642
`; got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	if proof := card.Proof(); proof != card.Models[2].Accuracy || card.Models[3].Accuracy != nil {
		t.Errorf("the proof is of %+v", proof)
	}
	last := card.Curve[len(card.Curve)-1]
	if len(card.Curve) != 78 || last.Day != "1998-06-30" || last.Actual != 4339 {
		t.Errorf("the curve has %d points and ends with %+v", len(card.Curve), last)
	}
}

// What is no purchase leaves every figure of every customer as it was.
func TestWhatCountsAsAPurchase(t *testing.T) {
	day := time.Date(2025, 6, 10, 10, 0, 0, 0, seoul) // the regulars come at ten, too
	night, nextMorning := time.Date(2025, 12, 30, 22, 0, 0, 0, seoul), time.Date(2025, 12, 31, 9, 0, 0, 0, seoul)
	for name, s := range map[string]struct{ with, without func(c *score.Input) }{
		"a purchase given back is none": {
			func(c *score.Input) {
				c.Orders = append(c.Orders, paid(t, "100.1", "KRW", night), paid(t, "200.2", "KRW", night.Add(time.Hour)), paid(t, "-300.3", "KRW", nextMorning))
			},
			func(*score.Input) {}},
		"part of it given back is less": {
			func(c *score.Input) {
				c.Orders = append(c.Orders, paid(t, "9000", "KRW", night), paid(t, "-4000", "KRW", nextMorning))
			},
			func(c *score.Input) { c.Orders = append(c.Orders, paid(t, "5000", "KRW", night)) }},
		"more than was paid is given back": {
			func(c *score.Input) { c.Orders = append(c.Orders, paid(t, "-9000", "KRW", day.AddDate(-2, 0, 0))) },
			func(*score.Input) {}},
		"two in a day are one": {
			func(c *score.Input) {
				c.Orders = append(c.Orders, paid(t, "3000", "KRW", day.Add(-10*time.Hour)), paid(t, "2000", "KRW", day.Add(13*time.Hour)))
			},
			func(c *score.Input) { c.Orders = append(c.Orders, paid(t, "5000", "KRW", day)) }},
		"dollars are not added": {
			func(c *score.Input) { c.Orders = append(c.Orders, paid(t, "5000", "USD", day)) },
			func(*score.Input) {}},
		"what comes later is not there": {
			func(c *score.Input) {
				c.Orders = append(c.Orders, paid(t, "5000", "KRW", day.AddDate(1, 0, 0)), paid(t, "-500", "KRW", day.AddDate(1, 0, 0)))
			},
			func(*score.Input) {}},
		"the order of the orders says nothing": {
			func(c *score.Input) {
				c.Orders = append(c.Orders[:0:0], c.Orders...)
				for i, j := 0, len(c.Orders)-1; i < j; i, j = i+1, j-1 {
					c.Orders[i], c.Orders[j] = c.Orders[j], c.Orders[i]
				}
			},
			func(*score.Input) {}},
	} {
		t.Run(name, func(t *testing.T) {
			got, want := regulars(t, 600), regulars(t, 600)
			for i := 0; i < len(got); i += 3 {
				s.with(&got[i])
				s.without(&want[i])
			}
			if a, b := picture(t, got), picture(t, want); a != b {
				t.Errorf("got  %.300s\nwant %.300s", a, b)
			}
		})
	}
}

// picture is all that comes of a rebuild at the end of 2025.
func picture(t *testing.T, customers []score.Input) string {
	t.Helper()
	scores, card := add(t, plan(t, "2025-12-31"), customers)
	if card.NotEnoughData != nil || scores[0].LifetimeValue == nil {
		t.Fatalf("nothing to compare: %+v %+v", card.NotEnoughData, scores[0])
	}
	text, err := json.Marshal([]any{card, scores})
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// A gift counts as a purchase (it is an order of nothing), but a customer who only ever got gifts says nothing about amounts.
func TestNoGuesses(t *testing.T) {
	for name, s := range map[string]struct {
		customers []score.Input
		asOf      string
		want      string
	}{
		"nobody":              {nil, "2025-12-31", "tooFewBuyers 0 of 500"},
		"499 buyers":          {regulars(t, 499), "2025-12-31", "tooFewBuyers 499 of 500"},
		"500 buyers":          {regulars(t, 500), "2025-12-31", ""},
		"half a year, nearly": {regulars(t, 600), "2025-06-29", "tooShortHistory 179 of 180"},
		"a day more":          {regulars(t, 600), "2025-06-30", ""},
		"nobody came back":    {once(regulars(t, 600), 0), "2025-12-31", "tooFewRepeatBuyers 0 of 50"},
		"49 came back":        {once(regulars(t, 600), 49), "2025-12-31", "tooFewRepeatBuyers 49 of 50"},
	} {
		t.Run(name, func(t *testing.T) {
			scores, card := add(t, plan(t, s.asOf), s.customers)
			got := ""
			if n := card.NotEnoughData; n != nil {
				got = fmt.Sprintf("%s %d of %d", n.Reason, n.Have, n.Need)
			}
			if got != s.want {
				t.Errorf("got %q, want %q", got, s.want)
			}
			for i := range scores {
				checkScore(t, &scores[i], card.NotEnoughData)
			}
			if (len(card.Models) == 0) != (s.want != "") {
				t.Errorf("%d models are on the card", len(card.Models))
			}
		})
	}
}

// checkScore holds that a score has either figures or the reason why not.
func checkScore(t *testing.T, s *score.Score, lack *score.Lack) {
	t.Helper()
	if lack == nil {
		if s.NoForecast != "" || s.PAlive == nil || *s.PAlive < 0 || *s.PAlive > 1 || s.ExpectedOrders == nil {
			t.Errorf("got %+v, want figures", s)
		}
		return
	}
	if s.NoForecast != lack.Reason || s.PAlive != nil || s.ExpectedOrders != nil || s.ExpectedSpend != nil || s.LifetimeValue != nil || s.Churn() != nil {
		t.Errorf("got %+v, want nothing for %s", s, lack.Reason)
	}
}

// once leaves everyone but the first few who came back with their first order.
func once(customers []score.Input, repeaters int) []score.Input {
	for i := range customers {
		c := &customers[i]
		if len(c.Orders) > 1 && repeaters > 0 {
			repeaters--
			continue
		}
		c.Orders = c.Orders[:1]
	}
	return customers
}

func TestWhoNeverBoughtHasNoForecast(t *testing.T) {
	customers := append(regulars(t, 600), score.Input{CustomerID: "cus_window"},
		score.Input{CustomerID: "cus_tourist", Orders: regulars(t, 1)[0].Orders})
	for i := range customers[601].Orders {
		customers[601].Orders[i].Currency = order.CodeOf("USD")
	}
	scores, card := add(t, plan(t, "2025-12-31"), customers)
	for _, s := range scores[600:] {
		if s.NoForecast != score.NeverBought || s.PAlive != nil {
			t.Errorf("got %+v", s)
		}
	}
	if card.Buyers != 600 {
		t.Errorf("got %d buyers", card.Buyers)
	}
}

// Value follows its terms: half the margin is half the value, a higher discount less, and neither changes what is expected.
func TestLifetimeValueFollowsTheTerms(t *testing.T) {
	p := plan(t, "2025-12-31")
	value := func(p forecast.Plan) float64 {
		scores, _ := add(t, p, regulars(t, 600))
		if scores[0].ExpectedOrders.HorizonDays != p.Terms.HorizonDays {
			t.Errorf("got %+v", scores[0].ExpectedOrders)
		}
		sum := 0.0
		for _, s := range scores {
			sum += s.LifetimeValue.Amount.InexactFloat64()
		}
		return sum
	}
	all := value(p)
	p.Terms.MarginPercent = 50
	if half := value(p); half < all*0.4999 || half > all*0.5001 {
		t.Errorf("at half the margin: got %.0f of %.0f", half, all)
	}
	p.Terms.MarginPercent, p.Terms.DiscountPercent, p.Terms.HorizonDays = 100, 30, 30
	if less := value(p); less >= all || less < all/2 {
		t.Errorf("at a higher discount: got %.0f of %.0f", less, all)
	}
}
