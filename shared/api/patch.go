package api

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"

	"github.com/danielgtaylor/huma/v2"

	"github.com/dangol/dangol/shared/errs"
)

// Patch is a JSON merge patch (RFC 7396) of a T, as the body of a PATCH: a member that is absent stays, null clears it, a value sets it, and so on
// inside objects. Lists are replaced whole.
type Patch[T any] struct {
	members map[string]any
}

// UnmarshalJSON keeps the document.
func (p *Patch[T]) UnmarshalJSON(b []byte) error { return decodeExact(b, &p.members) }

// MarshalJSON gives the document back.
func (p Patch[T]) MarshalJSON() ([]byte, error) { return json.Marshal(p.members) }

// Has says whether the patch names the member, be it with null.
func (p Patch[T]) Has(member string) bool {
	_, ok := p.members[member]
	return ok
}

// Apply returns old with the patch merged in, and the names of the members that differ now, sorted. old itself stays as it is.
func (p Patch[T]) Apply(old T) (T, []string, error) {
	var patched T
	before, err := membersOf(old)
	if err != nil {
		return patched, nil, err
	}
	b, err := json.Marshal(mergePatch(before, p.members))
	if err != nil {
		return patched, nil, fmt.Errorf("encode the patched %T: %w", old, err)
	}
	if err := json.Unmarshal(b, &patched); err != nil {
		return patched, nil, errs.New(errs.Invalid, "body_unreadable").Because(err)
	}
	after, err := membersOf(patched)
	return patched, differing(before, after), err
}

// membersOf is v as a JSON object. Numbers keep their digits.
func membersOf(v any) (map[string]any, error) {
	b, err := json.Marshal(v)
	if err != nil {
		return nil, fmt.Errorf("encode %T: %w", v, err)
	}
	var m map[string]any
	if err := decodeExact(b, &m); err != nil {
		return nil, fmt.Errorf("decode %T as an object: %w", v, err)
	}
	return m, nil
}

func decodeExact(b []byte, v any) error {
	d := json.NewDecoder(bytes.NewReader(b))
	d.UseNumber()
	return d.Decode(v)
}

// mergePatch is MergePatch of RFC 7396, section 2. The target is not changed.
func mergePatch(target, patch map[string]any) map[string]any {
	merged := maps.Clone(target)
	if merged == nil {
		merged = map[string]any{}
	}
	for name, v := range patch {
		switch v := v.(type) {
		case nil:
			delete(merged, name)
		case map[string]any:
			inner, _ := merged[name].(map[string]any)
			merged[name] = mergePatch(inner, v)
		default:
			merged[name] = v
		}
	}
	return merged
}

func differing(before, after map[string]any) []string {
	var names []string
	for name := range before {
		if !reflect.DeepEqual(before[name], after[name]) {
			names = append(names, name)
		}
	}
	for name := range after {
		if _, ok := before[name]; !ok {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// Schema is T's with every member optional and nullable, as a component of its own.
func (p Patch[T]) Schema(r huma.Registry) *huma.Schema {
	t := reflect.TypeFor[T]()
	name := schemaName(t, "") + "Patch"
	if r.Map()[name] == nil {
		s := patchOf(r, r.Schema(t, false, ""), nil)
		s.Nullable = false
		s.Description = "A JSON merge patch: absent stays, null clears, a value sets."
		r.Map()[name] = s
	}
	return &huma.Schema{Ref: schemas + name}
}

// patchOf returns the schema of a merge patch of what s describes. A type that holds itself is patched whole from there on.
func patchOf(r huma.Registry, s *huma.Schema, within []string) *huma.Schema {
	if s.Ref != "" {
		if slices.Contains(within, s.Ref) {
			return nullable(s)
		}
		return patchOf(r, r.SchemaFromRef(s.Ref), append(within, s.Ref))
	}
	if s.Type != huma.TypeObject {
		return nullable(s)
	}
	p := *s
	p.Nullable, p.Required, p.Properties = true, nil, make(map[string]*huma.Schema, len(s.Properties))
	for name, member := range s.Properties {
		p.Properties[name] = patchOf(r, member, within)
	}
	if rest, ok := s.AdditionalProperties.(*huma.Schema); ok {
		p.AdditionalProperties = patchOf(r, rest, within)
	}
	return &p
}

// nullable returns the schema of what s describes, or null.
func nullable(s *huma.Schema) *huma.Schema {
	if s.Ref != "" {
		return &huma.Schema{AnyOf: []*huma.Schema{{Ref: s.Ref}, {Type: "null"}}}
	}
	n := *s
	n.Nullable = n.Type != "" // without a type, null is allowed already
	return &n
}

// Optional is one member of a body in which absent, null and a value are three things. Tag it omitzero.
type Optional[T any] struct {
	Set   bool // the member is there
	Null  bool // and is null
	Value T
}

// Some returns an Optional that is set to v.
func Some[T any](v T) Optional[T] { return Optional[T]{Set: true, Value: v} }

// Or returns the value: was when the member is absent, T's zero when it is null.
func (o Optional[T]) Or(was T) T {
	if !o.Set {
		return was
	}
	return o.Value
}

// IsZero says whether the member is absent.
func (o Optional[T]) IsZero() bool { return !o.Set }

// UnmarshalJSON is called only for a member that is there.
func (o *Optional[T]) UnmarshalJSON(b []byte) error {
	*o = Optional[T]{Set: true, Null: string(b) == "null"}
	if o.Null {
		return nil
	}
	return json.Unmarshal(b, &o.Value)
}

// MarshalJSON writes the value, or null when there is none.
func (o Optional[T]) MarshalJSON() ([]byte, error) {
	if !o.Set || o.Null {
		return []byte("null"), nil
	}
	return json.Marshal(o.Value)
}

// Schema is T's, or null.
func (o Optional[T]) Schema(r huma.Registry) *huma.Schema {
	return nullable(r.Schema(reflect.TypeFor[T](), true, ""))
}
