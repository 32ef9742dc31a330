package proofs_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/dangol/dangol/localstack/standtest"
	"github.com/dangol/dangol/shared/testkit/partner"
)

// bodies are valid requests of the operations on one record: with them, nothing but the record's absence can be refused. An operation with a body and
// without a line here fails the test.
var bodies = map[string]any{
	"addNote":           document{"text": "von nebenan"},
	"applyCustomField":  document{},
	"changeCampaign":    document{"name": "geändert"},
	"changeCustomer":    document{"name": "geändert"},
	"changeCustomField": document{"label": document{"ko": "geändert"}},
	"changeLead":        document{"name": "geändert"},
	"changeProduct":     document{"name": "geändert"},
	"changeSegment":     document{"name": "geändert"},
	"changeTemplate":    document{"name": "geändert"},
	"changeView":        document{"name": "geändert"},
	"exportList":        document{"subject": "orders", "format": "csv"},
	"exportSegment":     document{"format": "csv"},
	"freezeSegment":     document{},
	"mapImport":         document{"mapping": document{"name": "name"}},
	"mergeCustomer":     document{"with": "cus_01JD8Z4N6T0QF5W9E2R7Y1K3MB"},
	"previewTemplate":   document{},
	"recordConsent":     document{"channel": "email", "purpose": "marketing", "state": "withdrawn"},
	"unmergeCustomer":   document{},
	"testTemplate":      document{"email": "b@neighbour.kr"},
}

// noRecord lists the operations whose path names no record of a workspace, with the reason.
var noRecord = map[string]string{
	"reportProviderEvents": "the path names a mail provider, which shows a secret of its own",
}

// neverMade is an id that nobody has, of the same kind as id; a key of a custom field is a word.
func neverMade(id string) string {
	prefix, _, made := strings.Cut(id, "_")
	if !made {
		return "neverWas"
	}
	return prefix + "_01JD8Z4N6T0QF5W9E2R7Y1K3MB"
}

// changing are the parts of a reply that differ from call to call.
var changing = regexp.MustCompile(`"(requestId|uploadUrl|downloadUrl|manifestUrl|lastUsedAt)": ?"[^"]*",?`)

func steady(body []byte) string { return changing.ReplaceAllString(string(body), "") }

// Two workspaces side by side. A has one record of every kind. Whatever B does with A's ids, in any operation that the document lists, is answered as
// if there were no such record, and changes nothing.
func TestAnotherTenantsRecordsAreNotThere(t *testing.T) {
	s := standtest.Start(t)
	all := operations(t, s)
	a := furnished(t, s, "a@shop.kr")
	b := s.SignUp(t, partner.Person{Email: "b@neighbour.kr"})
	before := a.snapshot(all)
	tried := 0
	for _, o := range all {
		if len(o.named()) == 0 || noRecord[o.ID] != "" {
			continue
		}
		id, known := a.ids[o.noun()]
		body, given := bodies[o.ID]
		if !known || !slices.Equal(o.named(), []string{"id"}) && !slices.Equal(o.named(), []string{"key"}) || (o.RequestBody != nil) != given {
			t.Errorf("%s %s is not covered: give A a record of its kind (have %v) and the operation a valid body", o.ID, o.Path, known)
			continue
		}
		tried++
		refusedAlike(t, b, o.Method, o.at(id), body, o.at(neverMade(id)), body)
	}
	if tried < 30 {
		t.Errorf("tried %d operations; the document has lost some", tried)
	}
	after := a.snapshot(all)
	for id, was := range before {
		if is := after[id]; is != was {
			t.Errorf("%s shows A another state after B's calls:\n%s\nbefore\n%s", id, is, was)
		}
	}
}

// refusedAlike sends both requests and wants 404 twice, the same to the letter but for the request's id.
func refusedAlike(t *testing.T, b *partner.Client, method, theirs string, body any, never string, neverBody any) {
	t.Helper()
	got, want := answer(t, b, method, theirs, body), answer(t, b, method, never, neverBody)
	if got != want || !strings.HasPrefix(got, "404 ") {
		t.Errorf("%s %s: got %s\nfor another tenant's id, and %s\nfor one that never was; want 404 both times", method, theirs, got, want)
	}
}

func answer(t *testing.T, c *partner.Client, method, path string, body any) string {
	t.Helper()
	reply, err := c.Send(t.Context(), method, path, body)
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprint(reply.Status, " ", reply.Header.Get("Content-Type"), " ", reply.Header.Get("ETag"), " ", steady(reply.Body))
}

