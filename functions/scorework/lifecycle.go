package scorework

import (
	"time"

	"github.com/dangol/dangol/shared/crm/lifecycle"
	"github.com/dangol/dangol/shared/crm/score"
)

// entry is a customer in the file of a month.
func entry(id string, s *score.Score) lifecycle.Entry {
	e := lifecycle.Entry{CustomerID: id, Stage: s.LifecycleStage}
	if s.RFM != nil {
		e.Units = s.RFM.Revenue.Units()
	}
	return e
}

// entries go through the customers as a month's file has them.
func entries(scores *score.List) func(yield func(lifecycle.Entry) bool) {
	return func(yield func(lifecycle.Entry) bool) {
		for i, s := range scores.From(0) {
			if !yield(entry(scores.ID(i), s)) {
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
