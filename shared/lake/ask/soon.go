package ask

import (
	"context"
	"time"

	"github.com/dangol/dangol/shared/lake/sqltext"
)

// Soon is a lake for somebody who waits: when bringing it up to date takes longer than patience, from now and by the machine's clock, as beside a large import, it
// answers from the state that it had before. Who must miss nothing asks the lake itself. Rows that were laid over (Overlay) are in its answers in any case.
func Soon(l Lake, patience time.Duration) Lake { return soon{l, time.Now().Add(patience)} }

type soon struct {
	Lake
	until time.Time
}

type patienceKey struct{}

func (s soon) hurry(ctx context.Context) context.Context {
	return context.WithValue(ctx, patienceKey{}, s.until)
}

// Query implements Lake.
func (s soon) Query(ctx context.Context, q sqltext.Statement, each func(row []any) error) error {
	return s.Lake.Query(s.hurry(ctx), q, each)
}

// Columns implements Lake.
func (s soon) Columns(ctx context.Context, subject string) ([]Column, error) {
	return s.Lake.Columns(s.hurry(ctx), subject)
}

// Overlay implements Lake.
func (s soon) Overlay(ctx context.Context, lines []byte) error {
	return s.Lake.Overlay(s.hurry(ctx), lines)
}

// Patience is for engines: for how long who asks still waits for what is new, before it would rather have an older answer; nobody says so who did not ask by Soon.
func Patience(ctx context.Context) (d time.Duration, hurried bool) {
	until, hurried := ctx.Value(patienceKey{}).(time.Time)
	return time.Until(until), hurried
}
