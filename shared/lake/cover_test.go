package lake_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/dangol/dangol/shared/crm/campaign"
	"github.com/dangol/dangol/shared/crm/consent"
	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/lead"
	"github.com/dangol/dangol/shared/crm/message"
	"github.com/dangol/dangol/shared/crm/order"
	"github.com/dangol/dangol/shared/crm/timeline"
	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/shared/lake"
	"github.com/dangol/dangol/shared/lake/dictionary"
	"github.com/dangol/dangol/shared/store"
	"github.com/dangol/dangol/shared/testkit/life"
)

// A noun that the product gets is in the lake, or somebody said why not.
func TestEveryKindIsInTheLakeOrLeftOutWithAReason(t *testing.T) {
	for _, k := range store.Kinds() {
		taken, why := lake.Taken(k)
		if taken == (why != "") {
			t.Errorf("%s: in the lake: %v; why it is not: %q", k, taken, why)
		}
	}
}

// notInTheLake are members of records that no column has, each with the reason.
var notInTheLake = map[string]string{
	"customers.consentsSince":                   "consents has every statement with its time",
	"customers.consents":                        "a column for each channel and purpose",
	"customers.custom":                          "a column for each field of the workspace",
	"customers.mergedInto":                      "who was merged is not in the lake",
	"customers.merged":                          "what hung on them is the customer's own",
	"orders.lines.productId":                    "orderLines",
	"orders.lines.name":                         "orderLines",
	"orders.lines.quantity":                     "orderLines",
	"orders.lines.unitPrice":                    "orderLines",
	"campaigns.status":                          "campaignStates",
	"campaigns.statusReason":                    "campaignStates",
	"campaigns.jobId":                           "campaignStates",
	"campaigns.launchedAt":                      "campaignStates",
	"campaigns.finishedAt":                      "campaignStates",
	"campaignStates.reason":                     "statusReason, as the API names it",
	"scores.c":                                  "customerId, as the API names it",
	"scores.profitContribution.transactionCost": "what the profit is reckoned from: in the book of scores, which the API reads",
	"scores.profitContribution.campaignCost":    "what the profit is reckoned from: in the book of scores, which the API reads",
	"scores.profitContribution.otherCost":       "what the profit is reckoned from: in the book of scores, which the API reads",
	"scores.responses.channel":                  "a column of the rate for each channel, responses.email; the rest is in the book of scores",
	"scores.responses.delivered":                "a column of the rate for each channel, responses.email; the rest is in the book of scores",
	"scores.responses.responses":                "a column of the rate for each channel, responses.email; the rest is in the book of scores",
	"scores.responses.rate":                     "a column of the rate for each channel, responses.email; the rest is in the book of scores",
	"campaigns.frozen.at":                       "campaignStates",
	"campaigns.frozen.segmentId":                "campaignStates", "campaigns.frozen.segmentVersion": "campaignStates", "campaigns.frozen.audience": "campaignStates",
	"campaigns.frozen.holdout": "campaignStates", "campaigns.frozen.holdoutReachable": "campaignStates", "campaigns.frozen.chunks": "campaignStates",
	"campaigns.frozen.hash": "campaignStates",
}

// TestTheDictionaryHasEveryMemberOfTheRecords: what the API shows of a noun is a column, or it is said why not.
func TestTheDictionaryHasEveryMemberOfTheRecords(t *testing.T) {
	for subject, record := range map[string]any{
		"customers": customer.Customer{}, "leads": lead.Lead{}, "orders": order.Order{}, "orderLines": order.Line{}, "campaigns": campaign.Campaign{}, "campaignStates": campaign.Control{},
		"messages": message.Message{}, "consents": consent.Consent{}, "events": timeline.Entry{}, "scores": store.ScoredCustomer{},
	} {
		s, _ := dictionary.Find(subject)
		for _, m := range members(reflect.TypeOf(record), "") {
			_, leftOut := notInTheLake[subject+"."+m]
			has := m == "id" || slices.ContainsFunc(s.Fields, func(f dictionary.Field) bool { return f.Name == m })
			if has == leftOut {
				t.Errorf("%s.%s: a field of the dictionary: %v, left out with a reason: %v", subject, m, has, leftOut)
			}
		}
	}
}

// full fills a record, with the id of its kind.
func full[T any](set func(*T)) *T {
	v := new(T)
	life.Fill(reflect.ValueOf(v).Elem(), "")
	set(v)
	return v
}

