// Package message is one planned contact of a campaign with one customer: its states, what may follow what, why it was or was not sent, and how
// the books of a campaign are kept.
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

// Pending says whether the message is still to be sent.
func (s State) Pending() bool { return s == Planned || s == Sending }

// The reasons for a message not being sent.
const (
	NoConsent      = "noConsent"
	SuppressedHere = "suppressed"
	InvalidAddress = "invalidAddress"
	MergedAway     = "merged"   // the customer became one with another who has a message of the campaign
	Archived       = "archived" // the customer was archived or removed since planning
	Capped         = "capped"
	Bounced        = "bounced"      // the address will never work
	Refused        = "refused"      // by the provider, for its content
	NotRendered    = "renderFailed" // the template could not be filled for this customer
	Exhausted      = "attemptsExhausted"
	LeaseLost      = "leaseLost" // uncertain, and the campaign rather loses a message than sends it twice
)

// Retryable says whether a failed message may be planned again when its owner asks: nothing went out, and the reason may have gone away.
func Retryable(reason string) bool {
	return reason == Refused || reason == NotRendered || reason == Exhausted
}

// Email is the channel of campaigns by e-mail.
const Email = "email"

// Message is one row of the ledger.
type Message struct {
	ID         string     `json:"id"`
	CampaignID string     `json:"campaignId"`
	CustomerID string     `json:"customerId"`
	Channel    string     `json:"channel"`
	Address    string     `json:"address,omitempty" doc:"Where it went; known once a worker took it."`
	State      State      `json:"state" enum:"planned,sending,accepted,skipped,failed,uncertain,canceled"`
	Reason     string     `json:"reason,omitempty" doc:"Why it was skipped or failed: noConsent, suppressed, invalidAddress, archived, merged, bounced, refused, renderFailed, attemptsExhausted, leaseLost."`
	Attempt    int        `json:"attempt,omitempty" doc:"How often it was taken up for sending; being slowed down by the provider does not count."`
	PlannedAt  time.Time  `json:"plannedAt"`
	AcceptedAt *time.Time `json:"acceptedAt,omitempty" doc:"When the provider took it."`

	// Responses: when each was first seen.
	DeliveredAt     *time.Time `json:"deliveredAt,omitempty"`
	OpenedAt        *time.Time `json:"openedAt,omitempty" doc:"First opening by a person, as far as it can be told."`
	MachineOpenedAt *time.Time `json:"machineOpenedAt,omitempty" doc:"First opening by a scanner or a mail proxy."`
	ClickedAt       *time.Time `json:"clickedAt,omitempty"`
	BoughtAt        *time.Time `json:"boughtAt,omitempty"`
	BouncedAt       *time.Time `json:"bouncedAt,omitempty"`
	ComplainedAt    *time.Time `json:"complainedAt,omitempty"`
	UnsubscribedAt  *time.Time `json:"unsubscribedAt,omitempty"`

	// Claim: until when its worker may send it, and the campaign's epoch it was claimed in. Together with Attempt it names the claim.
	LeaseUntil *time.Time `json:"-"`
	Epoch      int64      `json:"-"`

	// PutOff is how often the provider asked to try this message later; such a try is no attempt.
	PutOff int `json:"-"`

	Chunk   int   `json:"-"`
	Version int64 `json:"-"`
}

// ID returns the identifier that a campaign's message to a customer always has: planning twice plans the same message.
func ID(tenant, campaign string, wave, step int, customer, channel string) string {
	return id.Derived(id.Message, tenant, campaign, strconv.Itoa(wave), strconv.Itoa(step), customer, channel)
}

// ChunkSize is about how many messages are in a chunk, the piece of a campaign that one worker sends at a time.
const ChunkSize = 700

// Chunks returns over how many chunks n messages are spread.
func Chunks(n int) int { return max(1, (n+ChunkSize-1)/ChunkSize) }

// ChunkOf returns the chunk of a message among chunks: FNV-1a of its id, so that it is found again from the id alone.
func ChunkOf(messageID string, chunks int) int {
	h := uint32(2166136261)
	for i := range len(messageID) {
		h = (h ^ uint32(messageID[i])) * 16777619
	}
	return int(h % uint32(max(1, chunks)))
}

// Call asks a worker to send a chunk. One of another epoch than the campaign's is stale and does nothing.
type Call struct {
	Tenant   string `json:"tenant"`
	Campaign string `json:"campaign"`
	Chunk    int    `json:"chunk"`
	Epoch    int64  `json:"epoch"`
	// Pauses counts how often in a row the provider asked to slow down; the wait grows with it.
	Pauses int `json:"pauses,omitempty"`
}
