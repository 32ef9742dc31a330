package smtp_test

import (
	"cmp"
	"strings"
	"testing"
	"time"

	"github.com/dangol/dangol/shared/clock"
	"github.com/dangol/dangol/shared/mail"
	"github.com/dangol/dangol/shared/mail/mailtest"
	"github.com/dangol/dangol/shared/mail/smtp"
	"github.com/dangol/dangol/shared/testkit/smtpsink"
)

func startSink(t *testing.T, o smtpsink.Options) *smtpsink.Sink {
	t.Helper()
	sink, err := smtpsink.Start(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = sink.Close() })
	return sink
}

func open(t *testing.T, url string, o smtp.Options) *smtp.Sender {
	t.Helper()
	s, err := smtp.Open(url, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// refusals are what providers answer, by the class it means.
var refusals = map[mail.Class]smtpsink.Rule{
	mail.Throttled: {At: smtpsink.MailFrom, Code: 454, Status: [3]int{4, 7, 0}, Text: "Throttling failure: Maximum sending rate exceeded", Times: 1},
	mail.Down:      {At: smtpsink.Data, Code: 421, Status: [3]int{4, 3, 2}, Text: "Shutting down", Times: 1},
	mail.Recipient: {At: smtpsink.RcptTo, Code: 550, Status: [3]int{5, 1, 1}, Text: "No such user", Times: 1},
	mail.Content:   {At: smtpsink.Data, Code: 554, Status: [3]int{5, 7, 1}, Text: "Looks like spam", Times: 1},
}

func TestSuite(t *testing.T) {
	mailtest.Run(t, func(t *testing.T) mailtest.Subject {
		sink := startSink(t, smtpsink.Options{User: "hana", Password: "geheim"})
		s := mailtest.Subject{
			Sender:   open(t, sink.URL(), smtp.Options{}),
			Received: func(m mail.Message) []mailtest.Received { return received(t, sink, m) },
			Provoke:  map[mail.Class]func() string{},
			Lose:     func() { sink.Tell(smtpsink.Rule{At: smtpsink.Accepted, Drop: true, Times: 1}) },
			Restart:  func() mail.Sender { return open(t, sink.URL(), smtp.Options{}) },
		}
		for class, rule := range refusals {
			s.Provoke[class] = func() string { sink.Tell(rule); return "someone@refused.example" }
		}
		return s
	},
		mailtest.Exemption{Scenario: "what was taken is reported as accepted and delivered, in that order", Reason: "SMTP says nothing after the hand-over, and delivery status notifications are not read"},
		mailtest.Exemption{Scenario: "events that nobody took come again after a restart", Reason: "as above"},
	)
}

func received(t *testing.T, sink *smtpsink.Sink, m mail.Message) []mailtest.Received {
	t.Helper()
	var out []mailtest.Received
	for _, got := range sink.Find(m.ID) {
		if got.From == m.From.Email && got.To == m.To.Email {
			out = append(out, parse(t, got.Raw))
		}
	}
	return out
}

func parse(t *testing.T, raw []byte) mailtest.Received {
	t.Helper()
	r, err := mailtest.Read(raw)
	if err != nil {
		t.Fatalf("%v\n%s", err, raw)
	}
	return r
}

func letter(id string) mail.Message {
	return mail.Message{ID: id, From: mail.Address{Email: "shop@hana.example"}, To: mail.Address{Email: "minji@customer.example"}, Subject: "Hi", Text: "Hello"}
}

// wantSend asserts the class ("" is none) and how often the sink took the message.
func wantSend(t *testing.T, s mail.Sender, sink *smtpsink.Sink, m mail.Message, class mail.Class, times int) {
	t.Helper()
	err := s.Send(t.Context(), m)
	if got := mail.FailureClass(err); got != class || class == "" && err != nil {
		t.Errorf("send %s: %v, want class %q", m.ID, err, class)
	}
	if got := sink.Times(m.ID); got != times {
		t.Errorf("%s was taken %d times, want %d", m.ID, got, times)
	}
}

func TestConnectionsAreUsedAgain(t *testing.T) {
	sink := startSink(t, smtpsink.Options{})
	clk := clock.NewManual(time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC))
	s := open(t, sink.URL(), smtp.Options{Clock: clk, Idle: time.Minute})
	wantConns := func(want int) {
		t.Helper()
		if _, _, got := sink.Counts(); got != want {
			t.Errorf("%d connections, want %d", got, want)
		}
	}
	wantSend(t, s, sink, letter("msg_1"), "", 1)
	wantSend(t, s, sink, letter("msg_2"), "", 1)
	wantConns(1)
	clk.Advance(2 * time.Minute)
	wantSend(t, s, sink, letter("msg_3"), "", 1)
	wantConns(2)
}

func TestAfterARefusalTheConnectionGoesOn(t *testing.T) {
	for name, rule := range map[string]smtpsink.Rule{
		"of the sender":    {At: smtpsink.MailFrom, Code: 550, Status: [3]int{5, 1, 8}, Times: 1},
		"of the recipient": {At: smtpsink.RcptTo, Code: 550, Status: [3]int{5, 1, 1}, Times: 1},
		"of the text":      {At: smtpsink.Data, Code: 554, Status: [3]int{5, 6, 0}, Times: 1},
	} {
		t.Run(name, func(t *testing.T) {
			sink := startSink(t, smtpsink.Options{})
			s := open(t, sink.URL(), smtp.Options{})
			sink.Tell(rule)
			if err := s.Send(t.Context(), letter("msg_1")); mail.FailureClass(err) == "" {
				t.Errorf("send: %v, want a refusal", err)
			}
			wantSend(t, s, sink, letter("msg_2"), "", 1)
			if accepted, _, conns := sink.Counts(); accepted != 1 || conns != 1 {
				t.Errorf("accepted %d on %d connections, want 1 on 1", accepted, conns)
			}
		})
	}
}

func TestLostConnections(t *testing.T) {
	cases := map[string]struct {
		warm bool // the connection has carried a message before
		at   smtpsink.At
		want mail.Class // "" with times 1 is success
		time int
	}{
		"on a stale connection it goes once more on a fresh one": {true, smtpsink.MailFrom, "", 1},
		"a fresh connection that breaks before the text is down": {false, smtpsink.MailFrom, mail.Down, 0},
		"broken at the greeting is down":                         {false, smtpsink.Connect, mail.Down, 0},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			sink := startSink(t, smtpsink.Options{})
			s := open(t, sink.URL(), smtp.Options{})
			if c.warm {
				wantSend(t, s, sink, letter("msg_0"), "", 1)
			}
			sink.Tell(smtpsink.Rule{At: c.at, Drop: true, Times: 1})
			wantSend(t, s, sink, letter("msg_1"), c.want, c.time)
		})
	}
}

