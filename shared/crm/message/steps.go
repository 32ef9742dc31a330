package message

import (
	"fmt"
	"time"
)

// Step is something that happens to a message and may move it to another state.
type Step string

// The steps.
const (
	Claim    Step = "claim"    // a worker takes it, under a lease
	Deny     Step = "deny"     // it must not be sent
	Accept   Step = "accept"   // the provider took it, as the hand-over or a later event says
	Refuse   Step = "refuse"   // it will never be taken
	GiveBack Step = "giveBack" // certainly not taken, or sent again whatever happened: plan it again
	Lose     Step = "lose"     // the lease ran out between hand-over and record
	GiveUp   Step = "giveUp"   // nobody told what became of it, and the campaign rather loses it
	Withdraw Step = "withdraw" // the campaign was canceled
	Retry    Step = "retry"    // its owner wants it tried again
)

// Steps lists all of them.
var Steps = []Step{Claim, Deny, Accept, Refuse, GiveBack, Lose, GiveUp, Withdraw, Retry}

// Transition is one arrow between states.
type Transition struct {
	From State
	Step Step
	To   State
}

// Transitions is every arrow there is; what is not listed cannot happen.
var Transitions = []Transition{
	{Planned, Claim, Sending},
	{Planned, Deny, Skipped},
	{Planned, Refuse, Failed}, // the template cannot be filled, or too many attempts
	{Planned, Withdraw, Canceled},
	{Planned, Accept, Accepted}, // a report that came after the message had been given back

	{Sending, Accept, Accepted},
	{Sending, Refuse, Failed},
	{Sending, GiveBack, Planned},
	{Sending, Claim, Sending}, // lease over, and the provider knows a message it has seen
	{Sending, Lose, Uncertain},

	{Uncertain, Accept, Accepted},
	{Uncertain, Refuse, Failed},
	{Uncertain, GiveBack, Planned},
	{Uncertain, GiveUp, Failed},

	{Failed, Accept, Accepted}, // given up, and then the provider reports it after all
	{Failed, Retry, Planned},

	{Canceled, Accept, Accepted}, // handed over, given back, canceled: and then it is reported
}

var arrows = index(Transitions)

func index(ts []Transition) map[Transition]State {
	out := make(map[Transition]State, len(ts))
	for _, t := range ts {
		out[Transition{From: t.From, Step: t.Step}] = t.To
	}
	return out
}

// Next returns the state that a step leads to, and whether it can happen.
func Next(from State, s Step) (State, bool) {
	to, ok := arrows[Transition{From: from, Step: s}]
	return to, ok
}

// StepError reports a step that cannot happen in the message's state.
type StepError struct {
	From State
	Step Step
}

// Error names the state and the step.
func (e *StepError) Error() string { return fmt.Sprintf("message: no %s from %s", e.Step, e.From) }

// step moves the message and ends its claim and its reason; the callers set what they bring.
func (m *Message) step(s Step) error {
	to, ok := Next(m.State, s)
	if !ok {
		return &StepError{m.State, s}
	}
	m.State, m.Reason, m.LeaseUntil = to, "", nil
	return nil
}

// Claim takes the message for the worker of an epoch until the lease ends.
func (m *Message) Claim(epoch int64, address string, until time.Time) error {
	if err := m.step(Claim); err != nil {
		return err
	}
	m.Epoch, m.Address, m.LeaseUntil = epoch, address, &until
	m.Attempt++
	return nil
}

// ClaimedAs says whether the message still stands as it was claimed in c: no other worker has it, and nobody has settled it.
func (m *Message) ClaimedAs(c *Message) bool {
	return m.State == Sending && m.Epoch == c.Epoch && m.Attempt == c.Attempt
}

// LeaseOver says whether a message being sent has outlived its worker's lease.
func (m *Message) LeaseOver(now time.Time) bool {
	return m.State == Sending && (m.LeaseUntil == nil || !m.LeaseUntil.After(now))
}

// Skip ends the message for a reason that MaySend gave.
func (m *Message) Skip(reason string) error { return m.because(Deny, reason) }

// Fail ends the message as refused.
func (m *Message) Fail(reason string) error { return m.because(Refuse, reason) }

// GiveUp ends an uncertain message.
func (m *Message) GiveUp() error { return m.because(GiveUp, LeaseLost) }

func (m *Message) because(s Step, reason string) error {
	if err := m.step(s); err != nil {
		return err
	}
	m.Reason = reason
	return nil
}

// Accepted notes that the provider took it.
func (m *Message) Accepted(at time.Time) error {
	if err := m.step(Accept); err != nil {
		return err
	}
	m.AcceptedAt = &at
	return nil
}

// Defer plans a message again that the provider asked to try later: no attempt, but it is remembered.
func (m *Message) Defer() error {
	err := m.GiveBack(false)
	if err == nil {
		m.PutOff++
	}
	return err
}

// GiveBack plans a message again that was certainly not taken. counted says whether the attempt counts.
func (m *Message) GiveBack(counted bool) error {
	if err := m.step(GiveBack); err != nil {
		return err
	}
	if !counted && m.Attempt > 0 {
		m.Attempt--
	}
	return nil
}

// Lose marks a message whose worker was lost between hand-over and record. The end of its lease stays, as the time since when it is uncertain.
func (m *Message) Lose() error {
	since := m.LeaseUntil
	err := m.step(Lose)
	m.LeaseUntil = since
	return err
}

// Withdraw ends a planned message of a canceled campaign.
func (m *Message) Withdraw() error { return m.step(Withdraw) }

// Retry plans a failed message again if its reason allows.
func (m *Message) Retry() error {
	if m.State == Failed && !Retryable(m.Reason) {
		return &StepError{m.State, Retry}
	}
	err := m.step(Retry)
	if err == nil {
		m.Attempt, m.PutOff = 0, 0
	}
	return err
}
