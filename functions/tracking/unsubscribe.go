package tracking

import (
	_ "embed"
	"html/template"
	"net/http"
	"strings"
	"sync"

	"github.com/dangol/dangol/shared/api"
	"github.com/dangol/dangol/shared/crm/message"
	"github.com/dangol/dangol/shared/links"
	"github.com/dangol/dangol/shared/sending"
)

//go:embed page.html
var pageSource string

// pages is parsed for the first page: clicks and opens, which are nearly all requests, show none.
var pages = sync.OnceValue(func() *template.Template { return template.Must(template.New("page").Parse(pageSource)) })

// page is what the template shows. Kind: ask, done, sample, unknown, later.
type page struct {
	Language string
	Company  string
	Kind     string
}

// Sample is the token of mails that are only a trial: it shows what a receiver would see.
const sample = "sample"

// ask shows the page with the button. It never acts: mail programs and scanners fetch every link.
func (f *Feature) ask(w http.ResponseWriter, r *http.Request) error {
	if r.PathValue("token") == sample {
		show(w, http.StatusOK, page{Language: api.Language(r.Context()), Kind: "sample"})
		return nil
	}
	return f.answer(w, r, "ask", func(*visit) error { return nil })
}

// unsubscribe acts, on the page's button as on a mail program's one click (RFC 8058): without cookies, without a log-in, as often as it likes.
func (f *Feature) unsubscribe(w http.ResponseWriter, r *http.Request) error {
	return f.answer(w, r, "done", func(v *visit) error {
		return sending.Withdraw(r.Context(), v.t, v.message, sending.Response{Kind: message.Unsubscribed, At: v.t.Now(), Source: "unsubscribe link"}, nil)
	})
}

func (f *Feature) answer(w http.ResponseWriter, r *http.Request, kind string, act func(*visit) error) error {
	v, err := f.read(r.Context(), links.Unsubscribe, r)
	if err != nil {
		return err
	}
	space, err := v.t.Workspace(r.Context())
	if err != nil {
		return err
	}
	if err := act(v); err != nil {
		return err
	}
	show(w, http.StatusOK, page{Language: language(r, space.Language), Company: space.Company, Kind: kind})
	return nil
}

// language is the receiver's, or the workspace's when the browser names none.
func language(r *http.Request, workspace string) string {
	if strings.TrimSpace(r.Header.Get("Accept-Language")) == "" {
		return workspace
	}
	return api.Language(r.Context())
}

func show(w http.ResponseWriter, status int, p page) {
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
	h.Set("X-Robots-Tag", "noindex")
	w.WriteHeader(status)
	_ = pages().Execute(w, p) // a reader who has left misses the rest
}
