package api

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"time"

	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/logs"
)

// serve is the edge: what it adds happens to every request, whether or not an operation is found.
func (a *core) serve(w http.ResponseWriter, r *http.Request) {
	start := a.o.Clock.Now()
	c := a.newCall(w, r)
	ctx := context.WithValue(r.Context(), callKey{}, c)
	defer a.finish(ctx, c, r.Method, start)
	secure(w.Header(), c.requestID)
	a.mux.ServeHTTP(&c.reply, r.WithContext(ctx))
	if !c.reply.open {
		a.refuse(ctx, c, unrouted(&c.reply))
	}
}

// The values are shared between replies; net/http only reads them.
var (
	noSniff    = []string{"nosniff"}
	noStore    = []string{"no-store"}
	noReferrer = []string{"no-referrer"}
	noContent  = []string{"default-src 'none'; frame-ancestors 'none'"}
	onlyTLS    = []string{"max-age=63072000; includeSubDomains"}
)

// secure sets the headers of OWASP ASVS 5.0 3.4 and 14.3 for documents that hold personal data and are never shown as pages.
func secure(h http.Header, requestID string) {
	h["X-Request-Id"] = []string{requestID}
	h["X-Content-Type-Options"] = noSniff
	h["Cache-Control"] = noStore
	h["Referrer-Policy"] = noReferrer
	h["Content-Security-Policy"] = noContent
	h["Strict-Transport-Security"] = onlyTLS
}

// unrouted turns what the mux answered by itself into a refusal. Its redirects to cleaned paths are refused too: an API has one address for
// each thing.
func unrouted(r *reply) error {
	r.Header().Del("Location")
	if r.status == http.StatusMethodNotAllowed {
		return errs.Newf(errs.BadMethod, "method_not_allowed", "allowed", r.Header().Get("Allow"))
	}
	return errs.New(errs.NotFound, "not_found")
}

// finish ends a request whatever happened: a panic becomes a problem, the reply leaves, one line is logged.
func (a *core) finish(ctx context.Context, c *call, method string, start time.Time) {
	p := recover()
	if err, ok := p.(error); ok && errors.Is(err, http.ErrAbortHandler) {
		panic(p)
	}
	refused := !c.reply.sent
	if p != nil {
		c.stack = debug.Stack()
		a.refuse(ctx, c, fmt.Errorf("panic: %v", p))
	}
	c.reply.send()
	a.log(ctx, c, method, a.o.Clock.Now().Sub(start))
	if p != nil && !refused {
		panic(http.ErrAbortHandler) // half a reply must not look whole
	}
}

// refuse answers with the problem of err. When part of a reply has already left, the connection's end tells the caller.
func (a *core) refuse(ctx context.Context, c *call, err error) {
	p := problemOf(ctx, c, err)
	r := &c.reply
	if r.sent {
		return
	}
	r.open, r.failed, r.stored = true, false, nil
	p.writeTo(r)
}

// log writes the one line of a request. That a caller left before the end is no failure of ours, unless the work panicked. The path is given as the pattern: real paths hold ids, and tracking links hold tokens.
func (a *core) log(ctx context.Context, c *call, method string, took time.Duration) {
	more := make([]slog.Attr, 0, 8)
	more = append(more, slog.String("requestId", c.requestID), slog.String("method", method), slog.String("route", c.pattern),
		slog.Int("status", c.reply.status), slog.Int("bytes", c.reply.size))
	if actor := c.principal.Actor(); actor != "" {
		more = append(more, slog.String("actor", actor))
	}
	if c.stack != nil {
		more = append(more, slog.String("stack", string(c.stack)))
	}
	left := errors.Is(ctx.Err(), context.Canceled) && c.reply.status == http.StatusServiceUnavailable && c.stack == nil
	logs.Line{Message: "request", Function: c.function, Tenant: c.principal.Tenant, Took: took, Err: c.failure, Failed: c.reply.status >= 500 && !left,
		More: more}.Write(ctx, a.o.Logger)
}
