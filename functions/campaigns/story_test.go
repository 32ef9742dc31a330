package campaigns_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/dangol/dangol/localstack/standtest"
	"github.com/dangol/dangol/shared/testkit/partner"
)

// shop is a workspace with customers, a segment of all of them and a template, on a whole Dangol.
type shop struct {
	*testing.T
	stand     *standtest.Stand
	api       *partner.Client
	segment   string
	template  string
	customers []string
}

type made struct{ ID string }

func open(t *testing.T, customers int) *shop {
	t.Helper()
	stand := standtest.Start(t)
	s := &shop{T: t, stand: stand, api: stand.SignUp(t, partner.Person{Email: "owner@shop.test"})}
	var batch []map[string]any
	for i := range customers {
		batch = append(batch, map[string]any{"externalId": fmt.Sprint(i), "name": fmt.Sprintf("손님 %d", i), "email": fmt.Sprintf("c%d@mail.test", i)})
	}
	var written struct{ Data []made }
	s.post("/v1/customers/batch", map[string]any{"data": batch}, &written)
	for i, c := range written.Data {
		s.customers = append(s.customers, c.ID)
		if i > 0 { // the first never agreed
			s.post("/v1/customers/"+c.ID+"/consents", map[string]any{"channel": "email", "purpose": "marketing", "state": "granted", "source": "form"}, nil)
		}
	}
	var segment, template made
	s.post("/v1/segments", map[string]any{"name": "모두", "rule": map[string]any{"all": []any{}}}, &segment)
	s.post("/v1/templates", map[string]any{"name": "가을", "subject": "{{ customer.name }}님께",
		"html": `<p>{{ customer.name }}</p><a href="https://shop.test/sale?a=1&amp;b=2">Sale</a> <a href="{{ unsubscribe_url }}">수신거부</a>`}, &template)
	s.segment, s.template = segment.ID, template.ID
	return s
}

func (s *shop) post(path string, in, out any) {
	s.Helper()
	if err := s.api.Post(s.Context(), path, in, out); err != nil {
		s.Fatal(err)
	}
}

func (s *shop) plan(more map[string]any) string {
	s.Helper()
	body := map[string]any{"name": "가을 할인", "type": "target", "channel": "email", "segmentId": s.segment, "templateId": s.template}
	for k, v := range more {
		body[k] = v
	}
	var c made
	s.post("/v1/campaigns", body, &c)
	return c.ID
}

// report waits for the report to be as wished; it must balance at every look.
func (s *shop) report(id string, done func(partner.Report) bool) partner.Report {
	s.Helper()
	ctx, cancel := context.WithTimeout(s.Context(), 20*time.Second)
	defer cancel()
	r, err := partner.Await(ctx, s.api, "/v1/campaigns/"+id+"/report", func(r partner.Report) (bool, error) {
		if !r.Balanced() {
			return false, fmt.Errorf("the books do not balance: %+v", r)
		}
		return done(r), nil
	})
	if err != nil {
		s.Fatal(err)
	}
	return r
}

// get follows a link as a browser without cookies would.
func (s *shop) get(method, url string) *partner.Reply {
	s.Helper()
	var body any
	header := []string{}
	if method == http.MethodPost {
		body, header = []byte("List-Unsubscribe=One-Click"), []string{"Content-Type", "application/x-www-form-urlencoded"}
	}
	reply, err := s.api.With("").Send(s.Context(), method, url, body, header...)
	if err != nil {
		s.Fatal(err)
	}
	return reply
}

func (s *shop) mails() []partner.Mail {
	s.Helper()
	var all []partner.Mail
	if err := s.api.Get(s.Context(), "/local/mailbox.json?limit=200", &all); err != nil {
		s.Fatal(err)
	}
	var mine []partner.Mail
	for _, m := range all {
		if m.CampaignID != "" {
			mine = append(mine, m)
		}
	}
	return mine
}

var href = regexp.MustCompile(`href="([^"]*)"|src="([^"]*)"`)

// links are the addresses in a mail: the click, the way out, the pixel.
func links(m partner.Mail) (click, out, pixel string) {
	for _, l := range href.FindAllStringSubmatch(m.HTML, -1) {
		switch u := l[1] + l[2]; {
		case strings.Contains(u, "/v1/t/c/"):
			click = u
		case strings.Contains(u, "/v1/t/u/"):
			out = u
		case strings.Contains(u, "/v1/t/o/"):
			pixel = u
		}
	}
	return click, out, pixel
}

