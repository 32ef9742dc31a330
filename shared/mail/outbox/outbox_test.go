package outbox_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/dangol/dangol/shared/clock"
	"github.com/dangol/dangol/shared/kv"
	"github.com/dangol/dangol/shared/mail"
	"github.com/dangol/dangol/shared/mail/mailtest"
	"github.com/dangol/dangol/shared/mail/outbox"
)

var start = time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)

// machine is a mailbox that can be opened again, and a disk that can fail.
type machine struct {
	*outbox.Outbox
	tb    testing.TB
	dir   string
	clk   *clock.Manual
	store *kv.Store
}

func open(tb testing.TB) *machine {
	tb.Helper()
	m := &machine{tb: tb, dir: filepath.Join(tb.TempDir(), "kv"), clk: clock.NewManual(start)}
	m.restart()
	tb.Cleanup(func() { _ = m.store.Close() })
	return m
}

func (m *machine) restart() {
	m.tb.Helper()
	if m.store != nil {
		_ = m.store.Close()
	}
	var err error
	if m.store, err = kv.Open(m.dir, kv.Options{}); err != nil {
		m.tb.Fatal(err)
	}
	if m.Outbox, err = outbox.New(m.store, m.clk); err != nil {
		m.tb.Fatal(err)
	}
}

func (m *machine) received(msg mail.Message) []mailtest.Received {
	e, found, err := m.Find(msg.Tenant, msg.ID)
	if err != nil {
		m.tb.Fatal(err)
	}
	if !found {
		return nil
	}
	got := e.Message
	return []mailtest.Received{{From: got.From, To: got.To, Subject: got.Subject, HTML: got.HTML, Text: got.Text, Header: func(name string) string {
		i := slices.IndexFunc(got.Headers, func(h mail.Header) bool { return h.Name == name })
		if i < 0 {
			return ""
		}
		return got.Headers[i].Value
	}}}
}

func TestSuite(t *testing.T) {
	mailtest.Run(t, func(t *testing.T) mailtest.Subject {
		m := open(t)
		s := mailtest.Subject{
			Sender: m.Outbox, Received: m.received, Provoke: map[mail.Class]func() string{},
			Restart: func() mail.Sender { m.restart(); return m.Outbox },
			Run: func(ctx context.Context, h func(context.Context, []mail.Event) error) error {
				return m.Run(ctx, h)
			},
		}
		for class, to := range map[mail.Class]string{mail.Throttled: "a@throttle.test", mail.Down: "a@DOWN.test", mail.Content: "a@content.test", mail.Recipient: "nobody"} {
			s.Provoke[class] = func() string { return to }
		}
		return s
	}, mailtest.Exemption{
		Scenario: "an acceptance that is lost on the way is uncertain, not a failure",
		Reason:   "the mailbox is in the process: an acceptance is lost only with the process, and the scenarios with a restart and a repetition cover that",
	})
}

func letter(tenant, id, to string) mail.Message {
	return mail.Message{ID: id, Tenant: tenant, Campaign: "cmp_" + tenant, From: mail.Address{Name: "단골", Email: "shop@hana.example"}, To: mail.Address{Email: to}, Subject: "소식 " + id, HTML: "<p>" + id + "</p>", Text: id}
}

func (m *machine) send(t *testing.T, msgs ...mail.Message) {
	t.Helper()
	for _, msg := range msgs {
		if err := m.Send(t.Context(), msg); err != nil {
			t.Fatal(err)
		}
	}
}

func TestARepetitionIsCountedAndNotStored(t *testing.T) {
	m := open(t)
	a := letter("hana", "msg_1", "minji@customer.example")
	m.send(t, a, a, letter("duri", "msg_1", "minji@customer.example"))
	m.restart()
	m.send(t, a)
	if m.Count() != 2 || m.Repeated() != 2 {
		t.Errorf("%d stored, %d repeated; want 2, 2", m.Count(), m.Repeated())
	}
}

