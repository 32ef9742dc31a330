package api

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"

	"github.com/danielgtaylor/huma/v2"

	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/table"
)

const problemType = "application/problem+json"

// Problem is the document of every refusal (RFC 9457).
type Problem struct {
	Type      string         `json:"type" example:"/docs/problems#validation_failed" doc:"Where the code is explained."`
	Title     string         `json:"title" example:"Some values are not valid" doc:"The kind of refusal, in the caller's language."`
	Status    int            `json:"status" example:"422"`
	Detail    string         `json:"detail" example:"Some values need correction; each is named in errors." doc:"What is wrong, in the caller's language."`
	Code      string         `json:"code" example:"validation_failed" doc:"Stable: programs decide by it."`
	RequestID string         `json:"requestId" example:"req_01JD8Z4N6T0QF5W9E2R7Y1K3MB" doc:"Name it when you ask us."`
	Errors    []FieldProblem `json:"errors,omitempty" doc:"The fields that the refusal is about."`

	meta     map[string]any
	language string
}

// FieldProblem is one place in the request that breaks a rule.
type FieldProblem struct {
	Pointer string `json:"pointer" example:"/email" doc:"A JSON pointer into the body, ?name for a query parameter, or the name of a header."`
	Code    string `json:"code" example:"format_invalid"`
	Detail  string `json:"detail" example:"This must be an e-mail address."`
	Line    int    `json:"line,omitempty" doc:"In a text of several lines, where the mistake stands; the first line is 1."`
}

// NewFieldProblem tells a broken rule in a language.
func NewFieldProblem(f errs.Field, language string) FieldProblem {
	line, _ := f.Args["line"].(int)
	return FieldProblem{Pointer: f.Pointer, Code: f.Code, Detail: errs.Detail(f.Code, f.Args, language), Line: line}
}

// Error makes a Problem an error that Huma writes as it is.
func (p *Problem) Error() string { return p.Code }

// GetStatus is how Huma learns the status.
func (p *Problem) GetStatus() int { return p.Status }

// ContentType is how Huma learns the media type.
func (p *Problem) ContentType(string) string { return problemType }

// GetHeaders is how Huma learns the headers that go with the refusal.
func (p *Problem) GetHeaders() http.Header {
	h := http.Header{"Content-Language": {p.language}}
	if p.Status == http.StatusUnauthorized {
		h.Set("WWW-Authenticate", `Bearer realm="dangol"`)
	}
	if after, ok := p.meta["retryAfter"]; ok {
		h.Set("Retry-After", fmt.Sprint(after))
	}
	return h
}

// MarshalJSON writes the members and then those of the refusal's Meta, which cannot replace them. A Meta that is no JSON is left out: the refusal
// matters more.
func (p *Problem) MarshalJSON() ([]byte, error) {
	type plain Problem
	b, err := json.Marshal((*plain)(p))
	if err != nil || len(p.meta) == 0 {
		return b, err
	}
	meta := maps.Clone(p.meta)
	maps.DeleteFunc(meta, func(name string, _ any) bool { return slices.Contains(problemMembers(), name) })
	more, err := json.Marshal(meta)
	if err != nil || len(meta) == 0 {
		return b, nil
	}
	return slices.Concat(b[:len(b)-1], []byte(","), bytes.TrimPrefix(more, []byte("{"))), nil
}

func problemMembers() []string {
	return []string{"type", "title", "status", "detail", "code", "requestId", "errors"}
}

// statuses are the HTTP statuses of the kinds.
var statuses = map[errs.Kind]int{
	errs.Internal: 500, errs.Invalid: 422, errs.Malformed: 400, errs.Unauthorized: 401, errs.Forbidden: 403, errs.NotFound: 404, errs.Conflict: 409,
	errs.Stale: 412, errs.TooLarge: 413, errs.TooMany: 429, errs.Unavailable: 503, errs.Unsupported: 415, errs.NotAcceptable: 406, errs.Expired: 410,
	errs.BadMethod: 405,
}

// ProblemOf returns the document that err would be told with, for an operation that answers item by item.
func ProblemOf(ctx context.Context, err error) *Problem { return problemOf(ctx, callOf(ctx), err) }

// WriteProblem answers a request with the problem of err, for what stands outside of an API: a gateway's adapter, a host's other pages.
func WriteProblem(w http.ResponseWriter, r *http.Request, err error) {
	c := &call{language: chooseLanguage(r.Header.Get("Accept-Language")), requestID: w.Header().Get("X-Request-Id")}
	problemOf(r.Context(), c, err).writeTo(w)
}

func (p *Problem) writeTo(w http.ResponseWriter) {
	body, err := p.MarshalJSON()
	if err != nil { // texts and numbers always can be encoded
		panic(fmt.Sprintf("api: encode a problem: %v", err))
	}
	h := w.Header()
	maps.Copy(h, p.GetHeaders())
	h.Set("Content-Type", problemType)
	h.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(p.Status)
	_, _ = w.Write(body) // the caller is gone when this fails
}

// problemOf turns what a handler returned into the document for the caller, and keeps what only the log may tell.
func problemOf(ctx context.Context, c *call, err error) *Problem {
	var p *Problem
	if errors.As(err, &p) {
		return p
	}
	e := refusalOf(ctx, err)
	status := statuses[e.Kind]
	if status >= 500 || e.Cause != nil {
		c.failure = err
	}
	p = &Problem{Type: "/docs/problems#" + e.Code, Title: errs.Title(e.Kind, c.language), Status: status, Code: e.Code,
		Detail: errs.Detail(e.Code, e.Args, c.language), RequestID: c.requestID, meta: e.Meta, language: c.language}
	for _, f := range e.Fields {
		p.Errors = append(p.Errors, NewFieldProblem(f, c.language))
	}
	return p
}

// refusalOf finds the rule that said no. Errors of the ports that a feature left as they were are told in general words.
func refusalOf(ctx context.Context, err error) *errs.Error {
	var e *errs.Error
	var failed *table.ConditionError
	var limit *table.LimitError
	switch {
	case errors.As(err, &e):
		return e
	case errors.As(err, &failed):
		return errs.New(errs.Conflict, "conflict").Because(err)
	case errors.As(err, &limit):
		return errs.New(errs.TooLarge, "record_too_large").Because(err)
	case errors.Is(err, table.ErrThrottled):
		return errs.New(errs.Unavailable, "busy").With("retryAfter", 1).Because(err)
	case errors.Is(ctx.Err(), context.DeadlineExceeded), errors.Is(err, context.DeadlineExceeded):
		return errs.New(errs.Unavailable, "timed_out").With("retryAfter", 2).Because(err)
	case errors.Is(ctx.Err(), context.Canceled): // the caller left, and what was waiting ended with whatever error its engine has for that
		return errs.New(errs.Unavailable, "timed_out").Because(err)
	}
	return errs.New(errs.Internal, "internal").Because(err)
}

// translate turns Huma's own error document into ours. Requests were checked before Huma saw them, so only a value that passes its schema and
// still cannot be read into its type comes here; Huma's words name Go types and stay inside.
func translate(ctx huma.Context, _ string, v any) (any, error) {
	m, ok := v.(*huma.ErrorModel)
	if !ok {
		return v, nil
	}
	c := callOf(ctx.Context())
	kind, code := errs.Invalid, "body_unreadable"
	if m.Status >= 500 {
		kind, code = errs.Internal, "internal"
	}
	return problemOf(ctx.Context(), c, errs.New(kind, code).Because(fmt.Errorf("huma: %s: %v", m.Detail, m.Errors))), nil
}
