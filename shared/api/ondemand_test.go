package api_test

import (
	"bytes"
	"context"
	"net/http"
	"net/http/httptest"
	"reflect"
	"sync"
	"testing"

	"github.com/dangol/dangol/shared/api"
)

// onDemand is a world whose operations are read at their first call.
func onDemand(t *testing.T) *world {
	t.Helper()
	w := newWorld(t)
	w.api = api.New(api.Options{
		Title: "Test", Version: "1", Verifier: passwords{}, Idempotency: api.TableIdempotency(w.tables), CursorKey: bytes.Repeat([]byte{7}, 32),
		Clock: w.clock, OnDemand: true,
	})
	(&notes{w: w}).register(w.api.For("notes"))
	return w
}

// The same requests get the same replies, whichever is the first.
func TestAnOperationReadAtItsFirstCallKeepsTheContract(t *testing.T) {
	for _, c := range []struct {
		name, method, target, body string
		change                     []with
		status                     int
		code                       string
	}{
		{"a list", "GET", "/v1/notes?limit=2", "", nil, 200, ""},
		{"a parameter that breaks its rule", "GET", "/v1/notes?limit=0", "", nil, 422, "validation_failed"},
		{"a record is made", "POST", "/v1/notes", `{"title":"a"}`, nil, 201, ""},
		{"a body that breaks a rule", "POST", "/v1/notes", `{"title":"a","stars":9}`, nil, 422, "validation_failed"},
		{"a key", "POST", "/v1/notes", `{"title":"a"}`, []with{key("k")}, 201, ""},
		{"a record that is not there", "GET", "/v1/notes/404", "", nil, 404, "not_found"},
		{"a wrong method", "PUT", "/v1/notes", "", nil, 405, "method_not_allowed"},
		{"no credential", "GET", "/v1/notes", "", []with{header("Authorization", "")}, 401, "credential_missing"},
		{"a document", "GET", "/v1/pixel/x", "", nil, 200, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			want := newWorld(t).call(c.method, c.target, c.body, c.change...)
			got := onDemand(t).call(c.method, c.target, c.body, c.change...).want(t, c.status, c.code)
			for _, volatile := range []http.Header{got.header, want.header} {
				volatile.Del("X-Request-Id")
			}
			delete(got.doc, "requestId")
			delete(want.doc, "requestId")
			if !reflect.DeepEqual(got.doc, want.doc) || !reflect.DeepEqual(got.header, want.header) {
				t.Errorf("got %s %v\nwant %s %v", got.raw, got.header, want.raw, want.header)
			}
		})
	}
}

// The document holds every operation, in the same bytes, though one was called before and the others never.
func TestTheDocumentDoesNotWaitForCalls(t *testing.T) {
	want, err := newWorld(t).api.YAML()
	if err != nil {
		t.Fatal(err)
	}
	w := onDemand(t)
	w.call("GET", "/v1/other-notes", "").want(t, 200, "")
	got, err := w.api.YAML()
	if err != nil || !bytes.Equal(got, want) {
		t.Errorf("got %v\n%s", err, got)
	}
}

// First calls of several operations, and several first calls of one, may come at once; the race detector watches.
func TestFirstCallsAtOnce(t *testing.T) {
	w := onDemand(t)
	var all sync.WaitGroup
	for i := range 24 {
		target := []string{"/v1/notes", "/v1/other-notes", "/v1/notes/404"}[i%3]
		all.Go(func() {
			r := httptest.NewRequest(http.MethodGet, target, nil)
			as(seoul, "usr_owner", "*")(r)
			rec := httptest.NewRecorder()
			w.api.Handler().ServeHTTP(rec, r)
			if want := map[bool]int{true: 404, false: 200}[i%3 == 2]; rec.Code != want {
				t.Errorf("%s: got %d, want %d\n%s", target, rec.Code, want, rec.Body)
			}
		})
	}
	all.Wait()
}

// What a registration refuses can only be said by the calls then, by each of them, and spares the other operations.
func TestAMistakeFailsItsOwnCalls(t *testing.T) {
	w := onDemand(t)
	api.Register(w.api, api.Operation{ID: "broken", Method: http.MethodGet, Path: "/v1/broken/{id}", Tag: "notes", Public: true},
		func(context.Context, *struct{}) (*struct{}, error) { return nil, nil })
	for range 2 {
		w.call("GET", "/v1/broken/1", "").want(t, 500, "internal")
	}
	w.call("GET", "/v1/notes", "").want(t, 200, "")
}
