//go:build cgo

package audience_test

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/dangol/dangol/shared/audience"
	"github.com/dangol/dangol/shared/crm/campaign"
	"github.com/dangol/dangol/shared/crm/consent"
	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/message"
	"github.com/dangol/dangol/shared/crm/segments"
	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/shared/store"
	"github.com/dangol/dangol/shared/testkit/campaignkit"
	"github.com/dangol/dangol/shared/testkit/lakekit"
)

// lives are what became of customers, one after the other.
var lives = []struct {
	name   string
	before func(c *customer.Customer)
	// after gets the customer's message and the way to suppress the address.
	after func(m *message.Message, at time.Time, suppress func(reason string, at time.Time))
}{
	{name: "agreed"},
	{name: "was never asked", before: func(c *customer.Customer) { c.Consents = nil }},
	{name: "withdrew", before: func(c *customer.Customer) { c.Consents = consent.States{"email.marketing": consent.Withdrawn} }},
	{name: "has no address", before: func(c *customer.Customer) { c.Email = "" }},
	{name: "bounced", after: func(m *message.Message, at time.Time, suppress func(string, time.Time)) {
		m.BouncedAt = &at
		suppress(string(message.BouncedBack), at)
	}},
	{name: "unsubscribed, and agreed anew", before: func(c *customer.Customer) {
		c.ConsentsSince = consent.Since{"email.marketing": campaignkit.Start}
	}, after: func(m *message.Message, at time.Time, suppress func(string, time.Time)) {
		m.UnsubscribedAt = &at
		suppress(string(message.Unsubscribed), campaignkit.Start.Add(-time.Hour))
	}},
	{name: "unsubscribed after agreeing", before: func(c *customer.Customer) {
		c.ConsentsSince = consent.Since{"email.marketing": campaignkit.Start}
	}, after: func(m *message.Message, at time.Time, suppress func(string, time.Time)) {
		m.UnsubscribedAt = &at
		suppress(string(message.Unsubscribed), campaignkit.Start.Add(time.Hour))
	}},
	{name: "complained", after: func(m *message.Message, at time.Time, suppress func(string, time.Time)) {
		m.ComplainedAt = &at
		suppress(string(message.Complained), at)
	}},
	{name: "was refused at the door", after: func(m *message.Message, at time.Time, suppress func(string, time.Time)) {
		m.State, m.Reason = message.Failed, message.Bounced
		suppress(message.Bounced, at)
	}},
	{name: "bounced for a while", after: func(m *message.Message, at time.Time, _ func(string, time.Time)) { m.BouncedAt = &at }},
	{name: "has the address that bounced for another", after: func(m *message.Message, at time.Time, suppress func(string, time.Time)) {
		suppress(message.Bounced, at) // the message is that of the customer before
	}},
	{name: "archived"},
}

// of is the place of a life among them.
func of(t testing.TB, name string) int {
	t.Helper()
	for i := range lives {
		if lives[i].name == name {
			return i
		}
	}
	t.Fatalf("no life %q", name)
	return 0
}

// settle gives a tenant's customers their lives, several of each.
func settle(t *testing.T, k *campaignkit.Kit, shop *store.Tenant, each int) []string {
	t.Helper()
	ids := k.Customers(t, shop, each*len(lives), func(i int, c *customer.Customer) {
		if change := lives[i%len(lives)].before; change != nil {
			change(c)
		}
	})
	sent, _ := k.Campaign(t, shop, ids, campaign.Plan{})
	another, archived := of(t, "has the address that bounced for another"), of(t, "archived")
	for i, c := range ids {
		life, address := i%len(lives), fmt.Sprintf("c%d@mail.test", i)
		suppress := func(reason string, at time.Time) {
			tx := shop.Begin()
			tx.Suppress(message.Suppression{Channel: message.Email, Address: address, Reason: reason, At: at})
			must(t, tx.Commit(t.Context()))
		}
		if after := lives[life].after; after != nil {
			answer(t, shop, sent, c, func(m *message.Message, at time.Time) {
				m.Address = address
				if life == another {
					m.Address = ""
				}
				after(m, at, suppress)
			})
		}
		switch life {
		case another:
			answer(t, shop, sent, ids[i-another], func(m *message.Message, at time.Time) { m.Address, m.BouncedAt = address, &at })
		case archived:
			one, err := shop.Customer(t.Context(), c)
			must(t, err)
			tx := shop.Begin()
			tx.ArchiveCustomer(one)
			must(t, tx.Commit(t.Context()))
		}
	}
	return ids
}

