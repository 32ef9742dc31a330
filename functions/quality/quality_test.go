//go:build cgo

package quality_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/dangol/dangol/functions/quality"
	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/shared/store"
	"github.com/dangol/dangol/shared/testkit/lakekit"
	"github.com/dangol/dangol/shared/testkit/testenv"
)

// shop is a workspace with the feature over its lake.
type shop struct {
	testing.TB
	*testenv.Place
	*testenv.Server
	owner *testenv.Owner
}

func open(t testing.TB) *shop {
	t.Helper()
	p := testenv.New(t)
	p.Files(t)
	lakekit.Open(t, p.Env, p.Engine)
	return &shop{t, p, p.Serve(t, quality.New(p.Env)), p.Owner(t, "mina@shop.kr")}
}

func (s *shop) tenant() *store.Tenant {
	return s.DB.Tenant(s.owner.Workspace.ID).As(s.owner.User.ID)
}

func (s *shop) add(f customer.Fields) *customer.Customer {
	s.Helper()
	t := s.tenant()
	c := &customer.Customer{ID: t.NewID(id.Customer), Fields: f}
	tx := t.Begin()
	tx.CreateCustomer(c)
	if err := tx.Commit(s.Context()); err != nil {
		s.Fatal(err)
	}
	return c
}

func (s *shop) get(path string) *testenv.Reply {
	s.Helper()
	return s.Do(s.TB, testenv.Request{Method: http.MethodGet, Path: path, Token: s.owner.Token})
}

// names are those of the customers on the pages of a list, "/" between pages.
func (s *shop) names(path string) string {
	s.Helper()
	var pages []string
	for cursor := ""; ; {
		var page struct {
			Data       []struct{ Name string }
			NextCursor string
		}
		r := s.get(path + cursor)
		if r.Status != http.StatusOK {
			s.Fatalf("%s: %d %s", path, r.Status, r.Text)
		}
		r.Into(s.TB, &page)
		var names []string
		for _, c := range page.Data {
			names = append(names, c.Name)
		}
		pages = append(pages, strings.Join(names, " "))
		if page.NextCursor == "" {
			return strings.Join(pages, "/")
		}
		cursor = "&cursor=" + page.NextCursor
	}
}

func TestFiguresLeadToTheCustomersBehindThem(t *testing.T) {
	s := open(t)
	s.add(customer.Fields{Name: "a", Email: "a@shop.kr"})
	for _, name := range []string{"b", "c", "d"} {
		s.add(customer.Fields{Name: name})
	}
	var f quality.Figures
	s.get("/v1/quality").Into(t, &f)
	if f.Customers != 4 || f.StaleMonths != 12 || fmt.Sprint(f.Sources) != "[{console 4 0}]" {
		t.Errorf("got %+v", f)
	}
	for _, one := range f.Fields {
		if want := map[string]int64{"name": 4, "email": 1}[one.Field]; one.Filled != want || one.Invalid != 0 {
			t.Errorf("%s: got %+v, want %d filled", one.Field, one, want)
		}
	}
	if got := s.names("/v1/quality/problems?field=email&problem=missing&limit=2"); got != "b c/d" {
		t.Errorf("without e-mail: got %q", got)
	}
	if got := s.names("/v1/quality/problems?field=email&problem=missing&source=import"); got != "" {
		t.Errorf("without e-mail, from files: got %q", got)
	}
}

func TestAProblemThatNobodyLooksFor(t *testing.T) {
	s := open(t)
	for _, path := range []string{"?field=gender&problem=invalid", "?field=passport&problem=missing", "?field=email&problem=stale", "?field=email'--&problem=missing"} {
		if r := s.get("/v1/quality/problems" + path); r.Status != http.StatusUnprocessableEntity || !strings.Contains(r.Text, "option_unknown") {
			t.Errorf("%s: got %d %s", path, r.Status, r.Text)
		}
	}
}

func TestDuplicatesOfOneWorkspaceAlone(t *testing.T) {
	s := open(t)
	next := *s
	next.owner = s.Owner(t, "next@shop.kr")
	one, two := s.add(customer.Fields{Name: "김단골", Phone: "+821011112222"}), s.add(customer.Fields{Name: "김 단골", Phone: "+821011112222"})
	next.add(customer.Fields{Name: "김단골", Phone: "+821011112222"})
	var page struct{ Data []quality.Group }
	s.get("/v1/quality/duplicates").Into(t, &page)
	if len(page.Data) != 1 || page.Data[0].Count != 2 || len(page.Data[0].Keys) != 2 || page.Data[0].Customers[0].ID != one.ID || page.Data[0].Customers[1].ID != two.ID {
		t.Errorf("got %+v", page)
	}
	next.get("/v1/quality/duplicates").Into(t, &page)
	if len(page.Data) != 0 {
		t.Errorf("the neighbour sees %+v", page)
	}
	tx := s.tenant().Begin()
	tx.ArchiveCustomer(two)
	if err := tx.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.get("/v1/quality/duplicates").Into(t, &page)
	if len(page.Data) != 0 {
		t.Errorf("one is gone: got %+v", page)
	}
}
