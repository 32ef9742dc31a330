package mailtest

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/dangol/dangol/shared/mail"
)

var handOverScenarios = []scenario{
	{"every field arrives, for two tenants with the same message id", func(t *testing.T, s Subject) {
		for _, m := range letters("msg_1") {
			send(t, s.Sender, m)
		}
		for _, m := range letters("msg_1") {
			wantCopies(t, s, m, 1)
		}
	}},
	{"a message without HTML and one without text arrive", func(t *testing.T, s Subject) {
		plain, rich := letters("msg_1")[0], letters("msg_2")[0]
		plain.HTML, rich.Text = "", ""
		for _, m := range []mail.Message{plain, rich} {
			send(t, s.Sender, m)
			wantCopies(t, s, m, 1)
		}
	}},
	{"a message handed over twice arrives as often as the traits say", func(t *testing.T, s Subject) {
		for _, m := range letters("msg_1") {
			send(t, s.Sender, m)
			send(t, s.Sender, m)
			wantCopies(t, s, m, timesWhenRepeated(s.Sender, 2))
		}
	}},
	{"many at once arrive once each", manyAtOnce},
	{"after a restart it goes on, and knows what it knew", func(t *testing.T, s Subject) {
		for _, m := range letters("msg_1") {
			send(t, s.Sender, m)
		}
		s.Sender = s.Restart()
		for _, m := range letters("msg_1") {
			send(t, s.Sender, m)
			wantCopies(t, s, m, timesWhenRepeated(s.Sender, 2))
		}
	}},
	{"no text of a message adds a header", func(t *testing.T, s Subject) {
		m := letters("msg_1")[0]
		m.Subject, m.From.Name = "Hi\r\nBcc: spy@x.example", "Shop\nX-Spy: 1"
		send(t, s.Sender, m)
		for _, r := range s.Received(m) {
			if r.Header("Bcc") != "" || r.Header("X-Spy") != "" {
				t.Errorf("headers were smuggled in: Bcc %q, X-Spy %q", r.Header("Bcc"), r.Header("X-Spy"))
			}
		}
	}},
	{"a canceled hand-over fails and nothing arrives", func(t *testing.T, s Subject) {
		m := letters("msg_1")[0]
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if err := s.Sender.Send(ctx, m); err == nil {
			t.Error("the hand-over succeeded")
		}
		wantCopies(t, s, m, 0)
	}},
}

func manyAtOnce(t *testing.T, s Subject) {
	const callers, each = 24, 20
	var all sync.WaitGroup
	for caller := range callers {
		all.Go(func() {
			for i := range each {
				for _, m := range letters(fmt.Sprintf("msg_%d_%d", caller, i)) {
					if err := s.Sender.Send(t.Context(), m); err != nil {
						t.Errorf("send %s: %v", m.ID, err)
					}
				}
			}
		})
	}
	all.Wait()
	for caller := range callers {
		for _, m := range letters(fmt.Sprintf("msg_%d_%d", caller, each-1)) {
			wantCopies(t, s, m, 1)
		}
	}
}

var refusalScenarios = []scenario{
	{"throttled is told, and the next message goes", refused(mail.Throttled)},
	{"a provider that is down is told, and once it is back the next message goes", refused(mail.Down)},
	{"a refused recipient is told, and the next message goes", refused(mail.Recipient)},
	{"refused content is told, and the next message goes", refused(mail.Content)},
	{"an address that is none is a refused recipient", func(t *testing.T, s Subject) {
		for _, to := range []string{"", "minji", "minji@", "a@b.example\r\nRCPT TO:<c@d.example>"} {
			m := letters("msg_1")[0]
			m.To.Email = to
			if err := s.Sender.Send(t.Context(), m); mail.FailureClass(err) != mail.Recipient {
				t.Errorf("send to %q: %v, want class %s", to, err, mail.Recipient)
			}
			wantCopies(t, s, m, 0)
		}
	}},
	{"an acceptance that is lost on the way is uncertain, not a failure", func(t *testing.T, s Subject) {
		m := letters("msg_1")[0]
		s.Lose()
		if err := s.Sender.Send(t.Context(), m); err == nil || mail.FailureClass(err) != "" {
			t.Errorf("send: %v, want an error of no class", err)
		}
		wantCopies(t, s, m, 1)
		send(t, s.Sender, m)
		wantCopies(t, s, m, timesWhenRepeated(s.Sender, 2))
	}},
}

// refused hands over a message of each tenant that the provider refuses, and one that it takes.
func refused(class mail.Class) func(*testing.T, Subject) {
	return func(t *testing.T, s Subject) {
		for _, good := range letters("msg_1") {
			bad := good
			bad.ID, bad.To.Email = "msg_2", s.Provoke[class]()
			if err := s.Sender.Send(t.Context(), bad); mail.FailureClass(err) != class {
				t.Errorf("send: %v, want class %s", err, class)
			}
			wantCopies(t, s, bad, 0)
			send(t, s.Sender, good)
			wantCopies(t, s, good, 1)
		}
	}
}

var eventScenarios = []scenario{
	{"what was taken is reported as accepted and delivered, in that order", func(t *testing.T, s Subject) {
		for _, m := range letters("msg_1") {
			send(t, s.Sender, m)
		}
		wantEvents(t, gather(t, s.Run, 4), letters("msg_1"))
	}},
	{"events that nobody took come again after a restart", func(t *testing.T, s Subject) {
		for _, m := range letters("msg_1") {
			send(t, s.Sender, m)
		}
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
		defer cancel()
		if err := s.Run(ctx, func(context.Context, []mail.Event) error { cancel(); return fmt.Errorf("the ledger is away") }); err == nil {
			t.Error("run ended well")
		}
		s.Restart()
		wantEvents(t, gather(t, s.Run, 4), letters("msg_1"))
	}},
}

// gather runs until n events have come.
func gather(t *testing.T, run func(context.Context, func(context.Context, []mail.Event) error) error, n int) []mail.Event {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	var got []mail.Event
	_ = run(ctx, func(_ context.Context, events []mail.Event) error { // ends with the context
		if got = append(got, events...); len(got) >= n {
			cancel()
		}
		return nil
	})
	return got
}

func wantEvents(t *testing.T, got []mail.Event, sent []mail.Message) {
	t.Helper()
	kinds := map[string]string{}
	for _, e := range got {
		kinds[e.Tenant] += " " + string(e.Kind)
		if e.MessageID != "msg_1" || e.Campaign != "cmp_1" || e.Address != "minji@customer.example" || e.At.IsZero() {
			t.Errorf("event %+v", e)
		}
	}
	for _, m := range sent {
		if strings.TrimSpace(kinds[m.Tenant]) != "accepted delivered" {
			t.Errorf("events of %s: %q, want accepted, delivered", m.Tenant, kinds[m.Tenant])
		}
	}
}