// Lists, searches and everything else that is read without naming a record.
func TestNoListShowsAnotherTenantsRecords(t *testing.T) {
	s := standtest.Start(t)
	a := furnished(t, s, "a@shop.kr")
	b := s.SignUp(t, partner.Person{Email: "b@neighbour.kr"})
	queries := map[string][]string{
		"listCustomers": {"?email=" + theirEmail, "?externalId=" + theirExternalID, "?q=secret.kim", "?q=%EB%B9%84%EB%B0%80", "?q=010-1234"},
	}
	for _, o := range operations(t, s) {
		if o.Method != "GET" || len(o.named()) > 0 {
			continue
		}
		if id := a.ids[o.noun()]; o.Path == "/v1/"+o.noun() && id != "" && !strings.Contains(answer(t, a.Client, "GET", o.Path, nil), id) {
			t.Errorf("%s does not show A its own %s: this test would prove nothing", o.ID, id)
		}
		for _, query := range append(queries[o.ID], "") {
			got := answer(t, b, "GET", o.Path+query, nil)
			for _, secret := range a.secrets() {
				if strings.Contains(got, secret) {
					t.Errorf("%s%s shows B what is A's (%s): %.400s", o.Path, query, secret, got)
				}
			}
		}
	}
}

// A record that is named inside a body is no more there than one named in the path.
func TestAnotherTenantsRecordsCannotBeReferredTo(t *testing.T) {
	s := standtest.Start(t)
	a := furnished(t, s, "a@shop.kr")
	b := furnishedNeighbour(t, s)
	rule := func(leaf document) document { return document{"rule": leaf} }
	for name, c := range map[string]struct {
		path string
		noun string
		body func(id string) document
	}{
		"an order for the customer": {"/v1/orders", "customers", func(id string) document {
			return document{"customerId": id, "orderedAt": "2026-03-01T01:00:00Z", "total": "1"}
		}},
		"an order of the product": {"/v1/orders", "products", func(id string) document {
			return document{"customerId": b.ids["customers"], "orderedAt": "2026-03-01T01:00:00Z", "lines": []document{{"productId": id}}}
		}},
		"a preview as the customer": {"/v1/templates/" + b.ids["templates"] + "/preview", "customers", func(id string) document {
			return document{"customerId": id}
		}},
		"a trial as the customer": {"/v1/templates/" + b.ids["templates"] + "/test", "customers", func(id string) document {
			return document{"email": "b@neighbour.kr", "customerId": id}
		}},
		"why the customer is in":  {"/v1/segments/explain", "customers", func(id string) document { return document{"rule": document{"all": []any{}}, "customerId": id} }},
		"a rule over the segment": {"/v1/segments/preview", "segments", func(id string) document { return rule(document{"segment": id}) }},
		"a rule over the campaign": {"/v1/segments/preview", "campaigns", func(id string) document {
			return rule(document{"response": document{"campaignId": id, "kind": "opened"}})
		}},
		"a campaign to the segment": {"/v1/campaigns", "segments", func(id string) document {
			return document{"name": "x", "segmentId": id, "templateId": b.ids["templates"]}
		}},
		"a campaign with the template": {"/v1/campaigns", "templates", func(id string) document {
			return document{"name": "x", "segmentId": b.ids["segments"], "templateId": id}
		}},
		"a campaign based on the other": {"/v1/campaigns", "campaigns", func(id string) document { return document{"name": "x", "basedOnIds": []string{id}} }},
	} {
		t.Run(name, func(t *testing.T) {
			id := a.ids[c.noun]
			never := neverMade(id)
			got, want := answer(t, b.Client, "POST", c.path, c.body(id)), answer(t, b.Client, "POST", c.path, c.body(never))
			if unnamed(got, id) != unnamed(want, never) {
				t.Errorf("got %s\nfor another tenant's, and %s\nfor one that never was", got, want)
			}
			for _, secret := range []string{theirEmail, theirExternalID, theirName} {
				if strings.Contains(got, secret) {
					t.Errorf("got %s, which is A's", got)
				}
			}
		})
	}
}

// unnamed takes out of a reply what must differ: the id that was sent, and the ids and times of what was made.
func unnamed(reply, id string) string {
	reply = strings.ReplaceAll(reply, id, "ID")
	return regexp.MustCompile(`[a-z]{3}_[0-9A-Z]{26}|\d{4}-\d\d-\d\dT[\d:.]+Z`).ReplaceAllString(reply, "*")
}

// furnishedNeighbour is B with the few records of its own that it refers from.
func furnishedNeighbour(t *testing.T, s *standtest.Stand) *workspace {
	w := &workspace{T: t, Client: s.SignUp(t, partner.Person{Email: "b@neighbour.kr"}), ids: map[string]string{}}
	w.make("customers", "/v1/customers", document{"name": "이웃 손님"})
	w.make("segments", "/v1/segments", document{"name": "모두", "rule": document{"all": []any{}}})
	w.make("templates", "/v1/templates", document{"name": "소식", "subject": "{{ customer.name }}님", "html": `<p>소식 <a href="{{ unsubscribe_url }}">수신거부</a></p>`, "text": "소식"})
	return w
}
