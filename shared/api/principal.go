package api

import (
	"context"
	"slices"
	"strings"
)

// Scopes are the rights of a credential: "customers:read", or "customers:*", or "*".
type Scopes []string

// Has says whether the scopes grant need. An empty need is granted to everyone.
func (s Scopes) Has(need string) bool {
	if need == "" || slices.Contains(s, need) || slices.Contains(s, "*") {
		return true
	}
	noun, _, _ := strings.Cut(need, ":")
	return slices.Contains(s, noun+":*")
}

// Limit is the number of calls that a credential may make per 10 s; 0 is the least any plan has, 100.
type Limit int

// Principal is who calls, known from a verified credential alone. Its zero value is a caller of a public operation.
type Principal struct {
	Tenant string
	UserID string // empty for an API key
	KeyID  string // empty for a person
	Scopes Scopes
	Owner  bool
	Limit  Limit
	Test   bool // a key of test mode
}

// Actor is the name under which the caller's writes are recorded: the user, or the key.
func (p Principal) Actor() string {
	if p.UserID != "" {
		return p.UserID
	}
	return p.KeyID
}

// Verifier checks credentials. It is called once per request and caches for itself.
type Verifier interface {
	// Verify returns the principal of an Authorization header; a refusal is an errs.Unauthorized error.
	Verify(ctx context.Context, authorization string) (Principal, error)
}

type callKey struct{}

// call is what is known of the request at hand.
type call struct {
	principal Principal
	language  string
	requestID string
}

func callOf(ctx context.Context) *call {
	if c, ok := ctx.Value(callKey{}).(*call); ok {
		return c
	}
	return &call{language: "en"}
}

// From returns who calls; zero in a public operation.
func From(ctx context.Context) Principal { return callOf(ctx).principal }

// As returns a context in which From returns p, for tests and for work done in a caller's name.
func As(ctx context.Context, p Principal) context.Context {
	c := *callOf(ctx)
	c.principal = p
	return context.WithValue(ctx, callKey{}, &c)
}

// Language returns "ko" or "en", as the caller's Accept-Language asks.
func Language(ctx context.Context) string { return callOf(ctx).language }

// RequestID returns the id that the reply's X-Request-Id and every log line of the request carry.
func RequestID(ctx context.Context) string { return callOf(ctx).requestID }