func TestDifficultAddressesReportWhatBecameOfThem(t *testing.T) {
	m := open(t)
	m.send(t, letter("hana", "msg_1", "a@bounce.test"), letter("hana", "msg_2", "b@complaint.test"), letter("duri", "msg_1", "c@fine.example"))
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	var got []string
	err := m.Run(ctx, func(_ context.Context, events []mail.Event) error {
		for _, e := range events {
			got = append(got, fmt.Sprintf("%s %s %s", e.Tenant, e.MessageID, e.Kind))
		}
		if len(got) >= 7 {
			cancel()
		}
		return nil
	})
	want := []string{"hana msg_1 accepted", "hana msg_1 bounced", "hana msg_2 accepted", "hana msg_2 delivered", "hana msg_2 complained", "duri msg_1 accepted", "duri msg_1 delivered"}
	if !errors.Is(err, context.Canceled) || !slices.Equal(got, want) {
		t.Errorf("events %q, %v; want %q", got, err, want)
	}
}

func TestEventsOutliveAClearedMailboxAndAFailingLedger(t *testing.T) {
	m := open(t)
	for i := range 250 { // more than two batches
		m.send(t, letter("hana", fmt.Sprint("msg_", i), "a@fine.example"))
	}
	if err := m.Clear(t.Context()); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	seen, calls := map[string]int{}, 0
	_ = m.Run(ctx, func(_ context.Context, events []mail.Event) error {
		if calls++; calls == 2 {
			go advanceUntil(ctx, m.clk)
			return errors.New("the ledger is away")
		}
		for _, e := range events {
			seen[e.MessageID]++
		}
		if len(seen) == 250 {
			cancel()
		}
		return nil
	})
	for id, n := range seen {
		if n != 2 {
			t.Errorf("%s had %d events, want 2", id, n)
		}
	}
	if len(seen) != 250 || m.Count() != 0 {
		t.Errorf("events of %d messages, %d left in the mailbox; want 250, 0", len(seen), m.Count())
	}
}

// advanceUntil lets the time pass quickly.
func advanceUntil(ctx context.Context, clk *clock.Manual) {
	for ctx.Err() == nil {
		clk.Advance(time.Second)
		time.Sleep(5 * time.Millisecond)
	}
}

func TestListsAreNewestFirstInPages(t *testing.T) {
	m := open(t)
	for i := range 25 {
		m.send(t, letter("hana", fmt.Sprintf("msg_%02d", i), "a@fine.example"))
	}
	var got []string
	for after := ""; ; {
		page, err := m.List(t.Context(), after, 10)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range page {
			got = append(got, e.Message.ID)
			after = e.ID()
		}
		if len(page) < 10 {
			break
		}
	}
	if len(got) != 25 || got[0] != "msg_24" || got[24] != "msg_00" || !slices.IsSortedFunc(got, func(a, b string) int { return strings.Compare(b, a) }) {
		t.Errorf("listed %q", got)
	}
	if _, err := m.List(t.Context(), "nonsense", 10); err == nil {
		t.Error("a list after nonsense succeeded")
	}
}

func TestClearKeepsWhatCameMeanwhileAndKnowsWhatWasThere(t *testing.T) {
	m := open(t)
	a := letter("hana", "msg_1", "a@fine.example")
	m.send(t, a)
	if err := m.Clear(t.Context()); err != nil {
		t.Fatal(err)
	}
	m.send(t, a, letter("hana", "msg_2", "a@fine.example"))
	if _, found, err := m.Find("hana", "msg_1"); found || err != nil {
		t.Errorf("the cleared message was found: %v, %v", found, err)
	}
	if m.Count() != 1 || m.Repeated() != 1 {
		t.Errorf("%d stored, %d repeated; want 1, 1", m.Count(), m.Repeated())
	}
}

// The goal is 8,000 a second with 24 callers.
func BenchmarkSend3kB(b *testing.B) {
	m := open(b)
	html := strings.Repeat("단골 손님을 위한 겨울 행사입니다. See it\n", 50)
	var n atomic.Int64
	b.SetParallelism(12)
	b.ReportAllocs()
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			msg := letter("hana", fmt.Sprint("msg_", n.Add(1)), "minji@customer.example")
			msg.HTML, msg.Text = html, html[:800]
			if err := m.Send(b.Context(), msg); err != nil {
				b.Error(err)
			}
		}
	})
	if m.Count() != int(n.Load()) {
		b.Errorf("stored %d of %d", m.Count(), n.Load())
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "mails/s")
}
