package valuation_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/dangol/dangol/shared/crm/forecast"
	"github.com/dangol/dangol/shared/crm/lifecycle"
	"github.com/dangol/dangol/shared/crm/order"
	"github.com/dangol/dangol/shared/crm/score"
	"github.com/dangol/dangol/shared/crm/valuation"
)

var (
	seoul = time.FixedZone("KST", 9*3600)
	today = time.Date(2026, 11, 22, 12, 0, 0, 0, seoul)
)

// sales reads "200:10000 100:-500": so many days ago, so many won.
func sales(t *testing.T, text string) (out []order.Sale) {
	t.Helper()
	for _, one := range strings.Fields(text) {
		var days int
		var won int64
		if _, err := fmt.Sscanf(one, "%d:%d", &days, &won); err != nil {
			t.Fatal(err)
		}
		out = append(out, order.Sale{At: today.AddDate(0, 0, -days).UnixMilli(), Units: won * 1e4, Currency: order.CodeOf("KRW")})
	}
	return out
}

// A small shop, too small for the models: what each customer is worth, and where they stand by it.
func TestWhatARebuildSaysOfAShop(t *testing.T) {
	rules := lifecycle.Usual()
	blocked := lifecycle.Recorded{Tags: []string{"Blocked"}}
	shop := []struct {
		name, orders string
		person       lifecycle.Person
		want         string // stage and reason, revenue, rank, why there is no forecast
	}{
		{"the best", "200:90000", lifecycle.Person{}, "highValue topRevenue 90000 1/11 tooFewBuyers"},
		{"the next", "200:80000", lifecycle.Person{}, "highValue topRevenue 80000 2/11 tooFewBuyers"},
		{"blocked", "200:70000", blocked.Person(rules), "churnedForced forcedTag 70000 3/11 tooFewBuyers"},
		{"often", "200:1000 190:1000 180:1000 170:1000", lifecycle.Person{}, "potentialValue frequent 4000 4/11 tooFewBuyers"},
		{"new", "10:3000", lifecycle.Person{}, "newBuyer firstPurchase 3000 6/11 tooFewBuyers"},
		{"silent", "400:3000", lifecycle.Person{}, "churnedVoluntary silentNoModel 3000 6/11 tooFewBuyers"},
		{"gave half back", "200:4000 190:-2000", lifecycle.Person{}, "lowValue buys 2000 11/11 tooFewBuyers"},
		{"plain", "200:2000", lifecycle.Person{}, "lowValue buys 2000 11/11 tooFewBuyers"},
		{"another", "200:2000", lifecycle.Person{}, "lowValue buys 2000 11/11 tooFewBuyers"},
		{"a third", "200:2000", lifecycle.Person{}, "lowValue buys 2000 11/11 tooFewBuyers"},
		{"a fourth", "200:2000", lifecycle.Person{}, "lowValue buys 2000 11/11 tooFewBuyers"},
		{"answers mail", "", lifecycle.Person{Responded: []time.Time{today.AddDate(0, 0, -5)}}, "respondent responded neverBought"},
		{"gave back what was never bought", "20:-500", lifecycle.Person{}, "prospect neverBought neverBought"},
		{"buys tomorrow", "-1:9000", lifecycle.Person{}, "prospect neverBought neverBought"},
	}
	customers := make([]score.Input, len(shop))
	for i, c := range shop {
		customers[i] = score.Input{CustomerID: c.name, Orders: sales(t, c.orders), Person: c.person}
	}
	p := forecast.Plan{AsOf: today, Zone: seoul, Currency: "KRW", Model: score.BGNBD, Terms: score.Terms{HorizonDays: 365, LifetimeYears: 3, DiscountPercent: 10, MarginPercent: 100}}
	r, err := valuation.Of(p, valuation.Rules{RFM: score.UsualRFM(), Lifecycle: rules}, customers)
	if err != nil {
		t.Fatal(err)
	}
	for i, s := range r.Scores.From(0) {
		got := string(s.LifecycleStage) + " " + string(s.LifecycleReason)
		if s.RFM != nil {
			got += fmt.Sprintf(" %s %.0f/11", s.RFM.Revenue.Text(), 11*s.RevenueContribution.RankShare)
		}
		if got += " " + string(s.NoForecast); got != shop[i].want {
			t.Errorf("%s: got %s, want %s", shop[i].name, got, shop[i].want)
		}
	}
	if r.Summary.Customers != 14 || r.Summary.Buyers != 11 || r.Summary.Revenue.Text() != "260000" || r.Card.NotEnoughData == nil {
		t.Errorf("got %d customers, %d buyers, %s, card %+v", r.Summary.Customers, r.Summary.Buyers, r.Summary.Revenue.Text(), r.Card.NotEnoughData)
	}
}
