package leads_test

import (
	"net/http"
	"sync"
	"testing"

	"github.com/dangol/dangol/functions/leads"
	"github.com/dangol/dangol/shared/store"
	"github.com/dangol/dangol/shared/testkit/testenv"
)

// shop is a workspace with the feature of its leads.
type shop struct {
	testing.TB
	*testenv.Place
	*testenv.Server
	*store.Tenant
	token string
}

func open(t testing.TB) *shop {
	t.Helper()
	p := testenv.New(t)
	owner := p.Owner(t, "mina@shop.kr")
	return &shop{t, p, p.Serve(t, leads.New(p.Env)), p.DB.Tenant(owner.Workspace.ID), owner.Token}
}

func (s *shop) call(method, path string, body any) *testenv.Reply {
	s.Helper()
	return s.Do(s.TB, testenv.Request{Method: method, Path: path, Token: s.token, Body: body})
}

func (s *shop) create(email string) string {
	s.Helper()
	r := s.call(http.MethodPost, "/v1/leads", map[string]string{"name": "최관심", "email": email, "source": "박람회"})
	if r.Status != http.StatusCreated {
		s.Fatalf("create: %d %s", r.Status, r.Text)
	}
	return r.At("id").(string)
}

func (s *shop) customers() int {
	s.Helper()
	all, _, err := s.Customers(s.Context(), store.Page{Limit: 100})
	if err != nil {
		s.Fatal(err)
	}
	return len(all)
}

// Two at the screen press the button at once.
func TestALeadBecomesOneCustomer(t *testing.T) {
	for name, email := range map[string]string{"with an e-mail": "choi@shop.kr", "without": ""} {
		t.Run(name, func(t *testing.T) {
			s := open(t)
			lead := s.create(email)
			replies := make([]*testenv.Reply, 6)
			var all sync.WaitGroup
			for i := range replies {
				all.Go(func() { replies[i] = s.call(http.MethodPost, "/v1/leads/"+lead+"/convert", nil) })
			}
			all.Wait()
			converted := 0
			for _, r := range replies {
				switch {
				case r.Status == http.StatusOK:
					converted++
				case r.Status != http.StatusConflict && r.Status != http.StatusPreconditionFailed:
					t.Errorf("got %d %s", r.Status, r.Text)
				}
			}
			if got := s.customers(); converted != 1 || got != 1 {
				t.Errorf("got %d conversions and %d customers, want one", converted, got)
			}
			l, err := s.Lead(t.Context(), lead)
			if err != nil || l.CustomerID == "" || l.ConvertedAt == nil {
				t.Fatalf("got %+v, %v", l, err)
			}
			r := s.call(http.MethodPost, "/v1/leads/"+lead+"/convert", nil)
			if r.Status != http.StatusConflict || r.Problem() != "lead_already_converted" || r.At("customerId") != l.CustomerID {
				t.Errorf("converted twice: got %d %s", r.Status, r.Text)
			}
		})
	}
}

func TestAnotherWorkspacesLeadIsNoLead(t *testing.T) {
	s := open(t)
	lead := s.create("choi@shop.kr")
	other := s.Owner(t, "other@shop.kr")
	for path, method := range map[string]string{"/v1/leads/" + lead: http.MethodGet, "/v1/leads/" + lead + "/convert": http.MethodPost} {
		if r := s.Do(t, testenv.Request{Method: method, Path: path, Token: other.Token}); r.Status != http.StatusNotFound || r.Problem() != "lead_not_found" {
			t.Errorf("%s: got %d %s", path, r.Status, r.Text)
		}
	}
	if got := s.customers(); got != 0 {
		t.Errorf("got %d customers", got)
	}
}
