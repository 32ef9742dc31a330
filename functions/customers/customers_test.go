package customers_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/dangol/dangol/functions/customers"
	"github.com/dangol/dangol/shared/crm/message"
	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/shared/store"
	"github.com/dangol/dangol/shared/testkit/testenv"
)

// shop is a workspace with the feature of its customers.
type shop struct {
	testing.TB
	*testenv.Place
	*testenv.Server
	owner *testenv.Owner
}

func open(t testing.TB) *shop {
	t.Helper()
	p := testenv.New(t)
	return &shop{t, p, p.Serve(t, customers.New(p.Env)), p.Owner(t, "mina@shop.kr")}
}

// neighbour is another workspace of the same place.
func (s *shop) neighbour() *shop {
	n := *s
	n.owner = s.Owner(s.TB, strings.ToLower(s.IDs.New(id.User))+"@shop.kr")
	return &n
}

func (s *shop) call(method, path string, body any, header ...string) *testenv.Reply {
	s.Helper()
	return s.Do(s.TB, testenv.Request{Method: method, Path: path, Token: s.owner.Token, Body: body, Header: header})
}

type fields = map[string]any

func (s *shop) create(f fields) string {
	s.Helper()
	r := s.call(http.MethodPost, "/v1/customers", f)
	if r.Status != http.StatusCreated {
		s.Fatalf("create: %d %s", r.Status, r.Text)
	}
	return r.At("id").(string)
}

// batch sends items and returns "status problem" for each.
func (s *shop) batch(items ...fields) (out []string) {
	s.Helper()
	var reply struct {
		Data []struct {
			Status, ID string
			Error      struct {
				Code   string
				Errors []struct{ Code string }
			}
		}
	}
	r := s.call(http.MethodPost, "/v1/customers/batch", fields{"data": items})
	if r.Status != http.StatusOK {
		s.Fatalf("batch: %d %s", r.Status, r.Text)
	}
	r.Into(s.TB, &reply)
	for _, d := range reply.Data {
		line := d.Status
		if d.Status == "failed" {
			line += " " + d.Error.Code
			for _, e := range d.Error.Errors {
				line += " " + e.Code
			}
		}
		out = append(out, line)
	}
	return out
}

// list turns the pages of a list to its end and returns the member of each record.
func (s *shop) list(path, member string) (out []string, pages int) {
	s.Helper()
	for cursor := ""; ; pages++ {
		at := path
		if cursor != "" {
			at += "&cursor=" + url.QueryEscape(cursor)
		}
		var page struct {
			Data       []map[string]any
			NextCursor string
		}
		r := s.call(http.MethodGet, at, nil)
		if r.Status != http.StatusOK {
			s.Fatalf("%s: %d %s", at, r.Status, r.Text)
		}
		r.Into(s.TB, &page)
		for _, d := range page.Data {
			out = append(out, fmt.Sprint(d[member]))
		}
		if cursor = page.NextCursor; cursor == "" {
			return out, pages + 1
		}
	}
}

// stored returns the member of each customer that is in the workspace's list, newest first.
func (s *shop) stored(member string) (out []string) {
	s.Helper()
	found, _, err := s.DB.Tenant(s.owner.Workspace.ID).Customers(s.Context(), store.Page{Limit: 50})
	if err != nil {
		s.Fatal(err)
	}
	for _, c := range found {
		raw, err := json.Marshal(c)
		if err != nil {
			s.Fatal(err)
		}
		var record map[string]any
		if err := json.Unmarshal(raw, &record); err != nil {
			s.Fatal(err)
		}
		out = append(out, fmt.Sprint(record[member]))
	}
	return out
}

func (s *shop) expect(what string, got, want []string) {
	s.Helper()
	if !slices.Equal(got, want) {
		s.Errorf("%s: got %q, want %q", what, got, want)
	}
}

