package awslambda

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strconv"

	"github.com/aws/aws-lambda-go/events"

	"github.com/dangol/dangol/shared/logs"
	"github.com/dangol/dangol/shared/queue"
)

// failures is the reply to SQS and to a stream. The list is never null, which would mean nothing.
type failures struct {
	BatchItemFailures []failure `json:"batchItemFailures"`
}

type failure struct {
	ItemIdentifier string `json:"itemIdentifier"`
}

// Queue works SQS batches with a queue.Handler. The event source must report batch item failures.
type Queue struct {
	Edge
	handle queue.Handler
}

// NewQueue returns the adapter of a handler.
func NewQueue(e Edge, h queue.Handler) *Queue { return &Queue{e, h} }

// Invoke works one batch. The messages that the handler names come again; all of them do when it returns an error.
func (q *Queue) Invoke(ctx context.Context, payload []byte) ([]byte, error) {
	var e events.SQSEvent
	if err := json.Unmarshal(payload, &e); err != nil {
		return nil, fmt.Errorf("read the SQS batch: %w", err)
	}
	batch, err := messages(e)
	if err != nil {
		return nil, err
	}
	out := failures{BatchItemFailures: []failure{}}
	line := logs.Line{Message: "batch", Tenant: groupOf(batch), More: []slog.Attr{slog.Int("messages", len(batch))}}
	err = q.work(ctx, line, func(ctx context.Context) error {
		failed, err := q.handle(ctx, batch)
		for _, id := range failed {
			if !slices.ContainsFunc(batch, func(m queue.Message) bool { return m.ID == id }) {
				err = errors.Join(err, fmt.Errorf("the handler reported %q, which is not of the batch", id))
			}
			out.BatchItemFailures = append(out.BatchItemFailures, failure{id})
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("work a batch of %d: %w", len(batch), err)
	}
	return json.Marshal(out)
}

// groupOf returns the group that all messages are of, or "".
func groupOf(batch []queue.Message) string {
	for _, m := range batch {
		if m.Group != batch[0].Group {
			return ""
		}
	}
	if len(batch) == 0 {
		return ""
	}
	return batch[0].Group
}

func messages(e events.SQSEvent) ([]queue.Message, error) {
	batch := make([]queue.Message, len(e.Records))
	for i, r := range e.Records {
		received, err := strconv.Atoi(r.Attributes["ApproximateReceiveCount"])
		if err != nil {
			return nil, fmt.Errorf("message %s has no count of its deliveries: %w", r.MessageId, err)
		}
		batch[i] = queue.Message{ID: r.MessageId, Group: r.Attributes["MessageGroupId"], Body: []byte(r.Body), Receipt: r.ReceiptHandle, Received: received}
	}
	return batch, nil
}
