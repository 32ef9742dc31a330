package consent

import (
	"maps"
	"time"
)

// Since is the moment of the statement behind each state, under the same slots as States. A slot without a moment is older than any statement.
type Since map[string]time.Time

// Apply returns the states once a statement is heard, with the moments that they hold since; the arguments are left as they were.
// The statement made last (At) wins, not the one that arrived last; of two made at the same moment the withdrawal wins, since doubt is no.
// Applying a set of statements therefore ends the same in any order, and applying one twice changes nothing.
func Apply(states States, since Since, c Consent) (States, Since) {
	slot := Slot(c.Channel, c.Purpose)
	if !supersedes(c, states[slot], since[slot]) {
		return states, since
	}
	states, since = maps.Clone(states), maps.Clone(since)
	if states == nil {
		states = States{}
	}
	if since == nil {
		since = Since{}
	}
	states[slot], since[slot] = c.State, c.At
	return states, since
}

func supersedes(c Consent, held State, since time.Time) bool {
	switch {
	case held == "", c.At.After(since):
		return true
	case c.At.Equal(since):
		return c.State == Withdrawn && held != Withdrawn
	default:
		return false
	}
}

// Fold returns what a whole history of statements, in any order, amounts to.
func Fold(history []Consent) (States, Since) {
	var states States
	var since Since
	for _, c := range history {
		states, since = Apply(states, since, c)
	}
	return states, since
}
