// Package docs is the feature of the API reference: the OpenAPI document for programs, and the same for people, as pages that need nothing from
// another host. All of it is made of docs/openapi.yaml, so that what is read is what was published.
package docs

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"net/http"
	"path"
	"strings"
	"sync"

	"github.com/dangol/dangol/docs"
	"github.com/dangol/dangol/shared/api"
	"github.com/dangol/dangol/shared/env"
	"github.com/dangol/dangol/shared/errs"
)

//go:embed assets
var assets embed.FS

// Feature serves /v1/openapi.yaml and /docs.
type Feature struct {
	env   *env.Env
	pages func() (map[string][]byte, error) // by language and name; made at the first look, not at the start of every function
}

// New returns the feature over the ports of e.
func New(e *env.Env) *Feature {
	f := &Feature{env: e}
	f.pages = sync.OnceValues(f.render)
	return f
}

// Register mounts the pages. They answer with documents, to anybody.
func (f *Feature) Register(a *api.API) {
	a.HandleOperation(api.Operation{ID: "readOpenAPI", Method: http.MethodGet, Path: "/v1/openapi.yaml", Tag: "docs", Summary: "Read this document"},
		"application/yaml", http.HandlerFunc(f.document))
	a.Handle("GET /docs", f.page("reference"))
	a.Handle("GET /docs/problems", f.page("problems"))
	a.Handle("GET /docs/assets/{name}", http.HandlerFunc(f.asset))
	a.Handle("GET /docs/{$}", http.RedirectHandler("/docs", http.StatusPermanentRedirect))
}

func (f *Feature) document(w http.ResponseWriter, _ *http.Request) {
	send(w, "application/yaml; charset=utf-8", docs.OpenAPI)
}

func (f *Feature) asset(w http.ResponseWriter, r *http.Request) {
	name := path.Base(r.PathValue("name"))
	b, err := assets.ReadFile("assets/" + name)
	if err != nil {
		api.WriteProblem(w, r, errs.New(errs.NotFound, "not_found"))
		return
	}
	send(w, types[path.Ext(name)], b)
}

var types = map[string]string{".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}

// page serves a page in the language of ?lang, or else in the one that the browser asks for.
func (f *Feature) page(name string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		pages, err := f.pages()
		if err != nil {
			panic(fmt.Sprintf("docs: %v", err)) // the document is built in: a test reads it before anybody does
		}
		language := r.URL.Query().Get("lang")
		if language != "ko" && language != "en" {
			language = api.Language(r.Context())
		}
		w.Header().Set("Content-Security-Policy",
			"default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
		w.Header().Set("Content-Language", language)
		w.Header().Set("Vary", "Accept-Language")
		send(w, "text/html; charset=utf-8", pages[language+"/"+name])
	})
}

// send answers with a document that everybody may keep and must ask about again: its tag changes with its bytes.
func send(w http.ResponseWriter, contentType string, b []byte) {
	sum := sha256.Sum256(b)
	h := w.Header()
	h.Set("Content-Type", contentType)
	h.Set("Cache-Control", "public, no-cache")
	h.Set("ETag", `"`+hex.EncodeToString(sum[:8])+`"`)
	_, _ = w.Write(b) // the reader is gone when this fails
}

// render makes every page in both languages.
func (f *Feature) render() (map[string][]byte, error) {
	d, err := parse(docs.OpenAPI)
	if err != nil {
		return nil, err
	}
	pages := map[string][]byte{}
	for language, words := range languages {
		v := view{Words: words, Language: language, Base: f.base(), document: d}
		for name, data := range map[string]any{"reference": v.reference(), "problems": v.problems()} {
			var b strings.Builder
			if err := templates().ExecuteTemplate(&b, name+".html", data); err != nil {
				return nil, fmt.Errorf("render %s in %s: %w", name, language, err)
			}
			pages[language+"/"+name] = []byte(b.String())
		}
	}
	return pages, nil
}

// base is the address that samples call.
func (f *Feature) base() string {
	if f.env == nil || f.env.Settings.BaseURL == "" {
		return "http://localhost:8080"
	}
	return f.env.Settings.BaseURL
}
