package api_test

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/dangol/dangol/shared/api"
)

func TestFieldFaultsHaveStableCodesAndPointers(t *testing.T) {
	for _, c := range []struct {
		name, body string
		want       []string
	}{
		{"missing", `{}`, []string{"/title required_missing"}},
		{"empty although needed", `{"title":""}`, []string{"/title required_missing"}},
		{"null although needed", `{"title":null}`, []string{"/title null_not_allowed"}},
		{"optional null counts as absent", `{"title":"x","email":null,"stars":null,"tags":null}`, nil},
		{"too long, counted in characters", `{"title":"가나다라마바사아자차카타파하가나다라마바사"}`, []string{"/title too_long"}},
		{"twenty Korean characters fit", `{"title":"가나다라마바사아자차카타파하가나다라마바"}`, nil},
		{"wrong types", `{"title":1,"stars":"2","tags":"a","place":[],"links":{}}`,
			[]string{"/links type_wrong", "/place type_wrong", "/stars type_wrong", "/tags type_wrong", "/title type_wrong"}},
		{"no integer", `{"title":"x","stars":1.5}`, []string{"/stars type_wrong"}},
		{"integers that no integer can hold", `{"title":"x","stars":1e30}`, []string{"/stars type_wrong"}},
		{"an integer with a point", `{"title":"x","stars":1.0}`, []string{"/stars type_wrong"}},
		{"bounds", `{"title":"x","stars":6}`, []string{"/stars above_maximum"}},
		{"bounds below", `{"title":"x","stars":-1}`, []string{"/stars below_minimum"}},
		{"formats", `{"title":"x","email":"a@","day":"2026-02-30","at":"yesterday"}`, []string{"/at format_invalid", "/day format_invalid", "/email format_invalid"}},
		{"an address with a name is no e-mail", `{"title":"x","email":"Kim <a@example.com>"}`, []string{"/email format_invalid"}},
		{"pattern", `{"title":"x","place":{"country":"Korea"}}`, []string{"/place/country format_invalid"}},
		{"unknown option", `{"title":"x","colour":"green"}`, []string{"/colour option_unknown"}},
		{"unknown field", `{"title":"x","colr":"red","place":{"town":"Seoul"}}`, []string{"/colr field_unknown", "/place/town field_unknown"}},
		{"names are exact", `{"title":"x","Email":"a@example.com"}`, []string{"/Email field_unknown"}},
		{"in a list", `{"title":"x","links":[{"url":"https://example.com"},{"url":"nowhere"},{}]}`, []string{"/links/1/url format_invalid", "/links/2/url required_missing"}},
		{"repeated", `{"title":"x","tags":["a","b","a"]}`, []string{"/tags/2 items_repeated"}},
		{"too many", `{"title":"x","tags":["a","b","c","d"]}`, []string{"/tags items_too_many"}},
		{"money as a float", `{"title":"x","price":{"amount":12.5,"currency":"KRW"}}`, []string{"/price/amount type_wrong"}},
		{"money beyond its digits", `{"title":"x","price":{"amount":"1.23456","currency":"WON"}}`, []string{"/price/amount format_invalid", "/price/currency format_invalid"}},
		{"signs in names are escaped", `{"title":"x","a/b~c":1}`, []string{"/a~1b~0c field_unknown"}},
		{"any custom member", `{"title":"x","custom":{"a.b":{"c":[1,null]}}}`, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t)
			a := w.call("POST", "/v1/notes", c.body)
			if got := a.faults(); !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q\n%s", got, c.want, a.raw)
			}
			if wrote := w.count(seoul) == 1; wrote != (c.want == nil) {
				t.Errorf("wrote: %v", wrote)
			}
		})
	}
}

