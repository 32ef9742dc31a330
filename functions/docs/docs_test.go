package docs_test

import (
	"bytes"
	"html"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	published "github.com/dangol/dangol/docs"
	"github.com/dangol/dangol/functions/docs"
	"github.com/dangol/dangol/shared/api"
	"github.com/dangol/dangol/shared/env"
	"github.com/dangol/dangol/shared/errs"
)

func get(t *testing.T, target string, header ...string) *httptest.ResponseRecorder {
	t.Helper()
	a := api.New(api.Options{Logger: slog.New(slog.DiscardHandler)})
	docs.New(&env.Env{Settings: env.Settings{BaseURL: "https://api.example.com"}}).Register(a.For("docs"))
	r := httptest.NewRequest(http.MethodGet, target, nil)
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	a.Handler().ServeHTTP(w, r)
	return w
}

func TestDocumentIsThePublishedOne(t *testing.T) {
	w := get(t, "/v1/openapi.yaml")
	if w.Code != 200 || !bytes.Equal(w.Body.Bytes(), published.OpenAPI) || w.Header().Get("Content-Type") != "application/yaml; charset=utf-8" {
		t.Errorf("%d %s, %d bytes", w.Code, w.Header().Get("Content-Type"), w.Body.Len())
	}
	if again := get(t, "/v1/openapi.yaml", "If-None-Match", w.Header().Get("ETag")); again.Code != 304 || again.Body.Len() != 0 {
		t.Errorf("with its tag: %d, %d bytes", again.Code, again.Body.Len())
	}
}

func TestReferenceHasEveryOperation(t *testing.T) {
	ids := regexp.MustCompile(`(?m)^ +operationId: (\S+)$`).FindAllSubmatch(published.OpenAPI, -1)
	if len(ids) < 20 {
		t.Fatalf("only %d operations were published", len(ids))
	}
	for _, language := range []string{"ko", "en"} {
		page := get(t, "/docs?lang="+language).Body.String()
		for _, id := range ids {
			if !strings.Contains(page, `<article id="`+string(id[1])+`">`) {
				t.Errorf("%s: %s is not on the page", language, id[1])
			}
		}
		if !strings.Contains(html.UnescapeString(page), "curl -X POST 'https://api.example.com/v1/customers'") {
			t.Errorf("%s: no sample calls this installation", language)
		}
		if strings.Contains(page, "%!") || strings.Contains(page, "&lt;nil&gt;") || strings.Contains(page, "ZgotmplZ") {
			t.Errorf("%s: a text was not filled in", language)
		}
	}
}

func TestPagesNeedNoOtherHost(t *testing.T) {
	outside := regexp.MustCompile(`(?:src|href|action|srcset)="(?:https?:)?//|@import|url\(`)
	for _, target := range []string{"/docs", "/docs/problems", "/docs/assets/docs.css", "/docs/assets/docs.js"} {
		w := get(t, target)
		if found := outside.FindString(w.Body.String()); w.Code != 200 || found != "" {
			t.Errorf("%s: %d, %q", target, w.Code, found)
		}
	}
	h := get(t, "/docs").Header()
	if csp := h.Get("Content-Security-Policy"); !strings.HasPrefix(csp, "default-src 'none'; style-src 'self'; script-src 'self'") || strings.Contains(csp, "unsafe") {
		t.Errorf("policy %q", csp)
	}
	if page := get(t, "/docs").Body.String(); regexp.MustCompile(`<script>|<style>| style="| on[a-z]+="`).MatchString(page) {
		t.Error("the page has code or style that its policy forbids")
	}
}

func TestLanguage(t *testing.T) {
	for _, c := range []struct{ target, accept, want string }{
		{"/docs", "ko-KR", "ko"}, {"/docs", "en", "en"}, {"/docs", "", "en"}, {"/docs?lang=ko", "en", "ko"}, {"/docs?lang=en", "ko", "en"}, {"/docs?lang=xx", "ko", "ko"},
	} {
		w := get(t, c.target, "Accept-Language", c.accept)
		if w.Header().Get("Content-Language") != c.want || !strings.Contains(w.Body.String(), `<html lang="`+c.want+`">`) {
			t.Errorf("%s for %q: %s", c.target, c.accept, w.Header().Get("Content-Language"))
		}
	}
}

func TestProblemsExplainEveryCode(t *testing.T) {
	page := html.UnescapeString(get(t, "/docs/problems?lang=ko").Body.String())
	for code, text := range errs.Codes() {
		if !strings.Contains(page, `<div id="`+code+`"`) || !strings.Contains(page, strings.NewReplacer("[", "", "]", "").Replace(text.Ko)) {
			t.Errorf("%s is not explained", code)
		}
	}
}

func TestWhatIsNotThere(t *testing.T) {
	for target, status := range map[string]int{"/docs/assets/none.css": 404, "/docs/assets/..%2fdocs.go": 404, "/docs/none": 404, "/docs/": 308} {
		if w := get(t, target); w.Code != status {
			t.Errorf("%s: %d, want %d", target, w.Code, status)
		}
	}
}
