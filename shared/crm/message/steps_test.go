package message

import (
	"testing"
	"time"
)

func TestTransitionsAreClosed(t *testing.T) {
	reached := map[State]bool{Planned: true}
	for range States {
		for _, a := range Transitions {
			if reached[a.From] {
				reached[a.To] = true
			}
		}
	}
	for _, s := range States {
		if !reached[s] {
			t.Errorf("state %s cannot be reached", s)
		}
	}
	used := map[Step]bool{}
	for _, a := range Transitions {
		used[a.Step] = true
		if !reached[a.From] || !reached[a.To] {
			t.Errorf("arrow %v names an unknown state", a)
		}
	}
	for _, s := range Steps {
		if !used[s] {
			t.Errorf("step %s leads nowhere", s)
		}
	}
	if len(arrows) != len(Transitions) {
		t.Errorf("got %d arrows of %d transitions: one is listed twice", len(arrows), len(Transitions))
	}
}

// do takes a step by the method that the functions use.
func do(m *Message, s Step) error {
	now := time.Unix(1_900_000_000, 0).UTC()
	switch s {
	case Claim:
		return m.Claim(3, "a@b.kr", now)
	case Deny:
		return m.Skip(NoConsent)
	case Accept:
		return m.Accepted(now)
	case Refuse:
		return m.Fail(Refused)
	case GiveBack:
		return m.GiveBack(false)
	case Lose:
		return m.Lose()
	case GiveUp:
		return m.GiveUp()
	case Withdraw:
		return m.Withdraw()
	default:
		return m.Retry()
	}
}

func TestEveryStepFromEveryStateKeepsTheTableAndTheBooks(t *testing.T) {
	for _, from := range States {
		for _, s := range Steps {
			t.Run(string(from)+"_"+string(s), func(t *testing.T) {
				m := &Message{State: from, Reason: reasonOf(from)}
				was, books := *m, Tally{}
				books.Count(m, 1)
				err := do(m, s)
				to, allowed := Next(from, s)
				if (err == nil) != allowed {
					t.Fatalf("got error %v, want allowed %v", err, allowed)
				}
				if !allowed {
					to = from
				}
				if m.State != to {
					t.Errorf("got state %s, want %s", m.State, to)
				}
				books.Move(&was, m)
				recount := Tally{}
				recount.Count(m, 1)
				if !books.Balanced() || books.Planned() != 1 || !same(books.Trim(), recount.Trim()) {
					t.Errorf("got books %v, want %v", books, recount)
				}
			})
		}
	}
}

func reasonOf(s State) string {
	switch s {
	case Skipped:
		return NoConsent
	case Failed:
		return Exhausted
	}
	return ""
}

func same(a, b Tally) bool {
	if len(a) != len(b) {
		return false
	}
	for name, n := range a {
		if b[name] != n {
			return false
		}
	}
	return true
}

func TestRetryOnlyWhatCertainlyDidNotGoOut(t *testing.T) {
	for reason, want := range map[string]bool{Refused: true, Exhausted: true, NotRendered: true, Bounced: false, LeaseLost: false} {
		m := &Message{State: Failed, Reason: reason}
		if got := m.Retry() == nil; got != want {
			t.Errorf("retry of a message failed as %s: got %v, want %v", reason, got, want)
		}
	}
}
