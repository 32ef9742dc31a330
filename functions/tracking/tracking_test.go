package tracking

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/dangol/dangol/shared/api"
	"github.com/dangol/dangol/shared/crm/campaign"
	"github.com/dangol/dangol/shared/crm/consent"
	"github.com/dangol/dangol/shared/crm/message"
	"github.com/dangol/dangol/shared/links"
	"github.com/dangol/dangol/shared/sending"
	"github.com/dangol/dangol/shared/store"
	"github.com/dangol/dangol/shared/testkit/campaignkit"
)

// story is one accepted message and the links that its mail has.
type story struct {
	*testing.T
	kit     *campaignkit.Kit
	t       *store.Tenant
	handler http.Handler
	id      string
	row     *message.Message
}

// begin has a message that was accepted a minute ago.
func begin(t *testing.T) *story {
	kit := campaignkit.New(t)
	s := &story{T: t, kit: kit, t: kit.Tenant(t, "모퉁이 원두")}
	s.id, _ = kit.Campaign(t, s.t, kit.Customers(t, s.t, 1, nil), campaign.Plan{})
	a := api.New(api.Options{Title: "t", Version: "1", Clock: kit.Clock, IDs: kit.Env.IDs, Logger: kit.Env.Log})
	New(kit.Env).Register(a)
	s.handler = a.Handler()
	_ = s.t.EachMessage(t.Context(), s.id, 0, func(m *message.Message) (bool, error) { s.row = m; return false, nil })
	s.note(func(m *message.Message) bool {
		return m.Claim(2, "c0@mail.test", s.t.Now()) == nil && m.Accepted(s.t.Now()) == nil
	})
	kit.Clock.Advance(time.Minute)
	return s
}

func (s *story) note(c sending.Change) {
	s.Helper()
	if err := sending.Note(context.Background(), s.t, s.fresh(), c); err != nil {
		s.Fatal(err)
	}
}

func (s *story) fresh() *message.Message {
	s.Helper()
	m, err := s.t.Message(s.Context(), s.id, 0, s.row.ID)
	if err != nil {
		s.Fatal(err)
	}
	return m
}

func (s *story) path(k links.Kind) string {
	return links.NewSigner(s.kit.Env.Settings.Keys.Links).Path(links.Token{Kind: k, Tenant: s.t.ID, Campaign: s.id, Customer: s.row.CustomerID})
}

func (s *story) do(method, path string, header ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, path, strings.NewReader("List-Unsubscribe=One-Click"))
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	s.handler.ServeHTTP(w, r)
	return w
}

// wants checks the responses in the books, which must agree with the row.
func (s *story) wants(kinds ...message.Kind) {
	s.Helper()
	books := campaignkit.Books(s.T, s.t, s.id)
	want := map[message.Kind]int64{}
	for _, k := range kinds {
		want[k]++
	}
	for _, k := range message.Kinds {
		if got := books.Responded(k); got != want[k] {
			s.Errorf("got %d %s, want %d", got, k, want[k])
		}
	}
}

func TestWhatCountsAsAnOpening(t *testing.T) {
	for name, c := range map[string]struct {
		method string
		header []string
		after  time.Duration
		want   []message.Kind
	}{
		"a reader's mail program":             {"GET", []string{"User-Agent", "Mozilla/5.0 (iPhone)"}, 0, []message.Kind{message.Opened}},
		"a look at the header":                {"HEAD", nil, 0, nil},
		"a browser that fetches beforehand":   {"GET", []string{"Sec-Purpose", "prefetch;prerender"}, 0, nil},
		"a known scanner":                     {"GET", []string{"User-Agent", "Barracuda Sentinel (EE)"}, 0, []message.Kind{message.MachineOpened}},
		"sooner than anyone can have read it": {"GET", nil, -time.Minute, []message.Kind{message.MachineOpened}},
	} {
		t.Run(name, func(t *testing.T) {
			s := begin(t)
			s.kit.Clock.Advance(c.after)
			for range 2 {
				if w := s.do(c.method, s.path(links.Open), c.header...); w.Code != 200 || w.Header().Get("Content-Type") != "image/gif" {
					t.Errorf("got %d %v", w.Code, w.Header())
				}
			}
			s.wants(c.want...)
		})
	}
}

