package proofs_test

import (
	"fmt"
	"sync"
	"testing"

	"github.com/dangol/dangol/localstack/standtest"
	"github.com/dangol/dangol/shared/testkit/partner"
)

// at is how many callers press the button in the same moment.
const at = 12

// together sends the same request from many callers at once and returns how often each status came, with the ids that were told.
func together(t *testing.T, c *partner.Client, method, path string, body func(n int) any, header ...string) (statuses map[int]int, ids map[string]int) {
	t.Helper()
	statuses, ids = map[int]int{}, map[string]int{}
	var mu sync.Mutex
	var wg sync.WaitGroup
	start := make(chan struct{})
	for n := range at {
		wg.Go(func() {
			<-start
			reply, err := c.Send(t.Context(), method, path, body(n), header...)
			if err != nil {
				t.Error(err)
				return
			}
			mu.Lock()
			defer mu.Unlock()
			statuses[reply.Status]++
			if id := field(reply.Body, "id"); reply.Status < 300 {
				ids[id]++
			}
		})
	}
	close(start)
	wg.Wait()
	return statuses, ids
}

func same(body any) func(int) any { return func(int) any { return body } }

// Whoever presses twice, or two people at once: one of them gets it, the others are told.
func TestOneOfManyAtOnce(t *testing.T) {
	s := standtest.Start(t)
	w := furnished(t, s, "a@shop.kr")
	draft := w.make("draft", "/v1/campaigns", document{"name": "둘째", "segmentId": w.ids["segments"], "templateId": w.ids["templates"]})
	lead := w.ids["leads"]
	for name, c := range map[string]struct {
		path string
		body func(int) any
		won  int
	}{
		"one e-mail":             {"/v1/customers", func(n int) any { return document{"name": fmt.Sprint(n), "email": "race@example.kr"} }, 201},
		"one order number":       {"/v1/orders", same(document{"externalId": "race", "customerId": w.ids["customers"], "orderedAt": "2026-03-01T01:00:00Z", "total": "1"}), 201},
		"one commit of a file":   {"/v1/imports/" + w.ids["imports"] + "/commit", same(nil), 202},
		"one launch":             {"/v1/campaigns/" + draft + "/launch", same(nil), 202},
		"one customer of a lead": {"/v1/leads/" + lead + "/convert", same(document{}), 200},
	} {
		t.Run(name, func(t *testing.T) {
			statuses, _ := together(t, w.Client, "POST", c.path, c.body)
			lost := statuses[409] + statuses[412]
			if statuses[c.won] != 1 || lost != at-1 {
				t.Errorf("got %v, want %d once and 409 or 412 otherwise", statuses, c.won)
			}
		})
	}
}

// Under one Idempotency-Key all are one request: one effect, and one reply for everybody who is not told to wait.
func TestOneKeyAtOnce(t *testing.T) {
	c := standtest.Start(t).SignUp(t, partner.Person{Email: "a@shop.kr"})
	statuses, ids := together(t, c, "POST", "/v1/customers", same(document{"name": "김단골"}), "Idempotency-Key", "once")
	if len(ids) != 1 || statuses[201] < 1 || statuses[201]+statuses[409] != at {
		t.Errorf("got %v for %v, want one id", statuses, ids)
	}
	var list struct{ Data []struct{ ID string } }
	if err := c.Get(t.Context(), "/v1/customers", &list); err != nil || len(list.Data) != 1 {
		t.Errorf("got %d customers, %v, want 1", len(list.Data), err)
	}
}

// Changes that were read at one version: one is kept, and nobody's is lost without a word.
func TestOneChangeOfAVersion(t *testing.T) {
	c := standtest.Start(t).SignUp(t, partner.Person{Email: "a@shop.kr"})
	var kim struct{ ID, Name string }
	if err := c.Post(t.Context(), "/v1/customers", document{"name": "김단골"}, &kim); err != nil {
		t.Fatal(err)
	}
	statuses, _ := together(t, c, "PATCH", "/v1/customers/"+kim.ID, func(n int) any { return document{"name": fmt.Sprint("이름 ", n)} }, "If-Match", `"1"`)
	if statuses[200] != 1 || statuses[412] != at-1 {
		t.Errorf("got %v, want 200 once and 412 otherwise", statuses)
	}
	reply, err := c.Send(t.Context(), "GET", "/v1/customers/"+kim.ID, nil)
	if err != nil || reply.Header.Get("ETag") != `"2"` {
		t.Errorf("got ETag %s, %v", reply.Header.Get("ETag"), err)
	}
}
