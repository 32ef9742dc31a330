package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"mime"
	"net/http"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/danielgtaylor/huma/v2"

	"github.com/dangol/dangol/shared/errs"
)

const (
	jsonType  = "application/json"
	patchType = "application/merge-patch+json"

	patience = 20 * time.Second // how long a request's body may take to arrive
)

// body is what an operation reads.
type body struct {
	types    []string
	required bool
	rule     *rule // nil when the body is no JSON
}

// body makes the rules of an operation's body, and says in the document whether it may be absent: a POST's may when an empty object would do. A patch
// without a document would be a mistake, so it stays required.
func (c *compiler) body(op *huma.Operation) *body {
	doc := op.RequestBody
	if doc == nil {
		return nil
	}
	b := &body{types: slices.Sorted(maps.Keys(doc.Content))}
	if m := doc.Content[jsonType]; m != nil && m.Schema != nil {
		b.rule = c.rule(m.Schema)
		doc.Required = doc.Required && !(op.Method == http.MethodPost && b.rule.takesNothing())
	}
	b.required = doc.Required
	return b
}

// takesNothing says whether an object without members passes.
func (r *rule) takesNothing() bool {
	faults := newFaults()
	r.check(map[string]any{}, &place{}, faults)
	return len(faults.Fields) == 0
}

// read takes the whole body, within its limit and within patience, and puts it back for the handler. A body that may be absent and is reads as {}, for
// the handler, its defaults and the Idempotency-Key alike.
func (b *body) read(c *call, r *http.Request, limit int64) ([]byte, error) {
	if r.ContentLength > limit {
		return nil, errs.Newf(errs.TooLarge, "body_too_large", "max", limit)
	}
	if err := b.checkType(r.Header.Get("Content-Type")); err != nil && r.ContentLength != 0 {
		return nil, err
	}
	_ = http.NewResponseController(c.reply.ResponseWriter).SetReadDeadline(time.Now().Add(patience)) // not every server has one
	raw, err := io.ReadAll(io.LimitReader(r.Body, limit+1))
	switch {
	case err != nil:
		return nil, errs.New(errs.Malformed, "body_incomplete").Because(err)
	case int64(len(raw)) > limit:
		return nil, errs.Newf(errs.TooLarge, "body_too_large", "max", limit)
	}
	if b.rule != nil && !b.required && len(bytes.TrimSpace(raw)) == 0 {
		raw = []byte("{}")
		r.Header.Set("Content-Type", jsonType)
	}
	r.Body = io.NopCloser(bytes.NewReader(raw))
	return raw, nil
}

// checkType refuses a body of another type; one without a type is taken for the operation's.
func (b *body) checkType(header string) error {
	if header == "" {
		return nil
	}
	t, _, err := mime.ParseMediaType(header)
	if err == nil && slices.Contains(b.types, t) {
		return nil
	}
	return errs.Newf(errs.Unsupported, "media_type_unsupported", "allowed", strings.Join(b.types, ", "))
}

// check adds the faults of a JSON body; what is no JSON at all is refused at once.
func (b *body) check(raw []byte, depth int, e *errs.Error) error {
	switch {
	case len(bytes.TrimSpace(raw)) == 0 && b.required:
		return errs.New(errs.Malformed, "body_missing")
	case b.rule == nil:
		return nil
	case tooDeep(raw, depth):
		return errs.Newf(errs.Malformed, "json_too_deep", "max", depth)
	}
	doc, err := decodeWhole(raw)
	if err != nil || !utf8.Valid(raw) {
		return malformed(err)
	}
	b.rule.check(doc, &place{}, e)
	return nil
}

// decodeWhole reads one JSON value, behind which nothing may stand.
func decodeWhole(raw []byte) (any, error) {
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		return nil, err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("more than one JSON value")
	}
	return v, nil
}

// malformed tells where the JSON breaks off, which the parser's own words, being English and of Go, may not.
func malformed(err error) error {
	e := errs.New(errs.Malformed, "json_malformed")
	var s *json.SyntaxError
	if errors.As(err, &s) {
		e.With("offset", s.Offset)
	}
	return e
}

// tooDeep says whether brackets nest deeper than depth. It runs before the parser, whose recursion is what deep nesting attacks.
func tooDeep(raw []byte, depth int) bool {
	level, text := 0, false
	for i := 0; i < len(raw); i++ {
		switch c := raw[i]; {
		case text && c == '\\':
			i++
		case c == '"':
			text = !text
		case text:
		case c == '{' || c == '[':
			if level++; level > depth {
				return true
			}
		case c == '}' || c == ']':
			level--
		}
	}
	return false
}
