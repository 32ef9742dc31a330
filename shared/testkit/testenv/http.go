package testenv

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/dangol/dangol/shared/api"
	"github.com/dangol/dangol/shared/identity"
)

// Feature is what a folder under functions/ makes.
type Feature interface{ Register(a *api.API) }

// Serve returns the features behind the whole contract, with the true verifier.
func (p *Place) Serve(t testing.TB, features ...Feature) *Server {
	t.Helper()
	v, err := identity.NewVerifier(p.Env)
	if err != nil {
		t.Fatal(err)
	}
	a := api.New(api.Options{
		Title: "Dangol", Version: "test", Verifier: v, Idempotency: api.TableIdempotency(p.Engine), CursorKey: p.Settings.Keys.Cursor,
		Clock: p.Clock, IDs: p.IDs, Logger: p.Log,
	})
	for _, f := range features {
		f.Register(a)
	}
	return &Server{handler: a.Handler()}
}

// Server answers requests in this process.
type Server struct{ handler http.Handler }

// Request is one call; a Body that is no string is sent as JSON. Header holds names and values in turn.
type Request struct {
	Method, Path string
	Token        string
	Cookie       *http.Cookie
	From         string // network address; default 192.0.2.1
	Body         any
	Header       []string
}

// Reply is what came back.
type Reply struct {
	Status int
	Header http.Header
	Cookie *http.Cookie // the only one that was set, or nil
	Text   string
}

// Do sends the request.
func (s *Server) Do(t testing.TB, r Request) *Reply {
	t.Helper()
	q := httptest.NewRequest(r.Method, "https://dangol.test"+r.Path, body(t, r.Body))
	q.RemoteAddr = "192.0.2.1:4711"
	if r.From != "" {
		q.RemoteAddr = r.From + ":4711"
	}
	if r.Body != nil {
		q.Header.Set("Content-Type", "application/json")
	}
	if r.Token != "" {
		q.Header.Set("Authorization", "Bearer "+r.Token)
	}
	if r.Cookie != nil {
		q.AddCookie(&http.Cookie{Name: r.Cookie.Name, Value: r.Cookie.Value})
	}
	for i := 0; i+1 < len(r.Header); i += 2 {
		q.Header.Set(r.Header[i], r.Header[i+1])
	}
	w := httptest.NewRecorder()
	s.handler.ServeHTTP(w, q)
	reply := &Reply{Status: w.Code, Header: w.Header(), Text: w.Body.String()}
	if set := w.Result().Cookies(); len(set) > 0 {
		reply.Cookie = set[0]
	}
	return reply
}

func body(t testing.TB, v any) io.Reader {
	t.Helper()
	switch v := v.(type) {
	case nil:
		return nil
	case string:
		return strings.NewReader(v)
	}
	raw, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return bytes.NewReader(raw)
}

// Into decodes the body.
func (r *Reply) Into(t testing.TB, v any) {
	t.Helper()
	if err := json.Unmarshal([]byte(r.Text), v); err != nil {
		t.Fatalf("decode %q: %v", r.Text, err)
	}
}

// At returns the value under the member names, one below the other, or nil.
func (r *Reply) At(path ...string) any {
	var v any
	if json.Unmarshal([]byte(r.Text), &v) != nil {
		return nil
	}
	for _, name := range path {
		m, ok := v.(map[string]any)
		if !ok {
			return nil
		}
		v = m[name]
	}
	return v
}

// Problem returns the code of a refusal with the fields that it names: "validation_failed /email:email_invalid".
func (r *Reply) Problem() string {
	var p struct {
		Code   string
		Errors []struct{ Pointer, Code string }
	}
	if json.Unmarshal([]byte(r.Text), &p) != nil {
		return ""
	}
	s := p.Code
	for _, e := range p.Errors {
		s += " " + e.Pointer + ":" + e.Code
	}
	return s
}
