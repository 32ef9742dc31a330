// Package workspace is one business's own place (a tenant): its name, language, zone, currency and settings.
package workspace

import "time"

// Workspace is one tenant as its owner sees it.
type Workspace struct {
	ID       string `json:"id"`
	Company  string `json:"company"`
	Language string `json:"language"` // ko or en: of service mail and of pages that its customers see
	TimeZone string `json:"timeZone"` // IANA name; days, nightly work and quiet hours follow it
	Currency string `json:"currency"` // ISO 4217; values are in it, other currencies are shown apart
	Country  string `json:"country"`  // ISO 3166-1; how phone numbers without a country code are read

	// Sender is the address that campaigns come from, shown to receivers.
	SenderName  string `json:"senderName,omitempty"`
	SenderEmail string `json:"senderEmail,omitempty"`
	// PostalAddress stands in the footer of campaigns, where law asks for it.
	PostalAddress string `json:"postalAddress,omitempty"`
	// AttributionDays is how long after a contact an order counts as its result; default 7.
	AttributionDays int    `json:"attributionDays"`
	Plan            string `json:"plan"`
	// Sample says whether the removable sample data is in the workspace.
	Sample     bool            `json:"sample"`
	Onboarding map[string]bool `json:"onboarding,omitempty"` // checklist steps the person skipped

	CreatedAt time.Time `json:"createdAt"`
	UpdatedAt time.Time `json:"updatedAt"`
	Version   int64     `json:"-"`
}

// Zone returns the workspace's time zone, UTC when the name is unknown.
func (w *Workspace) Zone() *time.Location {
	if loc, err := time.LoadLocation(w.TimeZone); err == nil {
		return loc
	}
	return time.UTC
}
