// Package testenv gives a test a small Dangol of its own: the real embedded table engine in a folder that goes with the test, a clock that stands
// still until it is moved, fresh secrets, a mailbox that keeps what it is handed, and a log that is kept too.
package testenv

import (
	"bytes"
	"context"
	"crypto/rand"
	"log/slog"
	"sync"
	"testing"
	"time"

	"github.com/dangol/dangol/shared/clock"
	"github.com/dangol/dangol/shared/env"
	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/shared/identity"
	"github.com/dangol/dangol/shared/kv"
	"github.com/dangol/dangol/shared/mail"
	queues "github.com/dangol/dangol/shared/queue/embedded"
	"github.com/dangol/dangol/shared/store"
	"github.com/dangol/dangol/shared/table"
	"github.com/dangol/dangol/shared/table/embedded"
)

// Start is the time at which every test begins: a Monday noon in UTC.
func Start() time.Time { return time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC) }

// Place is an env.Env with handles on what a test moves and looks into.
type Place struct {
	*env.Env
	Time    *clock.Manual
	Engine  *embedded.Engine
	Mailbox *Mailbox
	Writes  *Writes
	LogText *Log
}

// New opens a place that ends with the test.
func New(t testing.TB) *Place {
	t.Helper()
	c := clock.NewManual(Start())
	s, err := kv.Open(t.TempDir(), kv.Options{})
	if err != nil {
		t.Fatal(err)
	}
	w := &Writes{}
	engine, err := embedded.New(s, embedded.Options{Clock: c, Meter: w.meter})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		engine.Close()
		_ = s.Close()
	})
	q, err := queues.New(s, c)
	if err != nil {
		t.Fatal(err)
	}
	keys, err := identity.NewKeys()
	if err != nil {
		t.Fatal(err)
	}
	box, log := &Mailbox{}, &Log{}
	return &Place{Time: c, Engine: engine, Mailbox: box, Writes: w, LogText: log, Env: &env.Env{
		DB: store.New(engine, c, rand.Reader), Table: engine, Queue: q, Mail: box, Clock: c, IDs: id.NewMaker(c.Now, rand.Reader), Rand: rand.Reader,
		Log: slog.New(slog.NewTextHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug})),
		Settings: env.Settings{
			BaseURL: "https://dangol.test", Keys: keys, From: mail.Address{Name: "Dangol", Email: "hello@dangol.test"}, Margin: time.Second,
		},
	}}
}

// Mailbox is a mail.Sender that keeps what it is handed. Refuse, when set, is asked first.
type Mailbox struct {
	mu     sync.Mutex
	kept   []mail.Message
	Refuse func(mail.Message) error
}

// Send keeps the message.
func (b *Mailbox) Send(_ context.Context, m mail.Message) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.Refuse != nil {
		if err := b.Refuse(m); err != nil {
			return err
		}
	}
	b.kept = append(b.kept, m)
	return nil
}

// Traits promises nothing: whoever sends twice is caught.
func (b *Mailbox) Traits() mail.Traits { return mail.Traits{Concurrency: 1} }

// Messages returns what was handed over, in order.
func (b *Mailbox) Messages() []mail.Message {
	b.mu.Lock()
	defer b.mu.Unlock()
	return append([]mail.Message(nil), b.kept...)
}

// Writes counts what calls cost, by table.
type Writes struct {
	mu     sync.Mutex
	writes map[table.Name]int
}

func (w *Writes) meter(op string, t table.Name, _, _ float64) {
	if op != "write" {
		return
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.writes == nil {
		w.writes = map[table.Name]int{}
	}
	w.writes[t]++
}

// Of returns how many writes touched the table so far.
func (w *Writes) Of(t table.Name) int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.writes[t]
}

// Log keeps what was logged.
type Log struct {
	mu   sync.Mutex
	text bytes.Buffer
}

// Write keeps one line.
func (l *Log) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(b)
}

// String returns everything logged so far.
func (l *Log) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}
