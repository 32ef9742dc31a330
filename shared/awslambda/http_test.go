package awslambda_test

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-lambda-go/lambdacontext"

	"github.com/dangol/dangol/shared/awslambda"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestRequestsOfAPIGateway holds what the handler sees and what the gateway gets against a golden file per event, in testdata.
func TestRequestsOfAPIGateway(t *testing.T) {
	names, err := filepath.Glob("testdata/*.event.json")
	if err != nil {
		t.Fatal(err)
	}
	ran := 0
	for _, name := range names {
		event := read(t, name)
		if !bytes.Contains(event, []byte(`"version": "2.0"`)) {
			continue // of another source
		}
		ran++
		t.Run(strings.TrimSuffix(filepath.Base(name), ".event.json"), func(t *testing.T) {
			var seen bytes.Buffer
			reply, err := awslambda.NewHTTP(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				describe(&seen, r)
				w.Header().Add("Set-Cookie", "a=1; Secure")
				w.Header().Add("Set-Cookie", "b=2; Secure")
				w.Header().Add("Vary", "Accept")
				w.Header().Add("Vary", "Accept-Language")
				w.Header().Set("Connection", "close")
				w.Header().Set("Content-Type", "application/json")
				w.WriteHeader(http.StatusCreated)
				w.Header().Set("Too-Late", "x")
				fmt.Fprint(w, `{"name":"김단골","a":"<&>"}`)
			})).Invoke(context.Background(), event)
			if err != nil {
				t.Fatal(err)
			}
			golden(t, strings.Replace(name, ".event.json", ".golden", 1), seen.String()+"\n"+indent(t, reply)+"\n")
		})
	}
	if ran < 10 {
		t.Errorf("only %d events in testdata", ran)
	}
}

// describe writes a request as the handler sees it.
func describe(w io.Writer, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	fmt.Fprintf(w, "%s %s\nhost %s\nfrom %s\npath %q\nescaped %q\nquery %q\nlength %d\nbody %q\n", r.Method, r.RequestURI, r.Host, r.RemoteAddr, r.URL.Path,
		r.URL.EscapedPath(), r.URL.RawQuery, r.ContentLength, body)
	for _, name := range slices.Sorted(maps.Keys(r.Header)) {
		fmt.Fprintf(w, "%s: %q\n", name, r.Header[name])
	}
}

func read(t testing.TB, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if want := string(read(t, name)); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func indent(t *testing.T, b []byte) string {
	t.Helper()
	var out bytes.Buffer
	if err := json.Indent(&out, b, "", "  "); err != nil {
		t.Fatalf("the reply is no JSON: %v: %s", err, b)
	}
	return out.String()
}

// reply is a reply of the gateway's format, read.
type reply struct {
	StatusCode      int
	Headers         map[string]string
	Cookies         []string
	Body            string
	IsBase64Encoded bool
}

func invoke(t *testing.T, event string, h http.HandlerFunc) reply {
	t.Helper()
	b, err := awslambda.NewHTTP(h).Invoke(context.Background(), read(t, "testdata/"+event+".event.json"))
	if err != nil {
		t.Fatal(err)
	}
	var r reply
	if err := json.Unmarshal(b, &r); err != nil {
		t.Fatal(err)
	}
	return r
}

func TestBinaryReplyIsBase64(t *testing.T) {
	r := invoke(t, "get", func(w http.ResponseWriter, _ *http.Request) { w.Write([]byte{0xff, 0xd8, 0x00}) })
	if !r.IsBase64Encoded || r.Body != "/9gA" {
		t.Errorf("got %+v", r)
	}
}

func TestTypeOfABodyThatNobodyNamed(t *testing.T) {
	r := invoke(t, "get", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "<html><body>x") })
	if r.StatusCode != 200 || r.Headers["Content-Type"] != "text/html; charset=utf-8" {
		t.Errorf("got %+v", r)
	}
}

