// Package lifecycle says where each customer stands between a first contact and the end of the relationship (고객 라이프사이클): prospect, respondent, buyer
// (new, high value, potential value, low value), churned (of their own will, or by the business's). The rules are the workspace's; what they decide is kept
// month by month, so that the moves from one stage to another can be counted.
package lifecycle

// Stage is where a customer stands. Everybody is in exactly one.
type Stage string

// The stages.
const (
	Prospect         Stage = "prospect"         // never bought, and has not responded of late
	Respondent       Stage = "respondent"       // never bought, but opened or clicked a message of late
	NewBuyer         Stage = "newBuyer"         // bought for the first time not long ago
	HighValue        Stage = "highValue"        // among those who bring the most
	PotentialValue   Stage = "potentialValue"   // could come to be of high value
	LowValue         Stage = "lowValue"         // still buys; the rest
	ChurnedVoluntary Stage = "churnedVoluntary" // left of their own will, with or without a word
	ChurnedForced    Stage = "churnedForced"    // the business ended it
)

// Stages lists them in the order of the cycle.
func Stages() []Stage {
	return []Stage{Prospect, Respondent, NewBuyer, HighValue, PotentialValue, LowValue, ChurnedVoluntary, ChurnedForced}
}

// Reason is why a customer is in a stage.
type Reason string

// The reasons.
const (
	NeverBought      Reason = "neverBought"      // and has not responded within the days of the rules
	Responded        Reason = "responded"        // opened or clicked within them
	FirstPurchase    Reason = "firstPurchase"    // it lies within the days in which a buyer is new
	TopRevenue       Reason = "topRevenue"       // among the top share by revenue
	TopLifetimeValue Reason = "topLifetimeValue" // among the top share by lifetime value
	Frequent         Reason = "frequent"         // buys more often than most
	Buys             Reason = "buys"             // and nothing above holds
	FewBuyers        Reason = "fewBuyers"        // there are too few buyers to compare with
	MarkedLeft       Reason = "markedLeft"       // the stage churnedVoluntary was set on the customer by hand
	Withdrew         Reason = "withdrew"         // took back every consent
	WithdrewSilent   Reason = "withdrewSilent"   // took back every consent, and is dormant
	SilentByRhythm   Reason = "silentByRhythm"   // dormant: P(alive) is below that of the rules
	SilentByDays     Reason = "silentByDays"     // dormant: no order for the days of the rules, which ask for days
	SilentNoModel    Reason = "silentNoModel"    // the same, since the models have not enough data for P(alive)
	SilentBoughtOnce Reason = "silentBoughtOnce" // the same, since one day with a purchase is no rhythm
	MarkedEnded      Reason = "markedEnded"      // the stage churnedForced was set on the customer by hand
	ForcedTag        Reason = "forcedTag"        // has a tag by which the business says so
)

// Reasons lists them in the order of the stages that they lead to.
func Reasons() []Reason {
	return []Reason{NeverBought, Responded, FirstPurchase, TopRevenue, TopLifetimeValue, Frequent, Buys, FewBuyers, MarkedLeft, Withdrew, WithdrewSilent,
		SilentByRhythm, SilentByDays, SilentNoModel, SilentBoughtOnce, MarkedEnded, ForcedTag}
}

// Standing is where a customer stands by the rules. It is kept with the score, and never written over a stage that was set on the customer by hand.
type Standing struct {
	LifecycleStage  Stage  `json:"lifecycleStage,omitempty" enum:"prospect,respondent,newBuyer,highValue,potentialValue,lowValue,churnedVoluntary,churnedForced" doc:"By the workspace's rules; absent before the first rebuild that knew them."`
	LifecycleReason Reason `json:"lifecycleReason,omitempty" enum:"neverBought,responded,firstPurchase,topRevenue,topLifetimeValue,frequent,buys,fewBuyers,markedLeft,withdrew,withdrewSilent,silentByRhythm,silentByDays,silentNoModel,silentBoughtOnce,markedEnded,forcedTag"`
	LifecycleSince  string `json:"lifecycleSince,omitempty" format:"date" doc:"The first day on which a rebuild found the stage."`
	LifecycleBefore Stage  `json:"lifecycleBefore,omitempty" enum:"prospect,respondent,newBuyer,highValue,potentialValue,lowValue,churnedVoluntary,churnedForced" doc:"The stage at the end of the month before; absent for who was no customer then."`
}

// Follow sets since when the stage holds: since before when that is the same stage on an earlier day, else since asOf (YYYY-MM-DD).
func (s *Standing) Follow(before Standing, asOf string) {
	s.LifecycleSince = asOf
	if before.LifecycleStage == s.LifecycleStage && before.LifecycleSince != "" && before.LifecycleSince < asOf {
		s.LifecycleSince = before.LifecycleSince
	}
}
