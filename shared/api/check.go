package api

import (
	"encoding/json"
	"fmt"
	"iter"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/danielgtaylor/huma/v2"

	"github.com/dangol/dangol/shared/errs"
)

// maxFaults is how many fields one refusal names; a file with a thousand wrong rows is not answered with a thousand lines.
const maxFaults = 50

func newFaults() *errs.Error { return errs.New(errs.Invalid, "validation_failed") }

// place is where in the request a value stands. It is a list from the leaf up, so that no text is made while all is well.
type place struct {
	up   *place
	name string // of a member, or of the root
	item int    // of an item of an array; -1 for a member
}

func (p *place) member(name string) place { return place{up: p, name: name, item: -1} }

func (p *place) at(item int) place { return place{up: p, item: item} }

// pointer returns the place as a JSON pointer (RFC 6901) below its root.
func (p *place) pointer() string {
	if p.up == nil {
		return p.name
	}
	part := p.name
	if p.item >= 0 {
		part = strconv.Itoa(p.item)
	}
	return p.up.pointer() + "/" + strings.NewReplacer("~", "~0", "/", "~1").Replace(part)
}

func (p *place) fault(e *errs.Error, code string, args ...any) {
	if len(e.Fields) < maxFaults {
		e.Add(p.pointer(), code, args...)
	}
}

// check adds a fault for each rule that v breaks. v is as encoding/json reads it, with numbers as json.Number.
func (r *rule) check(v any, at *place, e *errs.Error) {
	if v == nil {
		if !r.nullable && (r.kind != "" || len(r.shapes) > 0) {
			at.fault(e, "null_not_allowed")
		}
		return
	}
	for _, part := range r.all {
		part.check(v, at, e)
	}
	if len(r.shapes) > 0 && !r.fitsOne(v, at, e) {
		return
	}
	if r.checkKind(v, at, e) && len(r.options) > 0 && scalar(v) && !slices.Contains(r.options, fmt.Sprint(v)) {
		at.fault(e, "option_unknown", "options", strings.Join(r.options, ", "))
	}
}

// fitsOne says whether a shape fits. When none does and there is but one, its own faults tell more than "none fits".
func (r *rule) fitsOne(v any, at *place, e *errs.Error) bool {
	if len(r.shapes) == 1 {
		r.shapes[0].check(v, at, e)
		return true
	}
	for _, shape := range r.shapes {
		tried := newFaults()
		if shape.check(v, at, tried); len(tried.Fields) == 0 {
			return true
		}
	}
	at.fault(e, "shape_unknown")
	return false
}

// checkKind checks the type and the rules that belong to it, and says whether the type is right.
func (r *rule) checkKind(v any, at *place, e *errs.Error) bool {
	ok := true
	switch r.kind {
	case huma.TypeString:
		var s string
		if s, ok = v.(string); ok {
			r.checkText(s, at, e)
		}
	case huma.TypeInteger, huma.TypeNumber:
		var n float64
		if n, ok = r.number(v); ok {
			r.checkNumber(n, at, e)
		}
	case huma.TypeBoolean:
		_, ok = v.(bool)
	case huma.TypeArray:
		var list []any
		if list, ok = v.([]any); ok {
			r.checkItems(list, at, e)
		}
	case huma.TypeObject:
		var m map[string]any
		if m, ok = v.(map[string]any); ok {
			r.checkMembers(m, at, e)
		}
	}
	if !ok {
		at.fault(e, "type_wrong", "expected", errs.Term(r.kind))
	}
	return ok
}

func (r *rule) checkText(s string, at *place, e *errs.Error) {
	if n := utf8.RuneCountInString(s); r.minLength != nil && n < *r.minLength {
		if n == 0 && *r.minLength == 1 {
			at.fault(e, "required_missing")
			return
		}
		at.fault(e, "too_short", "min", *r.minLength)
	} else if r.maxLength != nil && n > *r.maxLength {
		at.fault(e, "too_long", "max", *r.maxLength)
	}
	switch {
	case r.format != nil && !r.format.fits(s):
		at.fault(e, "format_invalid", "format", r.format.name)
	case r.pattern != nil && !r.pattern.MatchString(s):
		at.fault(e, "format_invalid", "format", errs.Term("pattern"))
	}
}

// number reads a number as the handler's type will: an integer is written without point or exponent and fits 64 bits.
func (r *rule) number(v any) (float64, bool) {
	text, ok := v.(json.Number)
	if !ok {
		return 0, false
	}
	if r.kind == huma.TypeInteger {
		n, err := text.Int64()
		return float64(n), err == nil
	}
	n, err := text.Float64()
	return n, err == nil
}

func (r *rule) checkNumber(n float64, at *place, e *errs.Error) {
	switch {
	case r.min != nil && n < *r.min:
		at.fault(e, "below_minimum", "min", *r.min)
	case r.max != nil && n > *r.max:
		at.fault(e, "above_maximum", "max", *r.max)
	case r.above != nil && n <= *r.above:
		at.fault(e, "not_above", "min", *r.above)
	case r.below != nil && n >= *r.below:
		at.fault(e, "not_below", "max", *r.below)
	case r.of != nil && math.Mod(n, *r.of) != 0:
		at.fault(e, "not_multiple", "of", *r.of)
	}
}

func (r *rule) checkItems(list []any, at *place, e *errs.Error) {
	if !checkCount(len(list), r.minItems, r.maxItems, at, e) || r.items == nil {
		return
	}
	seen := map[any]bool{}
	for i, v := range list {
		item := at.at(i)
		if r.unique && scalar(v) {
			if seen[v] {
				item.fault(e, "items_repeated")
			}
			seen[v] = true
		}
		r.items.check(v, &item, e)
	}
}

// scalar says whether v may be compared.
func scalar(v any) bool {
	switch v.(type) {
	case string, json.Number, bool:
		return true
	}
	return false
}

// checkCount says whether the items are few enough to look at each.
func checkCount(n int, least, most *int, at *place, e *errs.Error) bool {
	if least != nil && n < *least {
		at.fault(e, "items_too_few", "min", *least)
	}
	if most != nil && n > *most {
		at.fault(e, "items_too_many", "max", *most)
		return false
	}
	return true
}

// checkMembers goes through the members in the order of their names, so that the same document always gets the same answer. An optional member
// that is null counts as absent.
func (r *rule) checkMembers(m map[string]any, at *place, e *errs.Error) {
	if !checkCount(len(m), r.minMembers, r.maxMembers, at, e) {
		return
	}
	for _, name := range r.required {
		if _, ok := m[name]; !ok {
			member := at.member(name)
			member.fault(e, "required_missing")
		}
	}
	for name, v := range sorted(m) {
		member := at.member(name)
		known, ok := r.members[name]
		switch {
		case ok && (v != nil || slices.Contains(r.required, name)):
			known.check(v, &member, e)
		case ok:
		case r.rest != nil:
			r.rest.check(v, &member, e)
		case r.closed:
			member.fault(e, "field_unknown")
		}
	}
}

// sorted iterates over the members in the order of their names.
func sorted(m map[string]any) iter.Seq2[string, any] {
	return func(yield func(string, any) bool) {
		for _, name := range slices.Sorted(maps.Keys(m)) {
			if !yield(name, m[name]) {
				return
			}
		}
	}
}
