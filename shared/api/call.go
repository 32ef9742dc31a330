package api

import (
	"context"
	"net/http"
	"strconv"
	"strings"

	"github.com/dangol/dangol/shared/id"
)

// call is what is known of the request at hand. The edge makes it; each step of the route adds to it.
type call struct {
	core      *core
	principal Principal
	language  string
	requestID string
	function  string
	pattern   string
	route     *route
	reply     reply
	key       *keyedCall // nil without an Idempotency-Key
	failure   error      // what the log line tells and the caller never reads
	stack     []byte     // of a panic
}

type callKey struct{}

// callOf returns the call of a request's context; outside of one, an empty call that answers in English.
func callOf(ctx context.Context) *call {
	if c, ok := ctx.Value(callKey{}).(*call); ok {
		return c
	}
	return &call{language: "en"}
}

func (a *core) newCall(w http.ResponseWriter, r *http.Request) *call {
	c := &call{core: a, language: chooseLanguage(r.Header.Get("Accept-Language")), requestID: a.requestID(r.Header.Get("X-Request-Id"))}
	c.reply.ResponseWriter = w
	if r.Method == http.MethodGet || r.Method == http.MethodHead {
		c.reply.ifNoneMatch = r.Header.Get("If-None-Match")
	}
	return c
}

const requestPrefix id.Prefix = "req"

// requestID keeps the id that the caller or a proxy gave, if it is safe to log, and makes one otherwise.
func (a *core) requestID(given string) string {
	if len(given) == 0 || len(given) > 64 {
		return a.o.IDs.New(requestPrefix)
	}
	for _, b := range []byte(given) {
		if (b < '0' || b > '9') && (b < 'A' || b > 'Z') && (b < 'a' || b > 'z') && !strings.ContainsRune("-_.:", rune(b)) {
			return a.o.IDs.New(requestPrefix)
		}
	}
	return given
}

// chooseLanguage returns the one of ko and en that an Accept-Language header prefers; English when it names neither.
func chooseLanguage(accept string) string {
	best, language := 0.0, "en"
	for part := range strings.SplitSeq(accept, ",") {
		tag, weight, _ := strings.Cut(strings.TrimSpace(part), ";")
		primary, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(tag)), "-")
		if q := quality(weight); q > best && (primary == "ko" || primary == "en") {
			best, language = q, primary
		}
	}
	return language
}

// quality reads the "q=0.8" of an Accept header; 1 when absent, 0 when unreadable.
func quality(param string) float64 {
	value, ok := strings.CutPrefix(strings.ReplaceAll(param, " ", ""), "q=")
	if !ok {
		return 1
	}
	q, err := strconv.ParseFloat(value, 64)
	if err != nil {
		return 0
	}
	return q
}
