package api_test

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/dangol/dangol/shared/api"
)

// everyone is a caller without limits, verified at no cost, so that the figures are the contract's own.
type everyone struct{}

func (everyone) Verify(context.Context, string) (api.Principal, error) {
	return api.Principal{Tenant: seoul, UserID: "usr_bench", Scopes: api.Scopes{"*"}, Limit: 1 << 30}, nil
}

func benchAPI() http.Handler {
	a := api.New(api.Options{Verifier: everyone{}, Logger: slog.New(slog.NewJSONHandler(io.Discard, nil))})
	n := note{ID: "001", Title: "a note", Email: "kim@example.com", Stars: 4, Tags: []string{"vip", "gold"}, Place: place{City: "Seoul", Country: "KR"}}
	api.Register(a, api.Operation{ID: "readNote", Method: http.MethodGet, Path: "/v1/notes/{id}", Scope: "notes:read"},
		func(context.Context, *ReadNote) (*api.Record[note], error) { return api.NewRecord(n, 1), nil })
	api.Register(a, api.Operation{ID: "createNote", Method: http.MethodPost, Path: "/v1/notes", Scope: "notes:write", Status: 201},
		func(_ context.Context, in *createNote) (*api.Created[note], error) {
			return api.NewCreated("/v1/notes/1", in.Body, 1), nil
		})
	return a.For("bench").Handler()
}

type discard struct{ h http.Header }

func (d *discard) Header() http.Header         { return d.h }
func (d *discard) Write(p []byte) (int, error) { return len(p), nil }
func (d *discard) WriteHeader(int)             {}

func bench(b *testing.B, method, target, body string, change ...with) {
	h := benchAPI()
	r := httptest.NewRequest(method, target, nil)
	as(seoul, "u", "*")(r)
	for _, c := range change {
		c(r)
	}
	b.ReportAllocs()
	for b.Loop() {
		r.Body = io.NopCloser(strings.NewReader(body))
		r.ContentLength = int64(len(body))
		h.ServeHTTP(&discard{h: http.Header{}}, r)
	}
}

// BenchmarkContract is what the contract costs around a handler that does nothing; the budget is 40 us.
func BenchmarkContract(b *testing.B) {
	b.Run("read", func(b *testing.B) { bench(b, "GET", "/v1/notes/001", "") })
	b.Run("read not modified", func(b *testing.B) { bench(b, "GET", "/v1/notes/001", "", header("If-None-Match", `"1"`)) })
	b.Run("create", func(b *testing.B) {
		bench(b, "POST", "/v1/notes", `{"title":"a note","email":"kim@example.com","stars":4,"tags":["vip","gold"],"place":{"city":"Seoul","country":"KR"}}`)
	})
	b.Run("refuse", func(b *testing.B) { bench(b, "GET", "/v1/nothing", "") })
}
