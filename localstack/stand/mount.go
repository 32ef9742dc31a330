package stand

import (
	"context"
	"net/http"

	"github.com/dangol/dangol/functions/apikeys"
	"github.com/dangol/dangol/functions/campaignplan"
	"github.com/dangol/dangol/functions/campaigns"
	"github.com/dangol/dangol/functions/campaignsend"
	"github.com/dangol/dangol/functions/changefeed"
	"github.com/dangol/dangol/functions/customers"
	"github.com/dangol/dangol/functions/docs"
	"github.com/dangol/dangol/functions/exports"
	"github.com/dangol/dangol/functions/exportwork"
	"github.com/dangol/dangol/functions/imports"
	"github.com/dangol/dangol/functions/importwork"
	"github.com/dangol/dangol/functions/jobs"
	"github.com/dangol/dangol/functions/leads"
	"github.com/dangol/dangol/functions/orders"
	"github.com/dangol/dangol/functions/outcomes"
	"github.com/dangol/dangol/functions/products"
	"github.com/dangol/dangol/functions/providerevents"
	"github.com/dangol/dangol/functions/schedule"
	"github.com/dangol/dangol/functions/scores"
	"github.com/dangol/dangol/functions/scorework"
	"github.com/dangol/dangol/functions/segments"
	"github.com/dangol/dangol/functions/servicemail"
	"github.com/dangol/dangol/functions/session"
	"github.com/dangol/dangol/functions/templates"
	"github.com/dangol/dangol/functions/tracking"
	"github.com/dangol/dangol/functions/workspace"
	"github.com/dangol/dangol/shared/api"
	"github.com/dangol/dangol/shared/blob/dir"
	"github.com/dangol/dangol/shared/env"
	"github.com/dangol/dangol/shared/feed"
	"github.com/dangol/dangol/shared/identity"
	"github.com/dangol/dangol/shared/mail/outbox"
	"github.com/dangol/dangol/shared/queue"
)

// feature is an HTTP function.
type feature interface{ Register(a *api.API) }

// features has every HTTP row of the catalogue by its name; a test holds the two together.
func features(e *env.Env) map[string]feature {
	return map[string]feature{
		"session":        session.New(e),
		"workspace":      workspace.New(e),
		"apikeys":        apikeys.New(e),
		"customers":      customers.New(e),
		"leads":          leads.New(e),
		"products":       products.New(e),
		"orders":         orders.New(e),
		"imports":        imports.New(e),
		"segments":       segments.New(e),
		"scores":         scores.New(e),
		"templates":      templates.New(e),
		"campaigns":      campaigns.New(e),
		"tracking":       tracking.New(e),
		"providerevents": providerevents.New(e),
		"exports":        exports.New(e),
		"jobs":           jobs.New(e),
		"docs":           docs.New(e),
	}
}

// workers has the handler of every row that a queue starts.
func workers(e *env.Env) map[string]queue.Handler {
	return map[string]queue.Handler{
		"importwork":   importwork.New(e).Handle,
		"scorework":    scorework.New(e).Handle,
		"exportwork":   exportwork.New(e).Handle,
		"campaignplan": campaignplan.New(e).Handle,
		"campaignsend": campaignsend.New(e).Handle,
		"servicemail":  servicemail.New(e).Handle,
		"outcomes":     outcomes.New(e).Handle,
	}
}

// feeds has the handler of every row that the change feed starts.
func feeds(e *env.Env) map[string]feed.Handler {
	return map[string]feed.Handler{"changefeed": changefeed.New(e).Handle}
}

// ticks has the handler of every row that a schedule starts.
func ticks(e *env.Env) map[string]func(context.Context) error {
	return map[string]func(context.Context) error{"schedule": schedule.New(e).Tick}
}

// mount builds the one handler.
func (s *Stand) mount(o Options) error {
	e := s.Env
	verifier, err := identity.NewVerifier(e)
	if err != nil {
		return err
	}
	s.api = api.New(api.Options{
		Title: "Dangol", Version: "1", Verifier: verifier, Idempotency: api.TableIdempotency(e.Table),
		CursorKey: e.Settings.Keys.Cursor, Clock: e.Clock, IDs: e.IDs, Logger: e.Log,
	})
	for name, f := range features(e) {
		f.Register(s.api.For(name))
	}
	mux := http.NewServeMux()
	for _, under := range []string{"/v1/", "/docs", "/docs/"} {
		mux.Handle(under, s.api.Handler())
	}
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { w.Write([]byte("ok\n")) })
	mux.Handle(dir.BasePath, s.blobs.Handler())
	if s.Outbox != nil {
		for _, path := range []string{outbox.BasePath, outbox.BasePath + ".json", outbox.BasePath + "/"} {
			mux.Handle(path, s.Outbox.Handler())
		}
	}
	mux.Handle("/", console(o.Web))
	s.handler = mux
	return nil
}
