// Package valuation puts together what a rebuild says of every customer: what they are worth (shared/crm/score), what they are expected to buy and bring
// (shared/crm/forecast), and where they stand (shared/crm/lifecycle).
package valuation

import (
	"sync"

	"github.com/dangol/dangol/shared/crm/forecast"
	"github.com/dangol/dangol/shared/crm/lifecycle"
	"github.com/dangol/dangol/shared/crm/score"
)

// Result is what a rebuild says. Since when a stage holds, and what was before, is not known here.
type Result struct {
	Scores  *score.List
	Summary score.Summary
	Card    score.Card
}

// Rules are those of a workspace.
type Rules struct {
	RFM       score.RFMRules
	Costs     score.Costs
	Lifecycle lifecycle.Rules
}

// Of values all customers at the end of the plan's day.
func Of(p forecast.Plan, rules Rules, customers []score.Input) (r Result, err error) {
	var buyers *forecast.Buyers
	var reading sync.WaitGroup
	reading.Go(func() { buyers = p.Buyers(customers) })
	r.Scores, r.Summary = score.ComputeBy(score.Rules{RFM: rules.RFM, Costs: rules.Costs}, p.AsOf, p.Zone, p.Currency, customers)
	reading.Wait()
	if r.Card, err = p.Add(buyers, r.Scores); err != nil {
		return r, err
	}
	place(lifecycle.DayOf(p.AsOf, p.Zone), rules.Lifecycle, customers, r.Scores)
	return r, nil
}

// place sets the stage of every score and its reason, from what was scored and the customers' own facts.
func place(day lifecycle.Day, rules lifecycle.Rules, customers []score.Input, scores *score.List) {
	lifetime := lifetimeRanks(scores)
	for i, s := range scores.From(0) {
		f := day.Facts(&customers[i].Person, customers[i].Orders)
		figures(&f, s)
		if v, known := scores.Lifetime(i); known {
			f.LifetimeRank = lifetime(v)
		}
		stage, reason := lifecycle.Decide(f, rules)
		scores.Place(i, stage, reason)
	}
}

// figures adds what only the comparison with all others tells.
func figures(f *lifecycle.Facts, s *score.Score) {
	f.PAlive = s.PAlive
	if s.RFM != nil {
		f.Frequency = s.RFM.F
	}
	if s.RevenueContribution != nil {
		f.RevenueRank = s.RevenueContribution.RankShare
	}
}

func lifetimeRanks(scores *score.List) func(float64) float64 {
	var values []float64
	for i := range scores.Len() {
		if v, known := scores.Lifetime(i); known {
			values = append(values, v)
		}
	}
	return lifecycle.Ranks(values)
}
