package reference

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// example returns a value of the schema: the given example, or one that is made up member by member.
func (v *view) example(s *schema, within ...string) any {
	s, name := v.document.schema(s)
	if len(s.Examples) > 0 {
		return s.Examples[0]
	}
	if slices.Contains(within, name) && name != "" || len(within) > maxDepth {
		return map[string]any{}
	}
	within = append(within, name)
	if all := slices.Concat(s.AnyOf, s.OneOf); len(all) > 0 {
		return v.example(all[0], within...)
	}
	switch kind, _ := s.kind(); kind {
	case "array":
		return []any{v.example(s.Items, within...)}
	case "object":
		return v.exampleObject(s, within)
	default:
		return exampleValue(s, kind)
	}
}

func (v *view) exampleObject(s *schema, within []string) map[string]any {
	out := map[string]any{}
	for name, p := range s.Properties {
		out[name] = v.example(p, within...)
		if given, ok := exampleNames[name]; ok && out[name] == unknown {
			out[name] = given
		}
	}
	return out
}

// unknown stands where a text goes of which the schema says nothing.
const unknown = "…"

// exampleNames are what members with these names hold everywhere.
var exampleNames = map[string]string{
	"name": "김단골", "email": "kim@example.com", "phone": "+821012345678", "externalId": "A-1001", "birthDate": "1990-05-17", "country": "KR", "city": "서울",
	"region": "서울", "postalCode": "04524", "line1": "세종대로 110", "currency": "KRW", "language": "ko", "timeZone": "Asia/Seoul", "company": "단골상회",
	"customerId": "cus_01JD8Z4N6T0QF5W9E2R7Y1K3MB", "productName": "원두 200g", "kind": "consumer", "gender": "female", "lifecycleStage": "customer",
}

func exampleValue(s *schema, kind string) any {
	switch {
	case s.Default != nil:
		return s.Default
	case len(s.Enum) > 0:
		return s.Enum[0]
	case kind == "integer" || kind == "number":
		return max(1, int(orZero(s.Minimum)))
	case kind == "boolean":
		return true
	case kind == "string":
		return orElse(exampleFormats[s.Format], unknown)
	}
	return nil
}

func orZero(f *float64) float64 {
	if f == nil {
		return 0
	}
	return *f
}

var exampleFormats = map[string]string{
	"date-time": "2026-01-31T09:00:00Z", "date": "2026-01-31", "email": "kim@example.com", "uri": "https://example.com", "decimal": "12.50", "currency": "KRW",
	"time-zone": "Asia/Seoul",
}

// pretty is a value as indented JSON with its members in order.
func pretty(value any) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(value); err != nil { // what YAML read, JSON can write, but for names that are no text
		return fmt.Sprint(value)
	}
	return strings.TrimSpace(b.String())
}

// curl is the call of an operation as one types it.
func (v *view) curl(method, path string, op *operation) string {
	lines := []string{"curl"}
	if method != "GET" {
		lines[0] += " -X " + method
	}
	lines[0] += fmt.Sprintf(" '%s%s'", v.Base, path)
	if len(op.Security) > 0 {
		lines = append(lines, `-H "Authorization: Bearer $DANGOL_KEY"`)
	}
	if slices.ContainsFunc(op.Parameters, func(p *parameter) bool { return last(p.Ref) == "IdempotencyKey" }) {
		lines = append(lines, `-H "Idempotency-Key: $(uuidgen)"`)
	}
	if op.RequestBody != nil {
		for _, media := range slices.Sorted(maps.Keys(op.RequestBody.Content)) {
			lines = append(lines, fmt.Sprintf("-H 'Content-Type: %s'", media),
				fmt.Sprintf("-d '%s'", strings.ReplaceAll(pretty(v.requestExample(op)), "'", `'\''`)))
			break
		}
	}
	return strings.Join(lines, " \\\n  ")
}

func (v *view) requestExample(op *operation) any {
	media := slices.Sorted(maps.Keys(op.RequestBody.Content))[0]
	return v.writable(op.RequestBody.Content[media].Schema)
}

// writable is the example of a body without the members that only the server writes.
func (v *view) writable(s *schema) any {
	value := v.example(s)
	plain, _ := v.document.schema(s)
	members, ok := value.(map[string]any)
	if !ok {
		return value
	}
	maps.DeleteFunc(members, func(name string, _ any) bool { return plain.Properties[name] != nil && plain.Properties[name].ReadOnly })
	return members
}
