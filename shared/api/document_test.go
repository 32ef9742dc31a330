package api_test

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"
	"time"

	"gopkg.in/yaml.v3"

	"github.com/dangol/dangol/shared/api"
)

// published is the YAML document, read.
func published(t *testing.T, a *api.API) map[string]any {
	t.Helper()
	text, err := a.YAML()
	if err != nil {
		t.Fatal(err)
	}
	var doc map[string]any
	if err := yaml.Unmarshal(text, &doc); err != nil {
		t.Fatal(err)
	}
	return doc
}

// dig follows names into a document.
func dig(v any, names ...string) any {
	for _, n := range names {
		m, _ := v.(map[string]any)
		v = m[n]
	}
	return v
}

// parameterRefs lists an operation's shared parameters.
func parameterRefs(op any) []string {
	var all []string
	list, _ := dig(op, "parameters").([]any)
	for _, p := range list {
		if ref, ok := dig(p, "$ref").(string); ok {
			all = append(all, ref)
		}
	}
	return all
}

func TestDocumentOfEveryOperation(t *testing.T) {
	doc := published(t, newWorld(t).api)
	n := 0
	for path, item := range doc["paths"].(map[string]any) {
		for method, op := range item.(map[string]any) {
			n++
			public := path == "/v1/greeting" || path == "/v1/old-greeting"
			if got := len(dig(op, "security").([]any)); (got == 0) != public {
				t.Errorf("%s %s: %d security requirements", method, path, got)
			}
			needed := []string{"400", "422", "500", "503"}
			if !public {
				needed = append(needed, "401", "403", "429")
			}
			for _, status := range needed {
				if dig(op, "responses", status, "$ref") == nil {
					t.Errorf("%s %s does not tell of %s", method, path, status)
				}
			}
			if got := slices.Contains(parameterRefs(op), "#/components/parameters/IdempotencyKey"); got != (method == "post" && !public) {
				t.Errorf("%s %s takes an Idempotency-Key: %v", method, path, got)
			}
			if dig(op, "responses", "default") != nil {
				t.Errorf("%s %s tells of an answer that is not sent", method, path)
			}
		}
	}
	if n != 11 {
		t.Errorf("%d operations, want 11", n)
	}
}

func TestDocumentOfTheConventions(t *testing.T) {
	doc := published(t, newWorld(t).api)
	record, notes := dig(doc, "paths", "/v1/notes/{id}"), dig(doc, "paths", "/v1/notes")
	for name, got := range map[string]any{
		"the scope":                dig(record, "get", "security").([]any)[0].(map[string]any)["bearer"].([]any)[0] == "notes:read",
		"the version of a record":  dig(record, "get", "responses", "200", "headers", "ETag") != nil,
		"not modified":             dig(record, "get", "responses", "304") != nil,
		"the place of a new one":   dig(notes, "post", "responses", "201", "headers", "Location") != nil,
		"rate limits":              dig(notes, "get", "responses", "200", "headers", "RateLimit") != nil,
		"both types of a patch":    len(dig(record, "patch", "requestBody", "content").(map[string]any)) == 2,
		"a body that must be":      dig(notes, "post", "requestBody", "required") == true && dig(record, "patch", "requestBody", "required") == true,
		"a body that may be away":  dig(doc, "paths", "/v1/greeting", "post", "requestBody", "required") == nil,
		"a deprecated operation":   dig(doc, "paths", "/v1/old-greeting", "get", "deprecated") == true,
		"the bearer scheme":        dig(doc, "components", "securitySchemes", "bearer", "scheme") == "bearer",
		"the problem":              dig(doc, "components", "schemas", "Problem", "properties", "requestId") != nil,
		"the tag":                  dig(doc, "tags").([]any)[0].(map[string]any)["name"] == "notes",
		"Retry-After":              dig(doc, "components", "responses", "TooManyRequests", "headers", "Retry-After") != nil,
		"money as it is written":   dig(doc, "components", "schemas", "Money", "properties", "amount", "format") == "decimal",
		"problems of Huma are out": dig(doc, "components", "schemas", "V2ErrorModel") == nil,
	} {
		if got != true {
			t.Errorf("the document lacks %s", name)
		}
	}
}

