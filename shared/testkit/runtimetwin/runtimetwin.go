// Package runtimetwin is a twin of what stands around a function on AWS Lambda: the Runtime API that a bootstrap polls, and the service that starts
// its process, ends it at the time-out and starts another one for the next invocation. Tests and scripts/coldstart run the real bootstraps against it.
package runtimetwin

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Limits of Lambda that the twin keeps.
const (
	MaxEvent    = 6 << 20 // a larger event never reaches a function
	MaxResponse = 6 << 20 // a larger response is refused with 413, and the invocation fails
)

// ErrEventTooLarge is what Lambda's Invoke answers to an event over MaxEvent.
var ErrEventTooLarge = errors.New("runtimetwin: the event is over 6 MB: it never reaches the function")

// Failure is what a function reports of an invocation or of its start: the error's type and its text.
type Failure struct {
	Type    string `json:"errorType"`
	Message string `json:"errorMessage"`
}

// Error makes a Failure an error.
func (f *Failure) Error() string { return f.Type + ": " + f.Message }

// Twin is the Runtime API of one process.
type Twin struct {
	server    *http.Server
	address   string
	ready     chan struct{} // closed at the first poll
	readyAt   time.Time     // when that was; to be read once ready is closed
	once      sync.Once
	work      chan *invocation
	initError chan *Failure

	mu      sync.Mutex
	current map[string]*invocation
	count   int
}

// invocation is an event on its way through the function.
type invocation struct {
	id       string
	event    []byte
	deadline time.Time
	reply    chan reply // takes one
}

type reply struct {
	body []byte
	err  error
}

// Listen starts a twin on a free port of the loopback.
func Listen() (*Twin, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("listen for a bootstrap: %w", err)
	}
	t := &Twin{address: l.Addr().String(), ready: make(chan struct{}), work: make(chan *invocation), initError: make(chan *Failure, 1), current: map[string]*invocation{}}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /2018-06-01/runtime/invocation/next", t.next)
	mux.HandleFunc("POST /2018-06-01/runtime/invocation/{id}/response", t.response)
	mux.HandleFunc("POST /2018-06-01/runtime/invocation/{id}/error", t.failure)
	mux.HandleFunc("POST /2018-06-01/runtime/init/error", t.failedStart)
	t.server = &http.Server{Handler: mux, ReadHeaderTimeout: 10 * time.Second}
	go func() { _ = t.server.Serve(l) }() // ends with Close
	return t, nil
}

// Close ends the twin; a bootstrap that polls it sees its connection end.
func (t *Twin) Close() { _ = t.server.Close() }

// Environment is what Lambda tells a process of itself.
func (t *Twin) Environment(function string, memoryMB int) []string {
	return []string{
		"AWS_LAMBDA_RUNTIME_API=" + t.address, "AWS_LAMBDA_FUNCTION_NAME=" + function, "AWS_LAMBDA_FUNCTION_VERSION=$LATEST", "_HANDLER=bootstrap",
		"AWS_LAMBDA_FUNCTION_MEMORY_SIZE=" + strconv.Itoa(memoryMB), "AWS_LAMBDA_LOG_GROUP_NAME=/aws/lambda/" + function,
		"AWS_LAMBDA_LOG_STREAM_NAME=2026/03/02/[$LATEST]twin", "AWS_LAMBDA_INITIALIZATION_TYPE=on-demand", "AWS_EXECUTION_ENV=AWS_Lambda_provided.al2023",
		"TZ=:UTC",
	}
}

// Ready is closed when the process asks for its first event.
func (t *Twin) Ready() <-chan struct{} { return t.ready }

// ReadyAt is when the process first asked. It may be called once Ready is closed.
func (t *Twin) ReadyAt() time.Time { return t.readyAt }

// FailedStart hands over what the process reported of a start that failed.
func (t *Twin) FailedStart() <-chan *Failure { return t.initError }

