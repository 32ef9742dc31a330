package views_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/dangol/dangol/functions/views"
	"github.com/dangol/dangol/shared/crm/user"
	crm "github.com/dangol/dangol/shared/crm/views"
	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/shared/testkit/testenv"
)

type world struct {
	*testing.T
	*testenv.Place
	*testenv.Server
	owner *testenv.Owner
}

func open(t *testing.T) *world {
	p := testenv.New(t)
	return &world{t, p, p.Serve(t, views.New(p.Env)), p.Owner(t, "mina@shop.kr")}
}

func (w *world) call(method, path string, body any, header ...string) *testenv.Reply {
	w.Helper()
	return w.Do(w.T, testenv.Request{Method: method, Path: path, Token: w.owner.Token, Body: body, Header: header})
}

type fields = map[string]any

// colleague keeps a view of their own in the workspace.
func (w *world) colleague(name string, shared bool) string {
	w.Helper()
	w.Time.Advance(time.Millisecond) // ids of one millisecond are in no order
	v := &crm.View{ID: w.IDs.New(id.View), OwnerID: w.IDs.New(id.User), Fields: crm.Fields{Subject: crm.Customers, Name: name, Shared: shared}}
	tx := w.DB.Tenant(w.owner.Workspace.ID).As(v.OwnerID).Begin()
	tx.CreateView(v)
	if err := tx.Commit(w.Context()); err != nil {
		w.Fatal(err)
	}
	return v.ID
}

// names turns the pages of the list.
func (w *world) names(limit int) string {
	w.Helper()
	var out []string
	for cursor := ""; ; {
		var page struct {
			Data       []struct{ Name string }
			NextCursor string
		}
		r := w.call(http.MethodGet, fmt.Sprintf("/v1/views?subject=customers&limit=%d&cursor=%s", limit, cursor), nil)
		r.Into(w.T, &page)
		for _, v := range page.Data {
			out = append(out, v.Name)
		}
		if cursor = page.NextCursor; cursor == "" {
			return strings.Join(out, " ")
		}
	}
}

func TestAViewIsKept(t *testing.T) {
	w := open(t)
	made := w.call(http.MethodPost, "/v1/views", fields{"subject": "customers", "name": "부산", "filter": "address.region eq 부산", "sort": "-score.revenue", "columns": []string{"name"}})
	if made.Status != http.StatusCreated || made.At("ownerId") != w.owner.User.ID || made.Header.Get("ETag") != `"1"` {
		t.Fatalf("got %d %s", made.Status, made.Text)
	}
	at := "/v1/views/" + made.At("id").(string)
	if r := w.call(http.MethodPatch, at, fields{"filter": "name eq"}); r.Problem() != "validation_failed /filter:filter_malformed" {
		t.Errorf("a filter that cannot be read: %d %s", r.Status, r.Text)
	}
	if r := w.call(http.MethodPatch, at, fields{"shared": true}, "If-Match", `"1"`); r.Status != http.StatusOK || r.At("shared") != true || r.At("name") != "부산" {
		t.Errorf("change: %d %s", r.Status, r.Text)
	}
	if r := w.call(http.MethodPatch, at, fields{"name": "x"}, "If-Match", `"1"`); r.Status != http.StatusPreconditionFailed {
		t.Errorf("a stale change: %d %s", r.Status, r.Text)
	}
	if r := w.call(http.MethodDelete, at, nil, "If-Match", `"2"`); r.Status != http.StatusNoContent {
		t.Errorf("remove: %d %s", r.Status, r.Text)
	}
	if r := w.call(http.MethodGet, at, nil); r.Problem() != "view_not_found" {
		t.Errorf("removed: %d %s", r.Status, r.Text)
	}
}

func TestPrivateViewsAreTheirOwnersAlone(t *testing.T) {
	w := open(t)
	theirs, shared := w.colleague("비밀", false), w.colleague("모두", true)
	w.colleague("비밀2", false)
	for _, name := range []string{"내것", "나머지"} {
		w.Time.Advance(time.Millisecond)
		w.call(http.MethodPost, "/v1/views", fields{"subject": "customers", "name": name})
	}
	for limit := 1; limit <= 4; limit++ {
		if got := w.names(limit); got != "모두 내것 나머지" {
			t.Errorf("pages of %d: got %s", limit, got)
		}
	}
	for _, c := range []struct {
		method, id, want string
	}{
		{http.MethodGet, theirs, "view_not_found"}, {http.MethodPatch, theirs, "view_not_found"}, {http.MethodDelete, theirs, "view_not_found"},
		{http.MethodPatch, shared, "view_of_another"}, {http.MethodDelete, shared, "view_of_another"},
	} {
		if r := w.call(c.method, "/v1/views/"+c.id, map[string]any{http.MethodPatch: fields{"name": "x"}}[c.method]); r.Problem() != c.want {
			t.Errorf("%s: got %d %s, want %s", c.method, r.Status, r.Text, c.want)
		}
	}
	other := *w
	other.owner = w.Owner(t, "else@other.kr")
	if r := other.call(http.MethodGet, "/v1/views/"+shared, nil); r.Problem() != "view_not_found" || other.names(9) != "" {
		t.Errorf("another workspace: %d %s", r.Status, r.Text)
	}
	if !user.KnownScope("views:read") {
		t.Error("no key can be given the right to read views")
	}
}
