package s3_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"testing/iotest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	awss3 "github.com/aws/aws-sdk-go-v2/service/s3"

	"github.com/dangol/dangol/shared/blob"
	"github.com/dangol/dangol/shared/blob/s3"
)

// script is a service that answers what it is told to, and remembers what it was asked: the faults that no emulator makes.
type script struct {
	answers []http.HandlerFunc // the last one goes on
	mu      sync.Mutex
	asked   []string
}

func (s *script) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	_, _ = io.Copy(io.Discard, r.Body) // the client sees a broken answer, not a broken request
	s.mu.Lock()
	answer := s.answers[min(len(s.asked), len(s.answers)-1)]
	s.asked = append(s.asked, r.Method+" "+r.URL.Path+" "+r.Header.Get("X-Amz-Meta-Put"))
	s.mu.Unlock()
	answer(w, r)
}

// methods lists what was asked, without keys and marks.
func (s *script) methods() (out []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, a := range s.asked {
		out = append(out, strings.Fields(a)[0])
	}
	return out
}

// scripted returns an engine over a service with these answers.
func scripted(t *testing.T, answers ...http.HandlerFunc) (*s3.Bucket, *script) {
	t.Helper()
	s := &script{answers: answers}
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	return s3.New(awss3.New(awss3.Options{
		Region: "ap-northeast-2", BaseEndpoint: &server.URL, Credentials: static{},
		Retryer: retry.NewStandard(func(o *retry.StandardOptions) { o.MaxBackoff = time.Millisecond }),
	}), "bucket", s3.Options{PartBytes: 10}), s
}

type static struct{}

func (static) Retrieve(context.Context) (aws.Credentials, error) {
	return aws.Credentials{AccessKeyID: "twin", SecretAccessKey: "twin"}, nil
}

func cut(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) } // the connection ends without an answer

func ok(w http.ResponseWriter, _ *http.Request) { w.Header().Set("ETag", `"tag"`) }

func refuse(status int, code string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(status)
		fmt.Fprintf(w, "<Error><Code>%s</Code><Message>no</Message></Error>", code)
	}
}

// marked answers a HEAD with the mark of the first put, or another's.
func marked(s **script, own bool) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		mark := "another"
		if own {
			mark = strings.Fields((*s).asked[0])[2]
		}
		w.Header().Set("X-Amz-Meta-Put", mark)
		w.Header().Set("ETag", `"ours"`)
		w.Header().Set("Content-Length", "4")
	}
}

func TestAPutWhoseAnswerWasLost(t *testing.T) {
	broken := refuse(http.StatusPreconditionFailed, "PreconditionFailed")
	for name, own := range map[string]bool{"found in place is done": true, "found to be another's has lost": false} {
		t.Run(name, func(t *testing.T) {
			var s *script
			b, s := scripted(t, cut, broken, func(w http.ResponseWriter, r *http.Request) { marked(&s, own)(w, r) })
			info, err := b.Put(t.Context(), "a", strings.NewReader("body"), blob.PutOptions{IfAbsent: true})
			if own && (err != nil || info.ETag != "ours" || info.Size != 4) {
				t.Errorf("put: %+v, %v; want done", info, err)
			}
			if !own && !errors.Is(err, blob.ErrPrecondition) {
				t.Errorf("put: %v, want ErrPrecondition", err)
			}
		})
	}
}

func TestAConflictIsTriedAgain(t *testing.T) {
	conflict := refuse(http.StatusConflict, "ConditionalRequestConflict")
	b, s := scripted(t, conflict, conflict, ok)
	if _, err := b.Put(t.Context(), "a", strings.NewReader("body"), blob.PutOptions{IfAbsent: true}); err != nil || len(s.methods()) != 3 {
		t.Errorf("put: %v after %v, want success after three", err, s.methods())
	}
}

func TestErrorsOfS3(t *testing.T) {
	cases := map[string]struct {
		status int
		code   string
		want   error // nil: neither of the port's
	}{
		"no such key":    {404, "NoSuchKey", blob.ErrNotFound},
		"no such bucket": {404, "NoSuchBucket", nil},
		"denied":         {403, "AccessDenied", nil},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			b, _ := scripted(t, refuse(c.status, c.code))
			_, _, err := b.Get(t.Context(), "a", 0, -1)
			if err == nil || errors.Is(err, blob.ErrNotFound) != (c.want == blob.ErrNotFound) || !strings.Contains(err.Error(), c.code) {
				t.Errorf("get: %v, want %v with S3's %s", err, c.want, c.code)
			}
		})
	}
}

const created = `<InitiateMultipartUploadResult><UploadId>up</UploadId></InitiateMultipartUploadResult>`

// The put's context ends in the middle: the parts are given up all the same.
func TestAPutInPartsThatEndsEarlyIsGivenUp(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	b, s := scripted(t, func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, created) }, ok, func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusNoContent)
	})
	body := io.MultiReader(bytes.NewReader(make([]byte, 10)), readerFunc(func([]byte) (int, error) { cancel(); return 0, ctx.Err() }))
	if _, err := b.Put(ctx, "a", body, blob.PutOptions{}); !errors.Is(err, context.Canceled) {
		t.Errorf("put: %v, want the end of the context", err)
	}
	if got := fmt.Sprint(s.methods()); got != "[POST PUT DELETE]" {
		t.Errorf("asked %s, want the upload begun, one part and given up", got)
	}
}

type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }

func TestAReaderThatFailsAtOnceAsksNothing(t *testing.T) {
	b, s := scripted(t, ok)
	if _, err := b.Put(t.Context(), "a", iotest.ErrReader(errCable), blob.PutOptions{}); !errors.Is(err, errCable) || len(s.methods()) != 0 {
		t.Errorf("put: %v after %v, want the reader's error and no request", err, s.methods())
	}
}

func TestAListGoesOnOverPages(t *testing.T) {
	page := func(keys string, more bool) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			fmt.Fprint(w, `<ListBucketResult>`)
			for _, k := range strings.Fields(keys) {
				fmt.Fprintf(w, `<Contents><Key>%s</Key><Size>1</Size></Contents>`, k)
			}
			fmt.Fprintf(w, `<IsTruncated>%v</IsTruncated><NextContinuationToken>n</NextContinuationToken></ListBucketResult>`, more)
		}
	}
	b, s := scripted(t, page("a b%20c+d", true), page("", true), page("e", false))
	got, err := b.List(t.Context(), "", "", 5000)
	if err != nil || len(got) != 3 || got[1].Key != "b c d" || len(s.methods()) != 3 {
		t.Errorf("list: %+v, %v in %d requests; want a, 'b c d', e in 3", got, err, len(s.methods()))
	}
}
