package api_test

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"
)

// TestYAMLSaysWhatJSONSays reads the document back with a YAML reader of others.
func TestYAMLSaysWhatJSONSays(t *testing.T) {
	w := newWorld(t)
	text, err := w.api.YAML()
	if err != nil {
		t.Fatal(err)
	}
	var fromYAML any
	if err := yaml.Unmarshal(text, &fromYAML); err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	for _, name := range []string{"V2ErrorModel", "V2ErrorDetail"} { // nothing sends them
		delete(w.api.OpenAPI().Components.Schemas.Map(), name)
	}
	b, err := json.Marshal(w.api.OpenAPI())
	if err != nil {
		t.Fatal(err)
	}
	var fromJSON any
	if err := json.Unmarshal(b, &fromJSON); err != nil {
		t.Fatal(err)
	}
	again, err := json.Marshal(fromYAML)
	if err != nil {
		t.Fatal(err)
	}
	var normal any
	if err := json.Unmarshal(again, &normal); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(normal, fromJSON) {
		t.Errorf("the two differ:\n%s\n%s", again, b)
	}
	if !strings.HasPrefix(string(text), "openapi: ") || strings.Index(string(text), "\npaths:") > strings.Index(string(text), "\ncomponents:") {
		t.Errorf("out of order: %.200s", text)
	}
	same, err := newWorld(t).api.YAML()
	if err != nil || !bytes.Equal(same, text) {
		t.Errorf("the same operations gave another document: %v", err)
	}
}
