package api_test

import (
	"context"
	"net/http"
	"testing"

	"github.com/dangol/dangol/shared/api"
)

// sums is a body that is a table, with a name that a spreadsheet would run.
type sums struct {
	Name string `json:"name"`
}

func (s sums) Table() (header []string, rows [][]string) {
	return []string{"name", "sum"}, [][]string{{s.Name, "-5"}, {"김, 하나", "2"}}
}

func sumsWorld(t *testing.T) (w *world, runs *int) {
	w, runs = newWorld(t), new(int)
	api.Register(w.api.For("sums"), api.Operation{ID: "addUp", Method: http.MethodPost, Path: "/v1/sums", Tag: "sums", Scope: "notes:read"},
		func(context.Context, *struct{}) (*struct{ Body sums }, error) {
			*runs++
			return &struct{ Body sums }{sums{Name: "=1+1"}}, nil
		})
	return w, runs
}

const (
	sumsCSV  = "name,sum\r\n'=1+1,-5\r\n\"김, 하나\",2\r\n"
	sumsJSON = `{"name":"=1+1"}`
)

func TestATableIsSentAsTheCallerAccepts(t *testing.T) {
	for accept, want := range map[string][2]string{
		"":                                 {"application/json", sumsJSON},
		"*/*":                              {"application/json", sumsJSON},
		"application/json":                 {"application/json", sumsJSON},
		"text/html":                        {"application/json", sumsJSON},
		"text/csv":                         {"text/csv; charset=utf-8", sumsCSV},
		"text/csv, */*;q=0.1":              {"text/csv; charset=utf-8", sumsCSV},
		"text/csv;q=0.5, application/json": {"application/json", sumsJSON},
	} {
		w, _ := sumsWorld(t)
		a := w.call("POST", "/v1/sums", "", header("Accept", accept)).want(t, 200, "")
		if a.header.Get("Content-Type") != want[0] || a.raw != want[1] {
			t.Errorf("Accept %q: got %s %q, want %q", accept, a.header.Get("Content-Type"), a.raw, want)
		}
	}
}

func TestWhatIsNoTableAndProblemsStayJSON(t *testing.T) {
	w, _ := sumsWorld(t)
	csv := header("Accept", "text/csv")
	if a := w.call("GET", "/v1/notes", "", csv).want(t, 200, ""); a.header.Get("Content-Type") != "application/json" || a.doc == nil {
		t.Errorf("a list: %s %s", a.header.Get("Content-Type"), a.raw)
	}
	if a := w.call("GET", "/v1/notes/none", "", csv); a.status != 404 || a.header.Get("Content-Type") != "application/problem+json" {
		t.Errorf("a problem: %d %s %s", a.status, a.header.Get("Content-Type"), a.raw)
	}
	a := w.call("POST", "/v1/notes", `{"title":"x"}`, csv, key("k")).want(t, 201, "")
	if a.header.Get("Content-Type") != "application/json" || w.count(seoul) != 1 {
		t.Errorf("a stored reply: %s %s", a.header.Get("Content-Type"), a.raw)
	}
}

func TestARepeatedRequestGetsTheSameCSV(t *testing.T) {
	w, runs := sumsWorld(t)
	for range 2 {
		a := w.call("POST", "/v1/sums", "", header("Accept", "text/csv"), key("k")).want(t, 200, "")
		if a.header.Get("Content-Type") != "text/csv; charset=utf-8" || a.raw != sumsCSV {
			t.Errorf("got %s %q", a.header.Get("Content-Type"), a.raw)
		}
	}
	if *runs != 1 {
		t.Errorf("ran %d times", *runs)
	}
}
