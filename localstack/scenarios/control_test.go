package scenarios_test

import (
	"bytes"
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/dangol/dangol/localstack/standtest"
	"github.com/dangol/dangol/shared/testkit/partner"
)

// crowd is how many customers the campaigns below go to: enough that an owner's hand is quicker than the send.
const crowd = 2000

// shop is a workspace with a crowd and a campaign to it.
type shop struct {
	*testing.T
	*partner.Client
	segment, template string
}

func openShop(t *testing.T) *shop {
	s := &shop{T: t, Client: standtest.Start(t).SignUp(t, partner.Person{Email: "owner@shop.kr"})}
	var file bytes.Buffer
	file.WriteString("name,email,consent.email.marketing\n")
	for i := range crowd {
		fmt.Fprintf(&file, "Customer %d,c%d@mail.test,yes\n", i, i)
	}
	im, err := s.Bring(t.Context(), "customers", file.Bytes())
	if err != nil || im.Counts.Created != crowd {
		t.Fatalf("import: %+v, %v", im.Counts, err)
	}
	s.segment = s.create("/v1/segments", map[string]any{"name": "All", "rule": map[string]any{"all": []any{}}})
	s.template = s.create("/v1/templates", map[string]any{"name": "News", "subject": "{{ customer.name }}", "html": `<a href="{{ unsubscribe_url }}">Leave</a>`})
	return s
}

func (s *shop) create(path string, in any) string {
	s.Helper()
	var made struct{ ID string }
	if err := s.Post(s.Context(), path, in, &made); err != nil {
		s.Fatal(err)
	}
	return made.ID
}

// act takes one of the owner's actions and returns the campaign's status, or the code of the refusal.
func (s *shop) act(campaign, action string) string {
	s.Helper()
	var c struct{ Status string }
	err := s.Post(s.Context(), "/v1/campaigns/"+campaign+"/"+action, nil, &c)
	if code := partner.Code(err); code != "" {
		return code
	}
	if err != nil {
		s.Fatal(err)
	}
	return c.Status
}

// until waits for the report, which must balance at every look.
func (s *shop) until(campaign string, done func(partner.Report) bool) partner.Report {
	s.Helper()
	ctx, cancel := context.WithTimeout(s.Context(), storyLimit)
	defer cancel()
	r, err := partner.Await(ctx, s.Client, "/v1/campaigns/"+campaign+"/report", func(r partner.Report) (bool, error) {
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

// launched is a campaign that has begun to send.
func (s *shop) launched() string {
	id := s.create("/v1/campaigns", map[string]any{"name": "News", "segmentId": s.segment, "templateId": s.template})
	s.act(id, "launch")
	s.until(id, func(r partner.Report) bool { return r.Counts.Accepted > 0 || r.Status == "sent" })
	return id
}

// once waits until the report has accepted as many as have a mail: what a worker had in hand is sent before it is booked. It fails if anybody has two.
func (s *shop) once(campaign string) partner.Report {
	s.Helper()
	return s.until(campaign, func(r partner.Report) bool {
		mails, err := s.Mailbox(s.Context(), campaign)
		if err != nil {
			s.Fatal(err)
		}
		to := map[string]bool{}
		for _, m := range mails {
			to[m.To] = true
		}
		if len(to) != len(mails) {
			s.Fatalf("got %d mails to %d people", len(mails), len(to))
		}
		return len(mails) == int(r.Counts.Accepted)
	})
}

// An owner stops a send in the middle, goes on, and stops the next one for good.
func TestPauseResumeCancel(t *testing.T) {
	t.Parallel()
	s := openShop(t)

	paused := s.launched()
	if got := s.act(paused, "pause"); got != "paused" {
		t.Fatalf("pause: got %s; if it is sent already, the crowd is too small", got)
	}
	s.settled(paused)
	still := s.once(paused)
	if still.Status != "paused" || still.Counts.Pending == 0 {
		t.Errorf("paused: got %+v", still)
	}
	for action, want := range map[string]string{"pause": "campaign_not_possible", "launch": "campaign_not_possible", "retry-failed": "campaign_not_possible"} {
		if got := s.act(paused, action); got != want {
			t.Errorf("%s a paused campaign: got %s, want %s", action, got, want)
		}
	}
	if got := s.act(paused, "resume"); got != "sending" {
		t.Errorf("resume: got %s", got)
	}
	r := s.until(paused, func(r partner.Report) bool { return r.Status == "sent" })
	if r.Counts.Accepted != crowd {
		t.Errorf("resumed: got %+v, want all accepted", r.Counts)
	}
	s.once(paused)

	canceled := s.launched()
	if got := s.act(canceled, "cancel"); got != "canceled" {
		t.Fatalf("cancel: got %s; if it is sent already, the crowd is too small", got)
	}
	r = s.until(canceled, func(r partner.Report) bool { return r.Counts.Pending == 0 })
	if r.Status != "canceled" || r.Counts.Canceled == 0 || r.Counts.Accepted+r.Counts.Canceled != crowd {
		t.Errorf("canceled: got %+v, want the rest of %d canceled", r, crowd)
	}
	s.once(canceled)
	for _, action := range []string{"resume", "pause", "cancel", "launch"} {
		if got := s.act(canceled, action); got != "campaign_not_possible" {
			t.Errorf("%s a canceled campaign: got %s", action, got)
		}
	}
}

// settled waits until the books have stood still for a while, so that a send which was not stopped would show.
func (s *shop) settled(campaign string) {
	s.Helper()
	last, since := partner.Report{}, time.Now()
	s.until(campaign, func(r partner.Report) bool {
		if r.Counts != last.Counts {
			last, since = r, time.Now()
		}
		return time.Since(since) > 500*time.Millisecond
	})
}
