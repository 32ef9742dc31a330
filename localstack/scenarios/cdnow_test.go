package scenarios_test

import (
	"context"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/dangol/dangol/localstack/standtest"
	"github.com/dangol/dangol/shared/testkit/partner"
)

// The main story on real purchases, through the API alone: sign up, bring in customers and orders, look at their value, make a segment, send to it,
// see who responds, and what it brought.
func TestCDNOW(t *testing.T) {
	t.Parallel()
	s := &cdnow{T: t, all: readCDNOW(t), ctx: t.Context()}
	place := standtest.Start(t)
	s.other = place.SignUp(t, partner.Person{Email: "owner@corner.test", Language: "ko", TimeZone: "Asia/Seoul", Currency: "KRW"})
	s.shop = place.SignUp(t, partner.Person{Email: "owner@cdnow.test", Company: "CDNOW", Language: "en", TimeZone: "America/New_York", Currency: "USD"})
	s.counted = recount(s.all, time.Date(1998, 6, 30, 0, 0, 0, 0, time.UTC))
	s.bringIn()
	s.forecasts()
	s.scores()
	s.segment()
	s.campaign()
	s.responses()
	s.attribution()
}

// cdnow is the story with what its chapters hand on.
type cdnow struct {
	*testing.T
	ctx     context.Context
	shop    *partner.Client
	other   *partner.Client // a workspace beside it
	all     []purchase
	counted map[string]*figures

	segmentID  string
	campaignID string
	members    map[string]person // of the segment, by id
	mails      []partner.Mail
}

type person struct{ ID, ExternalID, Name, Email string }

func (s *cdnow) must(err error) {
	s.Helper()
	if err != nil {
		s.Fatal(err)
	}
}

func (s *cdnow) post(path string, in any) (id string) {
	s.Helper()
	var made struct{ ID string }
	s.must(s.shop.Post(s.ctx, path, in, &made))
	return made.ID
}

// bringIn imports both files with the mapping that Dangol guesses.
func (s *cdnow) bringIn() {
	people, err := s.shop.Bring(s.ctx, "customers", customersCSV(s.all))
	s.must(err)
	if want := (partner.Counts{Read: 2357, Created: 2357}); people.Counts != want || people.Status != "succeeded" {
		s.Fatalf("customers: got %s %+v, want %+v", people.Status, people.Counts, want)
	}
	orders, err := s.shop.Bring(s.ctx, "orders", ordersCSV(s.all))
	s.must(err)
	if want := (partner.Counts{Read: 6919, Created: 6919}); orders.Counts != want || orders.Status != "succeeded" {
		s.Fatalf("orders: got %s %+v, want %+v", orders.Status, orders.Counts, want)
	}
}

// golden is the picture of 1998-06-30 in the test of shared/crm/score: customers and revenue by recency (rows) and frequency (columns, the best first).
const golden = `buyers 2357 orders 6919 revenue 244091.94 USD
r5: 335/111961.75 79/7635.16 57/3969.63 0/0.00 0/0.00
r4: 183/38289.31 98/10235.32 189/12537.44 0/0.00 0/0.00
r3: 15/8188.46 21/1955.28 84/4937.99 359/9970.25 0/0.00
r2: 5/1674.74 8/847.17 53/3385.72 389/12157.72 0/0.00
r1: 0/0.00 2/274.83 23/1525.76 457/14545.41 0/0.00`

type summary struct {
	AsOf           string
	Buyers, Orders int
	Revenue        partner.Money
	RFMGrid        []struct {
		R, F, Customers int
		Revenue         partner.Money
	}
}

func (p summary) String() string {
	s := fmt.Sprintf("buyers %d orders %d revenue %s %s", p.Buyers, p.Orders, p.Revenue.Amount, p.Revenue.Currency)
	for i, c := range p.RFMGrid {
		if i%5 == 0 {
			s += fmt.Sprintf("\nr%d:", c.R)
		}
		s += fmt.Sprintf(" %d/%s", c.Customers, c.Revenue.Amount)
	}
	return s
}

func (s *cdnow) scores() {
	job, err := s.shop.Finish(s.ctx, s.post("/v1/scores/rebuild", map[string]string{"asOf": "1998-06-30"}))
	s.must(err)
	if job.Status != "succeeded" {
		s.Fatalf("rebuild: %+v", job)
	}
	var got summary
	s.must(s.shop.Get(s.ctx, "/v1/scores/summary", &got))
	if got.AsOf != "1998-06-30" || got.String() != golden {
		s.Errorf("as of %s got\n%s\nwant\n%s", got.AsOf, got, golden)
	}
	for customer, want := range map[string]string{"00004": "4 5 4 200 4 100.50", "00021": "1 3 4 533 2 75.11"} {
		if got := s.scoreOf(customer); got != want {
			s.Errorf("%s: got r f m days orders revenue %s, want %s", customer, got, want)
		}
	}
}

