package launch

import (
	"slices"
	"time"
)

// Result is what came of a run.
type Result struct {
	Planned, Accepted, Failed, Uncertain int

	BigPlanned, BigFirst, BigEnded time.Duration // since its launch; zero without one
	SmallEnded                     time.Duration // the last small campaign's end, since the run began
	small                          []time.Duration
	smallWhole                     []time.Duration

	Calls, Refused                      int // of SES
	Tries, Throttled, Conflicts, GaveUp int // of transactions
	PlanHopsFailed, RunsFailed          int
	PeakSends, PeakPlans, PeakAll       int // functions at once; PeakAll without the stream's readers
	FeedLag                             time.Duration
	Depth                               []int // of the queue of chunks, minute by minute
	Events                              int
}

func (r *Result) accepted(t *tenant, at []time.Duration) {
	if t.id == 0 {
		if r.BigFirst == 0 && len(at) > 0 {
			r.BigFirst = at[0]
		}
		return
	}
	for _, when := range at {
		r.small = append(r.small, when-t.launched)
	}
}

func (r *Result) planned(t *tenant, now time.Duration) {
	if t.id == 0 {
		r.BigPlanned = now
	}
}

func (r *Result) campaign(t *tenant) {
	if t.id == 0 {
		r.BigEnded = t.ended - t.launched
		return
	}
	r.smallWhole = append(r.smallWhole, t.ended-t.launched)
	r.SmallEnded = max(r.SmallEnded, t.ended)
}

func (r *Result) close(w *world) {
	slices.Sort(r.small)
	slices.Sort(r.smallWhole)
	r.PeakSends, r.PeakPlans, r.PeakAll, r.FeedLag = w.sends.Peak, w.plans.Peak, w.account.Peak, w.feed.Lag
	r.Tries, r.Throttled, r.Conflicts, r.GaveUp = w.table.Tries, w.table.Throttled, w.table.Conflicts, w.table.GaveUp
}

// Small is how long messages of small tenants took from launch to acceptance, at a share of them: 0.5 is the median.
func (r *Result) Small(share float64) time.Duration { return at(r.small, share) }

// SmallWhole is the same of whole campaigns, to their last message.
func (r *Result) SmallWhole(share float64) time.Duration { return at(r.smallWhole, share) }

func at(sorted []time.Duration, share float64) time.Duration {
	if len(sorted) == 0 {
		return 0
	}
	return sorted[min(len(sorted)-1, int(share*float64(len(sorted))))]
}

// MostDepth is the deepest that the queue of chunks was.
func (r *Result) MostDepth() int {
	if len(r.Depth) == 0 {
		return 0
	}
	return slices.Max(r.Depth)
}

// Share is part of whole, 0 of none.
func Share(part, whole int) float64 {
	if whole == 0 {
		return 0
	}
	return float64(part) / float64(whole)
}