func TestParameterFaults(t *testing.T) {
	w := newWorld(t)
	for target, want := range map[string]string{
		"/v1/notes?limit=0":                                 "?limit below_minimum",
		"/v1/notes?limit=201":                               "?limit above_maximum",
		"/v1/notes?limit=many":                              "?limit type_wrong",
		"/v1/notes?nonsense=1":                              "?nonsense parameter_unknown",
		"/v1/notes?limit=1&limit=2":                         "?limit parameter_repeated",
		"/v1/notes?cursor=abc":                              "?cursor cursor_invalid",
		"/v1/notes?filter=stars+gte":                        "?filter filter_malformed",
		"/v1/notes?fields=title,nope":                       "?fields fields_unknown",
		"/v1/notes?cursor=" + strings.Repeat("x", 5000):     "?cursor too_long",
		"/v1/notes?sort=title,-id,author":                   "?sort sort_unknown",
		"/v1/notes?expand=author,team":                      "?expand expand_unknown",
		"/v1/notes?filter=title+eq+a+and+owner+eq+b":        "?filter filter_field_unknown",
		"/v1/notes?limit=9223372036854775808":               "?limit type_wrong",
		"/v1/notes?filter=" + url.QueryEscape(`title eq "`): "?filter filter_malformed",
	} {
		if got := w.call("GET", target, "").faults(); !slices.Equal(got, []string{want}) {
			t.Errorf("%s: %q, want %q", target, got, want)
		}
	}
	a := w.call("PATCH", "/v1/notes/1", `{}`, header("If-Match", strings.Repeat("x", 300)))
	if got := a.faults(); !slices.Equal(got, []string{"If-Match too_long"}) {
		t.Errorf("header: %q", got)
	}
}

func TestManyFaultsAreCut(t *testing.T) {
	w := newWorld(t)
	body := `{"title":"x","links":[` + strings.TrimSuffix(strings.Repeat("{},", 500), ",") + `]}`
	if got := len(w.call("POST", "/v1/notes", body).faults()); got != 50 {
		t.Errorf("%d faults named, want 50", got)
	}
}

func (w *world) fill(tenant string, n int) {
	w.t.Helper()
	for range n {
		w.call("POST", "/v1/notes", `{"title":"x","stars":3}`, as(tenant, "usr_owner", "*")).want(w.t, 201, "")
	}
}

func TestListPages(t *testing.T) {
	w := newWorld(t)
	if a := w.call("GET", "/v1/notes", "").want(t, 200, ""); a.raw != `{"data":[]}` {
		t.Errorf("an empty list is %s", a.raw)
	}
	w.fill(seoul, 5)
	var ids []string
	cursor := ""
	for range 9 {
		a := w.call("GET", "/v1/notes?limit=2&cursor="+cursor, "").want(t, 200, "")
		for _, n := range a.doc["data"].([]any) {
			ids = append(ids, n.(map[string]any)["id"].(string))
		}
		if cursor = a.text("nextCursor"); cursor == "" {
			break
		}
	}
	if len(ids) != 5 || !slices.IsSorted(ids) {
		t.Errorf("read %q", ids)
	}
}

func TestCursorBelongsToItsList(t *testing.T) {
	w := newWorld(t)
	w.fill(seoul, 3)
	w.fill(busan, 3)
	filtered := url.QueryEscape("stars gte 1")
	cursor := w.call("GET", "/v1/notes?limit=1&sort=title&filter="+filtered, "").text("nextCursor")
	edited := cursor[:len(cursor)-2] + "AA"
	for name, c := range map[string]struct {
		target string
		change []with
		status int
	}{
		"the same list":           {"/v1/notes?limit=2&sort=title&filter=" + filtered + "&cursor=" + cursor, nil, 200},
		"the filter spaced apart": {"/v1/notes?sort=title&filter=" + url.QueryEscape("stars   gte 1") + "&cursor=" + cursor, nil, 200},
		"another tenant":          {"/v1/notes?sort=title&filter=" + filtered + "&cursor=" + cursor, []with{as(busan, "usr_owner", "*")}, 400},
		"another operation":       {"/v1/other-notes?sort=title&filter=" + filtered + "&cursor=" + cursor, nil, 400},
		"another sort":            {"/v1/notes?sort=id&filter=" + filtered + "&cursor=" + cursor, nil, 400},
		"another filter":          {"/v1/notes?sort=title&cursor=" + cursor, nil, 400},
		"edited":                  {"/v1/notes?sort=title&filter=" + filtered + "&cursor=" + edited, nil, 400},
		"invented":                {"/v1/notes?sort=title&filter=" + filtered + "&cursor=AAAA", nil, 400},
	} {
		a := w.call("GET", c.target, "", c.change...)
		if a.status != c.status || a.status == 400 && a.text("code") != "cursor_invalid" {
			t.Errorf("%s: %d %s", name, a.status, a.raw)
		}
	}
}

