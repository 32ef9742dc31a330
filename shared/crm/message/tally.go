package message

import "strings"

// Tally is the books of a chunk, or of several added up: counters by name. A chunk's tally changes in the same transaction as its messages, so
// the two agree at every moment; Count is both how a change is booked and how the books are checked.
type Tally map[string]int64

// The counters. Each State but the pending ones has one under its own name; skippedBy, failedBy and responses have one per reason or kind.
const (
	plannedCounter = "planned" // every message there is, in whatever state
	pendingCounter = "pending"
	skippedBy      = "skippedBy."
	failedBy       = "failedBy."
	responses      = "responses."
)

// Count adds the message n times (1 or -1).
func (t Tally) Count(m *Message, n int64) {
	t[plannedCounter] += n
	t[bucket(m.State)] += n
	switch m.State {
	case Skipped:
		t[skippedBy+m.Reason] += n
	case Failed:
		t[failedBy+m.Reason] += n
	}
	for _, k := range Kinds {
		if *m.at(k) != nil {
			t[responses+string(k)] += n
		}
	}
}

// Move books the change of a message from was to is; counters that stay as they are are not left behind as zeros.
func (t Tally) Move(was, is *Message) {
	t.Count(was, -1)
	t.Count(is, 1)
}

// Trim drops counters of zero.
func (t Tally) Trim() Tally {
	for name, n := range t {
		if n == 0 {
			delete(t, name)
		}
	}
	return t
}

// Add adds other books to these.
func (t Tally) Add(other map[string]int64) {
	for name, n := range other {
		t[name] += n
	}
}

func bucket(s State) string {
	if s.Pending() {
		return pendingCounter
	}
	return string(s)
}

// Planned returns how many messages there are.
func (t Tally) Planned() int64 { return t[plannedCounter] }

// Pending returns how many are still to be sent.
func (t Tally) Pending() int64 { return t[pendingCounter] }

// In returns how many messages are in a state that is not pending.
func (t Tally) In(s State) int64 { return t[string(s)] }

// FailedFor returns how many failed for a reason.
func (t Tally) FailedFor(reason string) int64 { return t[failedBy+reason] }

// Responded returns how many messages had a response of the kind.
func (t Tally) Responded(k Kind) int64 { return t[responses+string(k)] }

// SkippedBy returns how many were skipped for each reason.
func (t Tally) SkippedBy() map[string]int64 { return t.under(skippedBy) }

// FailedBy returns how many failed for each reason.
func (t Tally) FailedBy() map[string]int64 { return t.under(failedBy) }

func (t Tally) under(prefix string) map[string]int64 {
	out := map[string]int64{}
	for name, n := range t {
		if reason, ok := strings.CutPrefix(name, prefix); ok && n != 0 {
			out[reason] = n
		}
	}
	return out
}

// Balanced says whether every message is in exactly one state: planned = accepted + skipped + failed + uncertain + pending + canceled.
func (t Tally) Balanced() bool {
	sum := t.Pending()
	for _, s := range States {
		if !s.Pending() {
			sum += t.In(s)
		}
	}
	return sum == t.Planned() && sumOf(t.SkippedBy()) == t.In(Skipped) && sumOf(t.FailedBy()) == t.In(Failed)
}

func sumOf(m map[string]int64) (n int64) {
	for _, v := range m {
		n += v
	}
	return n
}
