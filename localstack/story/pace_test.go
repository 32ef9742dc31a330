package story_test

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/dangol/dangol/localstack/story"
)

// server answers in memory, so that time is the test's.
type server func(call int, r *http.Request) (status int, retryAfter, body string)

// play plays a script against the server and tells when each call came, in time since the start.
func (s server) play(t *testing.T, script string) (calls []time.Duration, err error) {
	t.Helper()
	parsed, err := story.Parse("a", []byte(script))
	if err != nil {
		t.Fatal(err)
	}
	began, r := time.Now(), story.NewRunner("http://dangol")
	r.Client.Transport = transport(func(req *http.Request) *http.Response {
		calls = append(calls, time.Since(began))
		status, after, body := s(len(calls), req)
		resp := &http.Response{StatusCode: status, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(body))}
		if after != "" {
			resp.Header.Set("Retry-After", after)
		}
		return resp
	})
	return calls, r.Run(t.Context(), parsed)
}

type transport func(*http.Request) *http.Response

func (f transport) RoundTrip(r *http.Request) (*http.Response, error) { return f(r), nil }

func TestAReply429IsObeyed(t *testing.T) {
	for _, c := range []struct {
		name, script string
		status       int // of the first two calls; 201 follows
		after        string
		want         []time.Duration // the calls
		fails        string
	}{
		{"a request is sent again when it was told to", "POST /x\n=> 201", 429, "3", []time.Duration{0, 3 * time.Second, 6 * time.Second}, ""},
		{"a wait looks no sooner than it was told to", "wait POST /x\n=> 201", 429, "3", []time.Duration{0, 3 * time.Second, 6 * time.Second}, ""},
		{"no time to wait: at the pace of a wait", "wait POST /x\n=> 201", 429, "0", []time.Duration{0, 20 * time.Millisecond, 50 * time.Millisecond}, ""},
		{"a 429 that the story expects is its answer", "POST /x\n=> 429", 429, "3", []time.Duration{0}, ""},
		{"longer than a step's patience is a failure at once", "POST /x\n=> 201", 429, "900", []time.Duration{0}, "status 429, want 201"},
		{"a 429 that names no time is a failure", "POST /x\n=> 201", 429, "", []time.Duration{0}, "status 429, want 201"},
		{"what a 503 left undone is not known: it is a failure", "POST /x\n=> 201", 503, "3", []time.Duration{0}, "status 503, want 201"},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				calls, err := server(func(call int, _ *http.Request) (int, string, string) {
					if call <= 2 {
						return c.status, c.after, "slowly"
					}
					return 201, "", ""
				}).play(t, c.script)
				if fmt.Sprint(calls) != fmt.Sprint(c.want) {
					t.Errorf("got calls at %v, want %v", calls, c.want)
				}
				if got := fmt.Sprint(err); c.fails == "" && err != nil || !strings.Contains(got, c.fails) {
					t.Errorf("got %v, want %q", err, c.fails)
				}
			})
		})
	}
}

// A job of half a minute: the looks at it are those of a client that every plan's allowance, a hundred calls in ten seconds, has room for.
func TestAWaitOfAnyLengthStaysWithinTheAllowance(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		calls, err := server(func(int, *http.Request) (int, string, string) {
			return 200, "", fmt.Sprintf(`{"done": %t}`, time.Since(began) > 30*time.Second)
		}).play(t, "wait GET /job\n=> 200\n{\"done\": true}")
		if err != nil {
			t.Fatal(err)
		}
		if early := calls[3]; early > 100*time.Millisecond {
			t.Errorf("the fourth look came after %v: a short job is waited for too long", early)
		}
		for i := range len(calls) - 60 {
			if took := calls[i+60] - calls[i]; took < 10*time.Second {
				t.Fatalf("60 calls within %v, want some of the allowance left", took)
			}
		}
		if last := calls[len(calls)-1]; last > 30300*time.Millisecond {
			t.Errorf("the end was seen after %v", last)
		}
	})
}
