package lake

import (
	"time"

	"github.com/dangol/dangol/shared/crm/score"
)

// ScoreRow is a customer's present score as the lake has it. It is computed and stands in no table: its version is when the rebuild began to write, in Unix
// milliseconds, so that of two rebuilds the later one holds.
func ScoreRow(customerID string, s *score.Score, at time.Time) Row {
	v := make(cells, 0, 34)
	v.text("customerId", customerID)
	v.text("asOf", s.AsOf)
	v.yesNo("notEnoughData", s.NotEnoughData)
	if r := s.RFM; r != nil {
		v.integer("rfm.r", int64(r.R))
		v.integer("rfm.f", int64(r.F))
		v.integer("rfm.m", int64(r.M))
		v.integer("rfm.daysSinceLast", int64(r.DaysSinceLast))
		v.integer("rfm.orders", int64(r.Orders))
		v.money("rfm.revenue", r.Revenue)
		if r.BeforeR > 0 {
			v.integer("rfm.beforeR", int64(r.BeforeR))
			v.integer("rfm.beforeF", int64(r.BeforeF))
		}
	}
	if c := s.RevenueContribution; c != nil {
		v.number("revenueContribution.share", c.Share)
		v.number("revenueContribution.rankShare", c.RankShare)
		v.integer("revenueContribution.decile", int64(c.Decile))
	}
	if p := s.ProfitContribution; p != nil {
		v.money("profitContribution.profit", p.Profit)
		v.number("profitContribution.share", p.Share)
		v.number("profitContribution.rankShare", p.RankShare)
		v.integer("profitContribution.decile", int64(p.Decile))
	}
	if w := s.ShareOfWallet; w != nil {
		v.number("shareOfWallet.share", w.Share)
		v.money("shareOfWallet.spent", w.Spent)
		v.money("shareOfWallet.total", w.Total)
		v.yesNo("shareOfWallet.beyond", w.Beyond)
	}
	for _, r := range s.Responses {
		v.number("responses."+string(r.Channel), r.Rate)
	}
	v.text("noForecast", string(s.NoForecast))
	v.forecast(s)
	v.standing(&s.Standing)
	return Row{Subject: "scores", ID: customerID, Version: at.UnixMilli(), At: at.UTC().Truncate(time.Millisecond), Cells: v}
}

func (c *cells) forecast(s *score.Score) {
	c.numberAt("pAlive", s.PAlive)
	if e := s.ExpectedOrders; e != nil {
		c.integer("expectedOrders.horizonDays", int64(e.HorizonDays))
		c.number("expectedOrders.value", e.Value)
	}
	c.moneyAt("expectedSpend", s.ExpectedSpend)
	c.moneyAt("lifetimeValue", s.LifetimeValue)
}
