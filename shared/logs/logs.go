// Package logs makes a process's one logger, and the one line that each edge (an HTTP request, a batch of messages, a tick of a schedule) writes
// of its work. Inside the edges nothing is logged: errors are returned to them.
package logs

import (
	"context"
	"io"
	"log/slog"
	"strings"
	"time"

	"github.com/dangol/dangol/shared/lazyregexp"
)

// New returns a logger that writes JSON, one object a line, with times in UTC and without credentials: a text that looks like one, wherever it
// came from, is cut down to its beginning.
func New(w io.Writer, level slog.Leveler) *slog.Logger {
	return slog.New(slog.NewJSONHandler(w, &slog.HandlerOptions{Level: level, ReplaceAttr: clean}))
}

// credential matches API keys, JSON web tokens, and what follows "Bearer", "password" or "secret" in the text of an error.
var credential = lazyregexp.New(`(dgl_(?:live|test)_)\w+|(eyJ[\w-]{4})[\w-]*\.[\w-]+\.[\w-]+|((?:[Bb]earer|[Pp]assword|[Ss]ecret)"?[=: ]+"?)[^\s",}]+`)

// signs are parts without which no text matches: looking for them costs a hundredth of the expression.
var signs = []string{"dgl_", "eyJ", "earer", "assword", "ecret"}

func clean(_ []string, a slog.Attr) slog.Attr {
	switch v := a.Value.Any().(type) {
	case time.Time:
		return slog.Time(a.Key, v.UTC())
	case error:
		return slog.String(a.Key, Redact(v.Error()))
	case string:
		if len(v) > 8 { // shorter than anything that is secret
			return slog.String(a.Key, Redact(v))
		}
	}
	return a
}

// Redact cuts credentials out of a text.
func Redact(s string) string {
	for _, sign := range signs {
		if strings.Contains(s, sign) {
			return credential().ReplaceAllString(s, "$1$2$3…")
		}
	}
	return s
}

// Line is what an edge tells of one piece of work.
type Line struct {
	Message  string // request, batch, tick
	Function string
	Tenant   string // empty when the work is for none or for several
	Took     time.Duration
	Err      error // what callers do not read
	Failed   bool  // the work was not done, and the fault is ours
	More     []slog.Attr
}

// Write writes the line: at the error level when the work failed.
func (l Line) Write(ctx context.Context, to *slog.Logger) {
	level := slog.LevelInfo
	if l.Failed {
		level = slog.LevelError
	}
	if !to.Enabled(ctx, level) {
		return
	}
	attrs := make([]slog.Attr, 0, len(l.More)+4)
	attrs = append(attrs, slog.String("function", l.Function), slog.Int64("ms", l.Took.Milliseconds()))
	if l.Tenant != "" {
		attrs = append(attrs, slog.String("tenant", l.Tenant))
	}
	attrs = append(attrs, l.More...)
	if l.Err != nil {
		attrs = append(attrs, slog.String("error", l.Err.Error()))
	}
	to.LogAttrs(ctx, level, l.Message, attrs...)
}
