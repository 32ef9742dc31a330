package message

import (
	"time"

	"github.com/dangol/dangol/shared/crm/consent"
	"github.com/dangol/dangol/shared/crm/customer"
)

// Facts is what is known about the receiver at the moment of sending.
type Facts struct {
	Customer   *customer.Customer // nil: there is none any more
	Channel    consent.Channel
	Purpose    consent.Purpose
	Suppressed *Suppression // what stands against the address, nil if nothing does
}

// Suppression is an address that must not be contacted over a channel: it bounced, or its owner complained or unsubscribed.
type Suppression struct {
	Channel    string    `json:"channel"`
	Address    string    `json:"address"`
	Reason     string    `json:"reason"` // bounced, complained, unsubscribed
	CampaignID string    `json:"campaignId,omitempty"`
	MessageID  string    `json:"messageId,omitempty"`
	Detail     string    `json:"detail,omitempty"` // the provider's words
	At         time.Time `json:"at"`
}

// holds says whether the suppression stands against the customer: one that came from their own unsubscribing ends when they agree anew.
func (s *Suppression) holds(c *customer.Customer, slot string) bool {
	return s != nil && (s.Reason != string(Unsubscribed) || !c.ConsentsSince[slot].After(s.At))
}

// Decision is the answer of MaySend. Reason says why not.
type Decision struct {
	Allow  bool
	Reason string
}

// MaySend says whether a message may go out now. It is asked when a worker claims the message, not only when the campaign is planned, so that
// someone who withdrew in between is left alone. The first rule that says no gives the reason.
func MaySend(f Facts) Decision {
	c := f.Customer
	switch {
	case c == nil || c.ArchivedAt != nil:
		return deny(Archived)
	case !c.Consents.Allows(f.Channel, f.Purpose):
		return deny(NoConsent)
	case f.Suppressed.holds(c, consent.Slot(f.Channel, f.Purpose)):
		return deny(SuppressedHere)
	case Address(c, f.Channel) == "":
		return deny(InvalidAddress)
	}
	return Decision{Allow: true}
}

func deny(reason string) Decision { return Decision{Reason: reason} }

// Reasons lists why MaySend says no, in the order in which the rules are asked.
var Reasons = []string{Archived, NoConsent, SuppressedHere, InvalidAddress}

// Address returns where the customer is reached over a channel, "" when not at all.
func Address(c *customer.Customer, ch consent.Channel) string {
	switch ch {
	case consent.Email:
		if e, ok := customer.Email(c.Email); ok {
			return e
		}
	case consent.SMS, consent.Phone:
		return c.Phone
	}
	return ""
}
