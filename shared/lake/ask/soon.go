package ask

import (
	"context"
	"sync/atomic"
	"time"

	"github.com/dangol/dangol/shared/lake/sqltext"
)

// Soon is a lake for somebody who waits: when bringing it up to date takes longer than patience, over all questions together, as beside a large import, it answers
// from the state that it had before. Who must miss nothing asks the lake itself. Rows that were laid over (Overlay) are in its answers in any case.
func Soon(l Lake, patience time.Duration) Lake {
	s := soon{l, new(atomic.Int64)}
	s.left.Store(int64(patience))
	return s
}

type soon struct {
	Lake
	left *atomic.Int64 // nanoseconds of patience
}

type patienceKey struct{}

func (s soon) with(ctx context.Context) context.Context {
	return context.WithValue(ctx, patienceKey{}, s.left)
}

// Query implements Lake.
func (s soon) Query(ctx context.Context, q sqltext.Statement, each func(row []any) error) error {
	return s.Lake.Query(s.with(ctx), q, each)
}

// Columns implements Lake.
func (s soon) Columns(ctx context.Context, subject string) ([]Column, error) {
	return s.Lake.Columns(s.with(ctx), subject)
}

// Overlay implements Lake.
func (s soon) Overlay(ctx context.Context, lines []byte) error {
	return s.Lake.Overlay(s.with(ctx), lines)
}

// Patience is for engines: for how long who asks waits for what is new, before it would rather have an older answer; nobody says so who did not ask by Soon.
func Patience(ctx context.Context) (d time.Duration, hurried bool) {
	left, hurried := ctx.Value(patienceKey{}).(*atomic.Int64)
	if !hurried {
		return 0, false
	}
	return time.Duration(left.Load()), true
}

// Hurry is for engines: who asks has waited as long as it would, and waits no more at its next question.
func Hurry(ctx context.Context) {
	if left, hurried := ctx.Value(patienceKey{}).(*atomic.Int64); hurried {
		left.Store(0)
	}
}
