package lifecycle

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/dangol/dangol/shared/errs"
)

// Measure is by what buyers are ranked.
type Measure string

// The measures. LifetimeValue is of the models; a buyer without one is ranked by revenue.
const (
	Revenue       Measure = "revenue"
	LifetimeValue Measure = "lifetimeValue"
)

// Dormancy is how it is told that a buyer has gone silent.
type Dormancy string

// By the customer's own rhythm, which P(alive) knows, or by a number of days that is the same for all.
const (
	ByRhythm Dormancy = "rhythm"
	ByDays   Dormancy = "days"
)

// Withdrawal is what it means that a customer took back every consent.
type Withdrawal string

// Withdrawn customers have left at once, or as long as they do not buy, or it means nothing.
const (
	LeavesAlways       Withdrawal = "always"
	LeavesUnlessBuying Withdrawal = "unlessBuying"
	LeavesNever        Withdrawal = "never"
)

// Rules are a workspace's. Percents are of the buyers, days are whole days up to the as-of day in the workspace's zone.
type Rules struct {
	RespondentDays      int        `json:"respondentDays" doc:"How many days after an opening or a click who never bought is a respondent: 1 to 3650."`
	NewDays             int        `json:"newDays" doc:"How many days after the first order a buyer is new: 1 to 3650."`
	HighBy              Measure    `json:"highBy" enum:"revenue,lifetimeValue" doc:"By what high value is ranked."`
	HighTopPercent      float64    `json:"highTopPercent" doc:"The top share of the buyers that is of high value: 1 to 100."`
	PotentialTopPercent float64    `json:"potentialTopPercent" doc:"The top share by the other measure that is of potential value: 0 (none) to 100."`
	PotentialFrequency  int        `json:"potentialFrequency" doc:"The least frequency score F that is of potential value: 2 to 5; 0 for none."`
	DormantBy           Dormancy   `json:"dormantBy" enum:"rhythm,days" doc:"By the customer's own rhythm (P(alive)), or by days alone."`
	DormantBelow        float64    `json:"dormantBelow" doc:"By rhythm: a P(alive) below this is dormant; 0.01 to 1."`
	DormantDays         int        `json:"dormantDays" doc:"By days, and where there is no rhythm: days without an order; 1 to 3650."`
	SilentLeaves        bool       `json:"silentLeaves" doc:"Whether a dormant buyer has left also without a word."`
	Withdrawn           Withdrawal `json:"withdrawn" enum:"always,unlessBuying,never" doc:"Whether who took back every consent has left."`
	ForcedTags          []string   `json:"forcedTags" nullable:"false" doc:"Tags by which the business ends the relationship: blocked, not paid; up to 20."`
}

// Usual are the rules of a workspace that made none.
//
//   - Respondent and new for 90 days: a quarter is the shortest time over which shops plan, and a message that led to nothing in a quarter is forgotten.
//   - High value is the top 20 % by revenue: the rule of Pareto, which the value pyramid shows, and the only figure that needs no model.
//   - Potential value is the top 20 % by lifetime value who are not yet in the top by revenue, and a frequency score of 4 or 5: habit comes before amount.
//   - Dormant below a P(alive) of 0.3: more than twice as likely gone as not. Without a rhythm after 365 days: shops live by the year's seasons.
//   - A silent buyer has left: in trade nobody gives notice. One who took back every consent and goes on buying has not.
func Usual() Rules {
	return Rules{RespondentDays: 90, NewDays: 90, HighBy: Revenue, HighTopPercent: 20, PotentialTopPercent: 20, PotentialFrequency: 4,
		DormantBy: ByRhythm, DormantBelow: 0.3, DormantDays: 365, SilentLeaves: true, Withdrawn: LeavesUnlessBuying, ForcedTags: []string{"blocked"}}
}

// Bounds of the rules.
const (
	MaxDays   = 3650
	MaxTags   = 20
	MaxTagLen = 100 // characters
)

// Check brings the tags into one form and adds what breaks a rule to e, below the pointer.
func (r *Rules) Check(e *errs.Error, at string) {
	within(e, at+"/respondentDays", r.RespondentDays, 1, MaxDays)
	within(e, at+"/newDays", r.NewDays, 1, MaxDays)
	oneOf(e, at+"/highBy", r.HighBy, Revenue, LifetimeValue)
	within(e, at+"/highTopPercent", r.HighTopPercent, 1, 100)
	within(e, at+"/potentialTopPercent", r.PotentialTopPercent, 0, 100)
	if r.PotentialFrequency != 0 {
		within(e, at+"/potentialFrequency", r.PotentialFrequency, 2, 5)
	}
	oneOf(e, at+"/dormantBy", r.DormantBy, ByRhythm, ByDays)
	within(e, at+"/dormantBelow", r.DormantBelow, 0.01, 1)
	within(e, at+"/dormantDays", r.DormantDays, 1, MaxDays)
	oneOf(e, at+"/withdrawn", r.Withdrawn, LeavesAlways, LeavesUnlessBuying, LeavesNever)
	r.checkTags(e, at+"/forcedTags")
}

func (r *Rules) checkTags(e *errs.Error, at string) {
	kept := make([]string, 0, len(r.ForcedTags))
	for _, tag := range r.ForcedTags {
		if tag = strings.TrimSpace(tag); tag != "" && !slices.Contains(kept, tag) {
			kept = append(kept, tag)
		}
		if utf8.RuneCountInString(tag) > MaxTagLen {
			e.Add(at, "too_long", "max", MaxTagLen)
		}
	}
	if len(kept) > MaxTags {
		e.Add(at, "items_too_many", "max", MaxTags)
	}
	r.ForcedTags = kept
}

func within[T int | float64](e *errs.Error, at string, v, least, most T) {
	if v < least {
		e.Add(at, "below_minimum", "min", least)
	}
	if v > most {
		e.Add(at, "above_maximum", "max", most)
	}
}

func oneOf[T ~string](e *errs.Error, at string, v T, options ...T) {
	if slices.Contains(options, v) {
		return
	}
	names := make([]string, len(options))
	for i, o := range options {
		names[i] = string(o)
	}
	e.Add(at, "option_unknown", "options", strings.Join(names, ", "))
}
