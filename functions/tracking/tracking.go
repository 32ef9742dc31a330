// Package tracking answers the links of mails: the pixel that tells of an opening, the redirect that tells of a click, the page and the one click
// that unsubscribe. Everything it knows comes from the signed link; nobody logs in here.
package tracking

import (
	"context"
	"net/http"

	"github.com/dangol/dangol/shared/api"
	"github.com/dangol/dangol/shared/crm/message"
	"github.com/dangol/dangol/shared/env"
	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/links"
	"github.com/dangol/dangol/shared/store"
)

// Feature serves /v1/t.
type Feature struct {
	env    *env.Env
	signer *links.Signer
}

// New returns the feature over the ports of e.
func New(e *env.Env) *Feature {
	return &Feature{env: e, signer: links.NewSigner(e.Settings.Keys.Links)}
}

// Register mounts the links. They answer pictures, redirects and pages, so they are no JSON operations.
func (f *Feature) Register(a *api.API) {
	a.Handle("GET /v1/t/o/{token}", f.handler(f.open))
	a.Handle("GET /v1/t/c/{token}", f.handler(f.click))
	a.Handle("GET /v1/t/u/{token}", f.handler(f.ask))
	a.Handle("POST /v1/t/u/{token}", f.handler(f.unsubscribe))
}

// handler turns a refusal into a plain page: whoever follows a link is a person or a mail program.
func (f *Feature) handler(h func(http.ResponseWriter, *http.Request) error) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		err := h(w, r)
		if err == nil {
			return
		}
		if code := errs.Code(err); code == "link_unknown" || code == "message_not_found" || code == "campaign_not_launched" {
			show(w, http.StatusNotFound, page{Language: api.Language(r.Context()), Kind: "unknown"})
			return
		}
		f.env.Log.ErrorContext(r.Context(), "link not served", "function", "tracking", "error", err)
		show(w, http.StatusServiceUnavailable, page{Language: api.Language(r.Context()), Kind: "later"})
	})
}

// visit is a link that was followed.
type visit struct {
	token   links.Token
	t       *store.Tenant
	message *message.Message
}

// read checks the link and reads the message that it is about.
func (f *Feature) read(ctx context.Context, k links.Kind, r *http.Request) (*visit, error) {
	token, err := f.signer.Read(k, r.PathValue("token"))
	if err != nil {
		return nil, err
	}
	t := f.env.DB.Tenant(token.Tenant).As("tracking")
	m, err := t.Message(ctx, token.Campaign, token.Chunk, token.MessageID())
	if err != nil {
		return nil, err
	}
	return &visit{token, t, m}, nil
}