// scoreOf is a customer's score as the API tells it.
func (s *cdnow) scoreOf(customer string) string {
	var found struct{ Data []person }
	s.must(s.shop.Get(s.ctx, "/v1/customers?externalId="+customer, &found))
	var got struct {
		RFM struct {
			R, F, M, DaysSinceLast, Orders int
			Revenue                        partner.Money
		}
	}
	s.must(s.shop.Get(s.ctx, "/v1/customers/"+found.Data[0].ID+"/scores", &got))
	r, mine := got.RFM, s.counted[customer]
	if r.R != mine.r || r.F != mine.f || r.DaysSinceLast != mine.days || r.Orders != mine.orders || r.Revenue.Amount != mine.revenue.FloatString(2) {
		s.Errorf("%s: got %+v, this test counts %+v", customer, r, mine)
	}
	return fmt.Sprintf("%d %d %d %d %d %s", r.R, r.F, r.M, r.DaysSinceLast, r.Orders, r.Revenue.Amount)
}

// segment takes the regulars who came lately, and compares the members with those that this test finds.
func (s *cdnow) segment() {
	rule := map[string]any{"all": []any{
		map[string]any{"field": "score.rfm.f", "op": "gte", "value": 4}, map[string]any{"field": "score.rfm.r", "op": "gte", "value": 4}}}
	var want []string
	for c, f := range s.counted {
		if f.f >= 4 && f.r >= 4 {
			want = append(want, c)
		}
	}
	var preview struct {
		Count int
		Value partner.Money
	}
	s.must(s.shop.Post(s.ctx, "/v1/segments/preview", map[string]any{"rule": rule}, &preview))
	if preview.Count != len(want) || preview.Count != 335+79+183+98 || preview.Value.Amount != "168121.54" {
		s.Errorf("preview: got %+v, this test counts %d", preview, len(want))
	}
	s.segmentID = s.post("/v1/segments", map[string]any{"name": "Regulars who came lately", "rule": rule})
	s.members = map[string]person{}
	var got []string
	s.must(partner.Each(s.ctx, s.shop, "/v1/segments/"+s.segmentID+"/members", func(p person) error {
		got = append(got, p.ExternalID)
		s.members[p.ID] = p
		return nil
	}))
	slices.Sort(want)
	slices.Sort(got)
	if !slices.Equal(got, want) {
		s.Errorf("members: got %d, this test finds %d others", len(got), len(want))
	}
}

// mayBeSent says whether the shop may write to the customer.
func (s *cdnow) mayBeSent(externalID string) bool {
	n := slices.Index(numbers(s.all), externalID)
	return consents(n) == "yes"
}

var clickLink = regexp.MustCompile(`/v1/t/c/[\w.-]+`)

// campaign sends to the segment, a tenth held out, and balances the books while it runs.
func (s *cdnow) campaign() {
	template := s.post("/v1/templates", map[string]any{"name": "Summer", "subject": "Records for {{ customer.name }}",
		"html": `<html><body><p>Hello {{ customer.name }}, <a href="https://cdnow.test/summer?week=27">this week's records</a></p><p><a href="{{ unsubscribe_url }}">Unsubscribe</a></p></body></html>`,
		"text": "Hello {{ customer.name }}: https://cdnow.test/summer?week=27"})
	s.campaignID = s.post("/v1/campaigns", map[string]any{"name": "Summer 1998", "type": "target", "channel": "email", "purpose": "Keep the regulars",
		"segmentId": s.segmentID, "templateId": template, "holdoutPercent": 10, "budget": partner.Money{Amount: "100.00", Currency: "USD"}})
	s.must(s.shop.Post(s.ctx, "/v1/campaigns/"+s.campaignID+"/launch", nil, nil))
	r := s.report(func(r partner.Report) bool { return r.Status == "sent" })
	if r.Audience != int64(len(s.members)) || r.Holdout == 0 || r.Counts.Accepted+r.Counts.Skipped != r.Counts.Planned || r.Counts.Skipped != r.SkippedBy["noConsent"] {
		s.Errorf("got %+v, want all of %d, some held out, the rest sent or skipped for want of consent", r, len(s.members))
	}
	s.recipients(r)
}

// report waits until the campaign's report is as wanted; at every look the books must balance.
func (s *cdnow) report(done func(partner.Report) bool) partner.Report {
	s.Helper()
	ctx, cancel := context.WithTimeout(s.ctx, storyLimit)
	defer cancel()
	r, err := partner.Await(ctx, s.shop, "/v1/campaigns/"+s.campaignID+"/report", func(r partner.Report) (bool, error) {
		if !r.Balanced() {
			return false, fmt.Errorf("the books do not balance: %+v", r)
		}
		return done(r), nil
	})
	s.must(err)
	return r
}

