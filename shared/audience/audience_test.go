package audience_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/dangol/dangol/shared/audience"
	"github.com/dangol/dangol/shared/crm/campaign"
	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/message"
	"github.com/dangol/dangol/shared/crm/money"
	"github.com/dangol/dangol/shared/crm/order"
	"github.com/dangol/dangol/shared/crm/score"
	"github.com/dangol/dangol/shared/crm/segment"
	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/shared/store"
	"github.com/dangol/dangol/shared/testkit/campaignkit"
)

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func rule(t testing.TB, text string) segment.Rule {
	t.Helper()
	r, err := segment.Parse(json.RawMessage(text), "/rule")
	must(t, err)
	return r
}

// buys gives a customer orders of so much, days ago.
func buys(t testing.TB, s *store.Tenant, customerID, amount, currency string, daysAgo ...int) {
	t.Helper()
	paid, err := money.Parse(amount, currency)
	must(t, err)
	for _, d := range daysAgo {
		tx := s.Begin()
		tx.CreateOrder(&order.Order{ID: s.NewID(id.Order), CustomerID: customerID, OrderedAt: s.Now().AddDate(0, 0, -d), Total: paid})
		must(t, tx.Commit(t.Context()))
	}
}

// Two tenants with the same customers under the same ids; only the first one's bought, answered and were scored.
func TestWhoMeetsARule(t *testing.T) {
	k := campaignkit.New(t)
	shop, other := k.Tenant(t, "shop"), k.Tenant(t, "other")
	ids := k.Customers(t, shop, 5, func(i int, c *customer.Customer) { c.Tags = []string{fmt.Sprintf("t%d", i)} })
	k.Customers(t, other, 5, nil)
	buys(t, shop, ids[0], "1000", "KRW", 1, 10, 100)
	buys(t, shop, ids[1], "5000", "KRW", 50)
	buys(t, shop, ids[2], "9", "USD", 1)
	campaignID, _ := k.Campaign(t, shop, ids[:3], campaign.Plan{})
	answer(t, shop, campaignID, ids[0], func(m *message.Message, at time.Time) { m.AcceptedAt, m.OpenedAt, m.ClickedAt = &at, &at, &at })
	answer(t, shop, campaignID, ids[1], func(m *message.Message, at time.Time) { m.AcceptedAt = &at })
	tx := shop.Begin()
	tx.PutScore(store.ScoredCustomer{CustomerID: ids[0], Score: score.Score{AsOf: "2026-11-20", RFM: &score.RFM{R: 5, F: 5, M: 2}}}, nil)
	must(t, tx.Commit(t.Context()))
	for name, c := range map[string]struct {
		rule string
		want []string
	}{
		"everybody":             {`{"all": []}`, ids},
		"nobody":                {`{"any": []}`, nil},
		"many orders":           {`{"orders": {"count": ["gte", 2]}}`, ids[:1]},
		"orders of late":        {`{"orders": {"count": ["gte", 1], "inLast": "P30D"}}`, []string{ids[0], ids[2]}},
		"never bought":          {`{"orders": {"count": ["eq", 0]}}`, ids[3:]},
		"revenue in won":        {`{"orders": {"sum": ["gte", 5000]}}`, ids[1:2]},
		"a tag":                 {`{"field": "customer.tags", "op": "contains", "value": "t3"}`, ids[3:4]},
		"scored high":           {`{"field": "score.rfm.r", "op": "gte", "value": 4}`, ids[:1]},
		"clicked":               {`{"response": {"campaignId": "` + campaignID + `", "kind": "clicked"}}`, ids[:1]},
		"a campaign long gone":  {`{"response": {"campaignId": "cmp_01KJQ6PSG02X9YPKYC3QEKNM3P", "kind": "opened"}}`, nil},
		"sent to, never opened": {`{"all": [{"response": {"campaignId": "` + campaignID + `", "kind": "accepted"}}, {"not": {"response": {"campaignId": "` + campaignID + `", "kind": "opened"}}}]}`, ids[1:2]},
	} {
		t.Run(name, func(t *testing.T) {
			r, err := segment.Parse(json.RawMessage(c.rule), "/rule")
			if err != nil {
				t.Fatal(err)
			}
			a := audience.New(shop, k.Env.Blob)
			got, err := a.IDs(t.Context(), r)
			want := slices.Sorted(slices.Values(c.want))
			if err != nil || !slices.Equal(got, want) {
				t.Errorf("got %q, %v, want %q", got, err, want)
			}
			p, err := a.Preview(t.Context(), r)
			if err != nil || int(p.Count) != len(want) || len(p.Sample) != len(want) {
				t.Errorf("preview: got %d with %d shown, %v, want %d", p.Count, len(p.Sample), err, len(want))
			}
			for _, c := range ids {
				one, err := shop.Customer(t.Context(), c)
				must(t, err)
				if member, _, err := a.Explain(t.Context(), r, one); err != nil || member != slices.Contains(want, c) {
					t.Errorf("explain %s: got %v, %v", c, member, err)
				}
			}
		})
	}
	got, err := audience.New(other, k.Env.Blob).IDs(t.Context(), rule(t, `{"orders": {"count": ["gte", 1]}}`))
	if err != nil || len(got) != 0 {
		t.Errorf("the other tenant: got %q, %v, want nobody", got, err)
	}
}

// answer changes a message of the campaign.
func answer(t testing.TB, s *store.Tenant, campaignID, customerID string, how func(m *message.Message, at time.Time)) {
	t.Helper()
	var found *message.Message
	must(t, s.EachMessage(t.Context(), campaignID, 0, func(m *message.Message) (bool, error) {
		if m.CustomerID == customerID {
			found = m
		}
		return found == nil, nil
	}))
	is := *found
	is.State = message.Accepted
	how(&is, s.Now())
	x := s.BeginChunk(campaignID, 0)
	x.Move(found, &is)
	must(t, x.Commit(t.Context()))
}

func TestThePreviewsValueIsPerCurrency(t *testing.T) {
	k := campaignkit.New(t)
	shop := k.Tenant(t, "shop")
	ids := k.Customers(t, shop, 12, nil)
	buys(t, shop, ids[0], "1000", "KRW", 1, 2)
	buys(t, shop, ids[1], "9.99", "USD", 1)
	p, err := audience.New(shop, k.Env.Blob).Preview(t.Context(), rule(t, `{"all": []}`))
	must(t, err)
	var got []string
	for _, m := range p.Value {
		got = append(got, m.Text()+" "+m.Currency)
	}
	if want := []string{"2000 KRW", "9.99 USD"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if p.Count != 12 || len(p.Sample) != audience.SampleSize {
		t.Errorf("got %d members, %d shown", p.Count, len(p.Sample))
	}
}
