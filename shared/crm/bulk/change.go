package bulk

import (
	"errors"
	"slices"
	"strings"

	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/errs"
)

// Change is what is done to each customer. Of the pointers nil leaves the field as it is, and "" clears it.
type Change struct {
	AddTags        []string `json:"addTags,omitempty"`
	RemoveTags     []string `json:"removeTags,omitempty"`
	OwnerID        *string  `json:"ownerId,omitempty"`
	LifecycleStage *string  `json:"lifecycleStage,omitempty"`
	Archive        bool     `json:"archive,omitempty"`
}

// Normalise brings the values into the form that is stored, by the rules of one customer's fields (customer.Normalise), and refuses a change of nothing.
func (c Change) Normalise() (Change, error) {
	refused := errs.New(errs.Invalid, "validation_failed")
	set := ruled(refused, "/addTags", customer.Fields{Tags: c.AddTags, OwnerID: text(c.OwnerID), LifecycleStage: text(c.LifecycleStage)})
	c.AddTags, c.RemoveTags = set.Tags, ruled(refused, "/removeTags", customer.Fields{Tags: c.RemoveTags}).Tags
	if c.OwnerID != nil {
		c.OwnerID = &set.OwnerID
	}
	if c.LifecycleStage != nil {
		c.LifecycleStage = &set.LifecycleStage
	}
	for _, tag := range c.RemoveTags {
		if has(c.AddTags, tag) {
			refused.Add("/removeTags", "bulk_tag_both", "tag", tag)
		}
	}
	if !c.fields() && !c.Archive {
		refused.Add("", "bulk_what")
	}
	return c, refused.OrNil()
}

// ruled applies the rules of a customer's fields; what they say of tags is said of the member that holds them here.
func ruled(refused *errs.Error, tags string, f customer.Fields) customer.Fields {
	f.Name = "-" // without a name the fields would be those of nobody, which is a rule of their own
	out, err := customer.Normalise(f, "")
	var e *errs.Error
	if errors.As(err, &e) {
		for _, field := range e.Fields {
			if rest, ofTags := strings.CutPrefix(field.Pointer, "/tags"); ofTags {
				field.Pointer = tags + rest
			}
			refused.Fields = append(refused.Fields, field)
		}
	}
	return out
}

// fields says whether it changes fields, beside archiving.
func (c Change) fields() bool {
	return len(c.AddTags)+len(c.RemoveTags) > 0 || c.OwnerID != nil || c.LifecycleStage != nil
}

// Apply returns the customer as the change leaves them; that they are to be archived is for the caller to write. It refuses what a change of this one customer
// would be refused for. was stays as it is; nil is nobody.
func (c Change) Apply(was *customer.Customer) (*customer.Customer, error) {
	switch {
	case was == nil:
		return nil, errs.New(errs.NotFound, "customer_not_found")
	case was.MergedInto != "":
		return nil, errs.New(errs.NotFound, "customer_merged")
	case was.ArchivedAt != nil && c.fields():
		return nil, errs.New(errs.Conflict, "customer_archived")
	}
	is := *was
	is.Tags = c.tags(was.Tags)
	is.OwnerID, is.LifecycleStage = or(c.OwnerID, was.OwnerID), or(c.LifecycleStage, was.LifecycleStage)
	if len(is.Tags) > max(customer.MaxTags, len(was.Tags)) { // who had too many before the rule came may lose some
		return nil, errs.InvalidField("/tags", "too_many", "max", customer.MaxTags)
	}
	return &is, nil
}

// tags are those that a customer has afterwards: the same list when it changes none.
func (c Change) tags(were []string) []string {
	missing := slices.DeleteFunc(slices.Clone(c.AddTags), func(tag string) bool { return has(were, tag) })
	if len(missing) == 0 && !slices.ContainsFunc(were, func(tag string) bool { return has(c.RemoveTags, tag) }) {
		return were
	}
	left := slices.DeleteFunc(slices.Clone(were), func(tag string) bool { return has(c.RemoveTags, tag) })
	return append(left, missing...)
}

// has says whether a tag is among others, whose capitals do not count, as in a customer's own list.
func has(tags []string, tag string) bool {
	return slices.ContainsFunc(tags, func(t string) bool { return strings.EqualFold(t, tag) })
}

func text(s *string) string { return or(s, "") }

func or(s *string, otherwise string) string {
	if s == nil {
		return otherwise
	}
	return *s
}
