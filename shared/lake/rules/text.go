package rules

import (
	"slices"

	"github.com/dangol/dangol/shared/crm/segment"
)

// folds are the values of a rule as texts are compared. An empty one equals no text: an empty text is a missing one.
func folds(v any) (out []string) {
	for _, e := range segment.Values(v) {
		if s := segment.Fold(segment.TextOf(e)); s != "" {
			out = append(out, s)
		}
	}
	return out
}

// text compares a text, folded, with the values of a rule; plain is the text as it is.
func (c *compiler) text(n segment.Field, folded, plain string) string {
	switch n.Op {
	case segment.Eq, segment.In:
		return c.oneOf(folded, folds(n.Value))
	case segment.Ne:
		return isNot(c.oneOf(folded, folds(n.Value)))
	case segment.Contains:
		return c.within("contains", folded, n.Value)
	case segment.StartsWith:
		return c.within("starts_with", folded, n.Value)
	case segment.IsEmpty:
		return isNot(plain + " <> ''")
	case segment.IsNotEmpty:
		return plain + " <> ''"
	default:
		return c.broken()
	}
}

func (c *compiler) oneOf(folded string, values []string) string {
	switch len(values) {
	case 0:
		return "false"
	case 1:
		return folded + " = " + c.Bind(values[0])
	default:
		return folded + " IN (" + c.BindAll(values) + ")"
	}
}

// within is true for texts, but not missing ones, that contain or start with the value.
func (c *compiler) within(function, folded string, value any) string {
	values := folds(value)
	if len(values) == 0 {
		return folded + " <> ''"
	}
	return function + "(" + folded + ", " + c.Bind(values[0]) + ")"
}

// list compares a list of texts, which is true when any of them is. "contains" asks for a whole text of the list, or, inside, for a part of one.
func (c *compiler) list(n segment.Field, folded, plain string, inside bool) string {
	switch {
	case n.Op == segment.Ne:
		return isNot(c.anyOf(folded, folds(n.Value)))
	case n.Op == segment.Eq, n.Op == segment.In, n.Op == segment.Contains && !inside:
		return c.anyOf(folded, folds(n.Value))
	case n.Op == segment.Contains:
		return c.anyWithin("contains", folded, n.Value)
	case n.Op == segment.StartsWith:
		return c.anyWithin("starts_with", folded, n.Value)
	case n.Op == segment.IsEmpty:
		return isNot("len(" + plain + ") > 0")
	case n.Op == segment.IsNotEmpty:
		return "len(" + plain + ") > 0"
	default:
		return c.broken()
	}
}

func (c *compiler) anyOf(folded string, values []string) string {
	if len(values) == 0 {
		return "false"
	}
	values = slices.Compact(slices.Sorted(slices.Values(values)))
	return joined(values, func(v string) string { return "list_contains(" + folded + ", " + c.Bind(v) + ")" }, " OR ", "false")
}

func (c *compiler) anyWithin(function, folded string, value any) string {
	return "len(list_filter(" + folded + ", lambda e: " + c.within(function, "e", value) + ")) > 0"
}
