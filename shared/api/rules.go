package api

import (
	"fmt"
	"maps"
	"regexp"
	"slices"

	"github.com/danielgtaylor/huma/v2"
)

// rule is a schema of the OpenAPI document made ready to check values against.
type rule struct {
	kind     string // "" takes any
	nullable bool
	options  []string // as fmt prints them

	min, max, above, below, of *float64

	minLength, maxLength *int
	pattern              *regexp.Regexp
	format               *format

	items              *rule
	minItems, maxItems *int
	unique             bool

	members                map[string]*rule
	required               []string
	rest                   *rule // of members without a rule of their own
	closed                 bool  // there may be none
	minMembers, maxMembers *int

	shapes []*rule // one must fit
	all    []*rule // each must fit
}

// compiler makes rules. A schema that refers to itself, such as a segment's rule, becomes a rule that does.
type compiler struct {
	registry huma.Registry
	seen     map[string]*rule
}

func (c *compiler) rule(s *huma.Schema) *rule {
	if s.Ref == "" {
		r := &rule{}
		c.fill(r, s)
		return r
	}
	if r, ok := c.seen[s.Ref]; ok {
		return r
	}
	r := &rule{}
	c.seen[s.Ref] = r
	c.fill(r, c.registry.SchemaFromRef(s.Ref))
	return r
}

func (c *compiler) fill(r *rule, s *huma.Schema) {
	if s.Not != nil || s.Discriminator != nil || len(s.DependentRequired) > 0 {
		panic("api: a schema asks for not, discriminator or dependentRequired, which no rule checks")
	}
	r.kind, r.nullable = s.Type, s.Nullable
	for _, option := range s.Enum {
		r.options = append(r.options, fmt.Sprint(option))
	}
	r.min, r.max, r.above, r.below, r.of = s.Minimum, s.Maximum, s.ExclusiveMinimum, s.ExclusiveMaximum, s.MultipleOf
	r.minLength, r.maxLength = s.MinLength, s.MaxLength
	r.minItems, r.maxItems, r.unique = s.MinItems, s.MaxItems, s.UniqueItems
	r.minMembers, r.maxMembers = s.MinProperties, s.MaxProperties
	if s.Pattern != "" {
		r.pattern = regexp.MustCompile(s.Pattern)
	}
	if s.ContentEncoding != "" {
		s.Format = orElse(s.Format, s.ContentEncoding)
	}
	if s.Type == huma.TypeString {
		r.format = formatOf(s.Format)
	}
	if s.Items != nil {
		r.items = c.rule(s.Items)
	}
	c.fillMembers(r, s)
	c.fillShapes(r, s)
}

func (c *compiler) fillMembers(r *rule, s *huma.Schema) {
	r.required = s.Required
	r.members = make(map[string]*rule, len(s.Properties))
	for _, name := range slices.Sorted(maps.Keys(s.Properties)) {
		r.members[name] = c.rule(s.Properties[name])
	}
	switch rest := s.AdditionalProperties.(type) {
	case bool:
		r.closed = !rest
	case *huma.Schema:
		r.rest = c.rule(rest)
	}
}

func (c *compiler) fillShapes(r *rule, s *huma.Schema) {
	for _, shape := range slices.Concat(s.OneOf, s.AnyOf) {
		if shape.Type == "null" {
			r.nullable = true
			continue
		}
		r.shapes = append(r.shapes, c.rule(shape))
	}
	for _, part := range s.AllOf {
		r.all = append(r.all, c.rule(part))
	}
}
