package awslambda

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"

	"github.com/dangol/dangol/shared/feed"
	"github.com/dangol/dangol/shared/logs"
)

// Decoder turns a record of a table's stream, in the JSON that Lambda delivers, into one of the feed; the table engine that wrote the items knows how.
type Decoder func(record []byte) (feed.Record, error)

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
	batch, sequence, err := f.read(payload)
	if err != nil {
		return nil, err
	}
	done := 0
	line := logs.Line{Message: "batch", More: []slog.Attr{slog.Int("records", len(batch))}}
	err = f.work(ctx, line, func(ctx context.Context) (err error) {
		done, err = f.handle(ctx, batch)
		return err
	})
	out := failures{BatchItemFailures: []failure{}}
	if err != nil {
		if done < 0 || done >= len(batch) {
			return nil, fmt.Errorf("the handler failed after %d of %d records: %w", done, len(batch), err)
		}
		out.BatchItemFailures = append(out.BatchItemFailures, failure{sequence[done]})
	}
	return json.Marshal(out)
}

// read returns the records with their sequence numbers as the stream has them, by which Lambda knows them.
func (f *Feed) read(payload []byte) (batch []feed.Record, sequence []string, err error) {
	var e struct{ Records []json.RawMessage }
	if err := json.Unmarshal(payload, &e); err != nil {
		return nil, nil, fmt.Errorf("read the stream's records: %w", err)
	}
	batch, sequence = make([]feed.Record, len(e.Records)), make([]string, len(e.Records))
	for i, r := range e.Records {
		if sequence[i], err = sequenceOf(r); err == nil {
			batch[i], err = f.decode(r)
		}
		if err != nil {
			return nil, nil, fmt.Errorf("decode stream record %s: %w", sequence[i], err)
		}
	}
	return batch, sequence, nil
}

func sequenceOf(record []byte) (string, error) {
	var r struct {
		Change struct{ SequenceNumber string } `json:"dynamodb"`
	}
	err := json.Unmarshal(record, &r)
	return r.Change.SequenceNumber, err
}
