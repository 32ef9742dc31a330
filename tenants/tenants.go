// Package tenants is the control plane: the plans and their limits as data, and what a business gets when it signs up.
package tenants

import (
	"cmp"
	"time"

	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/lifecycle"
	"github.com/dangol/dangol/shared/crm/score"
	"github.com/dangol/dangol/shared/crm/workspace"
)

// Status is whether a tenant may work.
type Status string

// The states. A suspended tenant keeps its data; its credentials are refused. One that was moved works on another stage: what is kept here is an old copy
// with which nobody works any more.
const (
	Active    Status = "active"
	Suspended Status = "suspended"
	Moved     Status = "moved"
)

// Tenant is what the operator knows of one business: it stands beside the credentials, apart from the business data.
type Tenant struct {
	ID        string    `json:"id"`
	Plan      PlanID    `json:"plan"`
	Status    Status    `json:"status"`
	CreatedAt time.Time `json:"createdAt"`
	Version   int64     `json:"-"`
}

// Wish is what a person who signs up asked for. Empty fields are filled from the language, and that from the browser's.
type Wish struct {
	Company, Language, TimeZone, Currency string
	Browser                               string // ko or en: what Accept-Language asks for
	Local                                 bool   // on a laptop nothing is limited
}

// home is what a workspace starts with in each language. Nobody is asked what can be guessed and changed later.
var home = map[string]workspace.Workspace{
	"ko": {TimeZone: "Asia/Seoul", Currency: "KRW", Country: "KR"},
	"en": {TimeZone: "UTC", Currency: "USD", Country: "US"},
}

// Provision decides what a new business gets. It refuses wishes that break a rule of the workspace, naming each field.
func Provision(id string, w Wish, now time.Time) (*Tenant, *workspace.Workspace, error) {
	language := cmp.Or(w.Language, w.Browser)
	start, known := home[language]
	if !known {
		start = home["en"] // Check names the unknown language, and only that
	}
	plan := Free
	if w.Local {
		plan = Local
	}
	currency := cmp.Or(w.Currency, start.Currency)
	ws := &workspace.Workspace{
		ID: id, Company: w.Company, Language: language, TimeZone: cmp.Or(w.TimeZone, start.TimeZone), Currency: currency,
		Country: cmp.Or(countryOfZone[w.TimeZone], countryOf(w.Currency), start.Country), AttributionDays: workspace.DefaultAttributionDays, Forecasts: workspace.UsualForecasts(), Lifecycle: lifecycle.Usual(), RFM: score.UsualRFM(),
		Plan:      string(plan),
		CreatedAt: now, UpdatedAt: now,
	}
	if err := ws.Check(); err != nil {
		return nil, nil, err
	}
	return &Tenant{ID: id, Plan: plan, Status: Active, CreatedAt: now}, ws, nil
}

// countryOfZone is where a business in a zone is, for zones that lie in one country and whose businesses often count in another's money.
var countryOfZone = map[string]string{"Asia/Seoul": "KR", "Asia/Tokyo": "JP", "Asia/Shanghai": "CN", "Asia/Taipei": "TW", "Asia/Singapore": "SG"}

// countryOf returns the country of a currency: the first two letters of its code (ISO 4217), "" for one that several countries share.
func countryOf(currency string) string {
	if len(currency) != 3 {
		return ""
	}
	country, ok := customer.Country(currency[:2])
	if !ok {
		return ""
	}
	return country
}
