package proofs_test

import (
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/dangol/dangol/localstack/standtest"
)

// operation is what the OpenAPI document says of one operation.
type operation struct {
	ID          string `json:"operationId"`
	Method      string `json:"-"`
	Path        string `json:"-"`
	Summary     string
	Tags        []string
	Security    []map[string][]string
	Parameters  []struct{ Name, In string }
	RequestBody *struct{ Required bool }
	Responses   map[string]any
}

// noun is the segment of the path before its first parameter, and without one the first under /v1.
func (o operation) noun() string {
	parts := strings.Split(o.Path, "/")
	if named := slices.IndexFunc(parts, func(p string) bool { return strings.HasPrefix(p, "{") }); named > 0 {
		return parts[named-1]
	}
	return parts[2]
}

var pathParameter = regexp.MustCompile(`\{(\w+)\}`)

// at is the operation's path for a record.
func (o operation) at(id string) string { return pathParameter.ReplaceAllLiteralString(o.Path, id) }

// named lists the parameters in the path.
func (o operation) named() (names []string) {
	for _, m := range pathParameter.FindAllStringSubmatch(o.Path, -1) {
		names = append(names, m[1])
	}
	return names
}

// operations reads the document of everything that the stand serves: what is not in it is not promised, and what is in it is walked.
func operations(t *testing.T, s *standtest.Stand) []operation {
	t.Helper()
	raw, err := json.Marshal(s.API().OpenAPI())
	if err != nil {
		t.Fatal(err)
	}
	var document struct {
		Paths map[string]map[string]operation
	}
	if err := json.Unmarshal(raw, &document); err != nil {
		t.Fatal(err)
	}
	var all []operation
	for _, path := range slices.Sorted(maps.Keys(document.Paths)) {
		for _, method := range slices.Sorted(maps.Keys(document.Paths[path])) {
			o := document.Paths[path][method]
			o.Method, o.Path = strings.ToUpper(method), path
			all = append(all, o)
		}
	}
	if len(all) < 60 {
		t.Fatalf("the document has %d operations; it has lost some", len(all))
	}
	return all
}

// field is a member of a JSON object, "" when there is none.
func field(body []byte, name string) string {
	var members map[string]any
	if json.Unmarshal(body, &members) != nil {
		return ""
	}
	text, _ := members[name].(string)
	return text
}
