package lifecycle_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/dangol/dangol/shared/crm/lifecycle"
)

func alive(p float64) *float64 { return &p }

// regular is a buyer of two years with a rhythm, in the middle of the ranks.
func regular() lifecycle.Facts {
	return lifecycle.Facts{Orders: 10, DaysSinceFirst: 700, DaysSinceLast: 20, PAlive: alive(0.9), RevenueRank: 0.5, LifetimeRank: 0.5, Frequency: 3}
}

func TestDecide(t *testing.T) {
	for name, c := range map[string]struct {
		facts  func(f *lifecycle.Facts)
		rules  func(r *lifecycle.Rules)
		stage  lifecycle.Stage
		reason lifecycle.Reason
	}{
		"nothing known":                       {func(f *lifecycle.Facts) { *f = lifecycle.Facts{} }, nil, lifecycle.Prospect, lifecycle.NeverBought},
		"opened 89 days ago":                  {func(f *lifecycle.Facts) { *f = lifecycle.Facts{Responded: true, DaysSinceResponse: 89} }, nil, lifecycle.Respondent, lifecycle.Responded},
		"opened 90 days ago":                  {func(f *lifecycle.Facts) { *f = lifecycle.Facts{Responded: true, DaysSinceResponse: 90} }, nil, lifecycle.Prospect, lifecycle.NeverBought},
		"withdrew before buying":              {func(f *lifecycle.Facts) { *f = lifecycle.Facts{Withdrawn: true} }, nil, lifecycle.ChurnedVoluntary, lifecycle.Withdrew},
		"withdrew, and that means nothing":    {func(f *lifecycle.Facts) { *f = lifecycle.Facts{Withdrawn: true} }, func(r *lifecycle.Rules) { r.Withdrawn = lifecycle.LeavesNever }, lifecycle.Prospect, lifecycle.NeverBought},
		"a buyer":                             {func(*lifecycle.Facts) {}, nil, lifecycle.LowValue, lifecycle.Buys},
		"first bought 89 days ago, much":      {func(f *lifecycle.Facts) { f.DaysSinceFirst, f.RevenueRank = 89, 0.01 }, nil, lifecycle.NewBuyer, lifecycle.FirstPurchase},
		"first bought 90 days ago, much":      {func(f *lifecycle.Facts) { f.DaysSinceFirst, f.RevenueRank = 90, 0.01 }, nil, lifecycle.HighValue, lifecycle.TopRevenue},
		"the last of the top fifth":           {func(f *lifecycle.Facts) { f.RevenueRank = 0.2 }, nil, lifecycle.HighValue, lifecycle.TopRevenue},
		"just behind the top fifth":           {func(f *lifecycle.Facts) { f.RevenueRank = 0.21 }, nil, lifecycle.LowValue, lifecycle.Buys},
		"much to come":                        {func(f *lifecycle.Facts) { f.LifetimeRank = 0.1 }, nil, lifecycle.PotentialValue, lifecycle.TopLifetimeValue},
		"often":                               {func(f *lifecycle.Facts) { f.Frequency = 4 }, nil, lifecycle.PotentialValue, lifecycle.Frequent},
		"often, which does not count":         {func(f *lifecycle.Facts) { f.Frequency = 5 }, func(r *lifecycle.Rules) { r.PotentialFrequency = 0 }, lifecycle.LowValue, lifecycle.Buys},
		"by lifetime value: much to come":     {func(f *lifecycle.Facts) { f.LifetimeRank = 0.1 }, byLifetime, lifecycle.HighValue, lifecycle.TopLifetimeValue},
		"by lifetime value: much so far":      {func(f *lifecycle.Facts) { f.RevenueRank = 0.1 }, byLifetime, lifecycle.PotentialValue, lifecycle.TopRevenue},
		"by lifetime value, which is unknown": {func(f *lifecycle.Facts) { f.RevenueRank, f.LifetimeRank = 0.1, 0 }, byLifetime, lifecycle.HighValue, lifecycle.TopRevenue},
		"too few to compare with":             {func(f *lifecycle.Facts) { f.RevenueRank, f.LifetimeRank, f.Frequency = 0, 0, 0 }, nil, lifecycle.LowValue, lifecycle.FewBuyers},
		"off the own rhythm":                  {func(f *lifecycle.Facts) { f.PAlive = alive(0.29) }, nil, lifecycle.ChurnedVoluntary, lifecycle.SilentByRhythm},
		"within the own rhythm after 2 years": {func(f *lifecycle.Facts) { f.DaysSinceLast, f.PAlive = 699, alive(0.3) }, nil, lifecycle.LowValue, lifecycle.Buys},
		"by days, after 365":                  {func(f *lifecycle.Facts) { f.DaysSinceLast = 365 }, byDays, lifecycle.ChurnedVoluntary, lifecycle.SilentByDays},
		"by days, after 364, hardly alive":    {func(f *lifecycle.Facts) { f.DaysSinceLast, f.PAlive = 364, alive(0.01) }, byDays, lifecycle.LowValue, lifecycle.Buys},
		"no model, after 365":                 {func(f *lifecycle.Facts) { f.DaysSinceLast, f.PAlive = 365, nil }, nil, lifecycle.ChurnedVoluntary, lifecycle.SilentNoModel},
		"bought once, alive says the model": {func(f *lifecycle.Facts) {
			f.Orders, f.DaysSinceFirst, f.DaysSinceLast, f.PAlive = 1, 400, 400, alive(1)
		}, nil, lifecycle.ChurnedVoluntary, lifecycle.SilentBoughtOnce},
		"bought once, not that long ago": {func(f *lifecycle.Facts) {
			f.Orders, f.DaysSinceFirst, f.DaysSinceLast, f.PAlive = 1, 364, 364, alive(0)
		}, nil, lifecycle.LowValue, lifecycle.Buys},
		"silent, which is no leaving":      {func(f *lifecycle.Facts) { f.PAlive = alive(0.1) }, staysSilent, lifecycle.LowValue, lifecycle.Buys},
		"silent and withdrawn":             {func(f *lifecycle.Facts) { f.PAlive, f.Withdrawn = alive(0.1), true }, staysSilent, lifecycle.ChurnedVoluntary, lifecycle.WithdrewSilent},
		"withdrawn, buys on":               {func(f *lifecycle.Facts) { f.Withdrawn = true }, nil, lifecycle.LowValue, lifecycle.Buys},
		"withdrawn, buys on, strict rules": {func(f *lifecycle.Facts) { f.Withdrawn = true }, func(r *lifecycle.Rules) { r.Withdrawn = lifecycle.LeavesAlways }, lifecycle.ChurnedVoluntary, lifecycle.Withdrew},
		"said to have left":                {func(f *lifecycle.Facts) { f.Marked, f.RevenueRank = lifecycle.ChurnedVoluntary, 0.01 }, nil, lifecycle.ChurnedVoluntary, lifecycle.MarkedLeft},
		"ended by hand, and left":          {func(f *lifecycle.Facts) { f.Marked, f.Withdrawn, f.PAlive = lifecycle.ChurnedForced, true, alive(0) }, nil, lifecycle.ChurnedForced, lifecycle.MarkedEnded},
		"a tag that ends it":               {func(f *lifecycle.Facts) { f.ForcedTag, f.Marked = true, lifecycle.ChurnedVoluntary }, nil, lifecycle.ChurnedForced, lifecycle.ForcedTag},
	} {
		t.Run(name, func(t *testing.T) {
			f, r := regular(), lifecycle.Usual()
			c.facts(&f)
			if c.rules != nil {
				c.rules(&r)
			}
			if stage, reason := lifecycle.Decide(f, r); stage != c.stage || reason != c.reason {
				t.Errorf("got %s, %s, want %s, %s", stage, reason, c.stage, c.reason)
			}
		})
	}
}