func TestABatchWritesEachItemForItself(t *testing.T) {
	for name, c := range map[string]struct {
		batches [][]fields
		want    [][]string
		names   []string // everybody afterwards, newest first
	}{
		"items about one customer keep their order": {
			[][]fields{{{"externalId": "A", "name": "하나"}, {"externalId": "A", "name": "둘"}, {"externalId": "A", "name": "셋"}}},
			[][]string{{"created", "updated", "updated"}}, []string{"셋"},
		},
		"also when they write the e-mail in different ways": {
			[][]fields{{{"email": "kim@shop.kr", "name": "하나"}, {"email": " KIM@shop.kr", "name": "둘"}, {"email": "Kim@Shop.kr", "name": "셋"}}},
			[][]string{{"created", "updated", "updated"}}, []string{"셋"},
		},
		"one bad item does not stop the others": {
			[][]fields{{{"externalId": "A", "name": "하나"}, {"externalId": "B", "email": "nobody@"}, {"name": "열쇠 없음"}, {"externalId": "A2", "name": "둘"}}},
			[][]string{{"created", "failed validation_failed email_invalid", "failed validation_failed batch_key_missing", "created"}}, []string{"둘", "하나"},
		},
		"a repeated batch changes nothing": {
			[][]fields{{{"externalId": "A", "name": "하나"}}, {{"externalId": "A", "name": "하나"}}},
			[][]string{{"created"}, {"unchanged"}}, []string{"하나"},
		},
		"what an item does not say stays": {
			[][]fields{{{"externalId": "A", "name": "하나", "email": "one@shop.kr"}}, {{"externalId": "A", "phone": "010-1111-1111"}}},
			[][]string{{"created"}, {"updated"}}, []string{"하나"},
		},
		"an e-mail that another has is refused": {
			[][]fields{{{"externalId": "A", "name": "하나", "email": "one@shop.kr"}}, {{"externalId": "B", "name": "둘", "email": "one@shop.kr"}}},
			[][]string{{"created"}, {"failed customer_duplicate email_taken"}}, []string{"하나"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := open(t)
			for _, who := range []*shop{s, s.neighbour()} {
				for i, b := range c.batches {
					who.expect("batch", who.batch(b...), c.want[i])
				}
				names := who.stored("name")
				slices.Sort(names)
				slices.Sort(c.names)
				who.expect("names", names, c.names)
			}
		})
	}
}

func TestTwoWhoCreateOneEmailAtOnceGetOneCustomer(t *testing.T) {
	s := open(t)
	var both sync.WaitGroup
	replies := make([]*testenv.Reply, 8)
	for i := range replies {
		both.Go(func() {
			replies[i] = s.call(http.MethodPost, "/v1/customers", fields{"name": "김단골", "email": "kim@shop.kr"})
		})
	}
	both.Wait()
	made, winner := 0, ""
	for _, r := range replies {
		if r.Status == http.StatusCreated {
			made, winner = made+1, r.At("id").(string)
		}
	}
	for _, r := range replies {
		if r.Status != http.StatusCreated && (r.Problem() != "customer_duplicate /email:email_taken" || !strings.Contains(r.Text, winner)) {
			t.Errorf("got %d %s, want a refusal that names %s", r.Status, r.Text, winner)
		}
	}
	all := s.stored("id")
	s.expect("customers", all, []string{winner})
	if made != 1 {
		t.Errorf("got %d created, want 1", made)
	}
}

func TestAnArchivedCustomerLeavesListsAndFreesWhatItHeld(t *testing.T) {
	s := open(t)
	kim := fields{"name": "김단골", "email": "kim@shop.kr", "externalId": "A", "phone": "010-1234-5678"}
	old := s.create(kim)
	if r := s.call(http.MethodDelete, "/v1/customers/"+old, nil); r.Status != http.StatusNoContent {
		t.Fatalf("archive: %d %s", r.Status, r.Text)
	}
	s.expect("customers", s.stored("id"), nil)
	if r := s.call(http.MethodDelete, "/v1/customers/"+old, nil); r.Status != http.StatusNoContent {
		t.Errorf("archived twice: got %d %s", r.Status, r.Text)
	}
	fresh := s.create(kim)
	if r := s.call(http.MethodGet, "/v1/customers/"+old, nil); r.Status != http.StatusOK || r.At("archivedAt") == nil {
		t.Errorf("the old record: got %d %s", r.Status, r.Text)
	}
	for _, r := range []*testenv.Reply{
		s.call(http.MethodPatch, "/v1/customers/"+old, fields{"name": "x"}),
		s.call(http.MethodPost, "/v1/customers/"+old+"/consents", fields{"channel": "email", "purpose": "marketing", "state": "granted"}),
	} {
		if r.Status != http.StatusConflict || r.Problem() != "customer_archived" {
			t.Errorf("got %d %s", r.Status, r.Text)
		}
	}
	types, _ := s.list("/v1/customers/"+old+"/timeline?limit=50", "type")
	s.expect("the old timeline", types, []string{"archived", "profileCreated"})
	s.expect("customers", s.stored("id"), []string{fresh})
}