func TestFromLaunchToReport(t *testing.T) {
	s := open(t, 60)
	id := s.plan(map[string]any{"holdoutPercent": 20, "budget": map[string]string{"amount": "10000", "currency": "KRW"}, "cost": map[string]string{"amount": "4000", "currency": "KRW"}})
	type crowd struct {
		Segment, Receives int64
		Steps             []struct {
			Reason     string
			Lost, Left int64
		}
	}
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	estimate, err := partner.Await(ctx, s.api, "/v1/campaigns/"+id+"/audience", func(c crowd) (bool, error) { return c.Segment == 60 && c.Steps[1].Lost == 1, nil })
	if err != nil {
		t.Errorf("got crowd %+v, %v", estimate, err)
	}
	var job partner.Job
	s.post("/v1/campaigns/"+id+"/launch", nil, &job)
	if done, err := s.api.Finish(t.Context(), job.ID); err != nil || done.Status != "succeeded" {
		t.Fatalf("got job %+v, %v", done, err)
	}
	r := s.report(id, func(r partner.Report) bool { return r.Status == "sent" && r.Responses.Delivered == r.Counts.Accepted })
	if r.Audience != 60 || r.Holdout == 0 || r.Counts.Accepted != estimate.Receives || r.Counts.Skipped+r.Counts.Accepted != r.Counts.Planned {
		t.Errorf("got %+v, want %d accepted", r, estimate.Receives)
	}
	mails := s.mails()
	if int64(len(mails)) != r.Counts.Accepted {
		t.Fatalf("got %d mails, want %d", len(mails), r.Counts.Accepted)
	}
	click, out, pixel := links(mails[0])
	if reply := s.get("GET", pixel); reply.Status != 200 || reply.Header.Get("Content-Type") != "image/gif" {
		t.Errorf("got pixel %d %s", reply.Status, reply.Header)
	}
	for range 2 {
		if reply := s.get("GET", click); reply.Status != 302 || reply.Header.Get("Location") != "https://shop.test/sale?a=1&b=2" {
			t.Errorf("got click %d to %q", reply.Status, reply.Header.Get("Location"))
		}
	}
	if reply := s.get("GET", click[:len(click)-3]+"AAA"); reply.Status != 404 {
		t.Errorf("got %d for an edited link", reply.Status)
	}
	if reply := s.get("GET", out); reply.Status != 200 || !strings.Contains(string(reply.Body), "수신 거부") {
		t.Errorf("got page %d %s", reply.Status, reply.Body)
	}
	if r := s.report(id, func(partner.Report) bool { return true }); r.Responses.Unsubscribed != 0 || r.Responses.Opened != 1 || r.Responses.Clicked != 1 {
		t.Errorf("got responses %+v after an opening, two clicks and a look at the page", r.Responses)
	}
	header := strings.Trim(mails[0].Headers["List-Unsubscribe"], "<>")
	for range 2 {
		if reply := s.get("POST", header); reply.Status != 200 {
			t.Errorf("got %d %s for one click", reply.Status, reply.Body)
		}
	}
	buyer := s.customerOf(mails[1])
	s.post("/v1/orders", map[string]any{"externalId": "o1", "customerId": buyer, "orderedAt": time.Now().UTC().Format(time.RFC3339Nano),
		"lines": []any{map[string]any{"name": "원두", "quantity": 2, "unitPrice": "9000"}}}, nil)
	r = s.report(id, func(r partner.Report) bool { return r.Responses.Bought == 1 })
	if r.Responses.Unsubscribed != 1 || r.Revenue.Amount != "18000" {
		t.Errorf("got %+v", r)
	}
	s.unsubscribed(s.customerOf(mails[0]))
}

func (s *shop) customerOf(m partner.Mail) string {
	s.Helper()
	var page struct{ Data []made }
	if err := s.api.Get(s.Context(), "/v1/customers?email="+m.To, &page); err != nil || len(page.Data) != 1 {
		s.Fatalf("customer of %s: %v, %v", m.To, page, err)
	}
	return page.Data[0].ID
}

