// Package workspace is one business's own place (a tenant): its name, language, zone, currency and settings.
package workspace

import (
	"time"

	"github.com/dangol/dangol/shared/crm/lifecycle"
	"github.com/dangol/dangol/shared/crm/score"
)

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
	AttributionDays int `json:"attributionDays"`
	Forecasts
	// Lifecycle are the rules by which every rebuild of the scores says where each customer stands.
	Lifecycle lifecycle.Rules `json:"lifecycle"`
	// RFM are those by which it scores recency, frequency and revenue.
	RFM score.RFMRules `json:"rfm"`
	// Costs are those that profit contribution takes from revenue, beside what campaigns cost.
	Costs score.Costs `json:"costs"`
	// WalletField is the key of the custom field of money that holds what a customer spends in a year in all; "" where there is none. See score.Wallet.
	WalletField string `json:"walletField,omitempty"`
	Plan        string `json:"plan"`
	// Sample says whether the removable sample data is in the workspace.
	Sample     bool            `json:"sample"`
	Onboarding map[string]bool `json:"onboarding,omitempty"` // checklist steps the person skipped

	CreatedAt time.Time `json:"createdAt"`
	UpdatedAt time.Time `json:"updatedAt"`
	Version   int64     `json:"-"`
}

// Forecasts are the settings of the models of purchases to come; see score.Card.
type Forecasts struct {
	ScoreModel      score.Model `json:"scoreModel" enum:"bgNbd,mbgNbd,paretoNbd" doc:"The model that the customers' forecasts are of."`
	DiscountPercent float64     `json:"discountPercent" doc:"Of lifetime value, a year: 0 to 100."`
	MarginPercent   float64     `json:"marginPercent" doc:"Part of the amount that is left after costs, in lifetime value: 1 to 100. 100 values revenue."`
}

// UsualForecasts are those of a workspace that chose none.
func UsualForecasts() Forecasts {
	return Forecasts{ScoreModel: score.BGNBD, DiscountPercent: 10, MarginPercent: 100}
}

// Usual is a workspace with the settings of one that chose none.
func Usual() *Workspace {
	return &Workspace{Forecasts: UsualForecasts(), Lifecycle: lifecycle.Usual(), RFM: score.UsualRFM()}
}

// Zone returns the workspace's time zone, UTC when the name is unknown.
func (w *Workspace) Zone() *time.Location {
	if loc, err := time.LoadLocation(w.TimeZone); err == nil {
		return loc
	}
	return time.UTC
}
