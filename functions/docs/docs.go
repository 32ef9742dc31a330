// Package docs is the feature of the API reference: the OpenAPI document for programs, and the same for people, as pages that need nothing from
// another host. Both are written by `make openapi`, so that what is read is what was published; here they are only handed out.
package docs

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"html"
	"net/http"
	"path"

	"github.com/dangol/dangol/docs"
	"github.com/dangol/dangol/shared/api"
	"github.com/dangol/dangol/shared/env"
	"github.com/dangol/dangol/shared/errs"
)

//go:embed assets
var assets embed.FS

// rendered are the pages by language and name, with Base where a sample calls the installation: ko/reference.html.
//
//go:embed ko en
var rendered embed.FS

// Base stands in the pages for the address that samples call; no host can ever have it (RFC 2606, section 2).
const Base = "https://dangol.invalid"

// Feature serves /v1/openapi.yaml and /docs.
type Feature struct{ env *env.Env }

// New returns the feature over the ports of e.
func New(e *env.Env) *Feature { return &Feature{env: e} }

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
		language := r.URL.Query().Get("lang")
		if language != "ko" && language != "en" {
			language = api.Language(r.Context())
		}
		b, err := rendered.ReadFile(language + "/" + name + ".html")
		if err != nil {
			panic("docs: " + err.Error()) // the page is built in: a test reads it before anybody does
		}
		w.Header().Set("Content-Security-Policy",
			"default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
		w.Header().Set("Content-Language", language)
		w.Header().Set("Vary", "Accept-Language")
		send(w, "text/html; charset=utf-8", bytes.ReplaceAll(b, []byte(Base), []byte(html.EscapeString(f.base()))))
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

// base is the address that samples call.
func (f *Feature) base() string {
	if f.env == nil || f.env.Settings.BaseURL == "" {
		return "http://localhost:8080"
	}
	return f.env.Settings.BaseURL
}
