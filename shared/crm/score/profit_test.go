package score_test

import (
	"fmt"
	"testing"

	"github.com/dangol/dangol/shared/crm/money"
	"github.com/dangol/dangol/shared/crm/order"
	"github.com/dangol/dangol/shared/crm/score"
	"github.com/dangol/dangol/shared/errs"
)

// At 3 % and 100 won an order, and 10 % of revenue, reckoned by hand. Shares are of 20,090 won, ranks of the six who bought or were contacted at a cost.
func TestProfitContribution(t *testing.T) {
	spent := func(units int64, currency string) score.Cost {
		return score.Cost{Units: units, Currency: order.CodeOf(currency)}
	}
	people := []struct {
		name, orders string
		campaigns    []score.Cost
		want         string
	}{
		{"a refund gives no fee back, dollars do not count", "11-01T09:00Z 10000 KRW; 11-02T09:00Z 5000 KRW; 11-03T09:00Z -2000 KRW; 11-04T09:00Z 5 USD", nil,
			"13000 - 650 - 0 - 1300 = 11050, 11050/20090, rank 1/6, decile 2"},
		{"part of a campaign, rounded to a won", "11-01T09:00Z 10000 KRW", []score.Cost{spent(3_333_333, "KRW"), spent(25_000, "USD")},
			"10000 - 400 - 333 - 1000 = 8267, 8267/20090, rank 2/6, decile 4"},
		{"contacted, never bought", "", []score.Cost{spent(6_670_000, "KRW")}, "0 - 0 - 667 - 0 = -667, -667/20090, rank 6/6, decile 10"},
		{"equals share a rank", "11-01T09:00Z 1000 KRW", nil, "1000 - 130 - 0 - 100 = 770, 770/20090, rank 4/6, decile 7"},
		{"the other of them", "11-02T09:00Z 1000 KRW", nil, "1000 - 130 - 0 - 100 = 770, 770/20090, rank 4/6, decile 7"},
		{"an order of nothing costs all the same", "11-01T09:00Z 0 KRW", nil, "0 - 100 - 0 - 0 = -100, -100/20090, rank 5/6, decile 9"},
		{"neither bought nor contacted", "", nil, "none"},
		{"contacted in dollars only", "", []score.Cost{spent(5_000, "USD")}, "none"},
	}
	in := make([]score.Input, len(people))
	for i, p := range people {
		in[i] = score.Input{Orders: orders(t, p.orders), CampaignCosts: p.campaigns}
	}
	scores, s := computeBy(score.Rules{RFM: score.UsualRFM(), Costs: score.Costs{TransactionPercent: 3, TransactionFixed: 100, OtherPercent: 10}}, asOf, seoul, "KRW", in)
	for i, p := range people {
		if got := profitOf(&scores[i]); got != p.want {
			t.Errorf("%s: got %s, want %s", p.name, got, p.want)
		}
	}
	if s.Profit == nil || s.Profit.Text() != "20090" || len(s.OtherCosts) != 1 || s.OtherCosts[0].Text() != "3.00" {
		t.Errorf("together: got %v, and left out %v", s.Profit, s.OtherCosts)
	}
}

func profitOf(s *score.Score) string {
	p := s.ProfitContribution
	if p == nil {
		return "none"
	}
	revenue, costs := "0", ""
	if s.RFM != nil {
		revenue = s.RFM.Revenue.Text()
	}
	for _, c := range []*money.Money{p.TransactionCost, p.CampaignCost, p.OtherCost} {
		if c == nil {
			c = &money.Money{Currency: "KRW"}
		}
		costs += " - " + c.Text()
	}
	return fmt.Sprintf("%s%s = %s, %.0f/20090, rank %.0f/6, decile %d", revenue, costs, p.Profit.Text(), p.Share*20090, p.RankShare*6, p.Decile)
}

// Without costs profit is revenue, and so are share, rank and decile.
func TestWithoutCostsProfitIsRevenue(t *testing.T) {
	var in []score.Input
	for _, r := range []int{60, 20, 10, 5, 5} {
		in = append(in, score.Input{Orders: orders(t, fmt.Sprintf("11-01T09:00Z %d KRW", r))})
	}
	scores, _ := compute(asOf, seoul, "KRW", in)
	for i := range scores {
		r, p := scores[i].RevenueContribution, scores[i].ProfitContribution
		if got := (score.Contribution{Share: p.Share, RankShare: p.RankShare, Decile: p.Decile}); got != *r || p.Profit.Text() != scores[i].RFM.Revenue.Text() {
			t.Errorf("buyer %d: got %+v, want %+v", i, got, *r)
		}
	}
}

func TestNoProfitOfTooFewBuyers(t *testing.T) {
	scores, s := compute(asOf, seoul, "KRW", []score.Input{{Orders: orders(t, "11-01T09:00Z 1000 KRW")}})
	if scores[0].ProfitContribution != nil || s.Profit != nil {
		t.Errorf("got %+v of %v", scores[0].ProfitContribution, s.Profit)
	}
}

func TestCostsThatCannotBe(t *testing.T) {
	for name, c := range map[string]struct {
		costs score.Costs
		want  string
	}{
		"none":                     {score.Costs{}, ""},
		"all of it":                {score.Costs{TransactionPercent: 100, TransactionFixed: 1e9, OtherPercent: 100}, ""},
		"an order that brings":     {score.Costs{TransactionPercent: -1}, "/costs/transactionPercent below_minimum"},
		"more than was paid":       {score.Costs{OtherPercent: 100.5}, "/costs/otherPercent above_maximum"},
		"a fixed cost of billions": {score.Costs{TransactionFixed: 2e9}, "/costs/transactionFixed above_maximum"},
	} {
		e := &errs.Error{Kind: errs.Invalid, Code: "validation_failed"}
		c.costs.Check(e, "/costs")
		got := ""
		for _, f := range e.Fields {
			got = f.Pointer + " " + f.Code
		}
		if got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}
