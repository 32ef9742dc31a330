package awslambda

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"unicode/utf8"

	"github.com/dangol/dangol/shared/api"
	"github.com/dangol/dangol/shared/errs"
)

// maxPayload is how much Lambda hands back in one piece: 6 MB, less what AWS adds.
const maxPayload = 6<<20 - 4<<10

// response collects what a handler writes.
type response struct {
	header http.Header
	sent   http.Header // the header as it was when the status was written: later changes do not count
	status int
	body   bytes.Buffer
}

func newResponse() *response { return &response{header: http.Header{}} }

// Header returns the header to be sent.
func (w *response) Header() http.Header { return w.header }

// WriteHeader sets the status and closes the header. Interim statuses (1xx) cannot be sent through Lambda.
func (w *response) WriteHeader(status int) {
	if w.status == 0 && status >= 200 {
		w.status, w.sent = status, w.header.Clone()
	}
}

// Write adds to the body. As net/http does, it names the type of a body that nobody named.
func (w *response) Write(p []byte) (int, error) {
	if w.status == 0 {
		if w.header.Get("Content-Type") == "" {
			w.header.Set("Content-Type", http.DetectContentType(p))
		}
		w.WriteHeader(http.StatusOK)
	}
	return w.body.Write(p)
}

// gatewayResponse is the reply of payload format 2.0. Its headers have one value each: what may be repeated is joined, except cookies, which
// have a list of their own.
type gatewayResponse struct {
	StatusCode      int               `json:"statusCode"`
	Headers         map[string]string `json:"headers"`
	Cookies         []string          `json:"cookies,omitempty"`
	Body            string            `json:"body"`
	IsBase64Encoded bool              `json:"isBase64Encoded"`
}

// payload returns the reply as Lambda takes it. One that is too large becomes a problem, since Lambda would drop it and answer 502.
func (w *response) payload(r *http.Request) ([]byte, error) {
	b, err := encode(w.reply(r.Method))
	if err != nil || len(b) <= maxPayload {
		return b, err
	}
	problem := newResponse()
	if id := w.header.Get("X-Request-Id"); id != "" {
		problem.header.Set("X-Request-Id", id)
	}
	api.WriteProblem(problem, r, errs.New(errs.TooLarge, "reply_too_large"))
	return encode(problem.reply(r.Method))
}

// encode writes the reply with the characters of HTML as they are: each would become six bytes of the 6 MB.
func encode(r gatewayResponse) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(r); err != nil {
		return nil, fmt.Errorf("encode the reply: %w", err)
	}
	return b.Bytes(), nil
}

func (w *response) reply(method string) gatewayResponse {
	w.WriteHeader(http.StatusOK) // unless the handler has
	out := gatewayResponse{StatusCode: w.status, Headers: make(map[string]string, len(w.sent))}
	for name, values := range w.sent {
		switch {
		case name == "Set-Cookie":
			out.Cookies = values
		case !hopByHop[name] && name != "Content-Length": // the gateway counts for itself, after base64
			out.Headers[name] = strings.Join(values, ", ")
		}
	}
	if method != http.MethodHead && bodyAllowed(w.status) {
		out.Body, out.IsBase64Encoded = text(w.body.Bytes())
	}
	return out
}

// bodyAllowed says whether a reply of the status has a body.
func bodyAllowed(status int) bool {
	return status != http.StatusNoContent && status != http.StatusNotModified
}

// text returns a body as the text of a JSON document can carry it: as it is, or in base64.
func text(b []byte) (string, bool) {
	if utf8.Valid(b) {
		return string(b), false
	}
	return base64.StdEncoding.EncodeToString(b), true
}