func byLifetime(r *lifecycle.Rules)  { r.HighBy = lifecycle.LifetimeValue }
func byDays(r *lifecycle.Rules)      { r.DormantBy = lifecycle.ByDays }
func staysSilent(r *lifecycle.Rules) { r.SilentLeaves = false }

func drawnFacts(t *rapid.T) lifecycle.Facts {
	f := lifecycle.Facts{
		Marked:    rapid.SampledFrom([]lifecycle.Stage{"", "", lifecycle.ChurnedVoluntary, lifecycle.ChurnedForced}).Draw(t, "marked"),
		ForcedTag: rapid.Bool().Draw(t, "tag"), Withdrawn: rapid.Bool().Draw(t, "withdrawn"),
		Responded: rapid.Bool().Draw(t, "responded"), DaysSinceResponse: rapid.IntRange(0, 400).Draw(t, "response"),
		Orders: rapid.IntRange(0, 3).Draw(t, "orders"), DaysSinceFirst: rapid.IntRange(0, 800).Draw(t, "first"),
		RevenueRank: rapid.Float64Range(0, 1).Draw(t, "revenue"), LifetimeRank: rapid.Float64Range(0, 1).Draw(t, "lifetime"), Frequency: rapid.IntRange(0, 5).Draw(t, "f"),
	}
	f.DaysSinceLast = rapid.IntRange(0, f.DaysSinceFirst).Draw(t, "last")
	if rapid.Bool().Draw(t, "modelled") {
		f.PAlive = alive(rapid.Float64Range(0, 1).Draw(t, "alive"))
	}
	return f
}

