package awslambda

import (
	"context"
	"log/slog"
	"time"

	"github.com/dangol/dangol/shared/logs"
)

// Edge names a function and its log, to which each adapter writes one line per call.
type Edge struct {
	Function string
	Log      *slog.Logger
}

// work runs f until shortly before Lambda's deadline and writes the line of it. An error that Lambda is told of is in the line too: of a stream's
// failure Lambda learns only the place.
func (e Edge) work(ctx context.Context, l logs.Line, f func(context.Context) error) error {
	ctx, cancel := early(ctx)
	defer cancel()
	start := time.Now()
	err := f(ctx)
	l.Function, l.Took, l.Err, l.Failed = e.Function, time.Since(start), err, err != nil
	l.Write(ctx, e.Log)
	return err
}
