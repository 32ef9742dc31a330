package api

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/dangol/dangol/shared/lazyregexp"
)

// YAML returns the OpenAPI document as it is published. The same operations always give the same bytes, in an order that people can read.
func (a *API) YAML() ([]byte, error) {
	b, err := json.Marshal(a.OpenAPI())
	if err != nil {
		return nil, fmt.Errorf("encode the OpenAPI document: %w", err)
	}
	var doc map[string]any
	if err := decodeExact(b, &doc); err != nil {
		return nil, fmt.Errorf("decode the OpenAPI document: %w", err)
	}
	prune(doc)
	var out bytes.Buffer
	writeYAML(&out, doc, 0)
	return out.Bytes(), nil
}

// prune takes out the schemas that nothing names: Huma's own error documents, which nothing sends, and types of which only a patch is taken.
func prune(doc map[string]any) {
	parts, _ := doc["components"].(map[string]any)
	all, _ := parts["schemas"].(map[string]any)
	for {
		named := map[string]bool{}
		references(doc, named)
		unused := func(name string, _ any) bool { return !named[schemas+name] }
		before := len(all)
		if maps.DeleteFunc(all, unused); len(all) == before {
			return
		}
	}
}

// references collects every $ref under v.
func references(v any, into map[string]bool) {
	switch v := v.(type) {
	case map[string]any:
		if ref, ok := v["$ref"].(string); ok {
			into[ref] = true
		}
		for _, inner := range v {
			references(inner, into)
		}
	case []any:
		for _, inner := range v {
			references(inner, into)
		}
	}
}

// order is how members are sorted that have a meaning in OpenAPI; all others follow by name.
var order = []string{"openapi", "info", "servers", "tags", "operationId", "name", "in", "title", "version", "summary", "description", "$ref", "type", "format",
	"deprecated", "security", "required", "parameters", "requestBody", "responses", "headers", "content", "schema", "properties", "paths", "components"}

func members(m map[string]any) []string {
	rank := func(name string) int {
		if i := slices.Index(order, name); i >= 0 {
			return i
		}
		return len(order)
	}
	return slices.SortedFunc(maps.Keys(m), func(a, b string) int {
		if d := rank(a) - rank(b); d != 0 {
			return d
		}
		return strings.Compare(a, b)
	})
}

// writeYAML writes a value that stands at the given depth, from the place after its name on.
func writeYAML(out *bytes.Buffer, v any, depth int) {
	indent := strings.Repeat("  ", depth)
	switch v := v.(type) {
	case map[string]any:
		for i, name := range members(v) {
			if i > 0 {
				out.WriteString(indent)
			}
			out.WriteString(yamlText(name) + ":")
			writeMember(out, v[name], depth)
		}
	case []any:
		for i, item := range v {
			if i > 0 {
				out.WriteString(indent)
			}
			out.WriteString("- ")
			if empty(item) {
				out.WriteString(yamlScalar(item, depth) + "\n")
				continue
			}
			writeYAML(out, item, depth+1)
		}
	default:
		out.WriteString(yamlScalar(v, depth) + "\n")
	}
}

func writeMember(out *bytes.Buffer, v any, depth int) {
	switch v.(type) {
	case map[string]any, []any:
		if empty(v) {
			break
		}
		out.WriteString("\n" + strings.Repeat("  ", depth+1))
		writeYAML(out, v, depth+1)
		return
	}
	out.WriteString(" " + yamlScalar(v, depth+1) + "\n")
}

// empty says whether v is written on one line although it is an object or a list.
func empty(v any) bool {
	switch v := v.(type) {
	case map[string]any:
		return len(v) == 0
	case []any:
		return len(v) == 0
	}
	return false
}

func yamlScalar(v any, depth int) string {
	switch v := v.(type) {
	case map[string]any:
		return "{}"
	case []any:
		return "[]"
	case string:
		if block(v) {
			indent := "\n" + strings.Repeat("  ", depth)
			return "|-" + strings.ReplaceAll(indent+strings.ReplaceAll(v, "\n", indent), indent+"\n", "\n\n")
		}
		return yamlText(v)
	case nil:
		return "null"
	}
	return fmt.Sprint(v)
}

var (
	// plain texts need no quotes: they begin with a letter or one of /$ and hold nothing that YAML takes for a sign.
	plain = lazyregexp.New(`^[\p{L}/$]([\p{L}\p{N} ()./$_=+?;-]*[\p{L}\p{N}()./$_=+?;-])?$`)
	// words are texts that would be read as something else, by YAML or its older versions.
	words = lazyregexp.New(`(?i)^(y|n|yes|no|true|false|on|off|null|nan|inf)$`)
)

// yamlText writes a text plainly or in double quotes, whose escapes are Go's.
func yamlText(s string) string {
	if plain().MatchString(s) && !words().MatchString(s) {
		return s
	}
	return strconv.Quote(s)
}

// block says whether a text of several lines can be written line by line: nothing in it that a reader of YAML would fold, trim or break.
func block(s string) bool {
	foreign := func(r rune) bool { return r != '\n' && !unicode.IsPrint(r) }
	return strings.Contains(s, "\n") && strings.TrimSpace(s) == s && strings.IndexFunc(s, foreign) < 0
}
