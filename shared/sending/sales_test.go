package sending_test

import (
	"bytes"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/dangol/dangol/shared/blob"
	"github.com/dangol/dangol/shared/crm/campaign"
	"github.com/dangol/dangol/shared/crm/message"
	"github.com/dangol/dangol/shared/crm/money"
	"github.com/dangol/dangol/shared/crm/order"
	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/shared/sending"
	"github.com/dangol/dangol/shared/store"
	"github.com/dangol/dangol/shared/testkit/campaignkit"
)

// buy records an order of a customer some time after the kit's start.
func buy(t *testing.T, s *store.Tenant, customer string, after time.Duration, amount int64, campaignID string) {
	t.Helper()
	tx := s.Begin()
	tx.CreateOrder(&order.Order{ID: s.NewID(id.Order), CustomerID: customer, OrderedAt: campaignkit.Start.Add(after), CampaignID: campaignID,
		Total: money.Money{Amount: decimal.NewFromInt(amount), Currency: "KRW"}})
	if err := tx.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func TestOrdersCountForWhomTheCampaignTouched(t *testing.T) {
	kit := campaignkit.New(t)
	s := kit.Tenant(t, "a")
	people := kit.Customers(t, s, 7, nil)
	contacted, held, cold, stranger := people[:4], people[4], people[5], people[6]
	campaignID, _ := kit.Campaign(t, s, contacted, campaign.Plan{})
	list := campaign.WriteAudience("seg_1", 1, []campaign.Member{{CustomerID: contacted[0], Role: campaign.ToContact}, {CustomerID: contacted[1], Role: campaign.ToContact},
		{CustomerID: contacted[2], Role: campaign.ToContact}, {CustomerID: contacted[3], Role: campaign.ToContact}, {CustomerID: held, Role: campaign.HeldOut}, {CustomerID: cold, Role: campaign.Unreachable}})
	if _, err := kit.Env.Blob.Put(t.Context(), s.AudienceKey(campaignID), bytes.NewReader(list), blob.PutOptions{}); err != nil {
		t.Fatal(err)
	}
	n := 0
	_, err := sending.MoveChunk(t.Context(), s, campaignID, 0, 0, func(m *message.Message) bool { // all but the last are accepted an hour after the launch
		at := campaignkit.Start.Add(time.Hour)
		if m.CustomerID == contacted[3] {
			return m.Skip(message.NoConsent) == nil
		}
		n++
		return m.Claim(2, "x", at) == nil && m.Accepted(at) == nil
	})
	if err != nil || n == 0 {
		t.Fatal(n, err)
	}
	buy(t, s, contacted[0], 2*time.Hour, 100, "")          // after the contact
	buy(t, s, contacted[0], 3*time.Hour, 50, "")           // and again
	buy(t, s, contacted[1], 30*time.Minute, 1000, "")      // before the contact
	buy(t, s, contacted[2], 8*24*time.Hour, 1000, "")      // too late
	buy(t, s, contacted[3], 2*time.Hour, 1000, "")         // never contacted
	buy(t, s, held, 2*time.Hour, 30, "")                   // held out: compared, not counted
	buy(t, s, cold, 2*time.Hour, 1000, "")                 // held out, but could not have been contacted
	buy(t, s, stranger, 2*time.Hour, 7, campaignID)        // the shop says so
	buy(t, s, contacted[2], 2*time.Hour, 500, "cmp_other") // the shop says another
	kit.Clock.Advance(9 * 24 * time.Hour)
	ctl, err := s.CampaignControl(t.Context(), campaignID)
	if err != nil {
		t.Fatal(err)
	}
	got, err := sending.Sold(t.Context(), s, kit.Env.Blob, campaignID, ctl, 7*24*time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	if r := got.Revenue.In("KRW").Text(); r != "157" || len(got.Buyers) != 2 {
		t.Errorf("got revenue %s of %v, want 157 of two", r, got.Buyers)
	}
	if got.Sent.Buyers != 2 || got.Sent.Revenue.In("KRW").Text() != "650" || got.Held.Buyers != 1 || got.Held.Revenue.In("KRW").Text() != "30" {
		t.Errorf("got sent %+v and held %+v", got.Sent, got.Held)
	}
	if _, err := sending.Tend(t.Context(), s, kit.Env.Blob, campaignID); err != nil {
		t.Fatal(err)
	}
	if _, err := sending.Tend(t.Context(), s, kit.Env.Blob, campaignID); err != nil { // the first look ends the campaign, the next one follows its buyers
		t.Fatal(err)
	}
	if books := campaignkit.Books(t, s, campaignID); books.Responded(message.Bought) != 1 {
		t.Errorf("got books %v, want the one buyer who has a message marked", books)
	}
}