func TestFieldsNarrowTheAnswer(t *testing.T) {
	w := newWorld(t)
	w.fill(seoul, 2)
	a := w.call("GET", "/v1/notes?fields=title&limit=1", "").want(t, 200, "")
	if got := fmt.Sprint(a.doc["data"]); got != "[map[id:001 title:x]]" || a.text("nextCursor") == "" {
		t.Errorf("got %s", a.raw)
	}
	if a := w.call("GET", "/v1/notes?fields=title&limit=5", ""); strings.Contains(a.raw, "nextCursor") {
		t.Errorf("a last page with a cursor: %s", a.raw)
	}
}

func TestRecordVersions(t *testing.T) {
	w := newWorld(t)
	made := w.call("POST", "/v1/notes", `{"title":"first"}`).want(t, 201, "")
	at := made.header.Get("Location")
	if made.header.Get("ETag") != `"1"` || at != "/v1/notes/001" {
		t.Errorf("ETag %q, Location %q", made.header.Get("ETag"), at)
	}
	for tag, status := range map[string]int{`"1"`: 304, `W/"1"`: 304, `"9", "1"`: 304, `*`: 304, `"2"`: 200, ``: 200} {
		a := w.call("GET", at, "", header("If-None-Match", tag))
		if a.status != status || (a.raw == "") != (status == 304) || a.header.Get("ETag") != `"1"` {
			t.Errorf("If-None-Match %s: %d %q", tag, a.status, a.raw)
		}
	}
	w.call("PATCH", at, `{"title":"stale"}`, header("If-Match", `"7"`)).want(t, 412, "version_stale")
	w.call("PATCH", at, `{"title":"weak"}`, header("If-Match", `W/"1"`)).want(t, 412, "version_stale")
	w.call("PATCH", at, `{"title":"second"}`, header("If-Match", `"1"`)).want(t, 200, "")
	w.call("PATCH", at, `{"title":"third"}`, header("If-Match", `"1", "2"`)).want(t, 200, "")
	w.call("DELETE", at, "", header("If-Match", `"1"`)).want(t, 412, "version_stale")
	if got := w.call("GET", at, "").want(t, 200, "").text("title"); got != "third" {
		t.Errorf("title %q after the refused changes", got)
	}
	if a := w.call("DELETE", at, "", header("If-Match", `*`)).want(t, 204, ""); a.raw != "" {
		t.Errorf("204 with a body: %q", a.raw)
	}
	w.call("GET", at, "").want(t, 404, "not_found")
}

func TestAnotherTenantsRecordIsNotThere(t *testing.T) {
	w := newWorld(t)
	w.fill(seoul, 1)
	foreign := w.call("GET", "/v1/notes/001", "", as(busan, "usr_owner", "*")).want(t, 404, "not_found")
	absent := w.call("GET", "/v1/notes/999", "", as(busan, "usr_owner", "*")).want(t, 404, "not_found")
	if a, b := strings.ReplaceAll(foreign.raw, foreign.text("requestId"), ""), strings.ReplaceAll(absent.raw, absent.text("requestId"), ""); a != b {
		t.Errorf("they differ: %s %s", a, b)
	}
}

