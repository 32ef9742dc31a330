package api_test

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/dangol/dangol/shared/api"
)

func TestEveryRefusalIsAProblem(t *testing.T) {
	deep := `{"title":"x","custom":{"a":` + strings.Repeat("[", 40) + strings.Repeat("]", 40) + `}}`
	for _, c := range []struct {
		name, method, target, body string
		change                     []with
		status                     int
		code                       string
	}{
		{"unknown address", "GET", "/v1/nothing", "", nil, 404, "not_found"},
		{"address with a double slash", "GET", "/v1//notes", "", nil, 404, "not_found"},
		{"wrong method", "PUT", "/v1/notes", "", nil, 405, "method_not_allowed"},
		{"no credential", "GET", "/v1/notes", "", []with{header("Authorization", "")}, 401, "credential_missing"},
		{"wrong scope", "GET", "/v1/notes", "", []with{as(seoul, "usr_a", "orders:read")}, 403, "scope_missing"},
		{"not the owner", "DELETE", "/v1/notes/1", "", []with{as(seoul, "usr_a", "*")}, 403, "owner_only"},
		{"unknown record", "GET", "/v1/notes/none", "", nil, 404, "not_found"},
		{"no JSON", "POST", "/v1/notes", `{"title":`, nil, 400, "json_malformed"},
		{"two documents", "POST", "/v1/notes", `{"title":"a"} {}`, nil, 400, "json_malformed"},
		{"no UTF-8", "POST", "/v1/notes", "{\"title\":\"\xff\"}", nil, 400, "json_malformed"},
		{"too deep", "POST", "/v1/notes", deep, nil, 400, "json_too_deep"},
		{"no body", "POST", "/v1/notes", "", nil, 400, "body_missing"},
		{"a patch without a document", "PATCH", "/v1/notes/1", "", nil, 400, "body_missing"},
		{"too large", "POST", "/v1/notes", `{"title":"` + strings.Repeat("x", 2<<20) + `"}`, nil, 413, "body_too_large"},
		{"too large without a length", "POST", "/v1/notes", `{"title":"` + strings.Repeat("x", 2<<20) + `"}`,
			[]with{func(r *http.Request) { r.ContentLength = -1 }}, 413, "body_too_large"},
		{"a form", "POST", "/v1/notes", "title=x", []with{header("Content-Type", "application/x-www-form-urlencoded")}, 415, "media_type_unsupported"},
		{"merge patch on POST", "POST", "/v1/notes", `{"title":"x"}`, []with{header("Content-Type", "application/merge-patch+json")}, 415, "media_type_unsupported"},
		{"a broken field", "POST", "/v1/notes", `{"title":""}`, nil, 422, "validation_failed"},
		{"unknown parameter", "GET", "/v1/notes?colour=red", "", nil, 400, "parameter_unknown"},
		{"parameter twice", "GET", "/v1/notes?limit=1&limit=2", "", nil, 400, "parameter_repeated"},
		{"query that cannot be read", "GET", "/v1/notes?sort=%zz", "", nil, 400, "query_malformed"},
		{"parameter out of bounds", "GET", "/v1/notes?limit=500", "", nil, 422, "validation_failed"},
		{"unknown sort", "GET", "/v1/notes?sort=-colour", "", nil, 400, "sort_unknown"},
		{"unknown field", "GET", "/v1/notes?fields=colour", "", nil, 400, "fields_unknown"},
		{"unknown expansion", "GET", "/v1/notes?expand=colour", "", nil, 400, "expand_unknown"},
		{"unknown filter", "GET", "/v1/notes?filter=colour+eq+red", "", nil, 400, "filter_field_unknown"},
		{"filter that cannot be read", "GET", "/v1/notes?filter=title+is+red", "", nil, 400, "filter_malformed"},
		{"internal failure", "POST", "/v1/notes/fail", `{"how":"internal"}`, nil, 500, "internal"},
		{"panic", "POST", "/v1/notes/fail", `{"how":"panic"}`, nil, 500, "internal"},
		{"reply that cannot be encoded", "POST", "/v1/notes/fail", `{"how":"unencodable"}`, nil, 500, "internal"},
		{"throttled table", "POST", "/v1/notes/fail", `{"how":"throttled"}`, nil, 503, "busy"},
		{"lost race", "POST", "/v1/notes/fail", `{"how":"condition"}`, nil, 409, "conflict"},
		{"record too large for the table", "POST", "/v1/notes/fail", `{"how":"limit"}`, nil, 413, "record_too_large"},
		{"meta that is no JSON", "POST", "/v1/notes/fail", `{"how":"unjson"}`, nil, 409, "conflict"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t)
			a := w.call(c.method, c.target, c.body, c.change...).want(t, c.status, c.code)
			if got := a.header.Get("Content-Type"); got != "application/problem+json" {
				t.Errorf("Content-Type %q", got)
			}
			for _, member := range []string{"type", "title", "detail", "requestId"} {
				if a.text(member) == "" {
					t.Errorf("no %s in %s", member, a.raw)
				}
			}
			if a.text("requestId") != a.header.Get("X-Request-Id") || a.doc["status"] != float64(c.status) {
				t.Errorf("the document and the reply differ: %s", a.raw)
			}
			if w.count(seoul) != 0 {
				t.Error("a refused request wrote")
			}
			if got := w.log.take(t); len(got) != 1 || got[0]["status"] != float64(c.status) || got[0]["requestId"] != a.text("requestId") {
				t.Errorf("log %v, want one line of the request", got)
			}
		})
	}
}

