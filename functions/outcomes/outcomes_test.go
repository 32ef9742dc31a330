package outcomes

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/dangol/dangol/shared/crm/campaign"
	"github.com/dangol/dangol/shared/crm/consent"
	"github.com/dangol/dangol/shared/crm/message"
	"github.com/dangol/dangol/shared/mail"
	"github.com/dangol/dangol/shared/queue"
	"github.com/dangol/dangol/shared/sending"
	"github.com/dangol/dangol/shared/store"
	"github.com/dangol/dangol/shared/testkit/campaignkit"
)

// story is a campaign whose messages are uncertain: a worker was lost after it had handed them over.
type story struct {
	*testing.T
	kit  *campaignkit.Kit
	t    *store.Tenant
	w    *Worker
	id   string
	rows []*message.Message
}

func begin(t *testing.T, n int) *story {
	kit := campaignkit.New(t)
	s := &story{T: t, kit: kit, t: kit.Tenant(t, "a"), w: New(kit.Env)}
	s.id, _ = kit.Campaign(t, s.t, kit.Customers(t, s.t, n, nil), campaign.Plan{})
	_, err := sending.MoveChunk(t.Context(), s.t, s.id, 0, 0, func(m *message.Message) bool {
		return m.Claim(2, "c@mail.test", s.t.Now()) == nil && m.Lose() == nil
	})
	if err != nil {
		t.Fatal(err)
	}
	_ = s.t.EachMessage(t.Context(), s.id, 0, func(m *message.Message) (bool, error) { s.rows = append(s.rows, m); return true, nil })
	return s
}

func (s *story) event(row int, k mail.EventKind, after time.Duration) mail.Event {
	return mail.Event{Kind: k, MessageID: s.rows[row].ID, Tenant: s.t.ID, Campaign: s.id, Address: "c@mail.test", At: campaignkit.Start.Add(after), Detail: "the provider's words"}
}

func (s *story) send(events ...mail.Event) {
	s.Helper()
	body, _ := json.Marshal(events)
	failed, err := s.w.Handle(s.Context(), []queue.Message{{ID: "1", Group: s.t.ID, Body: body, Received: 1}})
	if err != nil || len(failed) > 0 {
		s.Fatalf("failed %v, %v", failed, err)
	}
}

func TestReportsSettleWhatWasUncertain(t *testing.T) {
	s := begin(t, 4)
	s.send(s.event(0, mail.Accepted, time.Second), s.event(1, mail.Delivered, time.Second), s.event(2, mail.Bounced, time.Second))
	books := campaignkit.Books(t, s.t, s.id)
	if books.In(message.Accepted) != 2 || books.FailedFor(message.Bounced) != 1 || books.In(message.Uncertain) != 1 || books.Responded(message.BouncedBack) != 1 {
		t.Errorf("got %v", books)
	}
	got, err := s.t.Suppressions(t.Context(), message.Email, []string{"c@mail.test"})
	if err != nil || got[0] == nil || got[0].Reason != "bounced" {
		t.Errorf("got suppression %+v, %v", got[0], err)
	}
	s.send(s.event(3, mail.Delivered, time.Minute))
	if ctl, err := s.t.CampaignControl(t.Context(), s.id); err != nil || ctl.Status != campaign.Sent {
		t.Errorf("got %+v, %v, want sent", ctl, err)
	}
}

func TestAComplaintWithdrawsTheConsentOnce(t *testing.T) {
	s := begin(t, 1)
	for range 3 {
		s.send(s.event(0, mail.Complained, time.Second))
	}
	c, err := s.t.Customer(t.Context(), s.rows[0].CustomerID)
	if err != nil || c.Consents["email.marketing"] != consent.Withdrawn {
		t.Errorf("got %v, %v", c.Consents, err)
	}
	said, _, err := s.t.Consents(t.Context(), c.ID, store.Page{Limit: 10})
	if err != nil || len(said) != 1 || said[0].Source != "complaint" {
		t.Errorf("got statements %v, %v", said, err)
	}
	if books := campaignkit.Books(t, s.t, s.id); books.Responded(message.Complained) != 1 || books.In(message.Accepted) != 1 {
		t.Errorf("got %v", books)
	}
}

func TestReportsAboutNothingOfOursAreDropped(t *testing.T) {
	s := begin(t, 1)
	stranger := s.event(0, mail.Bounced, 0)
	stranger.MessageID = "msg_00000000000000000000000000"
	service := s.event(0, mail.Delivered, 0)
	service.Campaign = ""
	forged := s.event(0, mail.Delivered, 0)
	forged.Tenant = "nobody"
	s.send(stranger, service, forged)
	if books := campaignkit.Books(t, s.t, s.id); books.In(message.Uncertain) != 1 {
		t.Errorf("got %v, want nothing changed", books)
	}
}

func TestAnyOrderTwiceAndLateEndsTheSame(t *testing.T) {
	kinds := []mail.EventKind{mail.Accepted, mail.Delivered, mail.Bounced, mail.Complained}
	s, next := begin(t, 600), 0
	rapid.Check(t, func(rt *rapid.T) {
		drawn := rapid.SliceOfN(rapid.SampledFrom(kinds), 1, 4).Draw(rt, "events")
		order := rapid.Permutation(append(append([]mail.EventKind{}, drawn...), drawn...)).Draw(rt, "order")
		got, want := s.ends(next, order), s.ends(next+1, drawn)
		next = (next + 2) % len(s.rows)
		if got != want {
			rt.Errorf("%v ends as\n%s\nand %v as\n%s", order, got, drawn, want)
		}
	})
	campaignkit.Books(t, s.t, s.id)
}

// ends is a message after events, each with the moment that belongs to its kind.
func (s *story) ends(row int, events []mail.EventKind) string {
	s.Helper()
	for _, k := range events {
		s.send(s.event(row, k, time.Duration(len(k))*time.Second))
	}
	m, err := s.t.Message(s.Context(), s.id, 0, s.rows[row].ID)
	if err != nil {
		s.Fatal(err)
	}
	said, _, err := s.t.Consents(s.Context(), m.CustomerID, store.Page{Limit: 10})
	if err != nil {
		s.Fatal(err)
	}
	return fmt.Sprint(m.State, m.Reason, orZero(m.AcceptedAt), orZero(m.DeliveredAt), orZero(m.BouncedAt), orZero(m.ComplainedAt), len(said))
}

func orZero(at *time.Time) time.Time {
	if at == nil {
		return time.Time{}
	}
	return *at
}