func TestMergePatch(t *testing.T) {
	whole := `{"title":"t","email":"a@example.com","stars":2,"tags":["a","b"],"place":{"city":"Seoul","country":"KR"},"custom":{"a":1,"b":{"c":2,"d":3}}}`
	for _, c := range []struct{ name, patch, want string }{
		{"absent stays", `{}`, whole},
		{"a value sets", `{"stars":5}`, strings.Replace(whole, `"stars":2`, `"stars":5`, 1)},
		{"null clears", `{"email":null,"stars":null}`, `{"title":"t","tags":["a","b"],"place":{"city":"Seoul","country":"KR"},"custom":{"a":1,"b":{"c":2,"d":3}}}`},
		{"inside an object", `{"place":{"city":null}}`, strings.Replace(whole, `"city":"Seoul",`, "", 1)},
		{"an object away", `{"place":null}`, strings.Replace(whole, `"place":{"city":"Seoul","country":"KR"},`, "", 1)},
		{"a list is replaced", `{"tags":["z"]}`, strings.Replace(whole, `["a","b"]`, `["z"]`, 1)},
		{"deep in custom members", `{"custom":{"b":{"c":null,"e":9}}}`, strings.Replace(whole, `{"c":2,"d":3}`, `{"d":3,"e":9}`, 1)},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t)
			at := w.call("POST", "/v1/notes", whole).want(t, 201, "").header.Get("Location")
			for i, media := range []string{"application/merge-patch+json", "application/json; charset=utf-8", "application/merge-patch+json"} {
				a := w.call("PATCH", at, c.patch, header("Content-Type", media)).want(t, 200, "")
				if a.header.Get("ETag") != api.ETag(int64(i)+2) {
					t.Errorf("ETag %s", a.header.Get("ETag"))
				}
			}
			got := strings.Replace(w.call("GET", at, "").raw, `"id":"001",`, "", 1)
			if strings.TrimSpace(got) != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func TestPatchIsCheckedLikeAnyBody(t *testing.T) {
	w := newWorld(t)
	w.fill(seoul, 1)
	a := w.call("PATCH", "/v1/notes/001", `{"stars":9,"place":{"country":"korea","street":"x"},"colr":1,"id":5}`).want(t, 422, "validation_failed")
	want := []string{"/colr field_unknown", "/id type_wrong", "/place/country format_invalid", "/place/street field_unknown", "/stars above_maximum"}
	if got := a.faults(); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// A POST whose members are all optional acts without a body as with {}: its defaults hold, and whatever type is named.
func TestABodyOfOptionalMembersMayBeAbsent(t *testing.T) {
	for name, c := range map[string]struct{ body, media, want string }{
		"no body":                    {"", "", "hello you"},
		"no body, of another type":   {"", "text/plain", "hello you"},
		"blanks":                     {" \n", "", "hello you"},
		"an object without members":  {"{}", "application/json", "hello you"},
		"an object with one of them": {`{"name":"Ann"}`, "application/json", "hello Ann"},
	} {
		t.Run(name, func(t *testing.T) {
			a := newWorld(t).call("POST", "/v1/greeting", c.body, header("Content-Type", c.media)).want(t, 200, "")
			if a.text("text") != c.want {
				t.Errorf("got %s, want %q", a.raw, c.want)
			}
		})
	}
}

func TestRateLimit(t *testing.T) {
	w := newWorld(t)
	var last answer
	for i := range 100 {
		last = w.call("GET", "/v1/notes", "").want(t, 200, "")
		if got, want := last.header.Get("RateLimit"), fmt.Sprintf(`"default";r=%d`, 99-i); !strings.HasPrefix(got, want) {
			t.Fatalf("call %d: RateLimit %s", i, got)
		}
	}
	if got := last.header.Get("RateLimit-Policy"); got != `"default";q=100;w=10` {
		t.Errorf("policy %s", got)
	}
	refused := w.call("GET", "/v1/notes", "").want(t, 429, "rate_limited")
	if refused.header.Get("Retry-After") != "1" {
		t.Errorf("Retry-After %s", refused.header.Get("Retry-After"))
	}
	w.call("GET", "/v1/notes", "", as(busan, "usr_owner", "*")).want(t, 200, "")
	w.call("GET", "/v1/notes", "", as(seoul, "usr_other", "*")).want(t, 200, "")
	w.clock.Advance(100 * time.Millisecond)
	w.call("GET", "/v1/notes", "").want(t, 200, "")
	w.call("GET", "/v1/notes", "").want(t, 429, "rate_limited")
	w.clock.Advance(time.Hour)
	if got := w.call("GET", "/v1/notes", "").header.Get("RateLimit"); got != `"default";r=99;t=1` {
		t.Errorf("after a pause: %s", got)
	}
}

func TestHeadIsAnswered(t *testing.T) {
	w := newWorld(t)
	w.fill(seoul, 1)
	if a := w.call(http.MethodHead, "/v1/notes/001", ""); a.status != 200 || a.header.Get("ETag") != `"1"` {
		t.Errorf("HEAD: %d %v", a.status, a.header)
	}
}

func TestScopes(t *testing.T) {
	for _, c := range []struct {
		has, need string
		want      bool
	}{
		{"customers:read", "customers:read", true}, {"customers:read", "customers:write", false}, {"customers:*", "customers:write", true},
		{"*", "orders:write", true}, {"", "orders:write", false}, {"", "", true}, {"customers", "customers:read", false}, {"cust:*", "customers:read", false},
	} {
		if got := api.Scopes(strings.Fields(c.has)).Has(c.need); got != c.want {
			t.Errorf("%q grants %q: %v", c.has, c.need, got)
		}
	}
}
