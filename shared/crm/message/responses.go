package message

import "time"

// Kind is a response to a message. Each is counted once per message, when it was first seen.
type Kind string

// The kinds, as the report names them.
const (
	Delivered     Kind = "delivered"
	Opened        Kind = "opened"
	MachineOpened Kind = "openedByMachine"
	Clicked       Kind = "clicked"
	Bought        Kind = "bought"
	Unsubscribed  Kind = "unsubscribed"
	BouncedBack   Kind = "bounced"
	Complained    Kind = "complained"
)

// Kinds lists all of them.
var Kinds = []Kind{Delivered, Opened, MachineOpened, Clicked, Bought, Unsubscribed, BouncedBack, Complained}

// at returns the field that holds when the response was first seen.
func (m *Message) at(k Kind) **time.Time {
	switch k {
	case Delivered:
		return &m.DeliveredAt
	case Opened:
		return &m.OpenedAt
	case MachineOpened:
		return &m.MachineOpenedAt
	case Clicked:
		return &m.ClickedAt
	case Bought:
		return &m.BoughtAt
	case Unsubscribed:
		return &m.UnsubscribedAt
	case BouncedBack:
		return &m.BouncedAt
	case Complained:
		return &m.ComplainedAt
	}
	return new(*time.Time)
}

// Responded returns when the response was first seen, or nil.
func (m *Message) Responded(k Kind) *time.Time { return *m.at(k) }

// Respond notes a response and returns whether anything changed. The earliest moment wins, so that responses folded in any order, twice or
// late end the same.
func (m *Message) Respond(k Kind, at time.Time) bool {
	seen := m.at(k)
	at = at.UTC().Truncate(time.Millisecond)
	if *seen != nil && !at.Before(**seen) {
		return false
	}
	*seen = &at
	return true
}

// Report is what a provider says about a message that it was handed, in the order of how much it proves.
type Report string

// The reports.
const (
	ReportAccepted   Report = "accepted"
	ReportDelivered  Report = "delivered"
	ReportBounced    Report = "bounced"
	ReportComplained Report = "complained"
)

// Fold applies a provider's report and returns whether anything changed. Reports may come in any order, twice and late: the outcome is the same.
//
// A report other than a bounce proves that the provider took the message, so it becomes accepted whatever was believed. A bounce alone makes a
// message that nobody knew to be accepted a failed one, as the hand-over itself would have; an accepted one stays accepted and has bounced.
func (m *Message) Fold(r Report, at time.Time) bool {
	was := *m
	at = at.UTC().Truncate(time.Millisecond)
	if r == ReportBounced {
		m.foldBounce()
	} else {
		m.foldAcceptance(at)
	}
	if k, ok := reportKinds[r]; ok {
		m.Respond(k, at)
	}
	return was != *m
}

var reportKinds = map[Report]Kind{ReportDelivered: Delivered, ReportBounced: BouncedBack, ReportComplained: Complained}

func (m *Message) foldBounce() {
	if m.State.Pending() || m.State == Uncertain {
		_ = m.Fail(Bounced) // allowed from each of these states
	}
}

func (m *Message) foldAcceptance(at time.Time) {
	if m.State != Accepted && m.Accepted(at) != nil {
		return // it was never handed over: the report is about nothing
	}
	if m.AcceptedAt == nil || at.Before(*m.AcceptedAt) {
		m.AcceptedAt = &at
	}
}
