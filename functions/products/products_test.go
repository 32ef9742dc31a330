package products_test

import (
	"fmt"
	"net/http"
	"net/url"
	"testing"

	"github.com/dangol/dangol/functions/products"
	"github.com/dangol/dangol/shared/testkit/testenv"
)

// shop is a workspace with the feature of its products.
type shop struct {
	testing.TB
	*testenv.Place
	*testenv.Server
	token string
}

func open(t testing.TB) *shop {
	t.Helper()
	p := testenv.New(t)
	return &shop{t, p, p.Serve(t, products.New(p.Env)), p.Owner(t, "mina@shop.kr").Token}
}

type object = map[string]any

func (s *shop) call(method, path string, body any, header ...string) *testenv.Reply {
	s.Helper()
	return s.Do(s.TB, testenv.Request{Method: method, Path: path, Token: s.token, Body: body, Header: header})
}

func (s *shop) create(o object) string {
	s.Helper()
	r := s.call(http.MethodPost, "/v1/products", o)
	if r.Status != http.StatusCreated {
		s.Fatalf("create: %d %s", r.Status, r.Text)
	}
	return r.At("id").(string)
}

func TestTheShopsNumberIsUniqueAndGoesWithTheProduct(t *testing.T) {
	s := open(t)
	first := s.create(object{"name": "시집", "externalId": "P-1"})
	second := s.create(object{"name": "소설", "externalId": "P-2"})
	for name, r := range map[string]*testenv.Reply{
		"created with it": s.call(http.MethodPost, "/v1/products", object{"name": "희곡", "externalId": " P-1 "}),
		"changed to it":   s.call(http.MethodPatch, "/v1/products/"+second, object{"externalId": "P-1"}),
	} {
		if r.Status != http.StatusConflict || r.Problem() != "product_duplicate /externalId:externalId_taken" {
			t.Errorf("%s: got %d %s", name, r.Status, r.Text)
		}
	}
	if r := s.call(http.MethodDelete, "/v1/products/"+first, nil, "If-Match", `"2"`); r.Status != http.StatusPreconditionFailed {
		t.Errorf("a version that never was: got %d %s", r.Status, r.Text)
	}
	if r := s.call(http.MethodDelete, "/v1/products/"+first, nil, "If-Match", `"1"`); r.Status != http.StatusNoContent {
		t.Errorf("delete: got %d %s", r.Status, r.Text)
	}
	if r := s.call(http.MethodPatch, "/v1/products/"+second, object{"externalId": "P-1"}); r.Status != http.StatusOK || r.At("name") != "소설" {
		t.Errorf("free again: got %d %s", r.Status, r.Text)
	}
	if r := s.call(http.MethodGet, "/v1/products/"+first, nil); r.Status != http.StatusNotFound || r.Problem() != "product_not_found" {
		t.Errorf("deleted: got %d %s", r.Status, r.Text)
	}
	other := s.Owner(t, "other@shop.kr")
	if r := s.Do(t, testenv.Request{Method: http.MethodPost, Path: "/v1/products", Token: other.Token, Body: object{"name": "시집", "externalId": "P-2"}}); r.Status != http.StatusCreated {
		t.Errorf("a neighbour's number: got %d %s", r.Status, r.Text)
	}
}

func TestProductsAreListedToTheEnd(t *testing.T) {
	s := open(t)
	for i := range 5 {
		s.create(object{"name": fmt.Sprint(i)})
	}
	got, cursor := "", ""
	for range 3 {
		r := s.call(http.MethodGet, "/v1/products?limit=2&cursor="+url.QueryEscape(cursor), nil)
		for _, p := range r.At("data").([]any) {
			got += p.(map[string]any)["name"].(string)
		}
		cursor, _ = r.At("nextCursor").(string)
	}
	if got != "43210" || cursor != "" {
		t.Errorf("got %q and the cursor %q, want 43210 and none", got, cursor)
	}
}