// recipients holds the mailbox against the ledger: everyone planned who may be written to has one mail, nobody else has any.
func (s *cdnow) recipients(r partner.Report) {
	want, planned := map[string]bool{}, 0
	s.must(partner.Each(s.ctx, s.shop, "/v1/campaigns/"+s.campaignID+"/messages", func(m struct{ CustomerID, State, Reason string }) error {
		planned++
		who, known := s.members[m.CustomerID]
		allowed := s.mayBeSent(who.ExternalID)
		if !known || allowed != (m.State == "accepted") || !allowed && m.Reason != "noConsent" {
			s.Errorf("%s: got %s %s, consent %v", who.Email, m.State, m.Reason, allowed)
		}
		if allowed {
			want[who.Email] = true
		}
		return nil
	}))
	var err error
	s.mails, err = s.shop.Mailbox(s.ctx, s.campaignID)
	s.must(err)
	got := map[string]int{}
	for _, m := range s.mails {
		if got[m.To]++; got[m.To] > 1 || !want[m.To] {
			s.Errorf("%s: mail number %d, wanted %v", m.To, got[m.To], want[m.To])
		}
	}
	if planned != int(r.Counts.Planned) || len(got) != len(want) || len(got) != int(r.Counts.Accepted) {
		s.Errorf("got %d messages and %d mails, want %d and %d; report %+v", planned, len(got), r.Counts.Planned, len(want), r.Counts)
	}
}

// responses clicks in one mail, unsubscribes from another, and waits for the bounces.
func (s *cdnow) responses() {
	clicked, left := s.mails[0], s.mails[1]
	if want := "Hello Customer " + clicked.To[1:6]; !strings.Contains(clicked.HTML, want) {
		s.Errorf("got %s, want it to say %q", clicked.HTML, want)
	}
	reply, err := s.shop.Send(s.ctx, http.MethodGet, clickLink.FindString(clicked.HTML), nil)
	s.must(err)
	if reply.Status != http.StatusFound || reply.Header.Get("Location") != "https://cdnow.test/summer?week=27" {
		s.Errorf("click: got %d to %q", reply.Status, reply.Header.Get("Location"))
	}
	reply, err = s.shop.Send(s.ctx, http.MethodPost, strings.Trim(left.Headers["List-Unsubscribe"], "<>"), []byte("List-Unsubscribe=One-Click"),
		"Content-Type", "application/x-www-form-urlencoded")
	s.must(err)
	if reply.Status >= 300 {
		s.Errorf("unsubscribe: got %d %s", reply.Status, reply.Body)
	}
	bounces := int64(0)
	for _, m := range s.mails {
		if strings.HasSuffix(m.To, "@bounce.test") {
			bounces++
		}
	}
	r := s.report(func(r partner.Report) bool {
		return r.Responses.Bounced == bounces && r.Responses.Delivered == r.Counts.Accepted-bounces && r.Responses.Clicked == 1
	})
	if r.Responses.Unsubscribed != 1 || r.Responses.Opened < 1 || bounces == 0 {
		s.Errorf("got %+v, want one unsubscribed, one opened and %d bounced", r.Responses, bounces)
	}
	var gone struct{ Consents map[string]string }
	s.must(s.shop.Get(s.ctx, "/v1/customers/"+s.idOf(left.To), &gone))
	if gone.Consents["email.marketing"] != "withdrawn" {
		s.Errorf("consents of who unsubscribed: got %v", gone.Consents)
	}
}

func (s *cdnow) idOf(email string) string {
	for id, p := range s.members {
		if p.Email == email {
			return id
		}
	}
	s.Fatalf("%s is no member", email)
	return ""
}

// attribution records an order of one who was written to and of one who was not.
func (s *cdnow) attribution() {
	now := time.Now().UTC().Format(time.RFC3339Nano)
	s.post("/v1/orders", map[string]any{"externalId": "N-1", "customerId": s.idOf(s.mails[0].To), "orderedAt": now, "total": "42.50"})
	s.post("/v1/orders", map[string]any{"externalId": "N-2", "customerExternalId": "00021", "orderedAt": now, "total": "99.99"})
	r := s.report(func(r partner.Report) bool { return r.Responses.Bought == 1 })
	if r.Revenue != (partner.Money{Amount: "42.50", Currency: "USD"}) {
		s.Errorf("revenue: got %+v, want 42.50 USD", r.Revenue)
	}
}
