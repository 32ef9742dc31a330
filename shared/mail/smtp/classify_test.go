package smtp

import (
	"bufio"
	"strings"
	"testing"

	"github.com/dangol/dangol/shared/mail"
)

// The replies are those of large providers and of the common servers.
func TestClassify(t *testing.T) {
	cases := []struct {
		at    stage
		reply string
		want  mail.Class
	}{
		{connecting, "421 4.7.0 Too many connections", mail.Throttled},
		{connecting, "554 5.7.1 Your address is blocked", mail.Down},
		{connecting, "535 5.7.8 Username and Password not accepted", mail.Down},
		{sender, "530 5.7.0 Authentication required", mail.Down},
		{sender, "454 Throttling failure: Maximum sending rate exceeded.", mail.Throttled},
		{sender, "454 Throttling failure: Daily message quota exceeded.", mail.Throttled},
		{sender, "550 5.4.5 Daily user sending limit exceeded.", mail.Throttled},
		{sender, "421 4.3.2 System shutting down", mail.Down},
		{sender, "421 Service not available", mail.Down},
		{sender, "452 4.3.1 Insufficient system storage", mail.Down},
		{sender, "552 5.3.4 Message size exceeds fixed limit", mail.Content},
		{sender, "550 5.1.8 Sender address rejected: Domain not found", mail.Content},
		{sender, "553 5.7.1 Sender address rejected: not owned by user", mail.Content},
		{sender, "503 5.5.1 Nested MAIL command", mail.Down},
		{recipient, "450 4.2.0 Greylisted", mail.Throttled},
		{recipient, "451 4.7.1 Greylisting in action, please come back later", mail.Throttled},
		{recipient, "451 4.3.0 Temporary lookup failure", mail.Down},
		{recipient, "451 Requested action aborted", mail.Down},
		{recipient, "452 4.2.2 Mailbox full", mail.Throttled},
		{recipient, "452 Requested action not taken", mail.Throttled},
		{recipient, "550 5.1.1 User unknown", mail.Recipient},
		{recipient, "550 No such user here", mail.Recipient},
		{recipient, "551 User not local", mail.Recipient},
		{recipient, "553 Mailbox name not allowed", mail.Recipient},
		{recipient, "501 5.1.3 Bad recipient address syntax", mail.Recipient},
		{recipient, "501 Syntax error", mail.Recipient},
		{recipient, "556 5.1.10 Recipient address has null MX", mail.Recipient},
		{recipient, "552 5.2.2 Mailbox full for good", mail.Recipient},
		{recipient, "550 5.4.4 Host not found", mail.Recipient},
		{recipient, "554 5.7.1 Relay access denied", mail.Content},
		{announcing, "451 4.3.0 Queue file write error", mail.Down},
		{answering, "550-5.1.1 The email account that you tried to reach\r\n550 5.1.1 does not exist.", mail.Recipient},
		{answering, "550 5.7.1 Message contains spam", mail.Content},
		{answering, "552 Message exceeds limit", mail.Content},
		{answering, "554 Message rejected: Email address is not verified.", mail.Content},
		{answering, "554 5.6.0 Message is not RFC 2822 compliant", mail.Content},
		{answering, "421 4.7.28 Our system has detected an unusual rate of mail", mail.Throttled},
		{answering, "599 What no rule knows", mail.Down},
	}
	for _, c := range cases {
		t.Run(c.reply, func(t *testing.T) {
			r, err := readReply(bufio.NewReader(strings.NewReader(c.reply + "\r\n")))
			if got := classify(c.at, r); err != nil || got != c.want {
				t.Errorf("%s, %v; want %s", got, err, c.want)
			}
		})
	}
}

func TestRepliesAreReadOrRefused(t *testing.T) {
	for text, want := range map[string]string{
		"250 2.0.0 OK\r\n": "250", "250\r\n": "250", "250-one\r\n250 two\r\n": "250 one two", "550-5.1.1 No\r\n550 5.1.1 one\n": "550 5.1.1 No one",
		"hello\r\n": "", "250-one\r\n251 two\r\n": "", "25\r\n": "", "250?\r\n": "", "250-cut off": "", strings.Repeat("x", 5000) + "\r\n": "",
		strings.Repeat("250-"+strings.Repeat("x", 500)+"\r\n", 200): "",
	} {
		r, err := readReply(bufio.NewReaderSize(strings.NewReader(text), 1024))
		if (err == nil) != (want != "") || err == nil && r.String() != want {
			t.Errorf("%.40q: %q, %v; want %q", text, r, err, want)
		}
	}
}
