package api

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
)

// reply is the ResponseWriter of a call. It holds the header back until the first byte of the body, so that a reply that cannot be encoded still
// becomes a problem, and it swallows what the mux itself writes, so that its 404 and 405 do.
type reply struct {
	http.ResponseWriter
	ifNoneMatch string
	open        bool // a registered handler was reached
	sent        bool // the header has left
	failed      bool // encoding failed: the rest of the body is dropped
	status      int
	size        int
	keep        bool     // the body is wanted afterwards, in kept
	kept        []byte   //
	stored      *Reply   // committed with the effect: exactly this is sent
	only        []string // the members that the caller asked for; nil is all
}

// WriteHeader remembers the status; send lets it leave.
func (r *reply) WriteHeader(status int) {
	if !r.sent {
		r.status = status
	}
}

// Write sends the header, if it has not left, and then b.
func (r *reply) Write(b []byte) (int, error) {
	if !r.open || r.failed {
		return len(b), nil
	}
	r.send()
	if r.status == http.StatusNotModified || r.status == http.StatusNoContent {
		return len(b), nil
	}
	n, err := r.ResponseWriter.Write(b)
	r.size += n
	return n, err
}

func (r *reply) send() {
	if r.sent || !r.open {
		return
	}
	r.sent = true
	if r.stored != nil {
		r.status = r.stored.Status
	}
	r.status = orElse(r.status, http.StatusOK)
	if r.unchanged() {
		r.status = http.StatusNotModified
		r.Header().Del("Content-Type")
		r.Header().Del("Content-Length")
	}
	r.ResponseWriter.WriteHeader(r.status)
}

// unchanged says whether the caller already has what would be sent (RFC 9110, 13.1.2; tags are compared weakly).
func (r *reply) unchanged() bool {
	if r.ifNoneMatch == "" || r.status != 0 && r.status != http.StatusOK {
		return false
	}
	tag := strings.TrimPrefix(r.Header().Get("ETag"), "W/")
	if tag == "" {
		return false
	}
	for have := range strings.SplitSeq(r.ifNoneMatch, ",") {
		if have = strings.TrimSpace(have); have == "*" || strings.TrimPrefix(have, "W/") == tag {
			return true
		}
	}
	return false
}

// Unwrap gives http.ResponseController the connection's writer.
func (r *reply) Unwrap() http.ResponseWriter { return r.ResponseWriter }

// FlushError sends what was written so far.
func (r *reply) FlushError() error {
	r.send()
	return http.NewResponseController(r.ResponseWriter).Flush()
}

// SetReadDeadline does nothing: the body was read, under a deadline of its own, before Huma asks.
func (r *reply) SetReadDeadline(time.Time) error { return nil }

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// withBuffer lends f an empty buffer, which f must not keep.
func withBuffer(f func(*bytes.Buffer) error) error {
	b := buffers.Get().(*bytes.Buffer)
	b.Reset()
	err := f(b)
	if b.Cap() <= 1<<20 { // one large list must not stay in memory for ever
		buffers.Put(b)
	}
	return err
}

// encodeJSON writes v as every reply is written: characters of HTML as they are, and no line end, which a stored reply would not have either.
func encodeJSON(b *bytes.Buffer, v any) error {
	e := json.NewEncoder(b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return err
	}
	b.Truncate(b.Len() - 1)
	return nil
}

// marshal is Huma's JSON format. A reply whose bytes were committed with the effect is not encoded a second time, one that the caller already
// has not at all.
func marshal(w io.Writer, v any) error {
	r, ok := w.(*reply)
	if !ok {
		return json.NewEncoder(w).Encode(v)
	}
	switch {
	case r.unchanged():
		r.send()
		return nil
	case r.stored != nil:
		return r.writeAll(r.stored.Body)
	}
	return withBuffer(func(b *bytes.Buffer) error {
		if err := encodeJSON(b, v); err != nil {
			r.failed = true
			return err
		}
		if r.only != nil {
			return r.writeNarrowed(b.Bytes())
		}
		if r.keep {
			r.kept = bytes.Clone(b.Bytes())
		}
		return r.writeAll(b.Bytes())
	})
}

func (r *reply) writeAll(body []byte) error {
	r.Header().Set("Content-Length", strconv.Itoa(len(body)))
	_, err := r.Write(body)
	return err
}

func (r *reply) writeNarrowed(doc []byte) error {
	narrowed, err := narrow(doc, r.only)
	if err != nil {
		r.failed = true
		return err
	}
	return r.writeAll(narrowed)
}
