package reference

import (
	"fmt"
	"strings"

	"gopkg.in/yaml.v3"
)

// document is what the pages show of an OpenAPI document.
type document struct {
	Info struct {
		Title       string
		Version     string
		Description string
	}
	Paths      map[string]map[string]*operation
	Components struct {
		Schemas    map[string]*schema
		Parameters map[string]*parameter
		Headers    map[string]*parameter
		Responses  map[string]*response
	}
}

type operation struct {
	ID          string `yaml:"operationId"`
	Summary     string
	Description string
	Tags        []string
	Deprecated  bool
	Security    []map[string][]string
	Parameters  []*parameter
	RequestBody *struct {
		Required bool
		Content  map[string]media
	} `yaml:"requestBody"`
	Responses map[string]*response
}

type parameter struct {
	Ref         string `yaml:"$ref"`
	Name        string
	In          string
	Description string
	Required    bool
	Schema      *schema
}

type response struct {
	Ref         string `yaml:"$ref"`
	Description string
	Headers     map[string]*parameter
	Content     map[string]media
}

type media struct{ Schema *schema }

// schema is a JSON schema, as far as ours go. Type is a name, or a name and "null".
type schema struct {
	Ref                  string `yaml:"$ref"`
	Type                 any
	Format               string
	Description          string
	Properties           map[string]*schema
	Required             []string
	Items                *schema
	AdditionalProperties any `yaml:"additionalProperties"`
	Enum                 []any
	Default              any
	Examples             []any
	AnyOf                []*schema `yaml:"anyOf"`
	OneOf                []*schema `yaml:"oneOf"`
	Minimum              *float64
	Maximum              *float64
	MinLength            *int `yaml:"minLength"`
	MaxLength            *int `yaml:"maxLength"`
	MinItems             *int `yaml:"minItems"`
	MaxItems             *int `yaml:"maxItems"`
	Pattern              string
	ReadOnly             bool `yaml:"readOnly"`
}

func parse(b []byte) (*document, error) {
	d := &document{}
	if err := yaml.Unmarshal(b, d); err != nil {
		return nil, fmt.Errorf("read the OpenAPI document: %w", err)
	}
	return d, nil
}

// last is the name at the end of a reference.
func last(ref string) string { return ref[strings.LastIndex(ref, "/")+1:] }

func (d *document) parameter(p *parameter) *parameter {
	if found := d.Components.Parameters[last(p.Ref)]; p.Ref != "" && found != nil {
		return found
	}
	return p
}

func (d *document) header(p *parameter) *parameter {
	if found := d.Components.Headers[last(p.Ref)]; p.Ref != "" && found != nil {
		return found
	}
	return p
}

func (d *document) response(r *response) *response {
	if found := d.Components.Responses[last(r.Ref)]; r.Ref != "" && found != nil {
		return found
	}
	return r
}

// schema follows references; the name is that of the last one.
func (d *document) schema(s *schema) (*schema, string) {
	name := ""
	for range 10 { // a chain of references is short
		if s == nil || s.Ref == "" {
			break
		}
		name = last(s.Ref)
		s = d.Components.Schemas[name]
	}
	if s == nil {
		s = &schema{}
	}
	return s, name
}

// kind is the type's name, and whether null is allowed beside it.
func (s *schema) kind() (string, bool) {
	list, ok := s.Type.([]any)
	if !ok {
		name, _ := s.Type.(string)
		return name, false
	}
	name, nullable := "", false
	for _, t := range list {
		if t == "null" {
			nullable = true
		} else if t, ok := t.(string); ok {
			name = t
		}
	}
	return name, nullable
}
