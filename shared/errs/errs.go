// Package errs is the one form in which a rule says no: a stable code, a kind that HTTP turns into a status, and the fields it is about.
// The words for people, in Korean and English, are in texts.go.
package errs

import (
	"errors"
	"fmt"
	"strings"
)

// Kind is the family of an error; it decides the HTTP status and nothing else.
type Kind uint8

// The kinds.
const (
	Internal      Kind = iota // 500: ours; the detail never reaches the caller
	Invalid                   // 422: a field's value breaks a rule
	Malformed                 // 400: the request cannot be read
	Unauthorized              // 401
	Forbidden                 // 403
	NotFound                  // 404
	Conflict                  // 409
	Stale                     // 412: If-Match names another version
	TooLarge                  // 413
	TooMany                   // 429
	Unavailable               // 503
	Unsupported               // 415
	NotAcceptable             // 406
	Expired                   // 410
	BadMethod                 // 405
)

// Field is one place in the request that breaks a rule. Pointer is a JSON pointer into the body ("/email"), "?limit" for a query parameter, or
// the bare name of a header ("If-Match").
type Field struct {
	Pointer string
	Code    string
	Args    map[string]any
}

// Error is a refusal. Args fill the text of the code; Meta is added to the problem document (for example candidates of a duplicate).
type Error struct {
	Kind   Kind
	Code   string
	Args   map[string]any
	Meta   map[string]any
	Fields []Field
	Cause  error
}

// New returns a refusal with a code of texts.go.
func New(k Kind, code string) *Error { return &Error{Kind: k, Code: code} }

// Newf returns a refusal with a code and pairs of name and value for its text.
func Newf(k Kind, code string, args ...any) *Error {
	return &Error{Kind: k, Code: code, Args: pairs(args)}
}

// InvalidField returns the refusal of one field of the body.
func InvalidField(pointer, code string, args ...any) *Error {
	return (&Error{Kind: Invalid, Code: "validation_failed"}).Add(pointer, code, args...)
}

// Add appends a field and returns the error, so that a validator can collect all of them.
func (e *Error) Add(pointer, code string, args ...any) *Error {
	e.Fields = append(e.Fields, Field{Pointer: pointer, Code: code, Args: pairs(args)})
	return e
}

// With adds a member to the problem document. The member retryAfter, in whole seconds, is sent as the Retry-After header too.
func (e *Error) With(name string, value any) *Error {
	if e.Meta == nil {
		e.Meta = map[string]any{}
	}
	e.Meta[name] = value
	return e
}

// Because keeps the underlying error for the log.
func (e *Error) Because(err error) *Error {
	e.Cause = err
	return e
}

// OrNil returns nil when nothing was added, for validators that collect.
func (e *Error) OrNil() error {
	if e == nil || len(e.Fields) == 0 {
		return nil
	}
	return e
}

// Error gives the code, the fields and the cause, for logs.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(e.Code)
	for _, f := range e.Fields {
		fmt.Fprintf(&b, " %s:%s", f.Pointer, f.Code)
	}
	if e.Cause != nil {
		fmt.Fprintf(&b, ": %v", e.Cause)
	}
	return b.String()
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Cause }

// Is lets errors.Is compare by code.
func (e *Error) Is(target error) bool {
	var t *Error
	return errors.As(target, &t) && t.Code == e.Code
}

// Code returns the code of err, or "" when no rule said it.
func Code(err error) string {
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}

func pairs(args []any) map[string]any {
	if len(args) == 0 {
		return nil
	}
	m := make(map[string]any, len(args)/2)
	for i := 0; i+1 < len(args); i += 2 {
		m[fmt.Sprint(args[i])] = args[i+1]
	}
	return m
}
