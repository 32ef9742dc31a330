// Package message is one planned contact of a campaign with one customer: its states, what may follow what, and why it was or was not sent.
package message

import (
	"strconv"
	"time"

	"github.com/dangol/dangol/shared/id"
)

// State is where a message stands. Every planned message is in exactly one.
type State string

// The states. Planned and Sending count as pending in reports.
const (
	Planned   State = "planned"
	Sending   State = "sending"   // claimed by a worker whose lease has not run out
	Accepted  State = "accepted"  // the provider took it
	Skipped   State = "skipped"   // not sent on purpose; Reason says why
	Failed    State = "failed"    // refused for good; Reason says why
	Uncertain State = "uncertain" // handed over, but nobody knows whether it was taken
	Canceled  State = "canceled"  // the campaign was canceled first
)

// States lists all of them in the order of the report.
var States = []State{Planned, Sending, Accepted, Skipped, Failed, Uncertain, Canceled}

// The reasons for a message not being sent.
const (
	NoConsent      = "noConsent"
	SuppressedHere = "suppressed"
	InvalidAddress = "invalidAddress"
	Archived       = "archived" // the customer was archived since planning
	Capped         = "capped"
	Bounced        = "bounced"
	Refused        = "refused" // by the provider, for its content
	Exhausted      = "attemptsExhausted"
	LeaseLost      = "leaseLost"
)

// Message is one row of the ledger.
type Message struct {
	ID         string     `json:"id"`
	CampaignID string     `json:"campaignId"`
	CustomerID string     `json:"customerId"`
	Channel    string     `json:"channel"`
	Address    string     `json:"address,omitempty"` // known once claimed
	State      State      `json:"state"`
	Reason     string     `json:"reason,omitempty"`
	Attempt    int        `json:"attempt,omitempty"`
	PlannedAt  time.Time  `json:"plannedAt"`
	AcceptedAt *time.Time `json:"acceptedAt,omitempty"`

	// Responses: when each was first seen.
	DeliveredAt    *time.Time `json:"deliveredAt,omitempty"`
	OpenedAt       *time.Time `json:"openedAt,omitempty"`
	ClickedAt      *time.Time `json:"clickedAt,omitempty"`
	BoughtAt       *time.Time `json:"boughtAt,omitempty"`
	BouncedAt      *time.Time `json:"bouncedAt,omitempty"`
	ComplainedAt   *time.Time `json:"complainedAt,omitempty"`
	UnsubscribedAt *time.Time `json:"unsubscribedAt,omitempty"`

	// Claim: until when its worker may send it, and the campaign's epoch it was claimed in.
	LeaseUntil *time.Time `json:"leaseUntil,omitempty"`
	Epoch      int64      `json:"epoch,omitempty"`

	Chunk   int   `json:"chunk"`
	Version int64 `json:"-"`
}

// ID returns the identifier that a campaign's message to a customer always has: planning twice plans the same message.
func ID(tenant, campaign string, wave, step int, customer, channel string) string {
	return id.Derived(id.Message, tenant, campaign, strconv.Itoa(wave), strconv.Itoa(step), customer, channel)
}
