package api

import (
	"bytes"
	"reflect"
	"testing"

	"gopkg.in/yaml.v3"
)

func FuzzYAMLTexts(f *testing.F) {
	for _, s := range []string{"", "-", "- a", "#x", "a: b", "a #b", "a:", "1.0", "0x10", "null", "yes", "No", "~", "2026-01-01", " lead", "trail ", "two\nlines",
		"two\n\nwith a blank\n  and an indented one", "tab\tand\nline", "한글", "'q'", `a"b`, "key: |", "<<", "=", "...", "---", "%TAG", "@x", "`x`", "\u2028", "a\r\nb",
		"{}", "[]", "&a", "*a", "!a", "|", ">", "/v1/customers/{id}", "$ref", "a\x00b", "\ufeff", "n", ".5", "1e3", "0o7", "Infinity", ".inf", "\u0085"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var normal bytes.Buffer
		if encodeJSON(&normal, s) != nil {
			return
		}
		var text string
		if err := decodeExact(normal.Bytes(), &text); err != nil { // what is no UTF-8 becomes so
			t.Fatal(err)
		}
		want := map[string]any{"doc": map[string]any{"text": text, "list": []any{text, map[string]any{"in": text}, []any{text}, []any{}, map[string]any{}}}}
		var out bytes.Buffer
		writeYAML(&out, want, 0)
		var got map[string]any
		if err := yaml.Unmarshal(out.Bytes(), &got); err != nil {
			t.Fatalf("%q: %v\n%s", s, err, out.String())
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%q: got %v from\n%s", s, got, out.String())
		}
	})
}