func TestAClickGoesOnlyToItsOwnTarget(t *testing.T) {
	s := begin(t)
	w := s.do("GET", s.path(links.Click)+"?to=https://evil.test", "User-Agent", "Mozilla/5.0")
	if w.Code != 302 || w.Header().Get("Location") != "https://shop.test/sale?x=1&y=2" || w.Header().Get("Referrer-Policy") != "no-referrer" {
		t.Errorf("got %d to %q", w.Code, w.Header().Get("Location"))
	}
	s.do("GET", s.path(links.Click))
	s.wants(message.Opened, message.Clicked)
	if w := s.do("HEAD", s.path(links.Click)); w.Code != 302 {
		t.Errorf("got %d for HEAD, want the redirect", w.Code)
	}
}

func TestALinkOfAnotherKindOrNumberIsNone(t *testing.T) {
	s := begin(t)
	signer := links.NewSigner(s.kit.Env.Settings.Keys.Links)
	token := links.Token{Kind: links.Click, Tenant: s.t.ID, Campaign: s.id, Customer: s.row.CustomerID, Link: 7}
	other := token
	other.Customer = "cus_00000000000000000000000000"
	for name, path := range map[string]string{
		"a link that the template does not have": signer.Path(token),
		"a receiver who has no message":          signer.Path(other),
		"an opening used as an unsubscribe":      strings.Replace(s.path(links.Open), "/o/", "/u/", 1),
		"no token at all":                        "/v1/t/c/x",
	} {
		t.Run(name, func(t *testing.T) {
			if w := s.do("GET", path); w.Code != 404 || !strings.Contains(w.Header().Get("Content-Type"), "text/html") {
				t.Errorf("got %d %s", w.Code, w.Header())
			}
		})
	}
	s.wants()
}

func TestThePageAsksAndThePostActs(t *testing.T) {
	s := begin(t)
	for language, want := range map[string]string{"": "수신 거부", "ko-KR": "수신 거부", "en": "Unsubscribe"} {
		w := s.do("GET", s.path(links.Unsubscribe), "Accept-Language", language)
		if w.Code != 200 || !strings.Contains(w.Body.String(), ">"+want+"</button>") || !strings.Contains(w.Body.String(), "모퉁이 원두") {
			t.Errorf("in %q: got %d %s", language, w.Code, w.Body)
		}
	}
	s.wants()
	for range 2 {
		if w := s.do("POST", s.path(links.Unsubscribe)); w.Code != 200 {
			t.Errorf("got %d %s", w.Code, w.Body)
		}
	}
	s.wants(message.Unsubscribed)
	s.consent(consent.Withdrawn, 1)
	got, err := s.t.Suppressions(t.Context(), message.Email, []string{"c0@mail.test"})
	if err != nil || got[0] == nil || got[0].Reason != "unsubscribed" {
		t.Errorf("got suppression %+v, %v", got[0], err)
	}
}

// consent checks the customer's present consent and how many statements there are.
func (s *story) consent(want consent.State, statements int) {
	s.Helper()
	c, err := s.t.Customer(s.Context(), s.row.CustomerID)
	if err != nil || c.Consents["email.marketing"] != want {
		s.Errorf("got consents %v, %v, want %s", c.Consents, err, want)
	}
	said, _, err := s.t.Consents(s.Context(), s.row.CustomerID, store.Page{Limit: 10})
	if err != nil || len(said) != statements {
		s.Errorf("got %d statements, %v, want %d", len(said), err, statements)
	}
}

func TestAnOldMailUnsubscribesWhoAgreedAnew(t *testing.T) {
	s := begin(t)
	s.do("POST", s.path(links.Unsubscribe))
	s.kit.Clock.Advance(time.Hour)
	c, err := s.t.Customer(t.Context(), s.row.CustomerID)
	if err != nil {
		t.Fatal(err)
	}
	tx := s.t.Begin()
	tx.RecordConsent(c, consent.Consent{ID: s.t.NewID("con"), Channel: consent.Email, Purpose: consent.Marketing, State: consent.Granted, At: s.t.Now()})
	if err := tx.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.kit.Clock.Advance(time.Hour)
	s.do("POST", s.path(links.Unsubscribe))
	s.consent(consent.Withdrawn, 3)
	s.wants(message.Unsubscribed)
}

func TestASampleLinkShowsWhatAReceiverWouldSee(t *testing.T) {
	s := begin(t)
	if w := s.do("GET", "/v1/t/u/sample", "Accept-Language", "ko"); w.Code != 200 || !strings.Contains(w.Body.String(), "시험용") {
		t.Errorf("got %d %s", w.Code, w.Body)
	}
	if w := s.do("POST", "/v1/t/u/sample"); w.Code != 404 {
		t.Errorf("got %d for acting on a sample", w.Code)
	}
}
