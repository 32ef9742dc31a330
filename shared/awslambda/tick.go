package awslambda

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"

	"github.com/dangol/dangol/shared/crm/due"
	"github.com/dangol/dangol/shared/logs"
)

// Tick runs a schedule's function for the kind of due work that the schedule names.
type Tick struct {
	Edge
	run func(context.Context, due.Kind) error
}

// NewTick returns the adapter of a function.
func NewTick(e Edge, run func(context.Context, due.Kind) error) *Tick { return &Tick{e, run} }

// Invoke runs the function once.
func (t *Tick) Invoke(ctx context.Context, payload []byte) ([]byte, error) {
	var c due.Call
	if err := json.Unmarshal(payload, &c); err != nil {
		return nil, fmt.Errorf("read what the schedule sent: %w", err)
	}
	if c.Kind == "" {
		return nil, errors.New("the schedule names no kind of due work")
	}
	line := logs.Line{Message: "tick", More: []slog.Attr{slog.String("kind", string(c.Kind))}}
	return []byte("null"), t.work(ctx, line, func(ctx context.Context) error { return t.run(ctx, c.Kind) })
}
