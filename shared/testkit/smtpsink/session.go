package smtpsink

import (
	"bytes"
	"io"
	"sync"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

// session is one connection's conversation.
type session struct {
	sink     *Sink
	conn     *smtp.Conn
	from, to string
	known    bool // has logged in
}

var _ smtp.AuthSession = (*session)(nil)

func (s *Sink) session(c *smtp.Conn) (smtp.Session, error) {
	s.mu.Lock()
	s.conns++
	s.mu.Unlock()
	if err := s.act(c, Connect, ""); err != nil {
		return nil, err
	}
	return &session{sink: s, conn: c}, nil
}

func (s *session) AuthMechanisms() []string {
	if s.sink.o.User == "" {
		return nil
	}
	return []string{sasl.Plain}
}

func (s *session) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if user != s.sink.o.User || password != s.sink.o.Password {
			return smtp.ErrAuthFailed
		}
		s.known = true
		return nil
	}), nil
}

func (s *session) Mail(from string, _ *smtp.MailOptions) error {
	if s.sink.o.User != "" && !s.known {
		return &smtp.SMTPError{Code: 530, EnhancedCode: smtp.EnhancedCode{5, 7, 0}, Message: "Authentication required"}
	}
	s.from = from
	return s.sink.act(s.conn, MailFrom, "")
}

func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.to = to
	return s.sink.act(s.conn, RcptTo, to)
}

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

func (s *session) Data(r io.Reader) error {
	b := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(b)
	b.Reset()
	if _, err := b.ReadFrom(r); err != nil {
		return err
	}
	if err := s.sink.act(s.conn, Data, s.to); err != nil {
		return err
	}
	s.sink.accept(Mail{ID: idOf(b.Bytes()), From: s.from, To: s.to, Raw: b.Bytes()})
	return s.sink.act(s.conn, Accepted, s.to)
}

func (s *session) Reset() { s.from, s.to = "", "" }

func (s *session) Logout() error { return nil }
