package customfield

import (
	"maps"
	"reflect"
	"slices"
	"strconv"

	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/errs"
)

// New holds a new customer's custom fields, as customer.Normalise leaves them, against the definitions: values in the form of their type, defaults
// where nothing is said. Errors: validation_failed, with pointers under /custom.
func (s *Set) New(custom map[string]any) (map[string]any, error) {
	if len(s.Fields) == 0 {
		return custom, nil
	}
	filled := custom
	for key, v := range s.Defaults() {
		if _, said := filled[key]; !said {
			filled = with(filled, key, v)
		}
	}
	e := errs.New(errs.Invalid, "validation_failed")
	filled = s.values(e, nil, filled)
	for _, f := range s.Live() {
		if f.Required && customer.NoValue(filled[f.Key]) {
			e.Add("/custom/"+f.Key, "required_missing")
		}
	}
	return filled, e.OrNil()
}

// Defaults returns what a new customer has of which nothing is said, nil for nothing. None of it is unique.
func (s *Set) Defaults() (out map[string]any) {
	for _, f := range s.Live() {
		if f.Default != nil {
			out = with(out, f.Key, f.Default)
		}
	}
	return out
}

// Change holds changed custom fields against the definitions. What is as it was stays, also where it no longer fits. Errors: as New.
func (s *Set) Change(was, now map[string]any) (map[string]any, error) {
	e := errs.New(errs.Invalid, "validation_failed")
	now = s.values(e, was, now)
	for _, f := range s.Live() {
		if f.Required && !customer.NoValue(was[f.Key]) && customer.NoValue(now[f.Key]) {
			e.Add("/custom/"+f.Key, "required_missing")
		}
	}
	return now, e.OrNil()
}

// values brings each value that differs from what was into the form of its type; an empty one is no value.
func (s *Set) values(e *errs.Error, was, now map[string]any) map[string]any {
	out := now
	for _, key := range slices.Sorted(maps.Keys(now)) {
		f, v := s.At(key), now[key]
		switch {
		case same(was[key], v):
			if _, list := v.([]string); list { // as it is on the record, so that nothing looks changed
				out = with(out, key, was[key])
			}
		case f == nil:
		case customer.NoValue(v):
			out = without(out, key)
		case f.Archived:
			e.Add("/custom/"+key, "custom_field_archived")
		default:
			out = with(out, key, f.value(e, "/custom/"+key, v, was[key]))
		}
	}
	if len(out) == 0 {
		return nil
	}
	return out
}

// same compares two values; a list is the same however it came to be one.
func same(a, b any) bool {
	if one, ok := a.([]any); ok {
		a, _ = List(one)
	}
	if one, ok := b.([]any); ok {
		b, _ = List(one)
	}
	return reflect.DeepEqual(a, b)
}

// with and without leave the map as it is: it may be another record's.
func with(m map[string]any, key string, v any) map[string]any {
	out := make(map[string]any, len(m)+1)
	maps.Copy(out, m)
	out[key] = v
	return out
}

func without(m map[string]any, key string) map[string]any {
	out := maps.Clone(m)
	delete(out, key)
	return out
}

// Holds returns the values that a customer with these custom fields keeps for itself, by the key of the field, as texts that compare equal when the
// values do. Values from before the definition that do not fit are not kept.
func (s *Set) Holds(custom map[string]any) map[string]string {
	var out map[string]string
	for _, f := range s.Fields {
		text, ok := "", f.Unique
		if ok {
			text, ok = f.held(custom[f.Key])
		}
		if !ok {
			continue
		}
		if out == nil {
			out = map[string]string{}
		}
		out[f.Key] = text
	}
	return out
}

// Keeps returns what Holds does for a change from one state to another. A value that was there and was not kept, since another customer had it when the
// field became unique, is not fought for by a change of something else.
func (s *Set) Keeps(was map[string]any, held map[string]string, now map[string]any) map[string]string {
	out := s.Holds(now)
	for key := range out {
		if _, kept := held[key]; !kept && same(was[key], now[key]) {
			delete(out, key)
		}
	}
	return out
}

func (f *Field) held(v any) (string, bool) {
	if customer.NoValue(v) {
		return "", false
	}
	e := errs.New(errs.Invalid, "validation_failed")
	switch v := f.value(e, "", v, nil).(type) {
	case string:
		return v, len(e.Fields) == 0
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64), len(e.Fields) == 0
	default:
		return "", false
	}
}