func drawnRules(t *rapid.T) lifecycle.Rules {
	r := lifecycle.Usual()
	r.HighBy = rapid.SampledFrom([]lifecycle.Measure{lifecycle.Revenue, lifecycle.LifetimeValue}).Draw(t, "by")
	r.DormantBy = rapid.SampledFrom([]lifecycle.Dormancy{lifecycle.ByRhythm, lifecycle.ByDays}).Draw(t, "dormancy")
	r.Withdrawn = rapid.SampledFrom([]lifecycle.Withdrawal{lifecycle.LeavesAlways, lifecycle.LeavesUnlessBuying, lifecycle.LeavesNever}).Draw(t, "withdrawal")
	r.SilentLeaves = rapid.Bool().Draw(t, "silence")
	r.NewDays, r.DormantDays = rapid.IntRange(1, 500).Draw(t, "new"), rapid.IntRange(1, 500).Draw(t, "days")
	return r
}

// Everybody is in exactly one stage, with a reason, twice the same; and no stage is of one who could not be in it.
func TestEverybodyHasOneStage(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f, r := drawnFacts(t), drawnRules(t)
		stage, reason := lifecycle.Decide(f, r)
		if again, why := lifecycle.Decide(f, r); again != stage || why != reason {
			t.Fatalf("got %s, %s and then %s, %s", stage, reason, again, why)
		}
		if !slices.Contains(lifecycle.Stages(), stage) || !slices.Contains(lifecycle.Reasons(), reason) {
			t.Fatalf("got %q, %q", stage, reason)
		}
		forced := f.ForcedTag || f.Marked == lifecycle.ChurnedForced
		if (stage == lifecycle.ChurnedForced) != forced {
			t.Fatalf("%+v: got %s", f, stage)
		}
		buyer := slices.Contains([]lifecycle.Stage{lifecycle.NewBuyer, lifecycle.HighValue, lifecycle.PotentialValue, lifecycle.LowValue}, stage)
		if buyer && f.Orders == 0 || (stage == lifecycle.Prospect || stage == lifecycle.Respondent) && f.Orders > 0 {
			t.Fatalf("%d orders: got %s", f.Orders, stage)
		}
	})
}

// A buyer who waits longer never comes back by waiting.
func TestWaitingNeverBringsABuyerBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f, r := drawnFacts(t), drawnRules(t)
		f.Orders = max(1, f.Orders)
		later := f
		wait := rapid.IntRange(1, 500).Draw(t, "wait")
		later.DaysSinceFirst, later.DaysSinceLast = f.DaysSinceFirst+wait, f.DaysSinceLast+wait
		was, _ := lifecycle.Decide(f, r)
		is, _ := lifecycle.Decide(later, r)
		if was == lifecycle.ChurnedVoluntary && is != was {
			t.Fatalf("from %s to %s by waiting %d days", was, is, wait)
		}
	})
}

func TestStagesAndReasonsHaveWords(t *testing.T) {
	for _, language := range []string{"ko", "en"} {
		for _, s := range lifecycle.Stages() {
			if w := lifecycle.Explain(s, language); w.Name == "" || w.Meaning == "" {
				t.Errorf("%s in %s: got %+v", s, language, w)
			}
		}
		for _, r := range lifecycle.Reasons() {
			if lifecycle.Because(r, language) == "" {
				t.Errorf("%s has no words in %s", r, language)
			}
		}
	}
}
