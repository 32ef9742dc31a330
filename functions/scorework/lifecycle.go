package scorework

import (
	"time"

	"github.com/dangol/dangol/shared/crm/lifecycle"
	"github.com/dangol/dangol/shared/crm/score"
	"github.com/dangol/dangol/shared/crm/workspace"
)

// place sets the stage of every score and its reason, from what was scored and the customers' own facts.
func place(ws *workspace.Workspace, asOf time.Time, inputs []score.Input, scores []score.Score) {
	day, lifetime := lifecycle.DayOf(asOf, ws.Zone()), lifetimeRanks(scores)
	for i := range scores {
		f := day.Facts(&inputs[i].Person, inputs[i].Orders)
		figures(&f, &scores[i], lifetime)
		scores[i].LifecycleStage, scores[i].LifecycleReason = lifecycle.Decide(f, ws.Lifecycle)
	}
}

// figures adds what only the comparison with all others tells.
func figures(f *lifecycle.Facts, s *score.Score, lifetime func(float64) float64) {
	f.PAlive = s.PAlive
	if s.RFM != nil {
		f.Frequency = s.RFM.F
	}
	if s.RevenueContribution != nil {
		f.RevenueRank = s.RevenueContribution.RankShare
	}
	if s.LifetimeValue != nil {
		f.LifetimeRank = lifetime(s.LifetimeValue.Amount.InexactFloat64())
	}
}

func lifetimeRanks(scores []score.Score) func(float64) float64 {
	var values []float64
	for i := range scores {
		if v := scores[i].LifetimeValue; v != nil {
			values = append(values, v.Amount.InexactFloat64())
		}
	}
	return lifecycle.Ranks(values)
}

// entry is a customer in the file of a month.
func entry(in *score.Input, s *score.Score) lifecycle.Entry {
	e := lifecycle.Entry{CustomerID: in.CustomerID, Stage: s.LifecycleStage}
	if s.RFM != nil {
		e.Units = s.RFM.Revenue.Units()
	}
	return e
}

// entries go through the customers as a month's file has them.
func entries(inputs []score.Input, scores []score.Score) func(yield func(lifecycle.Entry) bool) {
	return func(yield func(lifecycle.Entry) bool) {
		for i := range inputs {
			if !yield(entry(&inputs[i], &scores[i])) {
				return
			}
		}
	}
}

// month is the name of the month (YYYY-MM) in which a day lies, and end its last day.
func month(day time.Time) string { return day.Format("2006-01") }

func end(day time.Time) time.Time {
	return time.Date(day.Year(), day.Month()+1, 0, 12, 0, 0, 0, day.Location())
}

// ordered counts the orders up to the end of a day, refunds too.
func ordered(day lifecycle.Day, inputs []score.Input) (n int) {
	for i := range inputs {
		for j := range inputs[i].Orders {
			if day.Has(inputs[i].Orders[j].Time()) {
				n++
			}
		}
	}
	return n
}
