// Package customer is the record of a person or business that is served: its fields, their rules, and how they are brought into one form.
package customer

import (
	"time"

	"github.com/dangol/dangol/shared/crm/consent"
	"github.com/dangol/dangol/shared/crm/origin"
)

// Kind tells what sort of customer it is (고객의 분류).
type Kind string

// The kinds.
const (
	Consumer Kind = "consumer"
	Business Kind = "business"
	Channel  Kind = "channel" // distributor, franchisee
	Internal Kind = "internal"
)

// Address is a postal address. Country is ISO 3166-1 alpha-2.
type Address struct {
	Line1      string `json:"line1,omitempty"`
	Line2      string `json:"line2,omitempty"`
	City       string `json:"city,omitempty"`
	Region     string `json:"region,omitempty"`
	PostalCode string `json:"postalCode,omitempty"`
	Country    string `json:"country,omitempty"`
}

// Fields are what a person or program may set. Email is lower-case, Phone E.164, BirthDate YYYY-MM-DD, once Normalise has passed.
type Fields struct {
	Kind           Kind           `json:"kind,omitempty"`
	ExternalID     string         `json:"externalId,omitempty"`
	Name           string         `json:"name,omitempty"`
	Email          string         `json:"email,omitempty"`
	Phone          string         `json:"phone,omitempty"`
	BirthDate      string         `json:"birthDate,omitempty"`
	Gender         string         `json:"gender,omitempty"`
	Address        Address        `json:"address,omitzero"`
	CompanyID      string         `json:"companyId,omitempty"`
	OwnerID        string         `json:"ownerId,omitempty"`
	Tags           []string       `json:"tags,omitempty"`
	Custom         map[string]any `json:"custom,omitempty"`
	LifecycleStage string         `json:"lifecycleStage,omitempty" doc:"As set by hand, in words of one's own; no rebuild changes it. The stage by rules is lifecycleStage of the customer's scores, which follows churnedVoluntary and churnedForced set here."`
}

// Customer is one customer of one tenant.
type Customer struct {
	ID string `json:"id"`
	Fields
	// Consents is the present state per channel and purpose; the history with proof stands in the timeline and the consent records.
	Consents consent.States `json:"consents,omitempty"`
	// ConsentsSince is when the statement behind each of Consents was made, so that a late arrival cannot overrule a later one.
	ConsentsSince consent.Since `json:"consentsSince,omitempty"`
	// Origin is the import that wrote the record last, if nobody has changed it since.
	Origin *origin.Origin `json:"origin,omitempty"`
	// Sample marks a record of the removable sample data.
	Sample    bool      `json:"sample,omitempty"`
	CreatedAt time.Time `json:"createdAt"`
	UpdatedAt time.Time `json:"updatedAt"`
	// ArchivedAt is set once the customer was archived: it keeps its history, is out of lists, segments and sends, and its e-mail is free again.
	ArchivedAt *time.Time `json:"archivedAt,omitempty"`
	// MergedInto is the customer who stands for this one since the two were merged. Such a record is archived too, and whoever asks for it is shown there.
	MergedInto string `json:"mergedInto,omitempty"`
	// Merged are the ids that this customer stands for: those that were merged into it, and into them.
	Merged  []string `json:"merged,omitempty"`
	Version int64    `json:"-"`
	// Known are the e-mails and externalIds of Merged by which this customer is still found, each as KnownAs writes it.
	Known []string `json:"-"`
	// Holds are the values of unique custom fields that no other customer may have, by key, as customfield.Set.Holds gives them; none once archived.
	Holds map[string]string `json:"-"`
}