func TestInternalTextStaysInside(t *testing.T) {
	w := newWorld(t)
	for how, secret := range map[string]string{"internal": "hunter2", "panic": "secret of the panic"} {
		a := w.call("POST", "/v1/notes/fail", fmt.Sprintf(`{"how":%q}`, how))
		if strings.Contains(a.raw, secret) {
			t.Errorf("%s: the caller reads %s", how, a.raw)
		}
		line := w.log.take(t)[0]
		if !strings.Contains(fmt.Sprint(line["error"]), secret) {
			t.Errorf("%s: the log does not tell why: %v", how, line)
		}
		if got := line["stack"] != nil; got != (how == "panic") {
			t.Errorf("%s: stack in the log: %v", how, got)
		}
	}
}

func TestProblemSpeaksTheCallersLanguage(t *testing.T) {
	w := newWorld(t)
	for accept, want := range map[string]string{
		"":                         "There is nothing here.",
		"ko":                       "찾는 대상이 없어요.",
		"ko-KR,ko;q=0.9,en;q=0.8":  "찾는 대상이 없어요.",
		"en;q=0.5, ko;q=0.7":       "찾는 대상이 없어요.",
		"fr, en;q=0.5, ko;q=0.1":   "There is nothing here.",
		"ko;q=0, en":               "There is nothing here.",
		"ko;q=nonsense, de, en-GB": "There is nothing here.",
	} {
		if got := w.call("GET", "/v1/nothing", "", header("Accept-Language", accept)).text("detail"); got != want {
			t.Errorf("%q: %q, want %q", accept, got, want)
		}
	}
	a := w.call("POST", "/v1/notes", `{"title":"x","stars":9}`, header("Accept-Language", "ko"))
	if got := a.header.Values("Content-Language"); !slices.Equal(got, []string{"ko"}) {
		t.Errorf("Content-Language %q", got)
	}
	if !strings.Contains(a.raw, "5 이하여야 해요.") {
		t.Errorf("the field's detail is not Korean: %s", a.raw)
	}
}

func TestProblemMembersAndHeaders(t *testing.T) {
	w := newWorld(t)
	a := w.call("POST", "/v1/notes/fail", `{"how":"candidates"}`).want(t, 409, "conflict")
	if fmt.Sprint(a.doc["candidates"]) != "[a b]" {
		t.Errorf("Meta is missing, or replaced a member of the contract: %s", a.raw)
	}
	a = w.call("POST", "/v1/notes/fail", `{"how":"later"}`).want(t, 429, "rate_limited")
	if a.header.Get("Retry-After") != "30" || a.doc["retryAfter"] != 30.0 {
		t.Errorf("Retry-After %q, %v", a.header.Get("Retry-After"), a.doc["retryAfter"])
	}
	if got := w.call("GET", "/v1/notes", "", header("Authorization", "")).header.Get("WWW-Authenticate"); got != `Bearer realm="dangol"` {
		t.Errorf("WWW-Authenticate %q", got)
	}
	if got := w.call("PUT", "/v1/notes", "").header.Get("Allow"); got != "GET, HEAD, POST" {
		t.Errorf("Allow %q", got)
	}
}

func TestSlowHandlerEndsInTime(t *testing.T) {
	w := newWorld(t)
	w.api = w.build(api.Limits{Timeout: 20 * time.Millisecond})
	a := w.call("POST", "/v1/notes/fail", `{"how":"slow"}`).want(t, 503, "timed_out")
	if a.header.Get("Retry-After") == "" {
		t.Error("no Retry-After")
	}
}

