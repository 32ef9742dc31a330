//go:build cgo

package segments_test

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/dangol/dangol/shared/crm/campaign"
	"github.com/dangol/dangol/shared/crm/consent"
	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/shared/testkit/lakekit"
)

// plan writes a campaign to a segment, or to none yet.
func (s *shop) plan(segment string) string {
	s.Helper()
	c := &campaign.Campaign{ID: s.NewID(id.Campaign)}
	c.Name, c.Type, c.Channel, c.SegmentID = "봄", campaign.Target, "email", segment
	tx := s.Begin()
	tx.CreateCampaign(c)
	s.must(tx.Commit(s.Context()))
	return c.ID
}

// agree gives a customer an address and their consent.
func (s *shop) agree(c *customer.Customer, email string) {
	s.Helper()
	was := *c
	c.Email, c.Consents = email, consent.States{"email.marketing": consent.Granted}
	tx := s.Begin()
	tx.SaveCustomer(&was, c)
	s.must(tx.Commit(s.Context()))
}

// crowd is what the estimate says, or why it says nothing.
func (s *shop) crowd(campaign string, header ...string) string {
	s.Helper()
	r := s.call(http.MethodGet, "/v1/campaigns/"+campaign+"/audience", nil, header...)
	if r.Status != http.StatusOK {
		return fmt.Sprint(r.Status, " ", r.Problem())
	}
	out := fmt.Sprint(r.At("segment"), "")
	for _, step := range r.At("steps").([]any) {
		if of := step.(object); of["lost"] != 0.0 {
			out += fmt.Sprint(" ", of["reason"], " ", of["lost"])
		}
	}
	return out + fmt.Sprint(", ", r.At("receives"))
}

func TestWhomACampaignWouldReach(t *testing.T) {
	s := open(t, "서울", "서울", "부산")
	s.agree(s.customerNamed("00"), "a@mail.test")
	campaign := s.plan(s.create("서울", in("서울")))
	if got := s.crowd(campaign); got != "2 noConsent 1, 1" {
		t.Errorf("got %s", got)
	}
	for name, c := range map[string]struct{ campaign, want string }{
		"without a segment":         {s.plan(""), "422 campaign_not_ready /segmentId:required_missing"},
		"to a segment that is gone": {s.plan("seg_01KJQ6PSG02X9YPKYC3QEKNM3P"), "404 segment_not_found"},
		"that nobody has":           {"cmp_01KJQ6PSG02X9YPKYC3QEKNM3P", "404 campaign_not_found"},
	} {
		if got := s.crowd(c.campaign); got != c.want {
			t.Errorf("a campaign %s: got %s, want %s", name, got, c.want)
		}
	}
}

// The feed has stopped: who names what they changed has it in the estimate all the same.
func TestTheEstimateHasWhatItsCallerChanged(t *testing.T) {
	s := open(t, "서울", "서울")
	campaign := s.plan(s.create("서울", in("서울")))
	if got := s.crowd(campaign); got != "2 noConsent 2, 0" {
		t.Fatalf("before: %s", got)
	}
	s.Lakes.(*lakekit.Lakes).Stop()
	c := s.customerNamed("01")
	s.agree(c, "b@mail.test")
	if got := s.crowd(campaign); got != "2 noConsent 2, 0" {
		t.Errorf("without a word: %s", got)
	}
	if got := s.crowd(campaign, "Dangol-Recent", c.ID); got != "2 noConsent 1, 1" {
		t.Errorf("with its id: %s", got)
	}
}
