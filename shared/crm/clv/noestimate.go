package clv

import (
	"fmt"
	"math"
)

// What a cohort must have before a model says anything about it. Fewer customers give parameters that the next week turns over.
const (
	MinBuyers       = 500
	MinDays         = 180
	MinRepeatBuyers = 50
)

// Reason says why there is no estimate.
type Reason int

const (
	TooFewBuyers       Reason = iota + 1 // fewer than MinBuyers customers bought
	TooShortHistory                      // the first purchase of all is less than MinDays days ago
	TooFewRepeatBuyers                   // fewer than MinRepeatBuyers came back (for spend: came back and paid)
	NotConverged                         // no maximum of the likelihood was found, or only at the edge of what numbers can say
)

func (r Reason) String() string {
	return [...]string{"", "too few buyers", "too short a history", "too few repeat buyers", "not converged"}[r]
}

// NoEstimate is the error of a fit that does not say anything. Its text is for logs; screens word the reason themselves.
type NoEstimate struct {
	Reason Reason
	Have   int // buyers, days or repeat buyers
	Need   int // 0 for NotConverged
}

func (e *NoEstimate) Error() string {
	return fmt.Sprintf("no estimate: %s (%d of %d)", e.Reason, e.Have, e.Need)
}

// Sufficient returns a *NoEstimate where the cohort is too small or too young for any model, nil otherwise.
func (c *Cohort) Sufficient() error {
	for _, limit := range []NoEstimate{
		{TooFewBuyers, c.customers, MinBuyers},
		{TooShortHistory, int(math.Round(c.oldest * DaysPerWeek)), MinDays},
		{TooFewRepeatBuyers, c.repeaters, MinRepeatBuyers},
	} {
		if limit.Have < limit.Need {
			return &limit
		}
	}
	return nil
}