// Whoever leaves while a question runs is no alarm, whatever error the engine ends with; a failure of ours beside it still is one.
func TestACallerWhoLeavesIsNoError(t *testing.T) {
	for how, want := range map[string]struct {
		status int
		level  string
	}{"slow": {503, "INFO"}, "interrupted": {503, "INFO"}, "panic": {503, "ERROR"}} {
		t.Run(how, func(t *testing.T) {
			w := newWorld(t)
			ctx, leave := context.WithCancel(t.Context())
			leave()
			func() {
				defer func() { _ = recover() }()
				w.call("POST", "/v1/notes/fail", `{"how":"`+how+`"}`, func(r *http.Request) { *r = *r.WithContext(ctx) })
			}()
			line := w.log.take(t)[0]
			if line["level"] != want.level || line["status"] != float64(want.status) || line["error"] == nil {
				t.Errorf("got %v, want level %s, status %d and the cause", line, want.level, want.status)
			}
		})
	}
	w := newWorld(t)
	w.call("POST", "/v1/notes/fail", `{"how":"internal"}`).want(t, 500, "internal")
	if line := w.log.take(t)[0]; line["level"] != "ERROR" {
		t.Errorf("got %v for a failure while the caller waits, want an error", line)
	}
}

func TestRequestID(t *testing.T) {
	w := newWorld(t)
	for given, kept := range map[string]bool{"abc-123.X:1_2": true, "": false, "two words": false, "line\nbreak": false, strings.Repeat("x", 65): false} {
		got := w.call("GET", "/v1/notes", "", header("X-Request-Id", given)).header.Get("X-Request-Id")
		if (got == given) != kept || got == "" {
			t.Errorf("given %q, answered %q", given, got)
		}
	}
}

func TestSecurityHeadersOnEveryReply(t *testing.T) {
	w := newWorld(t)
	for _, target := range []string{"/v1/notes", "/v1/nothing", "/v1/pixel/x"} {
		h := w.call("GET", target, "").header
		for name, want := range map[string]string{"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store", "Referrer-Policy": "no-referrer",
			"Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'", "Strict-Transport-Security": "max-age=63072000; includeSubDomains"} {
			if got := h.Get(name); got != want {
				t.Errorf("%s: %s %q, want %q", target, name, got, want)
			}
		}
	}
}

func TestLogLine(t *testing.T) {
	w := newWorld(t)
	w.call("GET", "/v1/notes/secret-id?", "")
	line := w.log.take(t)[0]
	for name, want := range map[string]any{"msg": "request", "level": "INFO", "function": "notes", "route": "GET /v1/notes/{id}", "method": "GET", "status": 404.0,
		"tenant": seoul, "actor": "usr_owner"} {
		if line[name] != want {
			t.Errorf("%s: %v, want %v", name, line[name], want)
		}
	}
	w.call("GET", "/v1/pixel/tok-en", "")
	if line := w.log.take(t)[0]; strings.Contains(fmt.Sprint(line), "tok-en") {
		t.Errorf("a token of a path is in the log: %v", line)
	}
}

func TestDeprecationIsAnnounced(t *testing.T) {
	h := newWorld(t).call("GET", "/v1/old-greeting", "").header
	if h.Get("Deprecation") != "@1767225600" || h.Get("Sunset") != "Fri, 01 Jan 2027 00:00:00 GMT" {
		t.Errorf("Deprecation %q, Sunset %q", h.Get("Deprecation"), h.Get("Sunset"))
	}
}

func TestPublicOperation(t *testing.T) {
	w := newWorld(t)
	public := []with{header("Authorization", ""), header("Accept-Language", "ko")}
	a := w.call("POST", "/v1/greeting", "", public...).want(t, 200, "")
	if a.text("text") != "hello you" || a.text("language") != "ko" || !slices.Equal(a.header.Values("Set-Cookie"), []string{"a=1", "b=2"}) {
		t.Errorf("got %s, cookies %q", a.raw, a.header.Values("Set-Cookie"))
	}
	w.call("POST", "/v1/greeting", "", public...).want(t, 200, "")
	w.call("POST", "/v1/greeting", "", public...).want(t, 200, "")
	w.call("POST", "/v1/greeting", "", public...).want(t, 429, "rate_limited")
	other := append(public, func(r *http.Request) { r.RemoteAddr = "198.51.100.7:1" })
	w.call("POST", "/v1/greeting", "", other...).want(t, 200, "")
}
