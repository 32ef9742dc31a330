package smtp_test

import (
	"bufio"
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"net"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/dangol/dangol/shared/mail"
	"github.com/dangol/dangol/shared/mail/smtp"
	"github.com/dangol/dangol/shared/testkit/smtpsink"
)

// certificate returns a server's side of TLS for 127.0.0.1 and the roots that trust it, borrowed from the standard library's test server.
func certificate(t *testing.T) (server *tls.Config, client *tls.Config) {
	t.Helper()
	s := httptest.NewTLSServer(nil)
	defer s.Close()
	roots := x509.NewCertPool()
	roots.AddCert(s.Certificate())
	return &tls.Config{Certificates: s.TLS.Certificates}, &tls.Config{RootCAs: roots}
}

func TestSTARTTLSIsTakenWhereOffered(t *testing.T) {
	server, client := certificate(t)
	sink := startSink(t, smtpsink.Options{TLS: server, User: "hana", Password: "geheim"})
	wantSend(t, open(t, sink.URL(), smtp.Options{TLS: client}), sink, letter("msg_1"), "", 1)
	untrusting := open(t, sink.URL(), smtp.Options{})
	wantSend(t, untrusting, sink, letter("msg_2"), mail.Down, 0)
}

func TestSMTPSSpeaksTLSFromTheStart(t *testing.T) {
	server, client := certificate(t)
	sink := startSink(t, smtpsink.Options{})
	front, err := tls.Listen("tcp", "127.0.0.1:0", server)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = front.Close() })
	go forward(front, sink.Addr())
	s := open(t, "smtps://"+front.Addr().String(), smtp.Options{TLS: client})
	wantSend(t, s, sink, letter("msg_1"), "", 1)
}

// forward passes one connection on, so that a plain server stands behind TLS.
func forward(l net.Listener, to string) {
	in, err := l.Accept()
	if err != nil {
		return
	}
	out, err := net.Dial("tcp", to)
	if err != nil {
		return
	}
	go func() { _, _ = bufio.NewReader(in).WriteTo(out) }()
	_, _ = bufio.NewReader(out).WriteTo(in)
}

// old answers one connection as servers did before ESMTP's extensions, waiting for each command, and tells what it heard.
func old(t *testing.T, answers map[string]string) (addr string, heard chan string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	heard = make(chan string, 100)
	go func() {
		defer close(heard)
		c, err := l.Accept()
		if err != nil {
			return
		}
		defer func() { _ = c.Close() }()
		_ = c.SetDeadline(time.Now().Add(10 * time.Second))
		_, _ = fmt.Fprint(c, "220 old\r\n")
		converse(c, answers, heard)
	}()
	return l.Addr().String(), heard
}

func converse(c net.Conn, answers map[string]string, heard chan string) {
	r := bufio.NewReader(c)
	for {
		line, err := r.ReadString('\n')
		if err != nil {
			return
		}
		line = strings.TrimRight(line, "\r\n")
		heard <- line
		verb, _, _ := strings.Cut(line, " ")
		if answer, ok := answers[verb]; ok {
			if answer == "" || r.Buffered() > 0 { // told to say nothing, or the client did not wait
				return
			}
			_, _ = fmt.Fprint(c, answer+"\r\n")
		}
	}
}

func TestAServerWithoutPipeliningIsWaitedFor(t *testing.T) {
	addr, heard := old(t, map[string]string{"EHLO": "250 old", "MAIL": "250 ok", "RCPT": "250 ok", "DATA": "354 go", ".": "250 taken"})
	s := open(t, "smtp://"+addr, smtp.Options{})
	if err := s.Send(t.Context(), letter("msg_1")); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"EHLO localhost", "MAIL FROM:<shop@hana.example>", "RCPT TO:<minji@customer.example>", "DATA"} {
		if got := <-heard; got != want {
			t.Errorf("heard %q, want %q", got, want)
		}
	}
}

func TestAPasswordIsNotSaidToWhoDoesNotAskForIt(t *testing.T) {
	addr, heard := old(t, map[string]string{"EHLO": "250 old"})
	s := open(t, "smtp://hana:geheim@"+addr, smtp.Options{})
	if err := s.Send(t.Context(), letter("msg_1")); mail.FailureClass(err) != mail.Down {
		t.Errorf("send: %v, want class %s", err, mail.Down)
	}
	for line := range heard {
		if strings.HasPrefix(line, "AUTH") {
			t.Errorf("heard %q", line)
		}
	}
}

func TestASilentServerIsDownInTime(t *testing.T) {
	addr, _ := old(t, map[string]string{"EHLO": "250 old"})
	s := open(t, "smtp://"+addr, smtp.Options{CommandTimeout: 50 * time.Millisecond})
	if err := s.Send(t.Context(), letter("msg_1")); mail.FailureClass(err) != mail.Down {
		t.Errorf("send: %v, want class %s", err, mail.Down)
	}
}

func TestANewPoolWaitsForAFreeConnectionOnlySoLong(t *testing.T) {
	addr, _ := old(t, map[string]string{"EHLO": "250 old"})
	s := open(t, "smtp://"+addr, smtp.Options{Conns: 1, CommandTimeout: time.Second})
	first := make(chan error)
	go func() { first <- s.Send(t.Context(), letter("msg_1")) }()
	time.Sleep(100 * time.Millisecond) // the first holds the only connection now
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if err := s.Send(ctx, letter("msg_2")); mail.FailureClass(err) != mail.Throttled {
		t.Errorf("send: %v, want class %s", err, mail.Throttled)
	}
	if err := <-first; mail.FailureClass(err) != mail.Down {
		t.Errorf("the first: %v, want class %s", err, mail.Down)
	}
}
