package lifecycle

// Facts are what is known of a customer at the end of a day.
type Facts struct {
	Marked    Stage // churnedVoluntary or churnedForced when the business set it on the customer by hand, else ""
	ForcedTag bool  // has one of the tags of the rules
	Withdrawn bool  // gave statements of consent, and took back every one

	Responded         bool // ever opened or clicked a message
	DaysSinceResponse int

	Orders         int // without refunds
	DaysSinceFirst int // order
	DaysSinceLast  int
	PAlive         *float64 // nil without a model

	// RevenueRank and LifetimeRank are the share of the buyers who bring as much or more, above 0 to 1; 0 where it is not known.
	RevenueRank, LifetimeRank float64
	Frequency                 int // score F, 0 where it is not known
}

// Decide returns where the customer stands and why. It knows an answer for all facts. What the business says comes before what the customer says, that
// before what they did, and a buyer is new before anything is said of their value: one order is no measure.
func Decide(f Facts, r Rules) (Stage, Reason) {
	if reason := ended(f); reason != "" {
		return ChurnedForced, reason
	}
	if reason := left(f, r); reason != "" {
		return ChurnedVoluntary, reason
	}
	switch {
	case f.Orders > 0:
		return buyer(f, r)
	case f.Responded && f.DaysSinceResponse < r.RespondentDays:
		return Respondent, Responded
	default:
		return Prospect, NeverBought
	}
}

func ended(f Facts) Reason {
	switch {
	case f.Marked == ChurnedForced:
		return MarkedEnded
	case f.ForcedTag:
		return ForcedTag
	default:
		return ""
	}
}

// left says why the customer has left of their own will, "" when they have not.
func left(f Facts, r Rules) Reason {
	if f.Marked == ChurnedVoluntary {
		return MarkedLeft
	}
	silent := dormant(f, r)
	withdrew := f.Withdrawn && r.Withdrawn != LeavesNever
	switch {
	case withdrew && silent != "":
		return WithdrewSilent
	case withdrew && (f.Orders == 0 || r.Withdrawn == LeavesAlways):
		return Withdrew
	case r.SilentLeaves:
		return silent
	default:
		return ""
	}
}

// dormant says how a buyer is known to have gone silent, "" when they have not. One day with purchases shows no rhythm: BG/NBD takes everybody who bought
// once for alive with certainty (Fader, Hardie and Lee, "Computing P(alive) Using the BG/NBD Model", 2008, with x = 0), so that they could never leave.
func dormant(f Facts, r Rules) Reason {
	once := f.DaysSinceFirst == f.DaysSinceLast
	if f.Orders > 0 && r.DormantBy == ByRhythm && f.PAlive != nil && !once {
		if *f.PAlive < r.DormantBelow {
			return SilentByRhythm
		}
		return ""
	}
	switch {
	case f.Orders == 0 || f.DaysSinceLast < r.DormantDays:
		return ""
	case r.DormantBy == ByDays:
		return SilentByDays
	case f.PAlive == nil:
		return SilentNoModel
	default:
		return SilentBoughtOnce
	}
}

func buyer(f Facts, r Rules) (Stage, Reason) {
	high, other := r.ranks(f)
	switch {
	case f.DaysSinceFirst < r.NewDays:
		return NewBuyer, FirstPurchase
	case high.within(r.HighTopPercent):
		return HighValue, high.reason
	case other.within(r.PotentialTopPercent):
		return PotentialValue, other.reason
	case r.PotentialFrequency > 0 && f.Frequency >= r.PotentialFrequency:
		return PotentialValue, Frequent
	case f.RevenueRank == 0:
		return LowValue, FewBuyers
	default:
		return LowValue, Buys
	}
}

// rank is a place among the buyers by a measure.
type rank struct {
	share  float64
	reason Reason
}

func (k rank) within(percent float64) bool { return k.share > 0 && k.share <= percent/100 }

// ranks are the customer's by the measure of high value and by the other one. Without a lifetime value revenue decides alone.
func (r Rules) ranks(f Facts) (high, other rank) {
	revenue, lifetime := rank{f.RevenueRank, TopRevenue}, rank{f.LifetimeRank, TopLifetimeValue}
	if r.HighBy == LifetimeValue && f.LifetimeRank > 0 {
		return lifetime, revenue
	}
	return revenue, lifetime
}