func TestDocumentOfAPage(t *testing.T) {
	a := api.New(api.Options{Logger: slog.New(slog.DiscardHandler)})
	a.For("tracking").HandleOperation(api.Operation{ID: "openPixel", Method: http.MethodGet, Path: "/v1/t/o/{token}", Tag: "tracking", Statuses: []int{404}}, "image/gif",
		http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, r.PathValue("token")) }))
	op := dig(published(t, a), "paths", "/v1/t/o/{token}", "get")
	if dig(op, "responses", "200", "content", "image/gif") == nil || dig(op, "responses", "404", "$ref") == nil || len(dig(op, "parameters").([]any)) != 1 {
		t.Errorf("got %v", op)
	}
	rec := httptest.NewRecorder()
	a.Handler().ServeHTTP(rec, httptest.NewRequest(http.MethodGet, "/v1/t/o/abc?utm_source=mail", nil))
	if rec.Code != 200 || rec.Body.String() != "abc" {
		t.Errorf("%d %s", rec.Code, rec.Body)
	}
}

func TestPatchSchemaAllowsNullEverywhere(t *testing.T) {
	doc := published(t, newWorld(t).api)
	ref := dig(doc, "paths", "/v1/notes/{id}", "patch", "requestBody", "content", "application/merge-patch+json", "schema", "$ref").(string)
	s := dig(doc, "components", "schemas", ref[len("#/components/schemas/"):])
	if dig(s, "required") != nil || dig(s, "additionalProperties") != false {
		t.Errorf("%v", s)
	}
	for _, path := range [][]string{{"title"}, {"stars"}, {"place"}, {"place", "properties", "city"}, {"tags"}} {
		kind, _ := dig(s, append(append([]string{"properties"}, path...), "type")...).([]any)
		if !slices.Contains(kind, any("null")) {
			t.Errorf("%v: type %v", path, kind)
		}
	}
}

func handler[I any](context.Context, *I) (*struct{}, error) { return nil, nil }

func TestMistakesOfAFeatureStopTheProgram(t *testing.T) {
	type hidden struct {
		ID string `path:"id"`
	}
	for name, register := range map[string]func(*api.API){
		"a hidden embedded input": func(a *api.API) {
			api.Register(a, api.Operation{ID: "x", Method: http.MethodGet, Path: "/v1/x/{id}"}, handler[struct{ hidden }])
		},
		"an unknown format": func(a *api.API) {
			api.Register(a, api.Operation{ID: "x", Method: http.MethodGet, Path: "/v1/x"}, handler[struct {
				A string `query:"a" format:"isbn"`
			}])
		},
		"a handler that may outlive its claim": func(a *api.API) {
			api.Register(a, api.Operation{ID: "x", Method: http.MethodGet, Path: "/v1/x", Timeout: time.Minute}, handler[struct{}])
		},
		"the same path twice": func(a *api.API) {
			api.Register(a, api.Operation{ID: "x", Method: http.MethodGet, Path: "/v1/x"}, handler[struct{}])
			api.Register(a, api.Operation{ID: "y", Method: http.MethodGet, Path: "/v1/x"}, handler[struct{}])
		},
		"the same operationId twice": func(a *api.API) {
			api.Register(a, api.Operation{ID: "x", Method: http.MethodGet, Path: "/v1/x"}, handler[struct{}])
			api.Register(a, api.Operation{ID: "x", Method: http.MethodGet, Path: "/v1/y"}, handler[struct{}])
		},
		"a path variable that nobody reads": func(a *api.API) {
			api.Register(a, api.Operation{ID: "x", Method: http.MethodGet, Path: "/v1/x/{id}"}, handler[struct{}])
		},
		"a cursor key of the wrong length": func(*api.API) { api.New(api.Options{CursorKey: []byte("short")}) },
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if recover() == nil {
					t.Error("it was accepted")
				}
			}()
			register(api.New(api.Options{}))
		})
	}
}
