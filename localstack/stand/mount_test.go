package stand

import (
	"encoding/json"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/dangol/dangol/localstack/mounts"
	"github.com/dangol/dangol/shared/api"
	"github.com/dangol/dangol/shared/catalogue"
	"github.com/dangol/dangol/shared/crm/user"
)

func open(t *testing.T) *Stand {
	t.Helper()
	s, err := Open(Options{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// rows lists the names of the catalogue's rows that a trigger starts.
func rows(is func(catalogue.Function) bool) (names []string) {
	for _, row := range catalogue.Rows() {
		if is(row) {
			names = append(names, row.Name)
		}
	}
	slices.Sort(names)
	return names
}

// A row that is not mounted is deployed and answers nobody; a handler without a row runs here and not in the cloud.
func TestTheStandMountsTheCatalogue(t *testing.T) {
	e := open(t).Env
	for trigger, c := range map[string]struct{ got, want []string }{
		"HTTP":     {slices.Sorted(maps.Keys(mounts.Features(mounts.Everywhere(e)))), rows(func(r catalogue.Function) bool { return len(r.Paths) > 0 })},
		"queue":    {slices.Sorted(maps.Keys(mounts.Workers(mounts.Everywhere(e)))), rows(func(r catalogue.Function) bool { return r.Queue != "" })},
		"feed":     {slices.Sorted(maps.Keys(mounts.Feeds(mounts.Everywhere(e)))), rows(func(r catalogue.Function) bool { return len(r.Feed) > 0 })},
		"schedule": {slices.Sorted(maps.Keys(mounts.Ticks(mounts.Everywhere(e)))), rows(func(r catalogue.Function) bool { return len(r.Schedules) > 0 })},
	} {
		if !slices.Equal(c.got, c.want) {
			t.Errorf("%s: got handlers of %v, want of %v", trigger, c.got, c.want)
		}
	}
}

// The gateway chooses the function by the path: an operation outside of its row's paths would never be reached.
func TestEveryOperationIsLedToItsRow(t *testing.T) {
	e := open(t).Env
	for _, row := range catalogue.Rows() {
		if len(row.Paths) == 0 {
			continue
		}
		alone := api.New(api.Options{Logger: slog.New(slog.DiscardHandler)})
		mounts.Features(mounts.Everywhere(e))[row.Name].Register(alone.For(row.Name))
		operations := operationsOf(t, alone)
		for _, o := range operations {
			if got := catalogue.Of(o.Method, o.Path); got != row.Name {
				t.Errorf("%s serves %s, which is led to %q", row.Name, o, got)
			}
		}
		for _, p := range row.Routes() {
			if !served(alone, operations, p) {
				t.Errorf("%s has the path %s and serves nothing there", row.Name, p)
			}
		}
	}
}

// pages are what features serve beside the document: the pages themselves, and the links in mails.
var pages = map[string]string{"/v1/t": "/v1/t/o/x", "/v1/openapi.yaml": "/v1/openapi.yaml", "/docs": "/docs"}

func served(a *api.API, operations []catalogue.Path, p catalogue.Path) bool {
	if slices.ContainsFunc(operations, func(o catalogue.Path) bool { return p.Leads(o.Method, o.Path) }) {
		return true
	}
	w := httptest.NewRecorder()
	a.Handler().ServeHTTP(w, httptest.NewRequest(http.MethodGet, pages[p.Path]+"?", nil))
	return pages[p.Path] != "" && !strings.Contains(w.Body.String(), `"not_found"`)
}

// operationsOf lists method and path of every operation of the document.
func operationsOf(t *testing.T, a *api.API) (out []catalogue.Path) {
	t.Helper()
	raw, err := json.Marshal(a.OpenAPI())
	if err != nil {
		t.Fatal(err)
	}
	var d struct {
		Paths map[string]map[string]documented
	}
	if err := json.Unmarshal(raw, &d); err != nil {
		t.Fatal(err)
	}
	for path, methods := range d.Paths {
		for method := range methods {
			out = append(out, catalogue.Path{Method: strings.ToUpper(method), Path: path})
		}
	}
	return out
}

// withoutScope lists the operations that anybody with a credential may call, or only the owner, with the reason.
var withoutScope = map[string]string{
	"getMe":              "who calls, told to the caller",
	"resendVerification": "about the caller's own address",
	"listApiKeys":        "the owner's: a key must not see the others",
	"createApiKey":       "the owner's: a key must not make a greater one",
	"deleteApiKey":       "the owner's",
}

// documented is what the tests below read of an operation.
type documented struct {
	OperationID, Summary string
	Tags                 []string
	Security             []struct{ Bearer []string }
	Parameters           []struct{ Name, In string }
	Responses            map[string]any
}

func (d documented) takes(name string) bool {
	return slices.ContainsFunc(d.Parameters, func(p struct{ Name, In string }) bool { return p.Name == name })
}

func TestEveryOperationIsDocumented(t *testing.T) {
	raw, err := json.Marshal(open(t).API().OpenAPI())
	if err != nil {
		t.Fatal(err)
	}
	var d struct {
		Paths map[string]map[string]documented
	}
	if err := json.Unmarshal(raw, &d); err != nil {
		t.Fatal(err)
	}
	seen := map[string]string{}
	for path, methods := range d.Paths {
		for method, o := range methods {
			at := strings.ToUpper(method) + " " + path
			if other := seen[o.OperationID]; o.OperationID == "" || other != "" {
				t.Errorf("%s has the id %q, as %s", at, o.OperationID, other)
			}
			seen[o.OperationID] = at
			if o.Summary == "" || strings.HasSuffix(o.Summary, ".") || len(o.Tags) != 1 || o.Tags[0] == "" {
				t.Errorf("%s: summary %q, tags %v; want a phrase and one tag", at, o.Summary, o.Tags)
			}
			checkScope(t, at, o)
			checkRefusals(t, at, method, path, o)
		}
	}
	for id := range withoutScope {
		if seen[id] == "" {
			t.Errorf("withoutScope names %s, which is no operation", id)
		}
	}
}

func checkScope(t *testing.T, at string, o documented) {
	for _, s := range o.Security {
		switch {
		case len(s.Bearer) == 0 && withoutScope[o.OperationID] == "":
			t.Errorf("%s needs no scope: give it one, or say here why not", at)
		case len(s.Bearer) > 0 && !user.KnownScope(s.Bearer[0]):
			t.Errorf("%s needs the scope %s, which no key can be given", at, s.Bearer)
		}
	}
}

// checkRefusals wants every way in which an operation can refuse in the document.
func checkRefusals(t *testing.T, at, method, path string, o documented) {
	if method == "get" && len(o.Security) == 0 {
		return // a page for everybody: the same for all, it refuses nothing
	}
	want := []string{"422", "500", "503"}
	if len(o.Security) > 0 {
		want = append(want, "401", "403", "429")
	}
	if strings.Contains(path, "{id}") {
		want = append(want, "404")
	}
	if o.takes("If-Match") {
		want = append(want, "412")
	}
	if method == "post" && len(o.Security) > 0 {
		want = append(want, "409", "413", "415")
	}
	for _, status := range want {
		if o.Responses[status] == nil {
			t.Errorf("%s can answer %s and does not say so", at, status)
		}
	}
	if (method == "patch" || method == "delete" && strings.Contains(path, "{id}")) && !o.takes("If-Match") && o.OperationID != "deleteApiKey" {
		t.Errorf("%s takes no If-Match", at)
	}
}
