// Package segments is a saved rule with its name, its size and who is in it: live, or frozen when it was made. The rule language is in segment.
package segments

import (
	"encoding/json"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/dangol/dangol/shared/crm/due"
	"github.com/dangol/dangol/shared/crm/export"
	"github.com/dangol/dangol/shared/crm/money"
	"github.com/dangol/dangol/shared/errs"
)

// Membership tells who is in a segment.
type Membership string

// Live segments hold whoever meets the rule now; frozen ones hold those who met it when they were made.
const (
	Live   Membership = "live"
	Frozen Membership = "frozen"
)

// Fields are what a person or program may set.
type Fields struct {
	Name        string          `json:"name"`
	Description string          `json:"description,omitempty"`
	Rule        json.RawMessage `json:"rule"`
	Membership  Membership      `json:"membership,omitempty"`
	// ExportEvery makes an export of the members daily, weekly or monthly, in the tenant's night; "" makes none.
	ExportEvery due.Every `json:"exportEvery,omitempty"`
	// ExportFormat is the format of these exports; "" is CSV.
	ExportFormat export.Format `json:"exportFormat,omitempty"`
}

// Segment is a named rule of one tenant (세그먼트, 조건에 맞는 고객 묶음), with its size when it was last counted.
type Segment struct {
	ID string `json:"id"`
	Fields
	Count     *int64        `json:"count,omitempty"` // nil until it is first counted
	Value     []money.Money `json:"value,omitempty"` // revenue of the members, a sum per currency
	CountedAt *time.Time    `json:"countedAt,omitempty"`
	// FrozenFrom is the segment whose members were frozen into this one.
	FrozenFrom string    `json:"frozenFrom,omitempty"`
	Sample     bool      `json:"sample,omitempty"`
	CreatedAt  time.Time `json:"createdAt"`
	UpdatedAt  time.Time `json:"updatedAt"`
	Version    int64     `json:"-"`
}

// Limits of a segment's texts, in characters.
const (
	maxName        = 200
	maxDescription = 2000
)

// Normalise trims the texts and reports every rule that is broken.
func Normalise(f Fields) (Fields, error) {
	refused := errs.New(errs.Invalid, "validation_failed")
	f.Name, f.Description = strings.TrimSpace(f.Name), strings.TrimSpace(f.Description)
	if f.Name == "" {
		refused.Add("/name", "required_missing")
	}
	if utf8.RuneCountInString(f.Name) > maxName {
		refused.Add("/name", "value_too_long", "max", maxName)
	}
	if utf8.RuneCountInString(f.Description) > maxDescription {
		refused.Add("/description", "value_too_long", "max", maxDescription)
	}
	if f.Membership == "" {
		f.Membership = Live
	}
	if f.Membership != Live && f.Membership != Frozen {
		refused.Add("/membership", "option_unknown", "value", string(f.Membership))
	}
	if f.ExportEvery != "" && !f.ExportEvery.Valid() {
		refused.Add("/exportEvery", "option_unknown", "value", string(f.ExportEvery))
	}
	if f.ExportFormat != "" && !f.ExportFormat.Valid() {
		refused.Add("/exportFormat", "option_unknown", "value", string(f.ExportFormat))
	}
	return f, refused.OrNil()
}
