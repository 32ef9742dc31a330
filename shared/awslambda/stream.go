package awslambda

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"

	"github.com/aws/aws-lambda-go/events"

	"github.com/dangol/dangol/shared/feed"
	"github.com/dangol/dangol/shared/logs"
)

// Decoder turns a record of a table's stream into one of the feed; the table engine that wrote the items knows how.
type Decoder func(events.DynamoDBEventRecord) (feed.Record, error)

// Feed hands DynamoDB stream records to a feed.Handler. The event source must report batch item failures.
type Feed struct {
	Edge
	decode Decoder
	handle feed.Handler
}

// NewFeed returns the adapter of a handler.
func NewFeed(e Edge, d Decoder, h feed.Handler) *Feed { return &Feed{e, d, h} }

// Invoke hands one batch over. When the handler stops at a record, delivery resumes with it: Lambda repeats a stream from the first failure on.
func (f *Feed) Invoke(ctx context.Context, payload []byte) ([]byte, error) {
	var e events.DynamoDBEvent
	if err := json.Unmarshal(payload, &e); err != nil {
		return nil, fmt.Errorf("read the stream's records: %w", err)
	}
	batch := make([]feed.Record, len(e.Records))
	for i, r := range e.Records {
		var err error
		if batch[i], err = f.decode(r); err != nil {
			return nil, fmt.Errorf("decode stream record %s: %w", r.Change.SequenceNumber, err)
		}
	}
	done := 0
	line := logs.Line{Message: "batch", More: []slog.Attr{slog.Int("records", len(batch))}}
	err := f.work(ctx, line, func(ctx context.Context) (err error) {
		done, err = f.handle(ctx, batch)
		return err
	})
	out := failures{BatchItemFailures: []failure{}}
	if err != nil {
		if done < 0 || done >= len(e.Records) {
			return nil, fmt.Errorf("the handler failed after %d of %d records: %w", done, len(e.Records), err)
		}
		out.BatchItemFailures = append(out.BatchItemFailures, failure{e.Records[done].Change.SequenceNumber})
	}
	return json.Marshal(out)
}
