// Package smtp hands mail to a provider over SMTP, on a pool of connections that stay open between messages.
//
// A transaction takes two round trips: envelope and DATA in one group where the server pipelines (RFC 2920), then the text with its final dot
// in one write. BDAT would save one of them, but then a connection that the server had closed while it lay idle could no longer be told from
// one that broke after the message was taken, and each such message would be uncertain.
package smtp

import (
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"sync"
	"time"

	"github.com/dangol/dangol/shared/clock"
	"github.com/dangol/dangol/shared/mail"
	"github.com/dangol/dangol/shared/mail/mime"
)

// Options tune a Sender; zero values are sensible.
type Options struct {
	Clock clock.Clock // dates the messages; nil is the machine's
	// Conns is how many connections may be open at once; 0 is 24.
	Conns int
	// Domain is the right side of Message-IDs and our name in EHLO; empty takes the sender's domain, and "localhost".
	Domain string
	// TLS is used for smtps and STARTTLS; nil verifies the server's name against the system's roots.
	TLS *tls.Config
	// DialTimeout bounds connecting, greeting and log-in (0: 30 s), CommandTimeout each reply before the text (0: 1 min) and DataTimeout the
	// reply to the text (0: 5 min; RFC 5321 asks for 10, but a worker holds a lease meanwhile).
	DialTimeout, CommandTimeout, DataTimeout time.Duration
	// Idle is how long a connection may lie unused before it is replaced rather than used again; 0 is 30 s.
	Idle time.Duration
}

func (o Options) withDefaults() Options {
	if o.Clock == nil {
		o.Clock = clock.System{}
	}
	o.Conns = cmp.Or(o.Conns, 24)
	o.DialTimeout = cmp.Or(o.DialTimeout, 30*time.Second)
	o.CommandTimeout = cmp.Or(o.CommandTimeout, time.Minute)
	o.DataTimeout = cmp.Or(o.DataTimeout, 5*time.Minute)
	o.Idle = cmp.Or(o.Idle, 30*time.Second)
	return o
}

// Sender is the engine. Safe for concurrent use.
type Sender struct {
	o    Options
	to   server
	pool *pool
	text sync.Pool // *[]byte: a message as it is written
}

var _ mail.Sender = (*Sender)(nil)

// server is what the URL says.
type server struct {
	host, addr     string
	user, password string
	implicitTLS    bool
}

// Open reads smtp://user:password@host:port (STARTTLS where offered; port 587 if none is given) or smtps:// (TLS from the start; 465). It does
// not connect yet.
func Open(rawURL string, o Options) (*Sender, error) {
	to, err := parse(rawURL)
	if err != nil {
		return nil, err
	}
	s := &Sender{o: o.withDefaults(), to: to}
	s.pool = newPool(s.o, func(ctx context.Context) (*conn, error) { return dial(ctx, s.to, s.o) })
	s.text.New = func() any { b := make([]byte, 0, 16<<10); return &b }
	return s, nil
}

func parse(rawURL string) (server, error) {
	u, err := url.Parse(rawURL)
	if err != nil {
		return server{}, errors.New("smtp: the address of the mail server is no URL") // without the text: it holds the password
	}
	port, known := map[string]string{"smtp": "587", "smtps": "465"}[u.Scheme]
	if !known || u.Hostname() == "" {
		return server{}, fmt.Errorf("smtp: the address of the mail server starts with %q, want smtp://host or smtps://host", u.Scheme)
	}
	to := server{host: u.Hostname(), addr: net.JoinHostPort(u.Hostname(), cmp.Or(u.Port(), port)), implicitTLS: u.Scheme == "smtps"}
	to.user = u.User.Username()
	to.password, _ = u.User.Password()
	return to, nil
}

// Traits says that SMTP does not recognise a message it has seen.
func (s *Sender) Traits() mail.Traits { return mail.Traits{Concurrency: s.o.Conns} }

// Close ends idle connections; those in use end with their message.
func (s *Sender) Close() error { return s.pool.close() }

// Send hands m over. A connection from the pool may have died while it lay idle; then the message goes once more, on a fresh one.
func (s *Sender) Send(ctx context.Context, m mail.Message) error {
	buf := s.text.Get().(*[]byte)
	defer s.text.Put(buf)
	env, err := s.envelope(&m, buf)
	if err != nil {
		return err
	}
	err = s.attempt(ctx, env, false)
	if wasStale(err) && ctx.Err() == nil {
		err = s.attempt(ctx, env, true)
	}
	return verdict(ctx, err)
}

// wasStale says whether err is a connection that had died before this message. One that only keeps us waiting has not: trying again would
// double the wait.
func wasStale(err error) bool {
	var lost *lostError
	return errors.As(err, &lost) && lost.reused && !lost.afterDot && !errors.Is(err, os.ErrDeadlineExceeded)
}

// envelope is a message ready to go.
type envelope struct {
	from, to string
	text     []byte // with dots stuffed and the final dot
	size     int    // before that
	utf8     bool   // an address needs SMTPUTF8
}

func (s *Sender) envelope(m *mail.Message, buf *[]byte) (envelope, error) {
	raw, err := mime.Append((*buf)[:0], m, mime.Options{Date: s.o.Clock.Now(), Domain: s.o.Domain})
	if err != nil {
		return envelope{}, err
	}
	size := len(raw)
	*buf = finish(raw)
	from, _ := mime.Address(m.From.Email) // Append has checked both
	to, _ := mime.Address(m.To.Email)
	return envelope{from: from, to: to, text: *buf, size: size, utf8: !isASCII(from) || !isASCII(to)}, nil
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

func (s *Sender) attempt(ctx context.Context, env envelope, fresh bool) error {
	c, err := s.pool.take(ctx, fresh)
	if err != nil {
		return err
	}
	err = c.deliver(ctx, env)
	s.pool.give(c)
	return err
}

// verdict turns what happened into what the port promises.
func verdict(ctx context.Context, err error) error {
	var refused *refusal
	var lost *lostError
	switch {
	case err == nil || mail.FailureClass(err) != "":
		return err
	case errors.As(err, &refused):
		return &mail.Failure{Class: classify(refused.at, refused.reply), Detail: refused.reply.String()}
	case errors.As(err, &lost) && lost.afterDot:
		return fmt.Errorf("smtp: the connection was lost before the server answered the text: %w", lost.err)
	case errors.Is(ctx.Err(), context.Canceled):
		// We stopped, not the provider: it must not count against the provider, nor as an attempt.
		return &mail.Failure{Class: mail.Throttled, Detail: "canceled before the hand-over"}
	case errors.Is(err, errPoolWait):
		return &mail.Failure{Class: mail.Throttled, Detail: "no connection was free in time"}
	}
	return &mail.Failure{Class: mail.Down, Detail: err.Error()}
}