// counted asks of each member in turn what a send would ask of the table.
func counted(t *testing.T, s *store.Tenant, members []string, c *campaign.Campaign) campaign.Crowd {
	t.Helper()
	lost := map[string]int64{}
	for _, m := range members {
		found, err := s.CustomersByID(t.Context(), []string{m})
		must(t, err)
		address := ""
		if found[0] != nil {
			address = found[0].Email
		}
		suppressed, err := s.Suppressions(t.Context(), message.Email, []string{address})
		must(t, err)
		may := message.MaySend(message.Facts{Customer: found[0], Channel: consent.Email, Purpose: consent.Marketing, Suppressed: suppressed[0]})
		switch {
		case !may.Allow:
			lost[may.Reason]++
		case campaign.HeldOutOf(c.ID, m, c.HoldoutPercent):
			lost[campaign.Holdout]++
		}
	}
	return campaign.Shrink(int64(len(members)), lost)
}

// Two tenants have the same customers under the same ids; only the first one's had lives.
func TestReachIsWhatASendWouldSay(t *testing.T) {
	k := campaignkit.New(t)
	lakekit.Open(t, k.Env, k.Tables)
	shop, other := k.Tenant(t, "shop"), k.Tenant(t, "other")
	const each = 25
	ids := settle(t, k, shop, each)
	k.Customers(t, other, 30, nil)
	everybody := &segments.Segment{ID: id.Derived(id.Segment, "all"), Fields: segments.Fields{Name: "all", Membership: segments.Live, Rule: json.RawMessage(`{"all": []}`)}}
	frozen := &segments.Segment{ID: id.Derived(id.Segment, "frozen"), Fields: segments.Fields{Name: "frozen", Membership: segments.Frozen, Rule: json.RawMessage(`{"all": []}`)}}
	for _, s := range []*store.Tenant{shop, other} {
		for _, of := range []segments.Segment{*everybody, *frozen} {
			tx := s.Begin()
			tx.CreateSegment(&of)
			must(t, tx.Commit(t.Context()))
		}
	}
	gone := "cus_01KJQ6PSG02X9YPKYC3QEKNM3P"
	must(t, audience.New(shop, k.Env.Objects(shop.ID)).Keep(t.Context(), frozen.ID, append(ids[:len(ids)-1:len(ids)-1], gone)))
	for name, s := range map[string]*segments.Segment{"live": everybody, "frozen": frozen} {
		for _, holdout := range []float64{0, 30, 100} {
			t.Run(fmt.Sprintf("%s, %g percent held out", name, holdout), func(t *testing.T) {
				c := &campaign.Campaign{ID: id.Derived(id.Campaign, "spring")}
				c.HoldoutPercent = holdout
				for _, tenant := range []*store.Tenant{shop, other} {
					a, err := audience.Over(k.Env, tenant)
					must(t, err)
					members, err := a.Reader.Members(t.Context(), s)
					must(t, err)
					got, err := a.Reach(t.Context(), s, c)
					want := counted(t, tenant, members, c)
					if err != nil || fmt.Sprint(got) != fmt.Sprint(want) {
						t.Errorf("got %v, %v; asked one by one %v", got, err, want)
					}
				}
			})
		}
	}
	a, err := audience.Over(k.Env, shop)
	must(t, err)
	got, err := a.Reach(t.Context(), everybody, &campaign.Campaign{ID: "cmp_1"})
	must(t, err)
	want := campaign.Shrink(each*11, map[string]int64{"noConsent": each * 2, "invalidAddress": each, "suppressed": each * 5})
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got %v, want %v", got, want)
	}
}
