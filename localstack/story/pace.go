package story

import (
	"fmt"
	"net/http"
	"strconv"
	"time"
)

// The pause between two looks of a wait grows, so that a wait of any length stays within what every plan allows (api.LeastLimit, ten calls a second)
// and leaves some for the steps behind it.
const (
	firstPause = 20 * time.Millisecond
	lastPause  = 200 * time.Millisecond
)

func longer(pause time.Duration) time.Duration { return min(pause*3/2, lastPause) }

// throttled is a reply 429 that a story did not expect. Nothing was done, so that the request may be sent again.
type throttled struct {
	after time.Duration // as Retry-After says
	error
}

// refusal is the error of a reply with another status than the step wants.
func refusal(resp *http.Response, want int, body []byte) error {
	err := fmt.Errorf("status %d, want %d: %s", resp.StatusCode, want, body)
	if after, ok := retryAfter(resp); ok {
		return throttled{after, err}
	}
	return err
}

// retryAfter reads the whole seconds that a reply 429 names (RFC 9110, 10.2.3; the API sends no dates). Other replies, also 503, are for the story to
// judge: what they left undone is not known.
func retryAfter(resp *http.Response) (after time.Duration, ok bool) {
	n, err := strconv.Atoi(resp.Header.Get("Retry-After"))
	if resp.StatusCode != http.StatusTooManyRequests || err != nil || n < 0 {
		return 0, false
	}
	return time.Duration(n) * time.Second, true
}
