// Package lead is someone who may become a customer: where they came from, who follows them up, and what is kept when they are converted.
package lead

import (
	"slices"
	"time"
	"unicode/utf8"

	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/origin"
	"github.com/dangol/dangol/shared/errs"
)

// Status is how far the follow-up has come.
type Status string

// The statuses. Converted is set by Convert alone.
const (
	New       Status = "new"
	Working   Status = "working"
	Qualified Status = "qualified"
	Converted Status = "converted"
	Lost      Status = "lost"
)

// Statuses lists what is known, in the order that screens show.
var Statuses = []Status{New, Working, Qualified, Converted, Lost}

// Limits of the texts, in characters.
const (
	MaxName   = 200
	MaxSource = 200
	MaxNotes  = 5000
)

// Fields are what a person or program may set.
type Fields struct {
	Name    string `json:"name,omitempty"`
	Email   string `json:"email,omitempty"`
	Phone   string `json:"phone,omitempty"`
	Company string `json:"company,omitempty"` // the name of the company, as told
	Source  string `json:"source,omitempty"`  // where the lead came from; kept to the end
	Status  Status `json:"status,omitempty"`
	Notes   string `json:"notes,omitempty"`
	OwnerID string `json:"ownerId,omitempty"`
}

// Lead is one lead of one tenant. Score is nil until something scored it. CustomerID is set once it was converted.
type Lead struct {
	ID string `json:"id"`
	Fields
	Score       *float64       `json:"score,omitempty"`
	CustomerID  string         `json:"customerId,omitempty"`
	Origin      *origin.Origin `json:"origin,omitempty"`
	Sample      bool           `json:"sample,omitempty"`
	CreatedAt   time.Time      `json:"createdAt"`
	UpdatedAt   time.Time      `json:"updatedAt"`
	ConvertedAt *time.Time     `json:"convertedAt,omitempty"`
	Version     int64          `json:"-"`
}

// Normalise brings the fields into the one form that is stored, as customer.Normalise does, and reports every rule that is broken. A lead needs a
// name, company, e-mail or phone.
func Normalise(f Fields, defaultCountry string) (Fields, error) {
	refused := errs.New(errs.Invalid, "validation_failed")
	f.Name = limited(refused, "/name", customer.Text(f.Name), MaxName)
	f.Company = limited(refused, "/company", customer.Text(f.Company), MaxName)
	f.Source = limited(refused, "/source", customer.Text(f.Source), MaxSource)
	f.OwnerID = limited(refused, "/ownerId", customer.Text(f.OwnerID), customer.MaxReference)
	f.Notes = limited(refused, "/notes", f.Notes, MaxNotes)
	var ok bool
	if f.Email, ok = customer.Email(f.Email); !ok {
		refused.Add("/email", "email_invalid")
	}
	if f.Phone, ok = customer.Phone(f.Phone, defaultCountry); !ok {
		refused.Add("/phone", "phone_invalid")
	}
	if f.Status == "" {
		f.Status = New
	}
	if !slices.Contains(Statuses, f.Status) {
		refused.Add("/status", "option_unknown", "value", string(f.Status))
	}
	if f.Name == "" && f.Company == "" && f.Email == "" && f.Phone == "" {
		refused.Add("", "lead_unidentified")
	}
	return f, refused.OrNil()
}

func limited(refused *errs.Error, pointer, text string, most int) string {
	if utf8.RuneCountInString(text) > most {
		refused.Add(pointer, "value_too_long", "max", most)
	}
	return text
}

// Conversion is what becomes of a lead: the fields of the customer, and what the customer's first timeline entry keeps of the lead.
type Conversion struct {
	Customer customer.Fields
	LeadID   string
	Source   string
	Company  string
	Notes    string
}

// Convert turns a lead into a customer's fields, its source kept beside them. A lead with only a company's name becomes a business customer. It fails
// with lead_already_converted (kind Conflict) the second time.
func Convert(l *Lead) (Conversion, error) {
	if l.Status == Converted || l.CustomerID != "" {
		return Conversion{}, errs.New(errs.Conflict, "lead_already_converted").With("customerId", l.CustomerID)
	}
	f := customer.Fields{Kind: customer.Consumer, Name: l.Name, Email: l.Email, Phone: l.Phone, OwnerID: l.OwnerID}
	if l.Name == "" && l.Company != "" {
		f.Kind, f.Name = customer.Business, l.Company
	}
	return Conversion{Customer: f, LeadID: l.ID, Source: l.Source, Company: l.Company, Notes: l.Notes}, nil
}
