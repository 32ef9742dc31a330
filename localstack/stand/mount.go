package stand

import (
	"net/http"

	"github.com/dangol/dangol/localstack/mounts"
	"github.com/dangol/dangol/shared/api"
	"github.com/dangol/dangol/shared/blob/dir"
	"github.com/dangol/dangol/shared/identity"
	"github.com/dangol/dangol/shared/mail/outbox"
)

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
	for name, f := range mounts.Features(mounts.Everywhere(e)) {
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
