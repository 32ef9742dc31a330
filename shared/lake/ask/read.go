package ask

import (
	"context"

	"github.com/dangol/dangol/shared/lake/sqltext"
)

// State is a lake as it stood at a moment.
type State interface {
	// Rows is Query for millions of rows: row holds the values as the engine has them (int32 and int64, string, bool, time.Time, []any and others; nil for none), and
	// is used again for the next one.
	Rows(ctx context.Context, s sqltext.Statement, each func(row []any) error) error
	// Query is that of Lake: rows hold the values that it promises, and are each's to keep.
	Query(ctx context.Context, s sqltext.Statement, each func(row []any) error) error
}

// Reader is a lake that a worker can read at length: all questions of one reading are answered by the same state, and none is ended but by ctx.
type Reader interface {
	Read(ctx context.Context, f func(State) error) error
}

// Read reads a lake at length. Where its engine is no Reader, each question is answered by the state of its own moment.
func Read(ctx context.Context, l Lake, f func(State) error) error {
	if r, ok := l.(Reader); ok {
		return r.Read(ctx, f)
	}
	return f(asked{l})
}

type asked struct{ Lake }

// Rows implements State.
func (a asked) Rows(ctx context.Context, s sqltext.Statement, each func(row []any) error) error {
	return a.Query(ctx, s, each)
}
