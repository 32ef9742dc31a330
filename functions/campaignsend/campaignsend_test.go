package campaignsend

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/dangol/dangol/shared/catalogue"
	"github.com/dangol/dangol/shared/crm/campaign"
	"github.com/dangol/dangol/shared/crm/consent"
	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/message"
	"github.com/dangol/dangol/shared/mail"
	"github.com/dangol/dangol/shared/queue"
	"github.com/dangol/dangol/shared/sending"
	"github.com/dangol/dangol/shared/store"
	"github.com/dangol/dangol/shared/testkit/campaignkit"
)

// provider is a sender whose answers a story decides. It keeps what it was handed.
type provider struct {
	mu         sync.Mutex
	got        map[string]int
	idempotent bool
	answer     func(m mail.Message) error
	after      func(m mail.Message)
}

func (p *provider) Traits() mail.Traits { return mail.Traits{Idempotent: p.idempotent, Concurrency: 4} }

func (p *provider) Send(_ context.Context, m mail.Message) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.got == nil {
		p.got = map[string]int{}
	}
	var err error
	if p.answer != nil {
		err = p.answer(m)
	}
	if mail.FailureClass(err) == "" {
		p.got[m.To.Email]++
	}
	if p.after != nil {
		p.after(m)
	}
	return err
}

type story struct {
	*testing.T
	kit   *campaignkit.Kit
	t     *store.Tenant
	w     *Worker
	mail  *provider
	id    string
	calls []message.Call
}

// begin is a campaign to n customers at a provider that takes everything.
func begin(t *testing.T, n int, plan campaign.Plan, change func(i int, c *customer.Customer)) *story {
	kit := campaignkit.New(t)
	s := &story{T: t, kit: kit, t: kit.Tenant(t, "a"), mail: &provider{}}
	kit.Env.Mail = s.mail
	s.w = New(kit.Env)
	s.id, s.calls = kit.Campaign(t, s.t, kit.Customers(t, s.t, n, change), plan)
	return s
}

// run works every chunk once.
func (s *story) run() {
	s.Helper()
	for _, c := range s.calls {
		s.handle(c)
	}
}

func (s *story) handle(c message.Call) {
	s.Helper()
	failed, err := s.w.Handle(s.Context(), []queue.Message{campaignkit.Message(c)})
	if err != nil || len(failed) > 0 {
		s.Fatalf("handle %+v: failed %v, %v", c, failed, err)
	}
}

// queued works what the queue holds by now.
func (s *story) queued() int { s.Helper(); return s.kit.Deliver(s.T, catalogue.Sends, s.w.Handle) }

func (s *story) wants(counters string) {
	s.Helper()
	books := campaignkit.Books(s.T, s.t, s.id)
	if got := strings.TrimSuffix(strings.TrimPrefix(fmt.Sprint(books.Trim()), "map["), "]"); got != counters {
		s.Errorf("got books %q, want %q", got, counters)
	}
}

func (s *story) status(want campaign.Status) {
	s.Helper()
	ctl, err := s.t.CampaignControl(s.Context(), s.id)
	if err != nil || ctl.Status != want {
		s.Errorf("got status %v, %v, want %s", ctl, err, want)
	}
}

func (s *story) act(a campaign.Action) *campaign.Control {
	s.Helper()
	ctl, err := s.t.CampaignControl(s.Context(), s.id)
	if err == nil {
		err = ctl.Act(a, s.t.Now())
	}
	tx := s.t.Begin()
	tx.SaveControl(s.id, ctl)
	if err = errors.Join(err, tx.Commit(s.Context())); err != nil {
		s.Fatal(err)
	}
	return ctl
}

func (s *story) resume() {
	ctl := s.act(campaign.Resume)
	for i := range s.calls {
		s.calls[i].Epoch = ctl.Epoch
	}
}

func (s *story) once(want int) {
	s.Helper()
	s.mail.mu.Lock()
	defer s.mail.mu.Unlock()
	if len(s.mail.got) != want {
		s.Errorf("got %d receivers, want %d", len(s.mail.got), want)
	}
	for to, n := range s.mail.got {
		if n != 1 {
			s.Errorf("%s got it %d times", to, n)
		}
	}
}