func TestAfterTheFinalDotNothingIsSentAgain(t *testing.T) {
	for name, at := range map[string]smtpsink.At{"taken": smtpsink.Accepted, "not taken": smtpsink.Data} {
		t.Run(name, func(t *testing.T) {
			sink := startSink(t, smtpsink.Options{})
			s := open(t, sink.URL(), smtp.Options{})
			wantSend(t, s, sink, letter("msg_0"), "", 1)
			sink.Tell(smtpsink.Rule{At: at, Drop: true, Times: 1})
			if err := s.Send(t.Context(), letter("msg_1")); err == nil || mail.FailureClass(err) != "" {
				t.Errorf("send: %v, want an error of no class", err)
			}
			if accepted, _, _ := sink.Counts(); accepted > 2 {
				t.Errorf("accepted %d, want 2 at most", accepted)
			}
		})
	}
}

func TestAServerThatRestartsIsFoundAgain(t *testing.T) {
	sink := startSink(t, smtpsink.Options{})
	s := open(t, sink.URL(), smtp.Options{})
	wantSend(t, s, sink, letter("msg_1"), "", 1)
	_ = sink.Close()
	wantSend(t, s, sink, letter("msg_2"), mail.Down, 0)
	again, err := smtpsink.StartAt(sink.Addr(), smtpsink.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = again.Close() })
	wantSend(t, s, again, letter("msg_2"), "", 1)
}

func TestAWrongPasswordIsDownAndNobodySuffers(t *testing.T) {
	sink := startSink(t, smtpsink.Options{User: "hana", Password: "geheim"})
	s := open(t, strings.Replace(sink.URL(), "geheim", "falsch", 1), smtp.Options{})
	wantSend(t, s, sink, letter("msg_1"), mail.Down, 0)
}

func TestAnAddressWithLettersNeedsTheExtension(t *testing.T) {
	for _, offered := range []bool{false, true} {
		sink := startSink(t, smtpsink.Options{UTF8: offered})
		s := open(t, sink.URL(), smtp.Options{})
		m := letter("msg_1")
		m.To.Email = "민지@customer.example"
		class := map[bool]mail.Class{false: mail.Recipient, true: ""}[offered]
		wantSend(t, s, sink, m, class, cmp.Or(map[bool]int{true: 1}[offered], 0))
		wantSend(t, s, sink, letter("msg_2"), "", 1)
	}
}

func TestAddressesOfServers(t *testing.T) {
	for _, bad := range []string{"", "http://mail.example", "smtp://", "mail.example:25", "smtp://user:se cret%zz@x"} {
		if _, err := smtp.Open(bad, smtp.Options{}); err == nil || strings.Contains(err.Error(), "cret") {
			t.Errorf("open %q: %v, want an error without the password", bad, err)
		}
	}
}
