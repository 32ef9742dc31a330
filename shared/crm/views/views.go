// Package views is how a person likes to see a list (보기): filter, order and columns under a name, for themselves or for all of the workspace.
package views

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/dangol/dangol/shared/crm/filter"
	"github.com/dangol/dangol/shared/errs"
)

// Subject is what a list is of.
type Subject string

// The subjects whose lists have views.
const (
	Customers Subject = "customers"
	Orders    Subject = "orders"
	Leads     Subject = "leads"
	Campaigns Subject = "campaigns"
)

// Layout is how close rows stand.
type Layout string

// The layouts.
const (
	Comfortable Layout = "comfortable"
	Compact     Layout = "compact"
)

// Fields are what a person or program may set. Fields of filter, sort, columns and groupBy are held against the list when it is asked: a custom field may come
// and go meanwhile.
type Fields struct {
	Subject Subject  `json:"subject" enum:"customers,orders,leads,campaigns"`
	Name    string   `json:"name"`
	Filter  string   `json:"filter,omitempty" doc:"As the list takes it."`
	Search  string   `json:"q,omitempty" doc:"As the list takes it."`
	Sort    string   `json:"sort,omitempty" doc:"As the list takes it."`
	Columns []string `json:"columns,omitempty" doc:"Fields in the order in which they are shown; none for the usual ones."`
	GroupBy string   `json:"groupBy,omitempty" doc:"The field by which the list is counted; none for no counts."`
	Layout  Layout   `json:"layout,omitempty" enum:"comfortable,compact" doc:"How close the rows stand; comfortable when absent."`
	Shared  bool     `json:"shared,omitempty" doc:"Whether all of the workspace sees it. Only who made it changes it."`
}

// View is a saved view of one tenant.
type View struct {
	ID string `json:"id"`
	Fields
	OwnerID   string    `json:"ownerId" doc:"The person or key that made it."`
	CreatedAt time.Time `json:"createdAt"`
	UpdatedAt time.Time `json:"updatedAt"`
	Version   int64     `json:"-"`
}

// SeenBy says whether somebody of the workspace sees the view.
func (v *View) SeenBy(actor string) bool { return v.Shared || v.OwnerID == actor }

// Limits of a view, in characters, and in columns.
const (
	maxName    = 100
	maxFilter  = 2000
	maxText    = 200
	maxColumns = 50
)

var subjects = []Subject{Customers, Orders, Leads, Campaigns}

func named(subjects []Subject) (out []string) {
	for _, s := range subjects {
		out = append(out, string(s))
	}
	return out
}

// Normalise trims the texts and reports every rule that is broken.
func Normalise(f Fields) (Fields, error) {
	refused := errs.New(errs.Invalid, "validation_failed")
	f.Name = strings.TrimSpace(f.Name)
	if f.Name == "" {
		refused.Add("/name", "required_missing")
	}
	if !slices.Contains(subjects, f.Subject) {
		refused.Add("/subject", "option_unknown", "options", strings.Join(named(subjects), ", "))
	}
	if f.Layout == "" {
		f.Layout = Comfortable
	}
	if !slices.Contains([]Layout{Comfortable, Compact}, f.Layout) {
		refused.Add("/layout", "option_unknown", "options", "comfortable, compact")
	}
	within(refused, "/name", f.Name, maxName)
	within(refused, "/filter", f.Filter, maxFilter)
	within(refused, "/q", f.Search, maxText)
	within(refused, "/sort", f.Sort, maxText)
	within(refused, "/groupBy", f.GroupBy, maxText)
	if len(f.Columns) > maxColumns {
		refused.Add("/columns", "items_too_many", "max", maxColumns)
	}
	for _, c := range f.Columns {
		within(refused, "/columns", c, maxText)
	}
	if _, near, ok := filter.Parse(f.Filter); !ok {
		refused.Add("/filter", "filter_malformed", "at", near)
	}
	return f, refused.OrNil()
}

func within(refused *errs.Error, pointer, text string, most int) {
	if utf8.RuneCountInString(text) > most {
		refused.Add(pointer, "value_too_long", "max", most)
	}
}
