package api_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/dangol/dangol/shared/api"
	"github.com/dangol/dangol/shared/clock"
	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/kv"
	"github.com/dangol/dangol/shared/table"
	"github.com/dangol/dangol/shared/table/embedded"
)

// world is an API with one feature, notes, over a real table engine, and a clock that stands still.
type world struct {
	t      *testing.T
	tables *embedded.Engine
	clock  *clock.Manual
	log    *lines
	api    *api.API
	runs   counter // how often a handler of the feature ran
}

const seoul, busan = "wsp_01JD8Z4N6T0QF5W9E2R7Y1K3MA", "wsp_01JD8Z4N6T0QF5W9E2R7Y1K3MB"

func newWorld(t *testing.T) *world {
	t.Helper()
	store, err := kv.Open(t.TempDir(), kv.Options{})
	if err != nil {
		t.Fatal(err)
	}
	engine, err := embedded.New(store, embedded.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	w := &world{t: t, tables: engine, clock: clock.NewManual(time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)), log: &lines{}}
	w.api = w.build(api.Limits{})
	return w
}

func (w *world) build(l api.Limits) *api.API {
	a := api.New(api.Options{
		Title: "Test", Version: "1", Verifier: passwords{}, Idempotency: api.TableIdempotency(w.tables), CursorKey: bytes.Repeat([]byte{7}, 32),
		Clock: w.clock, Limits: l, Logger: slog.New(slog.NewJSONHandler(w.log, &slog.HandlerOptions{Level: slog.LevelInfo})),
	})
	(&notes{w: w}).register(a.For("notes"))
	return a
}

// passwords verifies "Bearer tenant user scope,scope": what a test says is who calls.
type passwords struct{}

func (passwords) Verify(_ context.Context, authorization string) (api.Principal, error) {
	part := strings.Fields(authorization)
	if len(part) != 4 || part[0] != "Bearer" {
		return api.Principal{}, errs.New(errs.Unauthorized, "credential_missing")
	}
	return api.Principal{Tenant: part[1], UserID: part[2], Scopes: strings.Split(part[3], ","), Owner: part[2] == "usr_owner"}, nil
}

// answer is a reply, read.
type answer struct {
	status int
	header http.Header
	raw    string
	doc    map[string]any
}

// with changes a request before it is sent.
type with func(*http.Request)

func header(name, value string) with {
	return func(r *http.Request) { r.Header.Set(name, value) }
}

func as(tenant, user, scopes string) with {
	return header("Authorization", "Bearer "+tenant+" "+user+" "+scopes)
}

func key(k string) with { return header("Idempotency-Key", k) }

// call sends a request as the owner in Seoul, unless told otherwise.
func (w *world) call(method, target, body string, change ...with) answer {
	w.t.Helper()
	var in io.Reader
	if body != "" {
		in = strings.NewReader(body)
	}
	r := httptest.NewRequest(method, target, in)
	as(seoul, "usr_owner", "*")(r)
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	for _, c := range change {
		c(r)
	}
	rec := httptest.NewRecorder()
	w.api.Handler().ServeHTTP(rec, r)
	return read(w.t, rec)
}

func read(t *testing.T, rec *httptest.ResponseRecorder) answer {
	t.Helper()
	a := answer{status: rec.Code, header: rec.Header(), raw: rec.Body.String()}
	if strings.Contains(a.header.Get("Content-Type"), "json") && a.raw != "" {
		if err := json.Unmarshal([]byte(a.raw), &a.doc); err != nil {
			t.Fatalf("reply is no JSON: %v\n%s", err, a.raw)
		}
	}
	return a
}

// text returns a member of the reply's document as text.
func (a answer) text(name string) string {
	s, _ := a.doc[name].(string)
	return s
}

// faults lists the reply's errors as "pointer code".
func (a answer) faults() []string {
	var all []string
	list, _ := a.doc["errors"].([]any)
	for _, f := range list {
		m := f.(map[string]any)
		all = append(all, m["pointer"].(string)+" "+m["code"].(string))
	}
	return all
}

// want fails unless the reply has the status and the code ("" for none).
func (a answer) want(t *testing.T, status int, code string) answer {
	t.Helper()
	if a.status != status || a.text("code") != code {
		t.Fatalf("got %d %q, want %d %q\n%s", a.status, a.text("code"), status, code, a.raw)
	}
	return a
}

// count returns how many notes a tenant has.
func (w *world) count(tenant string) int {
	w.t.Helper()
	p, err := w.tables.Query(context.Background(), table.Query{Table: table.CRM, PK: "t#" + tenant + "#notes"}.Prefix("n#"))
	if err != nil {
		w.t.Fatal(err)
	}
	return len(p.Items)
}

// lines collects log lines.
type lines struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

// take returns the lines written since the last take.
func (l *lines) take(t *testing.T) []map[string]any {
	t.Helper()
	l.mu.Lock()
	defer l.mu.Unlock()
	var all []map[string]any
	for d := json.NewDecoder(&l.b); ; {
		var line map[string]any
		if err := d.Decode(&line); errors.Is(err, io.EOF) {
			l.b.Reset()
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		all = append(all, line)
	}
}

// counter counts from many goroutines.
type counter struct {
	mu sync.Mutex
	n  int
}

func (c *counter) add() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.n++
}

func (c *counter) get() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.n
}
