package awslambda_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"reflect"
	"strings"
	"testing"

	"github.com/aws/aws-lambda-go/events"

	"github.com/dangol/dangol/shared/awslambda"
	"github.com/dangol/dangol/shared/crm/due"
	"github.com/dangol/dangol/shared/feed"
	"github.com/dangol/dangol/shared/logs"
	"github.com/dangol/dangol/shared/queue"
)

const first, second = "059f36b4-87a3-44ab-83d2-661975830a7d", "2e1424d4-f796-459a-8184-9c92662be6da"

func edge(b *bytes.Buffer) awslambda.Edge {
	return awslambda.Edge{Function: "importwork", Log: logs.New(b, slog.LevelInfo)}
}

func TestQueueBatch(t *testing.T) {
	for _, c := range []struct {
		name   string
		failed []string
		err    error
		want   string // the reply; "" when Lambda is told that the batch failed
	}{
		{"all done", nil, nil, `{"batchItemFailures":[]}`},
		{"one failed", []string{second}, nil, `{"batchItemFailures":[{"itemIdentifier":"` + second + `"}]}`},
		{"the handler failed", nil, errors.New("no table"), ""},
		{"the handler failed and named one", []string{first}, errors.New("no table"), ""},
		{"a message of another batch", []string{"stranger"}, nil, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			var log bytes.Buffer
			var got []queue.Message
			reply, err := awslambda.NewQueue(edge(&log), func(_ context.Context, batch []queue.Message) ([]string, error) {
				got = batch
				return c.failed, c.err
			}).Invoke(context.Background(), read(t, "testdata/sqs.event.json"))
			if string(reply) != c.want || (err == nil) != (c.want != "") {
				t.Errorf("got %s, %v", reply, err)
			}
			want := []queue.Message{
				{ID: first, Group: "wsp_1", Body: []byte(`{"job":"job_1"}`), Receipt: "AQEBwJnKyrHigUMZj6rYigCgxlaS3SLy0a", Received: 1},
				{ID: second, Group: "wsp_1", Body: []byte(`{"job":"job_2"}`), Receipt: "AQEBzWwaftRI0KuVm4tP+/7q1rGgNqicHq", Received: 3},
			}
			if !reflect.DeepEqual(got, want) {
				t.Errorf("batch %+v", got)
			}
			line := logged(t, &log)
			if line["function"] != "importwork" || line["tenant"] != "wsp_1" || line["messages"] != 2.0 || (line["error"] != nil) != (c.want == "") {
				t.Errorf("log %v", line)
			}
		})
	}
}

func logged(t *testing.T, b *bytes.Buffer) map[string]any {
	t.Helper()
	if n := strings.Count(b.String(), "\n"); n != 1 {
		t.Fatalf("%d lines in the log, want 1: %s", n, b)
	}
	var line map[string]any
	if err := json.Unmarshal(b.Bytes(), &line); err != nil {
		t.Fatal(err)
	}
	return line
}

func TestStreamResumesAtTheFailure(t *testing.T) {
	for _, c := range []struct {
		name string
		done int
		err  error
		want string
	}{
		{"all done", 3, nil, `{"batchItemFailures":[]}`},
		{"stopped at the second", 1, errors.New("throttled"), `{"batchItemFailures":[{"itemIdentifier":"140540000000000206328281"}]}`},
		{"stopped at the first", 0, errors.New("throttled"), `{"batchItemFailures":[{"itemIdentifier":"140540000000000206328280"}]}`},
		{"failed after the last", 3, errors.New("flush"), ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			var log bytes.Buffer
			reply, err := awslambda.NewFeed(edge(&log), sequence, func(_ context.Context, batch []feed.Record) (int, error) {
				if len(batch) != 3 || batch[2].Seq != "140540000000000206328282" {
					t.Errorf("batch %+v", batch)
				}
				return c.done, c.err
			}).Invoke(context.Background(), read(t, "testdata/stream.event.json"))
			if string(reply) != c.want || (err == nil) != (c.want != "") {
				t.Errorf("got %s, %v", reply, err)
			}
			if line := logged(t, &log); (line["error"] != nil) != (c.err != nil) {
				t.Errorf("log %v", line)
			}
		})
	}
}

// sequence keeps of a record no more than its place.
func sequence(record []byte) (feed.Record, error) {
	var r events.DynamoDBEventRecord
	err := json.Unmarshal(record, &r)
	return feed.Record{Seq: r.Change.SequenceNumber}, err
}

func TestRecordThatCannotBeReadStopsTheStream(t *testing.T) {
	var log bytes.Buffer
	_, err := awslambda.NewFeed(edge(&log), func([]byte) (feed.Record, error) { return feed.Record{}, errors.New("no image") },
		func(context.Context, []feed.Record) (int, error) { t.Error("the handler was called"); return 0, nil },
	).Invoke(context.Background(), read(t, "testdata/stream.event.json"))
	if err == nil || !strings.Contains(err.Error(), "140540000000000206328280") {
		t.Errorf("got %v", err)
	}
}

func TestTick(t *testing.T) {
	for _, want := range []error{nil, errors.New("no table")} {
		var log bytes.Buffer
		var kind due.Kind
		_, err := awslambda.NewTick(edge(&log), func(_ context.Context, k due.Kind) error { kind = k; return want }).Invoke(context.Background(), read(t, "testdata/tick.event.json"))
		line := logged(t, &log)
		if !errors.Is(err, want) || kind != due.Scores || line["msg"] != "tick" || line["kind"] != "scores" {
			t.Errorf("got %q, %v, want %v; log %s", kind, err, want, log.String())
		}
	}
}

// The rule that earlier releases were started by sends an event of EventBridge, which names no kind.
func TestATickOfNoKindIsRefused(t *testing.T) {
	for _, sent := range []string{`{}`, `{"source":"aws.events","detail-type":"Scheduled Event","detail":{}}`, `{"kind":""}`, `scores`, ``} {
		var log bytes.Buffer
		tick := awslambda.NewTick(edge(&log), func(context.Context, due.Kind) error { t.Errorf("%s: the function was called", sent); return nil })
		if _, err := tick.Invoke(context.Background(), []byte(sent)); err == nil {
			t.Errorf("%s: taken, want an error", sent)
		}
	}
}