func TestRepliesWithoutABody(t *testing.T) {
	for name, c := range map[string]struct {
		event  string
		status int
	}{"HEAD": {"head", 200}, "204": {"get", 204}, "304": {"get", 304}} {
		r := invoke(t, c.event, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("ETag", `"1"`)
			w.WriteHeader(http.StatusEarlyHints)
			w.WriteHeader(c.status)
			fmt.Fprint(w, "body")
		})
		if r.StatusCode != c.status || r.Body != "" || r.Headers["Etag"] != `"1"` {
			t.Errorf("%s: got %+v", name, r)
		}
	}
	if r := invoke(t, "get", func(http.ResponseWriter, *http.Request) {}); r.StatusCode != 200 || r.Body != "" {
		t.Errorf("a handler that does nothing: %+v", r)
	}
}

func TestReplyTooLargeForLambdaIsAProblem(t *testing.T) {
	for name, body := range map[string][]byte{"text": bytes.Repeat([]byte("x"), 7<<20), "binary, larger in base64": bytes.Repeat([]byte{0xff}, 5<<20),
		"text, larger once escaped": bytes.Repeat([]byte(`"`), 4<<20)} {
		r := invoke(t, "get", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("X-Request-Id", "req_1")
			w.Header().Set("ETag", `"1"`)
			w.Write(body)
		})
		var p map[string]any
		if err := json.Unmarshal([]byte(r.Body), &p); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if r.StatusCode != 413 || p["code"] != "reply_too_large" || p["requestId"] != "req_1" || p["title"] != "너무 커요" || r.Headers["Etag"] != "" ||
			r.Headers["Content-Type"] != "application/problem+json" {
			t.Errorf("%s: got %+v", name, r)
		}
	}
	r := invoke(t, "get", func(w http.ResponseWriter, _ *http.Request) { w.Write(bytes.Repeat([]byte("x"), 6<<20-8<<10)) })
	if r.StatusCode != 200 {
		t.Errorf("a reply just below the limit: %d", r.StatusCode)
	}
}

func TestContextComesFromLambdaAlone(t *testing.T) {
	deadline := time.Now().Add(10 * time.Second)
	ctx, cancel := context.WithDeadline(lambdacontext.NewContext(context.Background(), &lambdacontext.LambdaContext{AwsRequestID: "aws-1"}), deadline)
	defer cancel()
	_, err := awslambda.NewHTTP(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		i, ok := awslambda.Request(r.Context())
		if !ok || i.RequestID != "aws-1" || i.Gateway.HTTP.SourceIP != "203.0.113.9" {
			t.Errorf("got %+v, %v", i, ok)
		}
		if got, _ := r.Context().Deadline(); !got.Equal(deadline.Add(-500 * time.Millisecond)) {
			t.Errorf("deadline %v, want 500 ms before %v", got, deadline)
		}
	})).Invoke(ctx, read(t, "testdata/get.event.json"))
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := awslambda.Request(context.Background()); ok {
		t.Error("an invocation outside of one")
	}
}

func TestEventsThatAreNoRequests(t *testing.T) {
	h := awslambda.NewHTTP(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("the handler was called") }))
	for _, event := range []string{``, `[]`, `{}`, `{"version":"1.0","httpMethod":"GET","path":"/"}`, `{"requestContext":{"http":{"method":"GET"}},"body":"*","isBase64Encoded":true}`} {
		if _, err := h.Invoke(context.Background(), []byte(event)); err == nil {
			t.Errorf("%s was taken", event)
		}
	}
}

// FuzzHTTP gives the adapter whatever may come: it answers with a reply of the gateway's format or an error, and never panics.
func FuzzHTTP(f *testing.F) {
	names, _ := filepath.Glob("testdata/*.event.json")
	for _, name := range names {
		f.Add(read(f, name), []byte("body"))
	}
	f.Fuzz(func(t *testing.T, event, body []byte) {
		var path string
		b, err := awslambda.NewHTTP(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			path = r.URL.Path
			if r.URL.EscapedPath() == "" || r.RequestURI == "" {
				t.Errorf("a request without an address: %q", r.URL)
			}
			for name := range r.Header {
				if strings.HasPrefix(name, "X-Golambdaproxy-") || name == "Connection" {
					t.Errorf("header %s came through", name)
				}
			}
			w.Write(body)
		})).Invoke(context.Background(), event)
		if err != nil {
			return
		}
		var r reply
		if err := json.Unmarshal(b, &r); err != nil || r.StatusCode != 200 || !strings.HasPrefix(path, "/") {
			t.Fatalf("reply %s to path %q: %v", b, path, err)
		}
	})
}
