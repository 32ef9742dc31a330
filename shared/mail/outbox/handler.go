package outbox

import (
	"bufio"
	"crypto/rand"
	_ "embed"
	"encoding/json"
	"html/template"
	"net/http"
	"strconv"
	"time"

	"golang.org/x/text/language"

	"github.com/dangol/dangol/shared/mail/mime"
)

// BasePath is where the host mounts Handler, with and without a final slash and with ".json".
const BasePath = "/local/mailbox"

// Handler serves the page, the JSON and what the page shows in its frame.
func (o *Outbox) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET "+BasePath, o.servePage)
	mux.HandleFunc("GET "+BasePath+".json", o.serveJSON)
	mux.HandleFunc("DELETE "+BasePath+".json", o.serveClear)
	mux.HandleFunc("GET "+BasePath+"/{id}/html", o.serveHTML)
	mux.HandleFunc("GET "+BasePath+"/{id}/raw", o.serveRaw)
	return mux
}

// entryJSON is an entry as public-api.md has it, and a little more.
type entryJSON struct {
	ID          string            `json:"id"`
	To          string            `json:"to"`
	ToName      string            `json:"toName"`
	From        string            `json:"from"`
	FromName    string            `json:"fromName"`
	ReplyTo     string            `json:"replyTo"`
	Subject     string            `json:"subject"`
	HTML        string            `json:"html"`
	Text        string            `json:"text"`
	Headers     map[string]string `json:"headers"`
	WorkspaceID string            `json:"workspaceId"`
	CampaignID  string            `json:"campaignId"`
	MessageID   string            `json:"messageId"`
	At          time.Time         `json:"at"`
	Size        int               `json:"size"`
}

func (e *Entry) json() entryJSON {
	m := &e.Message
	j := entryJSON{e.ID(), m.To.Email, m.To.Name, m.From.Email, m.From.Name, "", m.Subject, m.HTML, m.Text, map[string]string{}, m.Tenant, m.Campaign, m.ID, e.At, e.Size}
	if m.ReplyTo != nil {
		j.ReplyTo = m.ReplyTo.Email
	}
	for _, h := range m.Headers {
		j.Headers[h.Name] = h.Value
	}
	return j
}

// serveJSON streams the list, the newest first: ?to= ?campaignId= ?q= narrow it, ?limit= (none if not given) and ?after= page it. The header
// Mailbox-Count says how many messages there are without filters.
func (o *Outbox) serveJSON(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	limit, err := strconv.Atoi(q.Get("limit"))
	if err != nil && q.Get("limit") != "" {
		http.Error(w, `{"title":"limit is no number"}`, http.StatusBadRequest)
		return
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Mailbox-Count", strconv.Itoa(o.Count()))
	out := bufio.NewWriterSize(w, 64<<10)
	lines := json.NewEncoder(out)
	lines.SetEscapeHTML(false)
	start := byte('[')
	err = o.Each(r.Context(), Filter{q.Get("to"), q.Get("campaignId"), q.Get("q")}, q.Get("after"), limit, func(e Entry) error {
		_ = out.WriteByte(start) // a later write repeats the error
		start = ','
		return lines.Encode(e.json())
	})
	if err != nil {
		panic(http.ErrAbortHandler) // cut off rather than end in a list that looks whole
	}
	if start == '[' {
		_ = out.WriteByte('[')
	}
	_, _ = out.WriteString("]\n")
	_ = out.Flush() // the caller has gone if this fails
}

func (o *Outbox) serveClear(w http.ResponseWriter, r *http.Request) {
	if err := o.Clear(r.Context()); err != nil {
		http.Error(w, `{"title":"the mailbox could not be cleared"}`, http.StatusInternalServerError)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

// mailPolicy lets a mail show pictures and styles, and nothing run, be sent or be embedded. Links open a new tab.
const mailPolicy = "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; img-src * data:; style-src * 'unsafe-inline'; font-src * data:"

func (o *Outbox) serveHTML(w http.ResponseWriter, r *http.Request) {
	e, found, err := o.Get(r.PathValue("id"))
	if err != nil || !found {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Security-Policy", mailPolicy)
	w.Header().Set("Referrer-Policy", "no-referrer")
	_, _ = w.Write([]byte("<base target=\"_blank\">" + e.Message.HTML)) // the caller has gone if this fails
}

// serveRaw gives the message as a provider would get it.
func (o *Outbox) serveRaw(w http.ResponseWriter, r *http.Request) {
	e, found, err := o.Get(r.PathValue("id"))
	if err != nil || !found {
		http.NotFound(w, r)
		return
	}
	raw, err := mime.Append(nil, &e.Message, mime.Options{Date: e.At})
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	if r.URL.Query().Has("download") {
		w.Header().Set("Content-Type", "message/rfc822")
		w.Header().Set("Content-Disposition", `attachment; filename="`+e.Message.ID+`.eml"`)
	}
	_, _ = w.Write(raw)
}

//go:embed page.html
var pageText string

var page = template.Must(template.New("page").Parse(pageText))

var languages = language.NewMatcher([]language.Tag{language.Korean, language.English})

func (o *Outbox) servePage(w http.ResponseWriter, r *http.Request) {
	_, choice := language.MatchStrings(languages, r.Header.Get("Accept-Language"))
	nonce := rand.Text()
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Vary", "Accept-Language")
	h.Set("Cache-Control", "no-store")
	h.Set("Content-Security-Policy", "default-src 'none'; connect-src 'self'; frame-src 'self'; style-src 'nonce-"+nonce+"'; script-src 'nonce-"+nonce+"'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
	lang := []string{"ko", "en"}[choice]
	_ = page.Execute(w, map[string]any{"Lang": lang, "Nonce": nonce, "Base": BasePath, "T": words[lang]}) // the caller has gone if this fails
}