func (s *shop) unsubscribed(customer string) {
	s.Helper()
	var c struct{ Consents map[string]string }
	if err := s.api.Get(s.Context(), "/v1/customers/"+customer, &c); err != nil || c.Consents["email.marketing"] != "withdrawn" {
		s.Errorf("got consents %v, %v", c.Consents, err)
	}
	var page struct{ Data []struct{ Type string } }
	if err := s.api.Get(s.Context(), "/v1/customers/"+customer+"/timeline", &page); err != nil {
		s.Fatal(err)
	}
	seen := map[string]int{}
	for _, e := range page.Data {
		seen[e.Type]++
	}
	if seen["message"] != 1 || seen["response"] != 3 || seen["consent"] != 2 {
		s.Errorf("got timeline %v, want one message, three responses (opened, clicked, unsubscribed) and two consents", seen)
	}
}

func TestALaunchNamesWhatIsWrong(t *testing.T) {
	s := open(t, 3)
	var bad made
	s.post("/v1/templates", map[string]any{"name": "틀린", "subject": "{{ customer.nmae }}", "html": "<p>x</p>"}, &bad)
	for name, c := range map[string]struct {
		plan map[string]any
		code string
		says string
	}{
		"an unknown variable":   {map[string]any{"templateId": bad.ID}, "campaign_not_ready", "customer.nmae"},
		"no template":           {map[string]any{"templateId": ""}, "campaign_not_ready", "/templateId"},
		"no segment":            {map[string]any{"segmentId": ""}, "campaign_not_ready", "/segmentId"},
		"a type of later":       {map[string]any{"type": "recurring"}, "campaign_type_not_yet", "recurring"},
		"a channel of later":    {map[string]any{"channel": "sms"}, "campaign_channel_not_yet", "sms"},
		"a period that is over": {map[string]any{"endsAt": "2020-01-01T00:00:00Z"}, "campaign_not_ready", "/endsAt"},
	} {
		t.Run(name, func(t *testing.T) {
			id := s.plan(c.plan)
			reply, err := s.api.Send(t.Context(), "POST", "/v1/campaigns/"+id+"/launch", nil)
			var p struct{ Code string }
			if err == nil {
				err = json.Unmarshal(reply.Body, &p)
			}
			if err != nil || p.Code != c.code || !strings.Contains(string(reply.Body), c.says) {
				t.Errorf("got %v %s, want %s naming %s", err, reply.Body, c.code, c.says)
			}
		})
	}
}

func TestAnotherTenantSeesNothing(t *testing.T) {
	s := open(t, 3)
	id := s.plan(nil)
	other := s.stand.SignUp(t, partner.Person{Email: "other@shop.test"})
	for _, call := range []string{"GET ", "PATCH ", "DELETE ", "GET /report", "GET /messages", "GET /audience", "POST /launch", "POST /pause", "POST /resume", "POST /cancel", "POST /retry-failed"} {
		method, rest, _ := strings.Cut(call, " ")
		var body any
		if method == "PATCH" {
			body = map[string]string{"name": "x"}
		}
		if reply, err := other.Send(t.Context(), method, "/v1/campaigns/"+id+rest, body); err != nil || reply.Status != 404 {
			t.Errorf("%s: got %v %+v", call, err, reply)
		}
	}
}

func TestPauseResumeAndCancelKeepTheBooks(t *testing.T) {
	s := open(t, 150)
	var job partner.Job
	paused := s.plan(nil)
	s.post("/v1/campaigns/"+paused+"/launch", nil, &job)
	var c struct{ Status string }
	s.post("/v1/campaigns/"+paused+"/pause", nil, &c)
	if c.Status != "paused" {
		t.Errorf("got status %s, want paused", c.Status)
	}
	if _, err := s.api.Finish(t.Context(), job.ID); err != nil { // planning goes on while nothing is sent
		t.Fatal(err)
	}
	before := s.report(paused, func(r partner.Report) bool { return r.Audience == 150 })
	s.post("/v1/campaigns/"+paused+"/resume", nil, nil)
	after := s.report(paused, func(r partner.Report) bool { return r.Status == "sent" })
	if after.Counts.Accepted != 149 || before.Counts.Accepted > after.Counts.Accepted || len(s.mails()) != 149 {
		t.Errorf("got %+v and then %+v, %d mails", before, after, len(s.mails()))
	}

	canceled := s.plan(nil)
	s.post("/v1/campaigns/"+canceled+"/launch", nil, nil)
	s.post("/v1/campaigns/"+canceled+"/cancel", nil, &c)
	r := s.report(canceled, func(r partner.Report) bool { return r.Counts.Pending == 0 })
	if r.Status != "canceled" || int64(len(s.mails())) != 149+r.Counts.Accepted {
		t.Errorf("got %+v, %d mails", r, len(s.mails()))
	}
	for _, call := range []string{"launch", "pause", "resume", "cancel", "retry-failed"} {
		err := s.api.Post(t.Context(), "/v1/campaigns/"+canceled+"/"+call, nil, nil)
		if partner.Code(err) != "campaign_not_possible" {
			t.Errorf("%s of a canceled campaign: got %v", call, err)
		}
	}
}

