package workspace

import (
	"slices"
	"strings"
	"time"
	_ "time/tzdata" // a Lambda has no zone files
	"unicode"
	"unicode/utf8"

	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/money"
	"github.com/dangol/dangol/shared/crm/score"
	"github.com/dangol/dangol/shared/errs"
)

// Bounds of a workspace's settings; lengths in characters.
const (
	MaxName                = 100
	MaxPostalAddress       = 300
	MaxAttributionDays     = 90
	DefaultAttributionDays = 7
	MaxPercent             = 100
	MinMargin              = 1
)

// Languages are those that Dangol speaks.
func Languages() []string { return []string{"ko", "en"} }

// Steps of the checklist, in the order in which a new owner meets them. Each ticks itself once it was done; Onboarding holds those skipped.
const (
	StepCustomers = "customers" // customers of one's own, imported or entered
	StepScores    = "scores"    // scores built
	StepSegment   = "segment"   // a segment of one's own
	StepCampaign  = "campaign"  // a campaign sent
)

// Steps lists them.
func Steps() []string { return []string{StepCustomers, StepScores, StepSegment, StepCampaign} }

// Check brings the settings into one form and refuses those that break a rule, naming each field.
func (w *Workspace) Check() error {
	e := &errs.Error{Kind: errs.Invalid, Code: "validation_failed"}
	w.Company, w.SenderName = line(w.Company), line(w.SenderName)
	w.PostalAddress = strings.TrimSpace(w.PostalAddress)
	if w.Company == "" {
		e.Add("/company", "required_missing")
	}
	longer(e, "/company", w.Company, MaxName)
	longer(e, "/senderName", w.SenderName, MaxName)
	longer(e, "/postalAddress", w.PostalAddress, MaxPostalAddress)
	w.checkPlace(e)
	w.checkSending(e)
	w.checkForecasts(e)
	w.Lifecycle.Check(e, "/lifecycle")
	w.RFM.Check(e, "/rfm")
	w.Costs.Check(e, "/costs")
	return e.OrNil()
}

func (w *Workspace) checkForecasts(e *errs.Error) {
	if !slices.Contains(score.PurchaseModels(), w.ScoreModel) {
		e.Add("/scoreModel", "option_unknown", "options", "bgNbd, mbgNbd, paretoNbd")
	}
	within(e, "/discountPercent", w.DiscountPercent, 0, MaxPercent)
	within(e, "/marginPercent", w.MarginPercent, MinMargin, MaxPercent)
}

func within(e *errs.Error, pointer string, v, least, most float64) {
	if v < least {
		e.Add(pointer, "below_minimum", "min", least)
	}
	if v > most {
		e.Add(pointer, "above_maximum", "max", most)
	}
}

func (w *Workspace) checkPlace(e *errs.Error) {
	if !slices.Contains(Languages(), w.Language) {
		e.Add("/language", "option_unknown", "options", strings.Join(Languages(), ", "))
	}
	if !validZone(w.TimeZone) {
		e.Add("/timeZone", "format_invalid", "format", errs.Term("time-zone"))
	}
	if !money.ValidCurrency(w.Currency) {
		e.Add("/currency", "currency_unknown", "value", w.Currency)
	}
	country, ok := customer.Country(w.Country)
	if !ok || country == "" {
		e.Add("/country", "country_unknown", "value", w.Country)
	}
	w.Country = country
}

func (w *Workspace) checkSending(e *errs.Error) {
	email, ok := customer.Email(w.SenderEmail)
	if !ok {
		e.Add("/senderEmail", "email_invalid")
	}
	w.SenderEmail = email
	if w.AttributionDays < 1 {
		e.Add("/attributionDays", "below_minimum", "min", 1)
	}
	if w.AttributionDays > MaxAttributionDays {
		e.Add("/attributionDays", "above_maximum", "max", MaxAttributionDays)
	}
	for step := range w.Onboarding {
		if !slices.Contains(Steps(), step) {
			e.Add("/onboarding/"+step, "option_unknown", "options", strings.Join(Steps(), ", "))
		}
	}
}

// validZone accepts IANA names only: time.LoadLocation would also take "" and "Local", which differ from machine to machine.
func validZone(name string) bool {
	_, err := time.LoadLocation(name)
	return err == nil && name != "" && name != "Local"
}

// line keeps a name to one line: names stand in mail headers.
func line(s string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, s))
}

func longer(e *errs.Error, pointer, s string, most int) {
	if utf8.RuneCountInString(s) > most {
		e.Add(pointer, "too_long", "max", most)
	}
}
