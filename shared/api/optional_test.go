package api_test

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/dangol/dangol/shared/api"
	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/table"
)

func TestOptionalIsThreeThings(t *testing.T) {
	type doc struct {
		Name api.Optional[string] `json:"name,omitzero"`
		City api.Optional[place]  `json:"city,omitzero"`
	}
	for text, want := range map[string]struct {
		set, null bool
		or        string
	}{`{}`: {false, false, "was"}, `{"name":null}`: {true, true, ""}, `{"name":"now"}`: {true, false, "now"}} {
		var d doc
		if err := json.Unmarshal([]byte(text), &d); err != nil {
			t.Fatal(err)
		}
		if d.Name.Set != want.set || d.Name.Null != want.null || d.Name.Or("was") != want.or {
			t.Errorf("%s: got %+v", text, d.Name)
		}
		if again, err := json.Marshal(d); err != nil || string(again) != text {
			t.Errorf("%s became %s, %v", text, again, err)
		}
	}
	if got := api.Some(7); !got.Set || got.Value != 7 {
		t.Errorf("got %+v", got)
	}
}

type optionalInput struct {
	Body struct {
		Name api.Optional[string] `json:"name,omitzero" maxLength:"5"`
		City api.Optional[place]  `json:"city,omitzero"`
	}
}

func TestOptionalIsCheckedByItsSchema(t *testing.T) {
	a := api.New(api.Options{Logger: slog.New(slog.DiscardHandler)})
	api.Register(a, api.Operation{ID: "x", Method: http.MethodPut, Path: "/v1/x", Public: true},
		func(context.Context, *optionalInput) (*struct{}, error) { return nil, nil })
	for body, want := range map[string]string{
		`{}`: "", `{"name":null,"city":null}`: "", `{"name":"four","city":{"city":"Seoul"}}`: "",
		`{"name":"too long"}`: "/name too_long", `{"name":7}`: "/name type_wrong", `{"city":{"country":"korea"}}`: "/city/country format_invalid",
	} {
		rec := httptest.NewRecorder()
		a.Handler().ServeHTTP(rec, httptest.NewRequest(http.MethodPut, "/v1/x", strings.NewReader(body)))
		if got := strings.Join(read(t, rec).faults(), " "); got != want || (rec.Code == 204) != (want == "") {
			t.Errorf("%s: %d %q, want %q", body, rec.Code, got, want)
		}
	}
}

func TestProblemOutsideOfAnAPI(t *testing.T) {
	rec := httptest.NewRecorder()
	r := httptest.NewRequest(http.MethodGet, "/other", nil)
	r.Header.Set("Accept-Language", "ko")
	api.WriteProblem(rec, r, errs.New(errs.Unavailable, "busy").With("retryAfter", 3))
	a := read(t, rec).want(t, 503, "busy")
	if a.text("title") != "지금은 처리할 수 없어요" || a.header.Get("Retry-After") != "3" {
		t.Errorf("%s %v", a.raw, a.header)
	}
	if p := api.ProblemOf(context.Background(), errs.InvalidField("/a", "too_long", "max", 3)); p.Status != 422 || p.Errors[0].Detail != "This may have 3 characters at most." {
		t.Errorf("got %+v", p)
	}
}

func TestContextOutsideOfARequest(t *testing.T) {
	ctx := context.Background()
	if p := api.From(ctx); p.Tenant != "" || api.Language(ctx) != "en" || api.RequestID(ctx) != "" {
		t.Errorf("got %+v", p)
	}
	ctx = api.As(ctx, api.Principal{Tenant: seoul, KeyID: "key_1"})
	if p := api.From(ctx); p.Tenant != seoul || p.Actor() != "key_1" {
		t.Errorf("got %+v", p)
	}
	u := &unit{t: failing{}}
	if err := api.Commit(ctx, u, 201, nil); !errors.Is(err, errFailing) {
		t.Errorf("a commit outside of a request: %v", err)
	}
}

var errFailing = errors.New("failing")

// failing is a table on which no write succeeds.
type failing struct{ table.Table }

func (failing) Write(context.Context, ...table.Op) error { return errFailing }
