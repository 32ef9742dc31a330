package bulk

import (
	"slices"

	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/errs"
)

// Entry is what the journal keeps of a customer who was changed: the fields that differ, before and after.
type Entry struct {
	CustomerID     string          `json:"id"`
	Tags           *Step[[]string] `json:"tags,omitempty"`
	OwnerID        *Step[string]   `json:"ownerId,omitempty"`
	LifecycleStage *Step[string]   `json:"lifecycleStage,omitempty"`
	Archived       bool            `json:"archived,omitempty"`
}

// Step is a field before and after.
type Step[T any] struct {
	From T `json:"from"`
	To   T `json:"to"`
}

// Between is the entry of a change from was to is, who is archived with it or not; false when nothing differs.
func Between(was, is *customer.Customer, archived bool) (Entry, bool) {
	e := Entry{CustomerID: was.ID, Archived: archived}
	if !slices.Equal(was.Tags, is.Tags) {
		e.Tags = &Step[[]string]{was.Tags, is.Tags}
	}
	e.OwnerID, e.LifecycleStage = step(was.OwnerID, is.OwnerID), step(was.LifecycleStage, is.LifecycleStage)
	return e, archived || e.Tags != nil || e.OwnerID != nil || e.LifecycleStage != nil
}

func step(from, to string) *Step[string] {
	if from == to {
		return nil
	}
	return &Step[string]{from, to}
}

// TakeBack returns the customer with the fields as they were. Each is put back unless someone has changed that field since: then it stays, and kept says so. That
// the customer is no longer archived is for the caller to write, when the entry says that they became so. is stays as it is; nil is nobody.
func (e Entry) TakeBack(is *customer.Customer) (back *customer.Customer, kept bool, err error) {
	switch {
	case is == nil:
		return nil, true, errs.New(errs.NotFound, "customer_not_found")
	case is.MergedInto != "":
		return nil, true, errs.New(errs.NotFound, "customer_merged")
	case is.ArchivedAt != nil && !e.Archived:
		return nil, true, errs.New(errs.Conflict, "customer_archived")
	}
	b := *is
	if e.Tags != nil {
		kept = putBack(&b.Tags, *e.Tags, slices.Equal) || kept
	}
	if e.OwnerID != nil {
		kept = putBack(&b.OwnerID, *e.OwnerID, same) || kept
	}
	if e.LifecycleStage != nil {
		kept = putBack(&b.LifecycleStage, *e.LifecycleStage, same) || kept
	}
	return &b, kept, nil
}

// putBack puts a field back and says whether it was changed since and is kept. One that is as before already was put back by an undo that did not come to its end.
func putBack[T any](field *T, s Step[T], equal func(a, b T) bool) (kept bool) {
	if equal(*field, s.To) {
		*field = s.From
	}
	return !equal(*field, s.From)
}

func same(a, b string) bool { return a == b }
