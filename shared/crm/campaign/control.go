package campaign

import (
	"time"

	"github.com/dangol/dangol/shared/errs"
)

// Status is where a campaign stands.
type Status string

// The states.
const (
	Draft    Status = "draft"
	Planning Status = "planning" // the audience is being frozen
	Sending  Status = "sending"  // messages go out; later ones may still be written
	Paused   Status = "paused"
	Stopped  Status = "stopped"  // the provider refused the content, or planning failed; Reason says why
	Sent     Status = "sent"     // nothing is left to send
	Canceled Status = "canceled" // for good
)

// Statuses lists all of them.
var Statuses = []Status{Draft, Planning, Sending, Paused, Stopped, Sent, Canceled}

// Action moves a campaign on.
type Action string

// The actions. Freeze, Stop and Finish are the workers'; the others are its owner's.
const (
	Launch      Action = "launch"
	Freeze      Action = "freeze" // the audience is known
	Pause       Action = "pause"
	Resume      Action = "resume"
	Cancel      Action = "cancel"
	Stop        Action = "stop"
	Finish      Action = "finish"
	RetryFailed Action = "retryFailed"
)

// Actions lists all of them.
var Actions = []Action{Launch, Freeze, Pause, Resume, Cancel, Stop, Finish, RetryFailed}

// Move is one thing that an action can do.
type Move struct {
	From   Status
	Action Action
	To     Status
}

// Moves is all that can happen. Resume leads back to Planning while the audience is not frozen (Control.Act).
var Moves = []Move{
	{Draft, Launch, Planning},
	{Planning, Freeze, Sending},
	{Paused, Freeze, Paused},
	{Planning, Pause, Paused},
	{Sending, Pause, Paused},
	{Paused, Resume, Sending},
	{Stopped, Resume, Sending},
	{Planning, Cancel, Canceled},
	{Sending, Cancel, Canceled},
	{Paused, Cancel, Canceled},
	{Stopped, Cancel, Canceled},
	{Planning, Stop, Stopped},
	{Paused, Stop, Stopped},
	{Sending, Stop, Stopped},
	{Sending, Finish, Sent},
	{Sent, RetryFailed, Sending},
	{Sending, RetryFailed, Sending},
}

// Frozen is the audience as it was when the campaign was launched.
type Frozen struct {
	At             time.Time `json:"at"`
	SegmentID      string    `json:"segmentId"`
	SegmentVersion int64     `json:"segmentVersion"`
	Audience       int       `json:"audience" doc:"How many customers were in the segment."`
	Holdout        int       `json:"holdout" doc:"How many of them are not contacted, to compare with."`
	Reachable      int       `json:"holdoutReachable" doc:"How many of the hold-out could have been contacted; they are what is compared."`
	Chunks         int       `json:"chunks"`
	Hash           string    `json:"hash" doc:"SHA-256 of the frozen list of ids."`
}

// Planned returns how many messages the campaign has.
func (f *Frozen) Planned() int { return f.Audience - f.Holdout }

// Control is where a campaign stands, apart from its plan: every action writes it anew, and its version is the campaign's epoch. A worker that
// claims messages checks the epoch in the same transaction, so that one that has not heard of a pause or a cancel can claim nothing.
type Control struct {
	Status     Status     `json:"status"`
	Reason     string     `json:"reason,omitempty"`
	JobID      string     `json:"jobId,omitempty"`
	LaunchedAt *time.Time `json:"launchedAt,omitempty"`
	FinishedAt *time.Time `json:"finishedAt,omitempty"`
	Frozen     *Frozen    `json:"frozen,omitempty"`
	// Complete says that every message of the frozen audience is written. It is kept as a counter, since it must not change the epoch.
	Complete bool `json:"-"`
	// Epoch is the version at which the control was read.
	Epoch int64 `json:"-"`
}

// Act applies an action at a moment; errs campaign_not_possible, with the status, when the campaign's status does not allow it.
func (c *Control) Act(a Action, now time.Time) error {
	for _, m := range Moves {
		if m.From == c.Status && m.Action == a {
			c.Status = m.To
			c.Reason = ""
			c.note(a, now)
			return nil
		}
	}
	return errs.Newf(errs.Conflict, "campaign_not_possible", "action", string(a), "status", string(c.Status)).With("status", c.Status)
}

func (c *Control) note(a Action, now time.Time) {
	switch a {
	case Launch:
		c.LaunchedAt = &now
	case Resume:
		if c.Frozen == nil {
			c.Status = Planning
		}
	case Cancel, Finish:
		c.FinishedAt = &now
	case RetryFailed:
		c.FinishedAt = nil
	case Freeze, Pause, Stop:
	}
}
