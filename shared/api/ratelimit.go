package api

import (
	"math"
	"net/http"
	"strconv"
	"sync"
	"time"

	"github.com/dangol/dangol/shared/errs"
)

const window = 10 * time.Second

// limiter holds a token bucket per credential: it fills evenly, holds one window's calls at most, and each call takes one.
//
// It lives in the memory of one process. Behind several Lambda instances each grants the whole limit, so that it guards an instance rather than
// bills a plan; the plan's monthly counts are kept elsewhere, in the ops table.
type limiter struct {
	now     func() time.Time
	mu      sync.Mutex
	buckets map[bucketKey]*bucket
	swept   time.Time
}

type bucketKey struct{ tenant, who string }

type bucket struct {
	limit  Limit
	tokens float64
	at     time.Time
	policy []string
}

// allowance is what the caller is told after a call.
type allowance struct {
	ok     bool
	left   int
	wait   time.Duration // until the next call is granted, or until the bucket is full
	policy []string
}

func newLimiter(now func() time.Time) *limiter {
	return &limiter{now: now, buckets: map[bucketKey]*bucket{}, swept: now()}
}

// take takes one call from the caller's bucket.
func (l *limiter) take(k bucketKey, limit Limit) allowance {
	now := l.now()
	l.mu.Lock()
	defer l.mu.Unlock()
	l.sweep(now)
	b := l.buckets[k]
	if b == nil || b.limit != limit {
		b = &bucket{limit: limit, tokens: float64(limit), at: now, policy: policy(limit)}
		l.buckets[k] = b
	}
	rate := float64(limit) / window.Seconds()
	b.tokens = math.Min(float64(limit), b.tokens+now.Sub(b.at).Seconds()*rate)
	b.at = now
	if b.tokens < 1 {
		return allowance{wait: seconds((1 - b.tokens) / rate), policy: b.policy}
	}
	b.tokens--
	return allowance{ok: true, left: int(b.tokens), wait: seconds((float64(limit) - b.tokens) / rate), policy: b.policy}
}

// sweep forgets, once in a while, the callers whose buckets are full again: a full bucket and none are the same.
func (l *limiter) sweep(now time.Time) {
	if now.Sub(l.swept) < time.Minute {
		return
	}
	l.swept = now
	for k, b := range l.buckets {
		if now.Sub(b.at) > window {
			delete(l.buckets, k)
		}
	}
}

func seconds(s float64) time.Duration { return time.Duration(s * float64(time.Second)) }

func policy(l Limit) []string {
	return []string{`"default";q=` + strconv.Itoa(int(l)) + `;w=` + strconv.Itoa(int(window/time.Second))}
}

// meter takes one call from the allowance of who and tells it in the headers of draft-ietf-httpapi-ratelimit-headers.
func (l *limiter) meter(h http.Header, k bucketKey, limit Limit) error {
	a := l.take(k, limit)
	wait := int(math.Ceil(a.wait.Seconds()))
	h["Ratelimit-Policy"] = a.policy
	h["Ratelimit"] = []string{`"default";r=` + strconv.Itoa(a.left) + `;t=` + strconv.Itoa(wait)}
	if a.ok {
		return nil
	}
	return errs.Newf(errs.TooMany, "rate_limited", "seconds", wait).With("retryAfter", wait)
}
