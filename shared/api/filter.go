package api

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/dangol/dangol/shared/crm/filter"
	"github.com/dangol/dangol/shared/errs"
)

// FilterInput is embedded by a list operation that can be filtered, by the grammar of shared/crm/filter.
type FilterInput struct {
	Filter string `query:"filter" maxLength:"2000" example:"lifecycleStage eq customer and createdAt gte 2026-01-01" doc:"Conditions, joined by and, or, not and brackets: field, operator (eq, ne, in, contains, startsWith, gt, gte, lt, lte, between, before, after, inLast, isEmpty, isNotEmpty), value. A value with spaces is a JSON string; in and between take values in brackets: tags in (vip,gold)."`
}

// Condition is one condition of a filter. Values has one value, or none for isEmpty and isNotEmpty, two for between, one or more for in.
type Condition struct {
	Field, Op string
	Values    []string
}

// Filter is a filter that was read. All of its conditions must hold.
type Filter []Condition

// String is the one form of a filter, in which two that mean the same by their text are equal: for SealCursor.
func (f Filter) String() string {
	b, _ := json.Marshal(f) // texts always can be encoded
	return string(b)
}

// Conditions reads a filter of conditions joined by and, whose fields must be among allowed: for a list that can do no more.
func (in FilterInput) Conditions(allowed ...string) (Filter, error) {
	read, near, ok := filter.Parse(in.Filter)
	if !ok {
		return nil, filterMalformed(near)
	}
	parts := read.Parts
	if read.Kind != filter.And {
		parts = []filter.Filter{read}
	}
	var f Filter
	for _, p := range parts {
		if p.Kind != filter.One || p.Condition.Within != "" {
			return nil, filterMalformed(string(p.Kind))
		}
		if !slices.Contains(allowed, p.Condition.Field) {
			return nil, unknownIn("filter", "filter_field_unknown", p.Condition.Field, strings.Join(allowed, ", "))
		}
		f = append(f, conditionOf(p.Condition))
	}
	return f, nil
}

func conditionOf(c filter.Condition) Condition {
	out := Condition{Field: c.Field, Op: c.Op}
	for _, v := range c.Values {
		out.Values = append(out.Values, v.Text)
	}
	return out
}

func filterMalformed(at string) error {
	return errs.Newf(errs.Malformed, "filter_malformed", "at", at).Add("?filter", "filter_malformed", "at", at)
}