func TestWhatIsSentIsFixedByTheLaunch(t *testing.T) {
	s := open(t, 5)
	id := s.plan(nil)
	if err := s.api.Patch(t.Context(), "/v1/campaigns/"+id, map[string]any{"holdoutPercent": 5, "notes": "n"}, nil); err != nil {
		t.Fatal(err)
	}
	s.post("/v1/campaigns/"+id+"/launch", nil, nil)
	if err := s.api.Patch(t.Context(), "/v1/campaigns/"+id, map[string]any{"holdoutPercent": 0}, nil); partner.Code(err) != "campaign_launched" {
		t.Errorf("got %v for the hold-out of a launched campaign", err)
	}
	var c struct {
		Notes string
		Cost  partner.Money
	}
	if err := s.api.Patch(t.Context(), "/v1/campaigns/"+id, map[string]any{"cost": map[string]string{"amount": "500", "currency": "KRW"}}, &c); err != nil || c.Cost.Amount != "500" || c.Notes != "n" {
		t.Errorf("got %+v, %v", c, err)
	}
	if err := s.api.Call(t.Context(), "DELETE", "/v1/campaigns/"+id, nil, nil); partner.Code(err) != "campaign_launched" {
		t.Errorf("got %v for the removal of a launched campaign", err)
	}
	if err := s.api.Post(t.Context(), "/v1/campaigns/"+id+"/launch", nil, nil); partner.Code(err) != "campaign_not_possible" {
		t.Errorf("got %v for a second launch", err)
	}
}

func TestDifficultAddresses(t *testing.T) {
	s := open(t, 3)
	for _, email := range []string{"a@bounce.test", "b@complaint.test"} {
		var c made
		s.post("/v1/customers", map[string]any{"name": "Difficult " + email, "email": email}, &c)
		s.post("/v1/customers/"+c.ID+"/consents", map[string]any{"channel": "email", "purpose": "marketing", "state": "granted"}, nil)
	}
	id := s.plan(nil)
	s.post("/v1/campaigns/"+id+"/launch", nil, nil)
	s.report(id, func(r partner.Report) bool {
		return r.Status == "sent" && r.Counts.Accepted == 4 && r.Responses.Bounced == 1 && r.Responses.Complained == 1
	})
	again := s.plan(nil)
	s.post("/v1/campaigns/"+again+"/launch", nil, nil)
	r := s.report(again, func(r partner.Report) bool { return r.Status == "sent" })
	if r.Counts.Accepted != 2 || r.SkippedBy["suppressed"] != 1 || r.SkippedBy["noConsent"] != 2 {
		t.Errorf("got %+v", r)
	}
	var page struct {
		Data []struct {
			ID, CustomerID, CustomerName, Address, State, Reason string
			AcceptedAt                                           *time.Time
		}
		NextCursor string
	}
	if err := s.api.Get(t.Context(), "/v1/campaigns/"+again+"/messages?state=skipped&limit=2", &page); err != nil || len(page.Data) != 2 || page.NextCursor == "" || page.Data[0].CustomerName == "" {
		t.Fatalf("got %+v, %v", page, err)
	}
	first := page.Data[1].ID
	if err := s.api.Get(t.Context(), "/v1/campaigns/"+again+"/messages?state=skipped&limit=2&cursor="+page.NextCursor, &page); err != nil || len(page.Data) != 1 ||
		page.Data[0].ID == first || page.Data[0].Reason == "" {
		t.Errorf("got %+v, %v", page, err)
	}
}
