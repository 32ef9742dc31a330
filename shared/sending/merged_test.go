package sending_test

import (
	"bytes"
	"testing"
	"time"

	"github.com/dangol/dangol/shared/blob"
	"github.com/dangol/dangol/shared/crm/campaign"
	"github.com/dangol/dangol/shared/crm/merge"
	"github.com/dangol/dangol/shared/crm/message"
	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/shared/sending"
	"github.com/dangol/dangol/shared/testkit/campaignkit"
)

// Two records got the campaign's message each, and became one customer since. What that customer buys is counted once, after the first of the two contacts.
func TestWhatAMergedCustomerBuysCountsOnce(t *testing.T) {
	kit := campaignkit.New(t)
	s := kit.Tenant(t, "a")
	people := kit.Customers(t, s, 3, nil)
	stays, joins, outside := people[0], people[1], people[2]
	campaignID, _ := kit.Campaign(t, s, []string{stays, joins, outside}, campaign.Plan{})
	list := campaign.WriteAudience("seg_1", 1, []campaign.Member{{CustomerID: stays, Role: campaign.ToContact}, {CustomerID: joins, Role: campaign.ToContact}})
	if _, err := kit.Env.Blob.Put(t.Context(), s.AudienceKey(campaignID), bytes.NewReader(list), blob.PutOptions{}); err != nil {
		t.Fatal(err)
	}
	_, err := sending.MoveChunk(t.Context(), s, campaignID, 0, 0, func(m *message.Message) bool {
		at := campaignkit.Start.Add(time.Hour)
		if m.CustomerID == stays {
			at = at.Add(4 * time.Hour)
		}
		return m.Claim(2, "x", at) == nil && m.Accepted(at) == nil
	})
	if err != nil {
		t.Fatal(err)
	}
	both, err := s.CustomersByID(t.Context(), []string{stays, joins})
	if err != nil {
		t.Fatal(err)
	}
	is := *both[0]
	is.Merged = []string{joins}
	tx := s.Begin()
	tx.MergeCustomers(&merge.Merge{ID: s.NewID(id.Merge), CustomerID: stays, MergedID: joins, Status: merge.Merged}, both[0], &is, both[1])
	if err := tx.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	buy(t, s, stays, 2*time.Hour, 100, "") // after the other's contact, before the own one
	kit.Clock.Advance(9 * 24 * time.Hour)
	ctl, err := s.CampaignControl(t.Context(), campaignID)
	if err != nil {
		t.Fatal(err)
	}
	got, err := sending.Sold(t.Context(), s, kit.Env.Blob, campaignID, ctl, 7*24*time.Hour)
	if err != nil || got.Revenue.In("KRW").Text() != "100" || len(got.Buyers) != 1 {
		t.Errorf("got revenue %s of %v, %v; want 100 of one", got.Revenue.In("KRW").Text(), got.Buyers, err)
	}
	for range 2 { // the first look ends the campaign, the next one follows its buyers
		if _, err := sending.Tend(t.Context(), s, kit.Env.Blob, campaignID); err != nil {
			t.Fatal(err)
		}
	}
	if books := campaignkit.Books(t, s, campaignID); books.Responded(message.Bought) != 1 {
		t.Errorf("got books %v, want one message marked", books)
	}
}