func TestEveryoneWhoMayGetsItOnce(t *testing.T) {
	s := begin(t, 1000, campaign.Plan{}, func(i int, c *customer.Customer) {
		switch i {
		case 1:
			c.Consents = nil
		case 2:
			c.Email = ""
		case 3:
			c.Consents = consent.States{"email.marketing": consent.Withdrawn}
		}
	})
	tx := s.t.Begin()
	tx.Suppress(message.Suppression{Channel: message.Email, Address: "c4@mail.test", Reason: message.Bounced})
	if err := tx.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.run()
	s.wants("accepted:996 planned:1000 skipped:4 skippedBy.invalidAddress:1 skippedBy.noConsent:2 skippedBy.suppressed:1")
	s.once(996)
	s.status(campaign.Sent)
	s.run() // delivered again
	s.once(996)
	if n := s.queued(); n != 0 {
		t.Errorf("got %d more calls on the queue, want none", n)
	}
}

func TestAPauseStopsClaimsAndAResumeSendsTheRest(t *testing.T) {
	s := begin(t, 400, campaign.Plan{}, nil)
	paused := false
	s.mail.after = func(mail.Message) {
		if !paused {
			paused = true
			s.act(campaign.Pause)
		}
	}
	s.run()
	books := campaignkit.Books(t, s.t, s.id)
	if got := books.In(message.Accepted); got != store.MaxMoves {
		t.Errorf("got %d accepted, want the %d of the slice that was under way", got, store.MaxMoves)
	}
	s.run() // stale calls of the old epoch
	if got := campaignkit.Books(t, s.t, s.id).In(message.Accepted); got != store.MaxMoves {
		t.Errorf("got %d accepted after stale calls, want no more", got)
	}
	s.status(campaign.Paused)
	s.resume()
	s.run()
	s.wants("accepted:400 planned:400")
	s.once(400)
	s.status(campaign.Sent)
}

func TestACancelInFlightWithdrawsWhatIsPlanned(t *testing.T) {
	s := begin(t, 300, campaign.Plan{}, nil)
	first := true
	s.mail.after = func(mail.Message) {
		if first {
			first = false
			s.act(campaign.Cancel)
		}
	}
	s.run()
	s.run()
	s.wants("accepted:98 canceled:202 planned:300")
	s.once(98)
	s.status(campaign.Canceled)
}

func TestAWorkerOfAnOldEpochClaimsNothing(t *testing.T) {
	s := begin(t, 50, campaign.Plan{}, nil)
	ctl, _ := s.t.CampaignControl(t.Context(), s.id)
	g, err := s.w.mailings.get(t.Context(), s.w, s.t, s.calls[0])
	if err != nil {
		t.Fatal(err)
	}
	r := &run{w: s.w, t: s.t, call: s.calls[0], mailing: g, until: s.w.deadline(t.Context())}
	rows, err := r.open(t.Context()) // it has read the control and its messages …
	if err != nil || len(rows) != 50 {
		t.Fatalf("got %d rows, %v", len(rows), err)
	}
	s.act(campaign.Pause) // … and only then comes the pause
	if err := r.slice(t.Context(), rows); err == nil {
		t.Errorf("the claim of epoch %d went through", ctl.Epoch)
	}
	s.once(0)
	s.wants("pending:50 planned:50")
}

func TestALeaseThatRanOutIsUncertain(t *testing.T) {
	lost := errors.New("connection lost after the text")
	for name, c := range map[string]struct {
		policy campaign.Policy
		want   string
		status campaign.Status
		mails  int
	}{
		"prefer loss: given up":             {campaign.PreferLoss, "accepted:9 failed:1 failedBy.leaseLost:1 planned:10", campaign.Sent, 1},
		"prefer duplicate: sent once again": {campaign.PreferDuplicate, "accepted:10 planned:10", campaign.Sent, 2},
	} {
		t.Run(name, func(t *testing.T) {
			s := begin(t, 10, campaign.Plan{UncertainPolicy: c.policy}, nil)
			broken := true
			s.mail.answer = func(m mail.Message) error {
				if broken && m.To.Email == "c3@mail.test" {
					broken = false
					return lost
				}
				return nil
			}
			s.run()
			s.wants("accepted:9 pending:1 planned:10")
			s.status(campaign.Sending)
			s.kit.Clock.Advance(lease + time.Second)
			s.queued() // the chunk comes again by itself
			s.wants("accepted:9 planned:10 uncertain:1")
			s.tend(true)
			s.wants("accepted:9 planned:10 uncertain:1")
			s.kit.Clock.Advance(campaign.UncertainAfter)
			s.kit.Follow(t)
			s.tend(false)
			s.settle()
			s.wants(c.want)
			s.status(c.status)
			if got := s.mail.got["c3@mail.test"]; got != c.mails {
				t.Errorf("got %d hand-overs of the uncertain message, want %d", got, c.mails)
			}
		})
	}
}

