package campaign

import "github.com/dangol/dangol/shared/crm/message"

// Crowd is the audience on its way from the segment to those who will get the campaign.
type Crowd struct {
	Segment  int64  `json:"segment" doc:"How many customers are in the segment now."`
	Steps    []Step `json:"steps" nullable:"false" doc:"Who falls away, in this order: each step takes from what the ones before left."`
	Receives int64  `json:"receives" doc:"How many will get it."`
}

// Step is one reason to fall away.
type Step struct {
	Reason string `json:"reason" enum:"archived,noConsent,suppressed,invalidAddress,holdout"`
	Lost   int64  `json:"lost"`
	Left   int64  `json:"left"`
}

// Holdout is the reason of those who could have been written to and are not, to compare with. The others are message.Reasons.
const Holdout = "holdout"

// Shrink takes from a segment of so many whom each reason has lost, in the order in which a send asks.
func Shrink(segment int64, lost map[string]int64) Crowd {
	out := Crowd{Segment: segment, Receives: segment, Steps: make([]Step, 0, len(message.Reasons)+1)}
	take := func(reason string) {
		out.Receives -= lost[reason]
		out.Steps = append(out.Steps, Step{Reason: reason, Lost: lost[reason], Left: out.Receives})
	}
	for _, reason := range message.Reasons {
		take(reason)
	}
	take(Holdout)
	return out
}