// Invoke hands the event to the process when it next polls, and returns its response; a *Failure is what the process reported. It ends with ctx.
func (t *Twin) Invoke(ctx context.Context, event []byte, deadline time.Time) ([]byte, error) {
	if len(event) > MaxEvent {
		return nil, ErrEventTooLarge
	}
	i := t.begin(event, deadline)
	defer t.end(i)
	select {
	case t.work <- i:
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
	select {
	case r := <-i.reply:
		return r.body, r.err
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
}

func (t *Twin) begin(event []byte, deadline time.Time) *invocation {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.count++
	i := &invocation{id: fmt.Sprintf("8476a536-e9f4-11e8-9739-%012d", t.count), event: event, deadline: deadline, reply: make(chan reply, 1)}
	t.current[i.id] = i
	return i
}

func (t *Twin) end(i *invocation) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.current, i.id)
}

// next answers when there is an event, as Lambda does: the process waits for as long as it takes.
func (t *Twin) next(w http.ResponseWriter, r *http.Request) {
	t.once.Do(func() {
		t.readyAt = time.Now()
		close(t.ready)
	})
	select {
	case i := <-t.work:
		h := w.Header()
		h.Set("Lambda-Runtime-Aws-Request-Id", i.id)
		h.Set("Lambda-Runtime-Deadline-Ms", strconv.FormatInt(i.deadline.UnixMilli(), 10))
		h.Set("Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:ap-northeast-2:000000000000:function:twin")
		h.Set("Lambda-Runtime-Trace-Id", "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Parent=9a9197af755a6419;Sampled=1")
		h.Set("Content-Type", "application/json")
		_, _ = w.Write(i.event) // a process that is gone leaves its invocation unanswered
	case <-r.Context().Done():
	}
}

func (t *Twin) response(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(io.LimitReader(r.Body, MaxResponse+1))
	switch {
	case err != nil:
		refuse(w, http.StatusBadRequest, "InvalidRequest", err.Error())
	case len(body) > MaxResponse:
		t.answer(w, r, http.StatusRequestEntityTooLarge, reply{err: &Failure{"Function.ResponseSizeTooLarge", "Response payload size exceeded maximum allowed payload size (6291556 bytes)."}})
	default:
		t.answer(w, r, http.StatusAccepted, reply{body: body})
	}
}

func (t *Twin) failure(w http.ResponseWriter, r *http.Request) {
	t.answer(w, r, http.StatusAccepted, reply{err: readFailure(r)})
}

func (t *Twin) failedStart(w http.ResponseWriter, r *http.Request) {
	select {
	case t.initError <- readFailure(r):
	default: // it was told before
	}
	w.WriteHeader(http.StatusAccepted)
}

// answer ends the invocation of the path. An id that is not, or no longer, at work is refused.
func (t *Twin) answer(w http.ResponseWriter, r *http.Request, status int, with reply) {
	t.mu.Lock()
	i := t.current[r.PathValue("id")]
	delete(t.current, r.PathValue("id"))
	t.mu.Unlock()
	if i == nil {
		refuse(w, http.StatusBadRequest, "InvalidRequestID", "Invalid request ID")
		return
	}
	i.reply <- with
	if status == http.StatusAccepted {
		w.WriteHeader(status)
		return
	}
	refuse(w, status, "RequestEntityTooLarge", "Exceeded maximum allowed payload size (6291556 bytes).")
}

func refuse(w http.ResponseWriter, status int, kind, message string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(Failure{kind, message})
}

// readFailure reads what the process says. A function may tell less than Lambda asks for; the type may stand in a header alone.
func readFailure(r *http.Request) *Failure {
	f := &Failure{}
	body, err := io.ReadAll(io.LimitReader(r.Body, MaxResponse))
	if err != nil || json.Unmarshal(body, f) != nil {
		f.Message = strings.TrimSpace(string(body))
	}
	if f.Type == "" {
		f.Type = r.Header.Get("Lambda-Runtime-Function-Error-Type")
	}
	return f
}
