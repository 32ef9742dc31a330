package reference

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// shape is a schema as it is shown: one line of type and rules, and the members below it.
type shape struct {
	Type    string
	Rules   []string
	Text    string
	Members []member
}

type member struct {
	Name     string
	Required bool
	shape
}

const maxDepth = 5

// shape describes a schema. One that holds itself, as a segment's rule does, ends with its name.
func (v *view) shape(s *schema, within ...string) shape {
	text := ""
	if s != nil {
		text = s.Description
	}
	s, name := v.document.schema(s)
	if text == "" {
		text = s.Description
	}
	out := shape{Text: text, Rules: v.rules(s)}
	kind, nullable := s.kind()
	switch {
	case slices.Contains(within, name) && name != "", len(within) > maxDepth:
		out.Type = name
	case kind == "array":
		inner := v.shape(s.Items, append(within, name)...)
		out.Type, out.Members = v.Words.ListOf+" "+inner.Type, inner.Members
		out.Rules = append(out.Rules, inner.Rules...)
	case len(s.AnyOf)+len(s.OneOf) > 0:
		v.alternatives(&out, slices.Concat(s.AnyOf, s.OneOf), append(within, name))
	case kind == "object" || len(s.Properties) > 0:
		out.Type = "object"
		v.members(&out, s, append(within, name))
	default:
		out.Type = orElse(kind, v.Words.Any)
	}
	if nullable {
		out.Type += " | null"
	}
	return out
}

func orElse(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

func (v *view) alternatives(out *shape, list []*schema, within []string) {
	var types []string
	for _, s := range list {
		inner := v.shape(s, within...)
		types = append(types, inner.Type)
		out.Members = append(out.Members, inner.Members...)
	}
	out.Type = strings.Join(types, " | ")
}

// members lists the members: those that are needed first, then by name.
func (v *view) members(out *shape, s *schema, within []string) {
	for _, name := range slices.Sorted(maps.Keys(s.Properties)) {
		out.Members = append(out.Members, member{Name: name, Required: slices.Contains(s.Required, name), shape: v.shape(s.Properties[name], within...)})
	}
	slices.SortStableFunc(out.Members, func(a, b member) int {
		switch {
		case a.Required == b.Required:
			return 0
		case a.Required:
			return -1
		}
		return 1
	})
	if rest, ok := s.AdditionalProperties.(map[string]any); ok && len(s.Properties) == 0 {
		kind, _ := rest["type"].(string)
		out.Type = v.Words.MapOf + " " + orElse(kind, v.Words.Any)
	}
}

// rules are the bounds of a value, in few words.
func (v *view) rules(s *schema) []string {
	var all []string
	add := func(format string, args ...any) { all = append(all, fmt.Sprintf(format, args...)) }
	if s.Format != "" && s.Format != "int64" && s.Format != "int32" && s.Format != "double" {
		add("%s", s.Format)
	}
	if len(s.Enum) > 0 {
		add("%s", strings.Join(texts(s.Enum), " · "))
	}
	for _, b := range []struct{ of, from, to string }{
		{"%s", number(s.Minimum), number(s.Maximum)},
		{v.Words.Characters, count(s.MinLength), count(s.MaxLength)},
		{v.Words.Items, count(s.MinItems), count(s.MaxItems)},
	} {
		if span := spanOf(b.from, b.to); span != "" {
			add(b.of, span)
		}
	}
	if s.Pattern != "" {
		add("%s", s.Pattern)
	}
	if s.Default != nil {
		add(v.Words.Default, s.Default)
	}
	if s.ReadOnly {
		add("%s", v.Words.ReadOnly)
	}
	return all
}

// spanOf is a range of which one end may be open.
func spanOf(from, to string) string {
	switch {
	case from == "" && to == "":
		return ""
	case from == "" || from == "0" && to != "":
		return "≤ " + to
	case to == "":
		return "≥ " + from
	}
	return from + "–" + to
}

func number(f *float64) string {
	if f == nil {
		return ""
	}
	return strconv.FormatFloat(*f, 'f', -1, 64)
}

func count(n *int) string {
	if n == nil {
		return ""
	}
	return strconv.Itoa(*n)
}

func texts(values []any) []string {
	all := make([]string, len(values))
	for i, x := range values {
		all[i] = fmt.Sprint(x)
	}
	return all
}