// tend looks after the campaign once.
func (s *story) tend(again bool) {
	s.Helper()
	next, err := sending.Tend(s.Context(), s.t, s.kit.Env.Blob, s.id)
	if err != nil || again && next != sending.TendEvery {
		s.Fatalf("tend: got the next look in %s, %v", next, err)
	}
}

// settle lets the change feed put calls on the queue and works them, for at most a few seconds.
func (s *story) settle() {
	s.Helper()
	for range 40 {
		s.queued()
		if books, err := s.t.Tally(s.Context(), s.id); err != nil || books.Pending() == 0 {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
}

func TestAProviderThatKnowsAMessageGetsItAgain(t *testing.T) {
	s := begin(t, 10, campaign.Plan{}, nil)
	s.mail.idempotent = true
	broken := true
	s.mail.answer = func(m mail.Message) error {
		if broken && m.To.Email == "c3@mail.test" {
			broken = false
			return errors.New("no answer")
		}
		return nil
	}
	s.run()
	s.kit.Clock.Advance(lease + time.Second)
	s.queued()
	s.wants("accepted:10 planned:10")
	s.status(campaign.Sent)
}

// A laptop that was switched off need not wait for the leases of its own past: nobody else can hold them.
func TestAfterARestartAloneNoLeaseIsWaitedFor(t *testing.T) {
	s := begin(t, 10, campaign.Plan{}, nil)
	s.mail.idempotent = true
	s.mail.answer = func(m mail.Message) error {
		if s.kit.Env.Settings.Alone.IsZero() && m.To.Email == "c3@mail.test" {
			return errors.New("no answer")
		}
		return nil
	}
	s.run()
	s.wants("accepted:9 pending:1 planned:10")
	s.kit.Clock.Advance(time.Second)
	s.kit.Env.Settings.Alone = s.kit.Clock.Now()
	s.run()
	s.wants("accepted:10 planned:10")
	s.status(campaign.Sent)
}

func TestThrottledMessagesComeAgainAndAreNoAttempt(t *testing.T) {
	s := begin(t, 300, campaign.Plan{}, nil)
	throttled := true
	s.mail.answer = func(mail.Message) error {
		if throttled {
			return &mail.Failure{Class: mail.Throttled, Detail: "slow down"}
		}
		return nil
	}
	s.run()
	s.wants("pending:300 planned:300")
	throttled = false
	s.kit.Clock.Advance(2 * firstPause)
	if n := s.queued(); n != 1 {
		t.Errorf("got %d calls, want 1", n)
	}
	s.wants("accepted:300 planned:300")
	s.once(300)
	_ = s.t.EachMessage(t.Context(), s.id, 0, func(m *message.Message) (bool, error) {
		if m.Attempt != 1 {
			t.Errorf("got attempt %d, want 1", m.Attempt)
		}
		return true, nil
	})
}

func TestAProviderThatIsDownIsLeftAlone(t *testing.T) {
	s := begin(t, 1500, campaign.Plan{}, nil)
	knocks := 0
	s.mail.answer = func(mail.Message) error {
		knocks++
		return &mail.Failure{Class: mail.Down, Detail: "no route"}
	}
	s.run()
	if knocks > trips+int(s.mail.Traits().Concurrency) {
		t.Errorf("got %d knocks at a closed door, want about %d", knocks, trips)
	}
	s.wants("pending:1500 planned:1500")
	s.mail.answer = nil
	s.kit.Clock.Advance(mostPause)
	s.queued()
	s.wants("accepted:1500 planned:1500")
	s.status(campaign.Sent)
}

func TestABadAddressIsSuppressed(t *testing.T) {
	s := begin(t, 150, campaign.Plan{}, nil)
	s.mail.answer = func(m mail.Message) error {
		if strings.HasSuffix(m.To.Email, "1@mail.test") {
			return &mail.Failure{Class: mail.Recipient, Detail: "550 no such user"}
		}
		return nil
	}
	s.run()
	s.wants("accepted:135 failed:15 failedBy.bounced:15 planned:150")
	got, err := s.t.Suppressions(t.Context(), message.Email, []string{"c1@mail.test", "C1@MAIL.test", "c2@mail.test"})
	if err != nil || got[0] == nil || got[0].Reason != message.Bounced || got[1] == nil || got[2] != nil {
		t.Errorf("got suppressed %v, %v", got, err)
	}
	s.status(campaign.Sent)
}

func TestRefusedContentStopsTheCampaign(t *testing.T) {
	s := begin(t, 500, campaign.Plan{}, nil)
	s.mail.answer = func(m mail.Message) error { return &mail.Failure{Class: mail.Content, Detail: "554 looks like spam"} }
	s.run()
	s.status(campaign.Stopped)
	ctl, _ := s.t.CampaignControl(t.Context(), s.id)
	if !strings.Contains(ctl.Reason, "looks like spam") {
		t.Errorf("got reason %q, want the provider's words", ctl.Reason)
	}
	books := campaignkit.Books(t, s.t, s.id)
	if failed := books.FailedFor(message.Refused); failed == 0 || failed > 4 || books.Pending() != 500-failed {
		t.Errorf("got %v, want the few in flight refused and the rest pending", books)
	}
	if n := s.queued(); n != 0 {
		t.Errorf("got %d calls on the queue of a stopped campaign", n)
	}
}

func TestAWithdrawalBetweenPlanAndClaimIsHeeded(t *testing.T) {
	s := begin(t, 20, campaign.Plan{}, nil)
	var ids []string
	_ = s.t.EachMessage(t.Context(), s.id, 0, func(m *message.Message) (bool, error) { ids = append(ids, m.CustomerID); return true, nil })
	c, err := s.t.Customer(t.Context(), ids[0])
	if err != nil {
		t.Fatal(err)
	}
	tx := s.t.Begin()
	tx.RecordConsent(c, consent.Consent{ID: "con_1", Channel: consent.Email, Purpose: consent.Marketing, State: consent.Withdrawn, At: s.t.Now()})
	if err := tx.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.run()
	s.wants("accepted:19 planned:20 skipped:1 skippedBy.noConsent:1")
}

func TestTwoTenantsWithTheSameIDsStayApart(t *testing.T) {
	a := begin(t, 30, campaign.Plan{}, nil)
	other := a.kit.Tenant(t, "b")
	id, calls := a.kit.Campaign(t, other, a.kit.Customers(t, other, 30, nil), campaign.Plan{})
	if id != a.id {
		t.Fatalf("got campaign %s, want the same id %s", id, a.id)
	}
	a.run()
	a.wants("accepted:30 planned:30")
	if got := campaignkit.Books(t, other, id); got.Pending() != 30 {
		t.Errorf("got %v, want the other tenant's messages untouched", got)
	}
	a.handle(calls[0])
	if got := campaignkit.Books(t, other, id); got.In(message.Accepted) != 30 {
		t.Errorf("got %v, want the other tenant's messages accepted", got)
	}
}

func TestADeadlineLeavesTheRestForTheNextDelivery(t *testing.T) {
	s := begin(t, 600, campaign.Plan{}, nil)
	s.mail.after = func(mail.Message) { s.kit.Clock.Advance(400 * time.Millisecond) }
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	if _, err := s.w.Handle(ctx, []queue.Message{campaignkit.Message(s.calls[0])}); err != nil {
		t.Fatal(err)
	}
	got := campaignkit.Books(t, s.t, s.id)
	if n := got.In(message.Accepted); n == 0 || n > 150 || got.Pending() != 600-n {
		t.Errorf("got %v, want about a minute's worth accepted and the rest planned", got)
	}
	s.mail.after = nil
	s.queued()
	s.wants("accepted:600 planned:600")
	s.once(600)
}

func TestAResponseThatComesBeforeTheRecordIsKept(t *testing.T) {
	s := begin(t, 5, campaign.Plan{}, nil)
	s.mail.after = func(m mail.Message) {
		_, err := sending.MoveRows(t.Context(), s.t, s.id, 0, 0, []*message.Message{s.row(m.ID)}, func(row *message.Message) bool {
			return row.Fold(message.ReportDelivered, s.t.Now())
		})
		if err != nil {
			t.Error(err)
		}
	}
	s.run()
	s.wants("accepted:5 planned:5 responses.delivered:5")
}

func (s *story) row(id string) *message.Message {
	m, err := s.t.Message(context.Background(), s.id, 0, id)
	if err != nil {
		s.Fatal(err)
	}
	return m
}
