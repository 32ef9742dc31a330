package campaignsend

import (
	"fmt"
	"testing"
	"time"

	"github.com/dangol/dangol/shared/catalogue"
	"github.com/dangol/dangol/shared/crm/campaign"
	"github.com/dangol/dangol/shared/crm/message"
	"github.com/dangol/dangol/shared/env"
	"github.com/dangol/dangol/shared/queue"
	"github.com/dangol/dangol/shared/sending"
	"github.com/dangol/dangol/shared/testkit/campaignkit"
	"github.com/dangol/dangol/shared/testkit/crash"
)

// crashed is a campaign to a few customers, sent by processes of which the first one has a fault.
type crashed struct {
	*story
	process *crash.Process
	seen    *env.Env
	worker  *Worker
}

const receivers = 12

// sent plays the campaign to its end and returns the calls of its first process.
func sent(t *testing.T, policy campaign.Policy, idempotent bool, fault crash.Fault) *crashed {
	t.Helper()
	s := &crashed{story: begin(t, receivers, campaign.Plan{UncertainPolicy: policy}, nil)}
	s.mail.idempotent = idempotent
	s.kit.Follow(t)
	for _, c := range s.calls {
		if err := s.kit.Queues.Send(t.Context(), catalogue.Sends, queue.Send{Group: c.Tenant, Body: campaignkit.Message(c).Body}); err != nil {
			t.Fatal(err)
		}
	}
	s.start(fault)
	for range 400 {
		if !s.work() && s.over() {
			return s
		}
	}
	t.Fatalf("the campaign does not end")
	return nil
}

func (s *crashed) start(fault crash.Fault) {
	s.process, s.seen = crash.Start(s.kit.Env, fault)
	s.worker = New(s.seen)
}

// work takes one delivery from the queue, as the host does; a new process takes the place of one that ended. When nothing is visible, a minute passes, and the
// campaign is looked after.
func (s *crashed) work() (worked bool) {
	s.Helper()
	if s.process.Dead() {
		s.start(crash.Fault{})
	}
	batch, err := s.seen.Queue.Receive(s.Context(), catalogue.Sends, 1, 5*time.Minute, 0)
	if err != nil {
		return true
	}
	if len(batch) == 0 {
		time.Sleep(time.Millisecond) // for the feed, which goes by the machine's time
		s.kit.Clock.Advance(time.Minute)
		_, _ = sending.Tend(s.Context(), s.seen.DB.Tenant(s.t.ID), s.seen.Blob, s.id) // it comes again when it fails
		return false
	}
	if failed, err := s.worker.Handle(s.Context(), batch); err == nil && len(failed) == 0 {
		_ = s.seen.Queue.Delete(s.Context(), catalogue.Sends, batch[0].Receipt) // it comes again when this fails
	}
	return true
}

func (s *crashed) over() bool {
	s.Helper()
	ctl, err := s.t.CampaignControl(s.Context(), s.id)
	if err != nil {
		s.Fatal(err)
	}
	books, err := s.t.Tally(s.Context(), s.id)
	return err == nil && ctl.Status == campaign.Sent && books.Pending() == 0 && books.In(message.Uncertain) == 0
}

// check holds what the ledger says against what the provider has.
func (s *crashed) check(policy campaign.Policy, idempotent bool) {
	s.Helper()
	campaignkit.Books(s.T, s.t, s.id)
	for chunk := range s.calls {
		err := s.t.EachMessage(s.Context(), s.id, chunk, func(m *message.Message) (bool, error) {
			if wrong := wrongly(m, s.mail.got[m.Address], policy, idempotent); wrong != "" {
				s.Errorf("%s: %s", m.Address, wrong)
			}
			return true, nil
		})
		if err != nil {
			s.Fatal(err)
		}
	}
}

// wrongly says what is wrong with a message that the provider accepted so often; "" when nothing is.
func wrongly(m *message.Message, accepted int, policy campaign.Policy, idempotent bool) string {
	switch {
	case accepted == 0 && (m.State == message.Accepted || policy == campaign.PreferDuplicate):
		return fmt.Sprintf("%s, and never accepted by the provider", m.State)
	case accepted > 1 && !idempotent && policy == campaign.PreferLoss:
		return fmt.Sprintf("accepted %d times", accepted)
	case m.State != message.Accepted && m.Reason != message.LeaseLost:
		return fmt.Sprintf("%s for %q", m.State, m.Reason)
	case m.State != message.Accepted && (idempotent || policy == campaign.PreferDuplicate):
		return "given up, where it could have been sent again"
	}
	return ""
}

// TestACrashAtEveryCall of a send: nobody is lost without a word, nobody is written to twice who must not be, and the books balance, whenever the process ends.
func TestACrashAtEveryCall(t *testing.T) {
	for _, c := range []struct {
		name       string
		policy     campaign.Policy
		idempotent bool
	}{
		{"prefer loss", campaign.PreferLoss, false},
		{"prefer duplicate", campaign.PreferDuplicate, false},
		{"a provider that knows its messages", campaign.PreferLoss, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			whole := sent(t, c.policy, c.idempotent, crash.Fault{})
			whole.check(c.policy, c.idempotent)
			whole.wants(fmt.Sprintf("accepted:%d planned:%d", receivers, receivers))
			calls := whole.process.Calls()
			if len(calls) < receivers+8 {
				t.Fatalf("a send of %d calls: %v", len(calls), calls)
			}
			for _, how := range crash.Ways() {
				for at := range len(calls) {
					fault := crash.Fault{At: at + 1, How: how}
					t.Run(fmt.Sprintf("%s %s", fault, calls[at]), func(t *testing.T) {
						sent(t, c.policy, c.idempotent, fault).check(c.policy, c.idempotent)
					})
				}
			}
		})
	}
}
