// Package sqstwin is a small Amazon SQS in memory, behind SQS's JSON protocol: standard queues with visibility, delay, groups and dead letters, on a
// clock that can be moved. With it the queue suite runs over the real client without a network, and failures of parts of a batch can be made, which no
// emulator makes. It proves nothing about SQS itself; `make test-aws` and an account do.
package sqstwin

import (
	"context"
	"crypto/md5"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/dangol/dangol/shared/clock"
)

// Twin is the service. Queues are made by their first use; the dead letters of a queue are in the one whose name ends in "-dead".
type Twin struct {
	URL   string
	clk   clock.Clock
	fault func(action string, call, entry int) *Fault

	mu      sync.Mutex
	queues  map[string]*line
	calls   map[string]int
	number  int
	changed chan struct{}
}

// Fault is the failure of one entry of a batch.
type Fault struct {
	Code   string
	Sender bool
}

// Start starts a twin on a free port that ends with the test.
func Start(t testing.TB, clk clock.Clock) *Twin {
	w := &Twin{clk: clk, queues: map[string]*line{}, calls: map[string]int{}, changed: make(chan struct{})}
	server := httptest.NewServer(http.HandlerFunc(w.serve))
	t.Cleanup(server.Close)
	w.URL = server.URL
	return w
}

// Create makes a queue, for clients that look for it by name before they use it.
func (w *Twin) Create(name string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.queue(name)
}

// QueueURL returns the address of a queue.
func (w *Twin) QueueURL(name string) string { return w.URL + "/000000000000/" + name }

// FailEntries makes entries of batches fail: f sees the action, its how-manieth call this is (from 1) and the number of the entry in it.
func (w *Twin) FailEntries(f func(action string, call, entry int) *Fault) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.fault = f
}

// Calls returns how often an action was called.
func (w *Twin) Calls(action string) int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.calls[action]
}

// request is the union of the requests that the twin knows.
type request struct {
	QueueURL            string `json:"QueueUrl"`
	QueueName           string
	ReceiptHandle       string
	VisibilityTimeout   *int
	MaxNumberOfMessages int
	WaitTimeSeconds     int
	Entries             []entry
}

type entry struct {
	ID                string `json:"Id"`
	MessageBody       string
	MessageGroupID    string `json:"MessageGroupId"`
	DelaySeconds      int
	ReceiptHandle     string
	VisibilityTimeout int
}

// refusal is an error answer.
type refusal struct{ code, text string }

func (w *Twin) serve(out http.ResponseWriter, in *http.Request) {
	var r request
	if err := json.NewDecoder(in.Body).Decode(&r); err != nil {
		http.Error(out, err.Error(), http.StatusBadRequest)
		return
	}
	reply, refused := w.answer(in.Context(), strings.TrimPrefix(in.Header.Get("X-Amz-Target"), "AmazonSQS."), r)
	out.Header().Set("Content-Type", "application/x-amz-json-1.0")
	if refused != nil {
		out.WriteHeader(http.StatusBadRequest)
		reply = map[string]any{"__type": "com.amazonaws.sqs#" + refused.code, "message": refused.text}
	}
	_ = json.NewEncoder(out).Encode(reply) // the client has gone if this fails
}

func (w *Twin) answer(ctx context.Context, action string, r request) (any, *refusal) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.calls[action]++
	q := w.queue(path.Base(r.QueueURL))
	switch action {
	case "SendMessageBatch":
		return w.batch(action, r, func(e entry) *refusal { w.put(q, e); return nil }), nil
	case "ReceiveMessage":
		return w.receive(ctx, q, r), nil
	case "DeleteMessageBatch":
		return w.batch(action, r, func(e entry) *refusal { return q.delete(e.ReceiptHandle) }), nil
	case "ChangeMessageVisibilityBatch":
		return w.batch(action, r, func(e entry) *refusal { return w.hide(q, e.ReceiptHandle, e.VisibilityTimeout) }), nil
	case "ChangeMessageVisibility":
		return map[string]any{}, w.hide(q, r.ReceiptHandle, *r.VisibilityTimeout)
	case "GetQueueUrl":
		return map[string]any{"QueueUrl": w.QueueURL(r.QueueName)}, w.known(r.QueueName)
	case "GetQueueAttributes":
		policy := fmt.Sprintf(`{"deadLetterTargetArn":"arn:aws:sqs:ap-northeast-2:000000000000:%s-dead","maxReceiveCount":5}`, q.name)
		return map[string]any{"Attributes": map[string]string{"RedrivePolicy": policy}}, nil
	}
	return nil, &refusal{"UnsupportedOperation", action}
}

func (w *Twin) known(name string) *refusal {
	if w.queues[name] == nil && w.queues[strings.TrimSuffix(name, "-dead")] == nil {
		return &refusal{"QueueDoesNotExist", "there is no queue " + name}
	}
	return nil
}

// batch answers each entry alone, as SQS does.
func (w *Twin) batch(action string, r request, do func(entry) *refusal) any {
	ok, failed := []any{}, []any{}
	for i, e := range r.Entries {
		fault := w.faultOf(action, i)
		if fault == nil {
			if refused := do(e); refused != nil {
				fault = &Fault{refused.code, true}
			}
		}
		if fault != nil {
			failed = append(failed, map[string]any{"Id": e.ID, "Code": fault.Code, "SenderFault": fault.Sender, "Message": "a fault of the twin"})
			continue
		}
		ok = append(ok, map[string]any{"Id": e.ID, "MessageId": fmt.Sprint("m", w.number), "MD5OfMessageBody": digest(e.MessageBody)})
	}
	w.wake()
	return map[string]any{"Successful": ok, "Failed": failed}
}

func (w *Twin) faultOf(action string, entry int) *Fault {
	if w.fault == nil {
		return nil
	}
	return w.fault(action, w.calls[action], entry)
}

func (w *Twin) wake() {
	close(w.changed)
	w.changed = make(chan struct{})
}

func digest(body string) string {
	sum := md5.Sum([]byte(body))
	return hex.EncodeToString(sum[:])
}

// longPoll is the only wait that the twin waits: a story's clock stands still, so a shorter one would end without news anyway.
const longPoll = 20

// receive waits with the lock given back.
func (w *Twin) receive(ctx context.Context, q *line, r request) any {
	taken := w.take(q, r)
	for len(taken) == 0 && r.WaitTimeSeconds == longPoll && ctx.Err() == nil {
		changed := w.changed
		w.mu.Unlock()
		select {
		case <-changed:
		case <-ctx.Done():
		case <-time.After(time.Second): // a moved clock makes no noise
		}
		w.mu.Lock()
		taken = w.take(q, r)
	}
	return map[string]any{"Messages": taken}
}
