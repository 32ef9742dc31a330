package api_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/danielgtaylor/huma/v2"

	"github.com/dangol/dangol/shared/api"
)

// tree refers to itself, as the rules of segments do.
type tree struct {
	All  []tree `json:"all,omitempty" maxItems:"3"`
	Leaf string `json:"leaf,omitempty" maxLength:"3"`
}

// shape is a text or a list of numbers.
type shape struct{ json.RawMessage }

func (shape) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{OneOf: []*huma.Schema{
		{Type: huma.TypeString}, {Type: huma.TypeArray, Items: &huma.Schema{Type: huma.TypeNumber}}, {Type: "null"},
	}}
}

// picky passes its schema and cannot be read.
type picky string

func (*picky) UnmarshalText([]byte) error { return errors.New("main.picky: words of Go") }

type everything struct {
	Ratio  float64  `query:"ratio" exclusiveMinimum:"0" exclusiveMaximum:"1" multipleOf:"0.25"`
	Exact  bool     `query:"exact"`
	Tags   []string `query:"tags" enum:"a,b"`
	Nums   []int    `query:"nums,explode"`
	Order  string   `query:"sort" enum:"name,-name" default:"name"`
	Needed string   `header:"X-Needed" required:"true" minLength:"3"`
	Body   struct {
		Tree   tree              `json:"tree,omitzero"`
		Shape  shape             `json:"shape,omitzero"`
		Labels map[string]string `json:"labels,omitempty" maxProperties:"2"`
		Bytes  []byte            `json:"bytes,omitempty"`
		Yes    bool              `json:"yes,omitempty"`
		Picky  picky             `json:"picky,omitempty"`
		Zone   string            `json:"zone,omitempty" format:"time-zone"`
		Period string            `json:"period,omitempty" format:"duration"`
	}
}

func TestRulesOfEverySort(t *testing.T) {
	a := api.New(api.Options{Logger: slog.New(slog.DiscardHandler)})
	var got *everything
	api.Register(a, api.Operation{ID: "x", Method: http.MethodPut, Path: "/v1/x", Public: true},
		func(_ context.Context, in *everything) (*struct{}, error) { got = in; return nil, nil })
	for _, c := range []struct{ query, body, want string }{
		{"", `{}`, ""},
		{"ratio=0.5&exact=true&tags=a,b&nums=1&nums=2&sort=-name", `{"tree":{"all":[{"leaf":"x"}]},"shape":"s","labels":{"a":"b"},"bytes":"AAEC","yes":true}`, ""},
		{"", `{"shape":[1,2.5],"zone":"Asia/Seoul","period":"P90D"}`, ""},
		{"", `{"shape":null}`, ""},
		{"ratio=0", `{}`, "?ratio not_above"}, {"ratio=1", `{}`, "?ratio not_below"}, {"ratio=0.3", `{}`, "?ratio not_multiple"}, {"ratio=x", `{}`, "?ratio type_wrong"},
		{"exact=maybe", `{}`, "?exact type_wrong"}, {"tags=a,c", `{}`, "?tags/1 option_unknown"}, {"nums=1&nums=x", `{}`, "?nums/1 type_wrong"},
		{"sort=colour", `{}`, "?sort sort_unknown"},
		{"", `{"tree":{"all":[{"all":[{"leaf":"long"}]}]}}`, "/tree/all/0/all/0/leaf too_long"},
		{"", `{"shape":{"a":1}}`, "/shape shape_unknown"}, {"", `{"shape":["a"]}`, "/shape shape_unknown"},
		{"", `{"labels":{"a":1}}`, "/labels/a type_wrong"}, {"", `{"labels":{"a":"1","b":"2","c":"3"}}`, "/labels items_too_many"},
		{"", `{"bytes":"***"}`, "/bytes format_invalid"}, {"", `{"yes":"true"}`, "/yes type_wrong"},
		{"", `{"zone":"Mars"}`, "/zone format_invalid"}, {"", `{"period":"90 days"}`, "/period format_invalid"},
	} {
		got = nil
		r := httptest.NewRequest(http.MethodPut, "/v1/x?"+c.query, strings.NewReader(c.body))
		r.Header.Set("X-Needed", "yes")
		rec := httptest.NewRecorder()
		a.Handler().ServeHTTP(rec, r)
		if faults := strings.Join(read(t, rec).faults(), " "); faults != c.want || (got != nil) != (c.want == "") {
			t.Errorf("?%s %s: %d %q, want %q", c.query, c.body, rec.Code, faults, c.want)
		}
		if strings.HasPrefix(c.query, "ratio=0.5") && (got.Ratio != 0.5 || !got.Exact || !slices.Equal(got.Nums, []int{1, 2}) || got.Body.Tree.All[0].Leaf != "x") {
			t.Errorf("the handler got %+v", got)
		}
	}
	rec := httptest.NewRecorder()
	a.Handler().ServeHTTP(rec, httptest.NewRequest(http.MethodPut, "/v1/x", strings.NewReader(`{}`)))
	if got := read(t, rec).want(t, 422, "validation_failed").faults(); !slices.Equal(got, []string{"X-Needed required_missing"}) {
		t.Errorf("without the header: %q", got)
	}
	r := httptest.NewRequest(http.MethodPut, "/v1/x", strings.NewReader(`{"picky":"x"}`))
	r.Header.Set("X-Needed", "yes")
	rec = httptest.NewRecorder()
	a.Handler().ServeHTTP(rec, r)
	if a := read(t, rec).want(t, 422, "body_unreadable"); strings.Contains(a.raw, "Go") {
		t.Errorf("the caller reads %s", a.raw)
	}
}

func TestHandledPagesStreamAndAbort(t *testing.T) {
	log := &lines{}
	a := api.New(api.Options{Logger: slog.New(slog.NewJSONHandler(log, nil))})
	a.For("page").Handle("GET /page", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, "first ")
		if err := http.NewResponseController(w).Flush(); err != nil {
			t.Error(err)
		}
		if r.URL.Query().Has("fail") {
			panic("in the middle")
		}
		fmt.Fprint(w, "second")
	}))
	s := httptest.NewServer(a.Handler())
	defer s.Close()
	for target, whole := range map[string]bool{"/page": true, "/page?fail": false} {
		resp, err := http.Get(s.URL + target)
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(resp.Body)
		if (err == nil) != whole || (string(b) == "first second") != whole {
			t.Errorf("%s: %q, %v", target, b, err)
		}
		resp.Body.Close()
		line := log.take(t)
		if len(line) != 1 || line[0]["function"] != "page" || (line[0]["stack"] != nil) == whole {
			t.Errorf("%s: log %v", target, line)
		}
	}
}
