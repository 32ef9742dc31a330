// Package api is the HTTP contract that every function of Dangol keeps: who may call, how lists page, how writes repeat safely, how records are
// versioned, and how every refusal is told as problem+json in the caller's language.
//
// A feature registers operations; everything of docs/public-api.md's conventions happens around its handlers. Huma turns the handlers' types
// into the OpenAPI document and moves requests and replies in and out of them. What a request must look like is checked here, before Huma, with
// rules made of the same schemas: so that each refusal has a stable code and an exact pointer, whatever Huma's own messages are.
package api

import (
	"context"
	"crypto/cipher"
	"crypto/rand"
	"log/slog"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/dangol/dangol/shared/clock"
	"github.com/dangol/dangol/shared/id"
)

// Limits bound one request. A zero value means the default.
type Limits struct {
	BodyBytes int64         // 1 MB
	Depth     int           // 32 levels of JSON
	Timeout   time.Duration // 25 s; the handler's context ends then
}

// MostBodyBytes is the largest body that an operation may declare: an event of Lambda has 6 MB at most, and in it a body's quotes and backslashes are
// written as two bytes each. What is larger reaches the gateway only, whose answer is none of ours.
const MostBodyBytes = 6<<20/2 - 64<<10

// Options are what an API needs from its host. Every zero value works; without a Verifier only public operations can be called.
type Options struct {
	Title, Version string
	// Verifier turns the Authorization header into a Principal.
	Verifier Verifier
	// Idempotency returns the store of the caller's credential; nil turns Idempotency-Key off.
	Idempotency func(Principal) IdempotencyStore
	// CursorKey seals cursors and stored secrets: 32 bytes, the same in every instance. Empty means a random one that dies with the process.
	CursorKey []byte
	Clock     clock.Clock
	IDs       *id.Maker
	Limits    Limits
	Logger    *slog.Logger
	// OnDemand lets Huma read an operation's types at its first call instead of at its registration. It is for a process that is started by one request
	// and waited for, as on Lambda: of a feature with a dozen operations, eleven twelfths of the start. What registration refuses is then refused by
	// the operation's calls, which fail.
	OnDemand bool
}

// API is a set of operations over one net/http handler. Operations are registered before it serves.
type API struct {
	*core
	function string
}

// core is what the views of an API share.
type core struct {
	o       Options
	mux     *http.ServeMux
	huma    huma.API
	cursors cipher.AEAD
	limiter *limiter
	ids     map[string]bool // the operationIds so far
	naming  naming
	late
}

// New returns an API without operations.
func New(o Options) *API {
	o = o.withDefaults()
	c := &core{o: o, mux: http.NewServeMux(), cursors: newCursorCipher(o.CursorKey), limiter: newLimiter(o.Clock.Now), ids: map[string]bool{}}
	a := &API{core: c}
	c.huma = huma.NewAPI(newDocument(o, &c.naming), adapter{c})
	c.later(func() { share(c.huma.OpenAPI().Components) })
	return a
}

func (o Options) withDefaults() Options {
	if o.Clock == nil {
		o.Clock = clock.System{}
	}
	if o.IDs == nil {
		o.IDs = id.NewMaker(o.Clock.Now, rand.Reader)
	}
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	if len(o.CursorKey) == 0 {
		o.CursorKey = make([]byte, 32)
		rand.Read(o.CursorKey)
	}
	o.Limits.BodyBytes = orElse(o.Limits.BodyBytes, 1<<20)
	o.Limits.Depth = orElse(o.Limits.Depth, 32)
	o.Limits.Timeout = orElse(o.Limits.Timeout, 25*time.Second)
	return o
}

func orElse[T comparable](v, otherwise T) T {
	var zero T
	if v == zero {
		return otherwise
	}
	return v
}

// For returns the same API with the name of the function whose operations are registered next; their calls are logged under it.
func (a *API) For(function string) *API { return &API{core: a.core, function: function} }

// Handler serves everything that is registered.
func (a *API) Handler() http.Handler { return http.HandlerFunc(a.serve) }

// Handle serves what is no JSON operation, such as the reference page or a tracking pixel. The pattern is net/http's, with a method. The handler
// gets request ids, security headers (which it may replace), recovery and the log line, but no credential, limits or document.
func (a *API) Handle(pattern string, h http.Handler) {
	function := a.function
	a.mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
		c := callOf(r.Context())
		c.function, c.pattern, c.reply.open = function, pattern, true
		h.ServeHTTP(w, r)
	})
}

// OpenAPI returns the document of all registered operations. It must not be changed while the API serves.
func (a *API) OpenAPI() *huma.OpenAPI {
	a.catchUp()
	return a.huma.OpenAPI()
}

// Language returns "ko" or "en", as the caller's Accept-Language asks.
func Language(ctx context.Context) string { return callOf(ctx).language }

// RequestID returns the id that the reply's X-Request-Id, its problem document and its log line carry.
func RequestID(ctx context.Context) string { return callOf(ctx).requestID }
