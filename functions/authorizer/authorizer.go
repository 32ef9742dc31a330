// Package authorizer answers the gateway's one question: is this Authorization header one of ours? It is the first wall. What stands behind it
// verifies the header again and decides what the caller may do; the gateway's answer only spares them the calls of strangers.
//
// The gateway remembers an answer for five minutes and can refuse in one way alone, 403 without a word. So a credential that was good once is let
// through: the function behind says 401 with the reason, by which the console knows to ask for a fresh token.
package authorizer

import (
	"context"
	"errors"

	"github.com/dangol/dangol/shared/api"
	"github.com/dangol/dangol/shared/errs"
)

// Worker answers the gateway.
type Worker struct{ verifier api.Verifier }

// New returns the worker over the verifier that the functions use too.
func New(v api.Verifier) *Worker { return &Worker{verifier: v} }

// Ask judges an Authorization header. What is known of the caller goes into the gateway's access log; nothing relies on it. An error means that nobody
// could tell, such as when the table is out of reach: the gateway answers 500 and does not remember it.
func (w *Worker) Ask(ctx context.Context, authorization string) (allowed bool, known map[string]string, err error) {
	who, err := w.verifier.Verify(ctx, authorization)
	switch {
	case err == nil:
		return true, map[string]string{"tenant": who.Tenant, "principal": who.Actor()}, nil
	case errs.Code(err) == "credential_expired":
		return true, nil, nil
	case refused(err):
		return false, nil, nil
	}
	return false, nil, err
}

func refused(err error) bool {
	var e *errs.Error
	return errors.As(err, &e) && e.Kind == errs.Unauthorized
}
