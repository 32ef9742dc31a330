package sqs_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	awssqs "github.com/aws/aws-sdk-go-v2/service/sqs"
	"github.com/aws/smithy-go"

	"github.com/dangol/dangol/shared/clock"
	"github.com/dangol/dangol/shared/queue"
	"github.com/dangol/dangol/shared/queue/queuetest"
	"github.com/dangol/dangol/shared/queue/sqs"
	"github.com/dangol/dangol/shared/testkit/awsplace"
	"github.com/dangol/dangol/shared/testkit/sqstwin"
)

var start = time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)

var inTurn = queuetest.Exemption{
	Scenario: "groups are served in turn, however large one backlog is",
	Reason:   "SQS's fair queues go by what consumers have in work, over many receives, and promise no share of one receive; emulators and the twin keep the group and serve in order",
}

func TestSuiteOverTheTwin(t *testing.T) {
	queuetest.Run(t, func(t *testing.T) queuetest.Subject {
		clk := clock.NewManual(start)
		twin := sqstwin.Start(t, clk)
		open := func() queue.Queue { return overTwin(twin) }
		return queuetest.Subject{Queue: open(), Restart: open, Advance: clk.Advance}
	}, inTurn)
}

// overTwin knows the suite's queues: those of the scenarios and of the random walk's runs.
func overTwin(twin *sqstwin.Twin) *sqs.Queue {
	urls := map[queue.Name]string{}
	for i := range 2000 {
		urls[queue.Name(fmt.Sprint("run", i))] = twin.QueueURL(fmt.Sprint("run", i))
	}
	for _, name := range []queue.Name{"work", "other"} {
		urls[name] = twin.QueueURL(string(name))
	}
	return sqs.New(twinClient(twin), sqs.Options{URLs: urls})
}

func twinClient(twin *sqstwin.Twin) *awssqs.Client {
	return awssqs.New(awssqs.Options{
		Region: "ap-northeast-2", BaseEndpoint: &twin.URL, HTTPClient: &http.Client{Transport: wholeAnswers{http.DefaultTransport}},
		Credentials: aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) {
			return aws.Credentials{AccessKeyID: "twin", SecretAccessKey: "twin"}, nil
		}),
	})
}

// wholeAnswers reads an answer before the SDK sees it. The SDK closes a request's body as soon as it has an answer's head; where that comes before net/http has
// looked for the end of the body, as from a twin in the same process, net/http takes the close for a failed write and drops the connection, with the
// rest of a large answer on it. The SDK then asks again, and a queue has nothing more to give for a while.
type wholeAnswers struct{ http.RoundTripper }

// RoundTrip implements http.RoundTripper.
func (w wholeAnswers) RoundTrip(r *http.Request) (*http.Response, error) {
	a, err := w.RoundTripper.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	defer a.Body.Close()
	body, err := io.ReadAll(a.Body)
	a.Body = io.NopCloser(bytes.NewReader(body))
	return a, err
}

// On a place that speaks SQS time is the machine's, so the scenarios wait together: the more of them run at once (-parallel), the sooner it is done.
func TestSuiteOverAWS(t *testing.T) {
	cfg := awsplace.Config(t)
	queuetest.Run(t, func(t *testing.T) queuetest.Subject {
		t.Parallel()
		urls := newQueues(t, cfg, "work", "other")
		open := func() queue.Queue { return sqs.New(awssqs.NewFromConfig(cfg), sqs.Options{URLs: urls}) }
		return queuetest.Subject{
			Queue: open(), Restart: open, Visible: 5 * time.Second, Eventually: 500 * time.Millisecond,
			Advance: func(d time.Duration) { time.Sleep(d + 200*time.Millisecond) },
		}
	}, exemptions()...)
}

// exemptions are those of SQS, and on an emulator its own.
func exemptions() []queuetest.Exemption {
	out := []queuetest.Exemption{inTurn, {
		Scenario: "any sequence of calls agrees with a model",
		Reason:   "a random walk of a hundred runs needs a clock that can be moved; it runs over the twin",
	}}
	if os.Getenv("AWS_ENDPOINT_URL") == "" {
		return out
	}
	for _, scenario := range []string{"a receipt of an earlier delivery deletes nothing", "a receipt of an earlier delivery hides nothing"} {
		out = append(out, queuetest.Exemption{
			Scenario: scenario,
			Reason:   "LocalStack keeps all receipts of a message good; SQS takes the last one only (API reference, DeleteMessage), so an account runs this, and the twin does",
		})
	}
	return out
}

// newQueues makes queues with their dead letters under names of this run, which end with the test.
func newQueues(t *testing.T, cfg aws.Config, names ...queue.Name) map[queue.Name]string {
	t.Helper()
	client, urls, run := awssqs.NewFromConfig(cfg), map[queue.Name]string{}, strings.ToLower(rand.Text()[:10])
	for _, name := range names {
		onAWS := fmt.Sprintf("dangol-%s-%s", run, name)
		newQueue(t, client, onAWS+"-dead", nil)
		arn := "arn:aws:sqs:" + cfg.Region + ":" + account(t, client, onAWS+"-dead") + ":" + onAWS + "-dead"
		urls[name] = newQueue(t, client, onAWS, map[string]string{"RedrivePolicy": fmt.Sprintf(`{"deadLetterTargetArn":%q,"maxReceiveCount":%d}`, arn, queue.MaxReceives)})
	}
	return urls
}