// TestAFullRecordFillsEveryColumn, each with a value of its type and of no other subject's.
func TestAFullRecordFillsEveryColumn(t *testing.T) {
	s := open(t)
	c := full(func(c *customer.Customer) {
		c.ID, c.BirthDate, c.Custom, c.ArchivedAt, c.MergedInto = id.Derived(id.Customer, "c"), "1988-02-29", nil, nil, ""
		c.Consents = consent.States{}
		for _, p := range consent.Purposes {
			for _, ch := range consent.Channels {
				c.Consents[consent.Slot(ch, p)] = consent.Granted
			}
		}
	})
	o := full(func(o *order.Order) { o.ID, o.CustomerID = id.Derived(id.Order, "o"), c.ID })
	l := full(func(l *lead.Lead) { l.ID = id.Derived(id.Lead, "l") })
	said := full(func(c *consent.Consent) { c.ID = id.Derived(id.Consent, "c") })
	entry := full(func(e *timeline.Entry) {
		e.ID, e.Type, e.Data = id.Derived(id.Event, "e"), timeline.Noted, map[string]any{"text": "안녕"}
	})
	plan := full(func(p *campaign.Campaign) { p.ID = id.Derived(id.Campaign, "c") })
	ctl := full(func(ctl *campaign.Control) { ctl.Epoch = 1 })
	sent := full(func(m *message.Message) {
		m.ID, m.CampaignID, m.CustomerID, m.State = id.Derived(id.Message, "m"), plan.ID, c.ID, message.Accepted
	})
	scored := full(func(s *store.ScoredCustomer) {
		s.CustomerID, s.AsOf, s.LifecycleSince = c.ID, "2026-03-02", "2026-03-02"
	})
	records := s.does(t, func(x *store.Tx) {
		x.CreateCustomer(c)
		x.CreateOrder(o)
		x.CreateLead(l)
		x.KeepConsent(c.ID, *said)
		x.Tell(c.ID, *entry)
		x.CreateCampaign(plan)
		x.PutScore(*scored, nil)
	})
	records = append(records, s.does(t, func(x *store.Tx) { x.SaveControl(plan.ID, ctl); x.ArchiveCustomer(c) })...)
	chunk := s.BeginChunk(plan.ID, 0)
	chunk.Plan(sent)
	if err := chunk.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	filled := map[string]bool{}
	for _, r := range rows(t, append(records, s.records(t)...)) {
		subject, _ := dictionary.Find(r.Subject)
		for _, cell := range r.Cells {
			filled[r.Subject+"."+cell.Column] = true
			if !lake.OfTable(r.Subject) {
				t.Errorf("%s comes from the table", r.Subject)
			}
			i := slices.IndexFunc(subject.Columns(), func(c dictionary.Column) bool { return c.Name == cell.Column })
			if i < 0 {
				t.Errorf("%s has a value of %s, which is no column", r.Subject, cell.Column)
			} else if want := subject.Columns()[i].Type; !fits(cell.Value, want) {
				t.Errorf("%s.%s is %T %v, want %s", r.Subject, cell.Column, cell.Value, cell.Value, want)
			}
		}
		if r.ID == "" || r.Version < 1 || r.At.IsZero() || r.Gone {
			t.Errorf("%s %q: version %d, at %v, gone %v", r.Subject, r.ID, r.Version, r.At, r.Gone)
		}
	}
	for _, subject := range dictionary.Subjects() {
		for _, column := range subject.Columns()[len(dictionary.Kept()):] {
			if lake.OfTable(subject.Name) && !filled[subject.Name+"."+column.Name] {
				t.Errorf("%s.%s: no record fills it", subject.Name, column.Name)
			}
		}
	}
}

func fits(v any, t dictionary.Type) bool {
	switch v := v.(type) {
	case string:
		_, err := time.Parse(time.DateOnly, v)
		return t == dictionary.Text || t == dictionary.Date && err == nil
	case int64:
		return t == dictionary.Integer
	case lake.Units:
		return t == dictionary.Money
	case float64:
		return t == dictionary.Number
	case time.Time:
		return t == dictionary.Moment && v.Location() == time.UTC
	case bool:
		return t == dictionary.Bool
	case []string:
		return t == dictionary.List
	}
	return false
}

// Custom fields are columns of the type of their value.
func TestCustomFieldsAreColumns(t *testing.T) {
	s := open(t)
	c := &customer.Customer{ID: id.Derived(id.Customer, "c"), Fields: customer.Fields{Custom: map[string]any{
		"size": 42.5, "colour": "초록", "vip": true, "shops": []string{"합정", "망원"}, "credit": map[string]any{"amount": "12.50", "currency": "USD"}}}}
	got := rows(t, s.does(t, func(x *store.Tx) { x.CreateCustomer(c) }))
	var cells []string
	for _, cell := range got[slices.IndexFunc(got, func(r lake.Row) bool { return r.Subject == "customers" })].Cells {
		if strings.HasPrefix(cell.Column, "custom.") {
			cells = append(cells, cell.Column+"="+text(cell.Value))
		}
	}
	want := []string{"custom.colour=초록", "custom.credit.amount=12.5", "custom.credit.currency=USD", "custom.shops.items=[합정 망원]", "custom.size=42.5", "custom.vip=true"}
	if !slices.Equal(cells, want) {
		t.Errorf("got %q, want %q", cells, want)
	}
}
