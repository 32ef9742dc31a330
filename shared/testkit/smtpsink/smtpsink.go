// Package smtpsink is a mail provider's twin for tests and benchmarks: a real SMTP server on the loopback interface that takes everything, keeps
// account of it, and misbehaves as it is told.
package smtpsink

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"io"
	"log"
	"net"
	"sync"
	"time"

	"github.com/emersion/go-smtp"
)

// Options tune a sink; the zero value takes all mail without TLS or log-in.
type Options struct {
	// CountOnly drops the text of messages and keeps counts by id: for benchmarks.
	CountOnly bool
	// User and Password, if set, are asked for with AUTH PLAIN.
	User, Password string
	// TLS offers STARTTLS.
	TLS *tls.Config
	// UTF8 offers SMTPUTF8.
	UTF8 bool
}

// Mail is a message that the sink accepted.
type Mail struct {
	ID       string // the left side of its Message-ID
	From, To string // of the envelope
	Raw      []byte
}

// Sink is a running server. Safe for concurrent use.
type Sink struct {
	o      Options
	server *smtp.Server
	addr   string

	mu    sync.Mutex
	mails []Mail
	times map[string]int
	total int
	conns int
	rules []*Rule
}

// Start runs a sink on a free port of 127.0.0.1.
func Start(o Options) (*Sink, error) { return StartAt("127.0.0.1:0", o) }

// StartAt runs a sink at addr, for stories in which a provider comes back at its old address.
func StartAt(addr string, o Options) (*Sink, error) {
	l, err := (&net.ListenConfig{}).Listen(context.Background(), "tcp", addr)
	if err != nil {
		return nil, err
	}
	s := &Sink{o: o, addr: l.Addr().String(), times: map[string]int{}}
	s.server = smtp.NewServer(smtp.BackendFunc(s.session))
	s.server.Domain = "sink.example"
	s.server.AllowInsecureAuth = true
	s.server.TLSConfig = o.TLS
	s.server.EnableSMTPUTF8 = o.UTF8
	s.server.MaxMessageBytes = 10 << 20
	s.server.ReadTimeout, s.server.WriteTimeout = time.Minute, time.Minute
	s.server.ErrorLog = log.New(io.Discard, "", 0) // connections break on purpose here
	go func() { _ = s.server.Serve(l) }()          // ends with Close
	return s, nil
}

// Close hangs up on everyone and stops listening.
func (s *Sink) Close() error {
	if err := s.server.Close(); err != nil && !errors.Is(err, smtp.ErrServerClosed) {
		return err
	}
	return nil
}

// Addr is host and port.
func (s *Sink) Addr() string { return s.addr }

// URL is the address as settings have it.
func (s *Sink) URL() string {
	if s.o.User != "" {
		return "smtp://" + s.o.User + ":" + s.o.Password + "@" + s.addr
	}
	return "smtp://" + s.addr
}

// Mails returns what was accepted, in order. It is empty with CountOnly.
func (s *Sink) Mails() []Mail {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Mail(nil), s.mails...)
}

// Find returns the accepted messages with the id.
func (s *Sink) Find(id string) []Mail {
	var found []Mail
	for _, m := range s.Mails() {
		if m.ID == id {
			found = append(found, m)
		}
	}
	return found
}

// Times is how often a message with the id was accepted.
func (s *Sink) Times(id string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.times[id]
}

// Counts returns how many messages were accepted, how many of those had an id that was accepted before, and how many connections were opened.
func (s *Sink) Counts() (accepted, duplicates, connections int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.total, s.total - len(s.times), s.conns
}

func (s *Sink) accept(m Mail) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.total++
	s.times[m.ID]++
	if !s.o.CountOnly {
		m.Raw = bytes.Clone(m.Raw)
		s.mails = append(s.mails, m)
	}
}

// idOf returns the left side of the Message-ID.
func idOf(raw []byte) string {
	_, rest, _ := bytes.Cut(raw, []byte("\r\nMessage-ID: <"))
	end := bytes.IndexAny(rest, "@>")
	if end < 0 {
		return ""
	}
	return string(rest[:end])
}