func newQueue(t *testing.T, client *awssqs.Client, onAWS string, attributes map[string]string) string {
	t.Helper()
	out, err := client.CreateQueue(t.Context(), &awssqs.CreateQueueInput{QueueName: &onAWS, Attributes: attributes})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if _, err := client.DeleteQueue(context.Background(), &awssqs.DeleteQueueInput{QueueUrl: out.QueueUrl}); err != nil {
			t.Errorf("queue %s is left behind: %v", onAWS, err)
		}
	})
	return *out.QueueUrl
}

// account returns the account of a queue, which its address names.
func account(t *testing.T, client *awssqs.Client, onAWS string) string {
	t.Helper()
	out, err := client.GetQueueUrl(t.Context(), &awssqs.GetQueueUrlInput{QueueName: &onAWS})
	if err != nil {
		t.Fatal(err)
	}
	parts := strings.Split(*out.QueueUrl, "/")
	return parts[len(parts)-2]
}

func TestEntriesThatSQSFailsByItsOwnFaultAreSentAgain(t *testing.T) {
	twin := sqstwin.Start(t, clock.System{})
	q := overTwin(twin)
	twin.FailEntries(func(action string, call, entry int) *sqstwin.Fault {
		if action == "SendMessageBatch" && call == 1 && entry >= 1 || action == "DeleteMessageBatch" && call == 1 {
			return &sqstwin.Fault{Code: "InternalError"}
		}
		return nil
	})
	if err := q.Send(t.Context(), "work", sends("a", "b", "c")...); err != nil {
		t.Fatal(err)
	}
	if got := bodies(t, q); !slices.Equal(got, []string{"a", "b", "c"}) || twin.Calls("SendMessageBatch") != 2 {
		t.Errorf("%d requests put %q, want each once by 2", twin.Calls("SendMessageBatch"), got)
	}
}

func TestASendThatFailsSaysWhatWasNotTaken(t *testing.T) {
	cases := map[string]struct {
		fault    sqstwin.Fault
		requests int
	}{
		"refused, so not sent again": {sqstwin.Fault{Code: "InvalidMessageContents", Sender: true}, 1},
		"failed, sent four times":    {sqstwin.Fault{Code: "InternalError"}, 4},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			twin := sqstwin.Start(t, clock.System{})
			q := overTwin(twin)
			twin.FailEntries(func(_ string, call, entry int) *sqstwin.Fault {
				if call > 1 || entry == 1 {
					return &c.fault
				}
				return nil
			})
			err := q.Send(t.Context(), "work", sends("a", "b", "c")...)
			var api smithy.APIError
			if !errors.As(err, &api) || api.ErrorCode() != c.fault.Code || !strings.Contains(err.Error(), "1 of 3 messages failed") {
				t.Errorf("error %v, want %s for 1 of 3", err, c.fault.Code)
			}
			twin.FailEntries(nil)
			if got := bodies(t, q); !slices.Equal(got, []string{"a", "c"}) || twin.Calls("SendMessageBatch") != c.requests {
				t.Errorf("%d requests put %q, want a and c by %d", twin.Calls("SendMessageBatch"), got, c.requests)
			}
		})
	}
}

func TestOneBadReceiptDoesNotKeepOthersFromBeingDeleted(t *testing.T) {
	clk := clock.NewManual(start)
	q := overTwin(sqstwin.Start(t, clk))
	receipts := []string{"nonsense"}
	for i := range 12 {
		if err := q.Send(t.Context(), "work", sends(fmt.Sprint(i))...); err != nil {
			t.Fatal(err)
		}
	}
	for len(receipts) < 13 {
		got, err := q.Receive(t.Context(), "work", 10, time.Minute, 0)
		if err != nil || len(got) == 0 {
			t.Fatalf("received %v, %v", got, err)
		}
		for _, m := range got {
			receipts = append(receipts, m.Receipt)
		}
	}
	if err := q.Delete(t.Context(), "work", receipts...); err == nil || !strings.Contains(err.Error(), "ReceiptHandleIsInvalid") {
		t.Errorf("delete: %v, want the refusal of the receipt", err)
	}
	clk.Advance(time.Hour)
	if got := bodies(t, q); len(got) > 0 {
		t.Errorf("left %q, want nothing", got)
	}
}

func TestAQueueWithoutAnAddressIsNamed(t *testing.T) {
	q := sqs.New(awssqs.New(awssqs.Options{}), sqs.Options{})
	if err := q.Send(t.Context(), "sends", sends("a")...); err == nil || !strings.Contains(err.Error(), "queue sends") {
		t.Errorf("send: %v, want the name of the queue", err)
	}
}

func sends(texts ...string) (out []queue.Send) {
	for _, b := range texts {
		out = append(out, queue.Send{Group: "hana", Body: []byte(b)})
	}
	return out
}

// bodies receives and deletes what is visible.
func bodies(t *testing.T, q queue.Queue) (out []string) {
	t.Helper()
	got, err := q.Receive(t.Context(), "work", 10, time.Minute, 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range got {
		out = append(out, string(m.Body))
		if err := q.Delete(t.Context(), "work", m.Receipt); err != nil {
			t.Fatal(err)
		}
	}
	slices.Sort(out)
	return out
}
