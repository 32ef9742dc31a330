// Package api is the HTTP contract that every function of Dangol keeps: who may call, how lists page, how writes repeat safely, how records are
// versioned, and how every refusal is told as problem+json in the caller's language.
//
// A feature registers operations; everything of docs/public-api.md's conventions happens around its handlers.
package api

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/dangol/dangol/shared/clock"
	"github.com/dangol/dangol/shared/id"
)

// Limits bound one request. Zero values mean the defaults.
type Limits struct {
	BodyBytes int64         // 1 MB
	Depth     int           // 32 levels of JSON
	Timeout   time.Duration // 25 s; the handler's context ends then
}

// Options are what an API needs from its host. Only Verifier is required, and only when an operation is not public.
type Options struct {
	Title, Version string
	// Verifier turns the Authorization header into a Principal.
	Verifier Verifier
	// Idempotency returns the store of the caller's tenant; nil turns Idempotency-Key off.
	Idempotency func(Principal) IdempotencyStore
	// CursorKey seals cursors: 32 bytes, the same in every instance. Empty means a random one that dies with the process.
	CursorKey []byte
	Clock     clock.Clock
	IDs       *id.Maker
	Limits    Limits
	Logger    *slog.Logger
}

// API is a set of operations over one net/http handler.
type API struct {
	o    Options
	mux  *http.ServeMux
	huma huma.API
	fn   string
}

// New returns an API without operations.
func New(o Options) *API {
	mux := http.NewServeMux()
	return &API{o: o, mux: mux, huma: humago.New(mux, huma.DefaultConfig(o.Title, o.Version))}
}

// For returns the same API; operations registered on it are logged and measured as the named function.
func (a *API) For(function string) *API {
	c := *a
	c.fn = function
	return &c
}

// Handler serves all registered operations.
func (a *API) Handler() http.Handler { return a.mux }

// Handle serves a page or a file that is no JSON operation, such as the reference at /docs; pattern is net/http's, with a method.
func (a *API) Handle(pattern string, h http.Handler) { a.mux.Handle(pattern, h) }

// OpenAPI returns the document of all registered operations; do not change it while serving.
func (a *API) OpenAPI() *huma.OpenAPI { return a.huma.OpenAPI() }

// Operation describes one operation of the public API.
type Operation struct {
	ID          string // operationId: listCustomers
	Method      string
	Path        string
	Summary     string
	Description string
	Tag         string
	Scope       string // the scope a caller needs, such as customers:read
	Owner       bool   // only the workspace's owner may call
	Public      bool   // no credential needed
	Status      int    // of success; default 200, 204 without a body
	BodyBytes   int64  // larger or smaller than Limits.BodyBytes
	Timeout     time.Duration
	// Statuses are the further error statuses that the operation answers, for the document: 404, 409.
	Statuses []int
}

// Register adds an operation. I and O are huma's input and output structs: parameters and headers by tag, the document in Body.
func Register[I, O any](a *API, op Operation, h func(context.Context, *I) (*O, error)) {
	huma.Register(a.huma, huma.Operation{
		OperationID: op.ID, Method: op.Method, Path: op.Path, Summary: op.Summary, Description: op.Description,
		Tags: []string{op.Tag}, DefaultStatus: op.Status,
	}, h)
}
