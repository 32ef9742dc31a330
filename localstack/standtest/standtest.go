// Package standtest runs a whole Dangol for one test: a fresh folder, every function, a server on a free port of this machine.
package standtest

import (
	"context"
	"log/slog"
	"net"
	"net/http/httptest"
	"testing"

	"github.com/dangol/dangol/localstack/stand"
	"github.com/dangol/dangol/shared/testkit/partner"
)

// Stand is a running Dangol that ends with the test.
type Stand struct {
	*stand.Stand
	URL string
}

// Start opens a stand with its work under way. What it logs at warning and above is shown when the test fails. Options may change how it is opened.
func Start(t testing.TB, options ...func(*stand.Options)) *Stand {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	o := stand.Options{
		Dir: t.TempDir(), BaseURL: "http://" + listener.Addr().String(),
		Log: slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelWarn})),
	}
	for _, change := range options {
		change(&o)
	}
	s, err := stand.Open(o)
	if err != nil {
		t.Fatal(err)
	}
	s.Start(context.Background())
	server := httptest.NewUnstartedServer(s.Handler())
	_ = server.Listener.Close() // of the unstarted server: another stands in its place
	server.Listener = listener
	server.Start()
	t.Cleanup(func() {
		server.Close()
		if err := s.Close(); err != nil {
			t.Errorf("close the stand: %v", err)
		}
	})
	return &Stand{Stand: s, URL: server.URL}
}

// SignUp makes a workspace on the stand.
func (s *Stand) SignUp(t testing.TB, p partner.Person) *partner.Client {
	t.Helper()
	c, err := partner.New(s.URL).SignUp(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	return c
}
