package api

import (
	"context"
	"slices"
	"strings"

	"github.com/dangol/dangol/shared/errs"
)

// Scopes are the rights of a credential: "customers:read", "customers:*", or "*" for all.
type Scopes []string

// Has says whether the scopes grant need. An empty need is granted to everyone.
func (s Scopes) Has(need string) bool {
	if need == "" || slices.Contains(s, need) || slices.Contains(s, "*") {
		return true
	}
	noun, _, _ := strings.Cut(need, ":")
	return slices.Contains(s, noun+":*")
}

// Limit is the number of calls that a credential may make per 10 s. Less than LeastLimit, which every plan has, counts as LeastLimit.
type Limit int

// LeastLimit is promised on every plan.
const LeastLimit Limit = 100

// Principal is who calls, known from a verified credential alone. Its zero value is the caller of a public operation.
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

// Verifier checks credentials. It is called once per request, at once from many goroutines, and caches for itself.
type Verifier interface {
	// Verify returns the principal of an Authorization header; a refusal is an errs.Unauthorized error.
	Verify(ctx context.Context, authorization string) (Principal, error)
}

// From returns who calls; zero in a public operation.
func From(ctx context.Context) Principal { return callOf(ctx).principal }

// As returns a context in which From returns p, for tests and for work that is done in a caller's name. It carries no Idempotency-Key.
func As(ctx context.Context, p Principal) context.Context {
	was := callOf(ctx)
	return context.WithValue(ctx, callKey{}, &call{principal: p, language: was.language, requestID: was.requestID, route: was.route, core: was.core})
}

// identify verifies the caller's credential.
func (a *core) identify(ctx context.Context, authorization string) (Principal, error) {
	if authorization == "" || a.o.Verifier == nil {
		return Principal{}, errs.New(errs.Unauthorized, "credential_missing")
	}
	return a.o.Verifier.Verify(ctx, authorization)
}

// mayCall refuses a caller without the operation's rights.
func (op *Operation) mayCall(p Principal) error {
	switch {
	case !p.Scopes.Has(op.Scope):
		return errs.Newf(errs.Forbidden, "scope_missing", "scope", op.Scope)
	case op.Owner && !p.Owner:
		return errs.New(errs.Forbidden, "owner_only")
	}
	return nil
}
