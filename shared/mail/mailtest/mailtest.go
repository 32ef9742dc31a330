// Package mailtest is the suite that every engine of the mail port passes: named scenarios with two tenants that use the same message ids, every
// class of failure, and the provider's events.
package mailtest

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/dangol/dangol/shared/mail"
)

// Subject is a fresh engine with a provider (or its twin) behind it.
type Subject struct {
	Sender mail.Sender
	// Received returns each copy of m that the provider took, told apart from other tenants' by the sender's address.
	Received func(m mail.Message) []Received
	// Provoke makes the provider refuse what goes to the returned address, with each class.
	Provoke map[mail.Class]func() (to string)
	// Lose makes the provider take the next message and go away before it says so.
	Lose func()
	// Restart gives the engine up and opens another with the same provider.
	Restart func() mail.Sender
	// Run delivers provider events to the handler until the context ends.
	Run func(ctx context.Context, handle func(context.Context, []mail.Event) error) error
}

// Received is a message as the provider took it.
type Received struct {
	From, To            mail.Address
	Subject, HTML, Text string
	// Header returns the value of a header field, decoded.
	Header func(name string) string
}

// Exemption is a scenario that an engine cannot pass, and why.
type Exemption struct{ Scenario, Reason string }

type scenario struct {
	name string
	run  func(t *testing.T, s Subject)
}

// Run runs every scenario on a fresh engine. An exemption must name a scenario and give a reason, which is logged.
func Run(t *testing.T, open func(t *testing.T) Subject, exempt ...Exemption) {
	reasons := map[string]string{}
	for _, e := range exempt {
		reasons[e.Scenario] = e.Reason
	}
	for _, s := range slices.Concat(handOverScenarios, refusalScenarios, eventScenarios) {
		reason, exempted := reasons[s.name]
		delete(reasons, s.name)
		t.Run(s.name, func(t *testing.T) {
			if exempted {
				t.Logf("EXEMPT: %s", reason)
				return
			}
			s.run(t, open(t))
		})
	}
	for name := range reasons {
		t.Errorf("exemption %q names no scenario", name)
	}
}

// letters returns the same message, with the same id, of two tenants.
func letters(id string) []mail.Message {
	var out []mail.Message
	for _, tenant := range []string{"hana", "duri"} {
		out = append(out, mail.Message{
			ID: id, Tenant: tenant, Campaign: "cmp_1", From: mail.Address{Name: "단골 " + tenant, Email: "shop@" + tenant + ".example"},
			To: mail.Address{Name: "김민지", Email: "minji@customer.example"}, Subject: tenant + "의 겨울 행사 🎁 안내",
			HTML: "<p>" + tenant + " — 안녕하세요</p>", Text: "안녕하세요, " + tenant + "\n.\n끝",
			Headers: []mail.Header{{Name: "List-Unsubscribe", Value: "<https://" + tenant + ".example/u/1>"}},
		})
	}
	return out
}

func send(t *testing.T, s mail.Sender, m mail.Message) {
	t.Helper()
	if err := s.Send(t.Context(), m); err != nil {
		t.Fatalf("send %s of %s: %v", m.ID, m.Tenant, err)
	}
}

// wantCopies asserts how many copies of m the provider took, all of them whole.
func wantCopies(t *testing.T, s Subject, m mail.Message, want int) {
	t.Helper()
	got := s.Received(m)
	if len(got) != want {
		t.Errorf("%s of %s was taken %d times, want %d", m.ID, m.Tenant, len(got), want)
	}
	for _, r := range got {
		if r.From != m.From || r.To != m.To || r.Subject != m.Subject || unix(r.HTML) != m.HTML || strings.TrimRight(unix(r.Text), "\n") != m.Text {
			t.Errorf("taken as %+v\nwant %+v", r, m)
		}
		for _, h := range m.Headers {
			if got := r.Header(h.Name); got != h.Value {
				t.Errorf("header %s %q, want %q", h.Name, got, h.Value)
			}
		}
	}
}

// unix undoes the line ends of the wire.
func unix(s string) string { return strings.ReplaceAll(s, "\r\n", "\n") }

// timesWhenRepeated is how often a message arrives that was handed over n times.
func timesWhenRepeated(s mail.Sender, n int) int {
	if s.Traits().Idempotent {
		return 1
	}
	return n
}