// Messages lie in another table than what is told; both stand on one timeline, in order, whatever the size of its pages.
func TestTheTimelineMergesMessagesByTheirTime(t *testing.T) {
	s := open(t)
	kim := s.create(fields{"name": "김단골", "email": "kim@shop.kr"})
	tenant := s.DB.Tenant(s.owner.Workspace.ID).As("test")
	want := []string{"profileCreated"}
	for i := range 5 {
		s.Time.Advance(time.Minute)
		if r := s.call(http.MethodPost, "/v1/customers/"+kim+"/notes", fields{"text": fmt.Sprint(i)}); r.Status != http.StatusCreated {
			t.Fatalf("note: %d %s", r.Status, r.Text)
		}
		s.Time.Advance(time.Minute)
		now, campaign := s.Time.Now(), id.Derived(id.Campaign, fmt.Sprint(i))
		x := tenant.BeginChunk(campaign, 0)
		x.Plan(&message.Message{ID: message.ID(tenant.ID, campaign, 0, 0, kim, message.Email), CampaignID: campaign, CustomerID: kim,
			Channel: message.Email, State: message.Accepted, PlannedAt: now, AcceptedAt: &now})
		if err := x.Commit(t.Context()); err != nil {
			t.Fatal(err)
		}
		want = append([]string{"message", "note"}, want...)
	}
	for limit := 1; limit <= 12; limit++ {
		got, _ := s.list(fmt.Sprintf("/v1/customers/%s/timeline?limit=%d", kim, limit), "type")
		s.expect(fmt.Sprint("pages of ", limit), got, want)
	}
}

func TestAConsentThatArrivesLateDoesNotOverruleALaterOne(t *testing.T) {
	s := open(t)
	kim := s.create(fields{"name": "김단골"})
	say := func(state, at string) {
		t.Helper()
		r := s.call(http.MethodPost, "/v1/customers/"+kim+"/consents", fields{"channel": "email", "purpose": "marketing", "state": state, "at": at})
		if r.Status != http.StatusCreated {
			t.Fatalf("consent: %d %s", r.Status, r.Text)
		}
	}
	for _, c := range []struct{ state, at, holds string }{
		{"granted", "2026-02-01T00:00:00Z", "granted"},
		{"withdrawn", "2026-01-01T00:00:00Z", "granted"},
		{"withdrawn", "2026-02-01T00:00:00Z", "withdrawn"}, // of the same moment: doubt is no
		{"granted", "2026-02-01T00:00:00Z", "withdrawn"},
		{"granted", "2026-02-02T00:00:00Z", "granted"},
	} {
		say(c.state, c.at)
		if got := s.call(http.MethodGet, "/v1/customers/"+kim, nil).At("consents", "email.marketing"); got != c.holds {
			t.Errorf("after %s at %s: got %v, want %s", c.state, c.at, got, c.holds)
		}
	}
	for limit := 1; limit <= 6; limit++ {
		got, _ := s.list(fmt.Sprintf("/v1/customers/%s/consents?limit=%d", kim, limit), "state")
		if len(got) != 5 || got[0] != "granted" || got[4] != "withdrawn" {
			t.Errorf("history in pages of %d: got %q", limit, got)
		}
	}
	other := s.neighbour()
	if r := other.call(http.MethodGet, "/v1/customers/"+kim+"/consents", nil); r.Status != http.StatusNotFound || r.Problem() != "customer_not_found" {
		t.Errorf("a neighbour: got %d %s", r.Status, r.Text)
	}
	if _, err := s.DB.Tenant(other.owner.Workspace.ID).Customer(t.Context(), kim); err == nil {
		t.Error("the neighbour's store knows the customer")
	}
}
