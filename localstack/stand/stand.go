// Package stand is the whole of Dangol in one process: the embedded engines on one folder, every function of the catalogue, one HTTP handler.
// The host runs it for a laptop; stories and benchmarks run it for themselves.
package stand

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"path/filepath"
	"strings"
	"time"

	"github.com/dangol/dangol/localstack/mounts"
	"github.com/dangol/dangol/shared/api"
	"github.com/dangol/dangol/shared/audience"
	"github.com/dangol/dangol/shared/blob/dir"
	"github.com/dangol/dangol/shared/clock"
	"github.com/dangol/dangol/shared/env"
	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/shared/identity"
	"github.com/dangol/dangol/shared/kv"
	"github.com/dangol/dangol/shared/lake/duck"
	"github.com/dangol/dangol/shared/mail"
	"github.com/dangol/dangol/shared/mail/outbox"
	"github.com/dangol/dangol/shared/mail/smtp"
	queues "github.com/dangol/dangol/shared/queue/embedded"
	"github.com/dangol/dangol/shared/store"
	tables "github.com/dangol/dangol/shared/table/embedded"
)

// Options are the settings of docs/public-api.md's "On a laptop"; the zero value needs only Dir.
type Options struct {
	Dir     string        // where everything is kept
	BaseURL string        // as browsers reach it, without a trailing slash; default http://localhost:8080
	Mail    string        // "outbox" (default) or an smtp:// address
	Web     string        // folder of the built console; "" serves none
	Upkeep  time.Duration // how long a lake that changed waits for its compaction; env.Settings says the default
	Clock   clock.Clock
	Log     *slog.Logger
	Rand    io.Reader
}

func (o Options) withDefaults() Options {
	if o.BaseURL == "" {
		o.BaseURL = "http://localhost:8080"
	}
	if o.Mail == "" {
		o.Mail = "outbox"
	}
	if o.Clock == nil {
		o.Clock = clock.System{}
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Rand == nil {
		o.Rand = rand.Reader
	}
	return o
}

// Stand is a running Dangol.
type Stand struct {
	Env    *env.Env
	Tables *tables.Engine
	Queues *queues.Queue
	Outbox *outbox.Outbox // nil when mail goes to SMTP

	kv      *kv.Store
	blobs   *dir.Dir
	lakes   *duck.Runner
	mail    io.Closer
	api     *api.API
	handler http.Handler
	stop    context.CancelFunc
	work    *mounts.Triggers // nil until Start
}

// Open opens the folder and mounts every function. Work starts with Start.
func Open(o Options) (*Stand, error) {
	o = o.withDefaults()
	keys, err := identity.LoadOrMakeKeys(o.Dir)
	if err != nil {
		return nil, fmt.Errorf("open the installation's keys: %w", err)
	}
	ground, err := kv.Open(filepath.Join(o.Dir, "db"), kv.Options{})
	if err != nil {
		return nil, err
	}
	s := &Stand{kv: ground}
	if err := s.engines(o, keys); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	if err := s.mount(o); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// feedKept is how long the change feed stays after every consumer has passed. A laptop's consumers live in its one process, so this is for a look back
// with scripts/inspect, not for one that was switched off.
const feedKept = 5 * time.Minute

// engines opens the ports over the folder.
func (s *Stand) engines(o Options, keys env.Keys) (err error) {
	if s.Tables, err = tables.New(s.kv, tables.Options{Clock: o.Clock, Retention: feedKept}); err != nil {
		return err
	}
	if s.Queues, err = queues.New(s.kv, o.Clock); err != nil {
		return err
	}
	if s.blobs, err = dir.New(filepath.Join(o.Dir, "blob"), func() string { return o.BaseURL }, keys.Blob, o.Clock); err != nil {
		return err
	}
	if s.lakes, err = duck.New(duck.Subjects(), duck.Options{Dir: filepath.Join(o.Dir, "cache"), Clock: o.Clock, Awake: true}); err != nil {
		return err
	}
	sender, err := s.sender(o)
	if err != nil {
		return err
	}
	s.Env = &env.Env{
		DB: store.New(s.Tables, o.Clock, o.Rand), Table: s.Tables, Queue: s.Queues, Blob: s.blobs, Lakes: s.lakes, Mail: sender,
		Clock: o.Clock, IDs: id.NewMaker(o.Clock.Now, o.Rand), Rand: o.Rand, Log: o.Log,
		Settings: env.Settings{
			BaseURL: o.BaseURL, Keys: keys, Local: true, Alone: o.Clock.Now().Truncate(time.Millisecond), Margin: 2 * time.Second, LakeLag: audience.Lag, Upkeep: o.Upkeep,
			From: mail.Address{Name: "Dangol", Email: "hello@dangol.localhost"},
		},
	}
	return nil
}

// sender is the local mailbox, or the SMTP server that the settings name.
func (s *Stand) sender(o Options) (mail.Sender, error) {
	if !strings.Contains(o.Mail, "://") {
		var err error
		s.Outbox, err = outbox.New(s.kv, o.Clock)
		return s.Outbox, err
	}
	sender, err := smtp.Open(o.Mail, smtp.Options{Clock: o.Clock})
	s.mail = sender
	return sender, err
}

// Handler serves console, API, documents, health and the local mailbox.
func (s *Stand) Handler() http.Handler { return s.handler }

// API is the HTTP contract with every operation mounted, for the OpenAPI document.
func (s *Stand) API() *api.API { return s.api }

// Close stops the work and closes the folder. It may be called after a failed Open.
func (s *Stand) Close() error {
	if s.work != nil {
		s.stop()
		s.work.Wait()
	}
	var errs []error
	if s.mail != nil {
		errs = append(errs, s.mail.Close())
	}
	if s.lakes != nil {
		errs = append(errs, s.lakes.Close())
	}
	if s.blobs != nil {
		errs = append(errs, s.blobs.Close())
	}
	if s.Tables != nil {
		s.Tables.Close()
	}
	return errors.Join(append(errs, s.kv.Close())...)
}
