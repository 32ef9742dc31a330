package dynamotest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodbstreams"
	"github.com/aws/aws-sdk-go-v2/service/dynamodbstreams/types"

	"github.com/dangol/dangol/shared/feed"
	"github.com/dangol/dangol/shared/table/dynamo"
)

// Streams is a feed.Source over the streams of tables, as Lambda's event source reads them on AWS: a shard after its parent, a batch again from the record
// that failed. It keeps its places in memory: it lives as long as a test.
type Streams struct {
	client *dynamodbstreams.Client
	arns   []string

	mu     sync.Mutex
	places map[string]map[string]place // by consumer and shard
}

var _ feed.Source = (*Streams)(nil)

// place is how far a consumer has come in a shard.
type place struct {
	after string // a sequence number; "" is the beginning
	ended bool   // the shard is closed and done
}

// idle is the wait between two looks at streams that held nothing new, or whose handler failed.
const idle = 20 * time.Millisecond

// NewStreams returns the source of the streams with these names.
func NewStreams(cfg aws.Config, arns []string) *Streams {
	return &Streams{client: dynamodbstreams.NewFromConfig(cfg), arns: arns, places: map[string]map[string]place{}}
}

// Run implements feed.Source.
func (s *Streams) Run(ctx context.Context, name string, h feed.Handler) error {
	places := s.placesOf(name)
	for ctx.Err() == nil {
		progress := false
		for _, arn := range s.arns {
			moved, err := s.look(ctx, arn, places, h)
			if err != nil && ctx.Err() == nil {
				return fmt.Errorf("read %s: %w", arn, err)
			}
			progress = progress || moved
		}
		if !progress {
			time.Sleep(idle)
		}
	}
	return nil
}

func (s *Streams) placesOf(name string) map[string]place {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.places[name] == nil {
		s.places[name] = map[string]place{}
	}
	return s.places[name]
}

// look delivers what each shard holds behind its place. A shard waits for its parent; one whose parent is gone starts at once.
func (s *Streams) look(ctx context.Context, arn string, places map[string]place, h feed.Handler) (progress bool, err error) {
	out, err := s.client.DescribeStream(ctx, &dynamodbstreams.DescribeStreamInput{StreamArn: &arn})
	if err != nil {
		return false, err
	}
	there := map[string]bool{}
	for _, shard := range out.StreamDescription.Shards {
		there[*shard.ShardId] = true
	}
	for _, shard := range out.StreamDescription.Shards {
		parent := aws.ToString(shard.ParentShardId)
		if places[*shard.ShardId].ended || (there[parent] && !places[parent].ended) {
			continue
		}
		next, err := s.deliver(ctx, arn, *shard.ShardId, places[*shard.ShardId], h)
		if err != nil {
			return progress, err
		}
		progress = progress || next != places[*shard.ShardId]
		places[*shard.ShardId] = next
	}
	return progress, nil
}

// deliver hands the next batch over and returns the place behind what is done.
func (s *Streams) deliver(ctx context.Context, arn, shard string, at place, h feed.Handler) (place, error) {
	in := &dynamodbstreams.GetShardIteratorInput{StreamArn: &arn, ShardId: &shard, ShardIteratorType: types.ShardIteratorTypeTrimHorizon}
	if at.after != "" {
		in.ShardIteratorType, in.SequenceNumber = types.ShardIteratorTypeAfterSequenceNumber, &at.after
	}
	iterator, err := s.client.GetShardIterator(ctx, in)
	if err != nil {
		return at, err
	}
	out, err := s.client.GetRecords(ctx, &dynamodbstreams.GetRecordsInput{ShardIterator: iterator.ShardIterator})
	var trimmed *types.TrimmedDataAccessException
	if errors.As(err, &trimmed) {
		return at, nil // DynamoDB Local says so of the beginning of a young shard now and then: look again
	}
	if err != nil {
		return at, err
	}
	batch, err := decode(arn, out.Records)
	if err != nil {
		return at, err
	}
	done := 0
	if len(batch) > 0 {
		if n, failed := h(ctx, batch); failed == nil {
			done = len(batch)
		} else {
			done = n
		}
	}
	if done > 0 {
		at.after = *out.Records[done-1].Dynamodb.SequenceNumber
	}
	at.ended = out.NextShardIterator == nil && done == len(batch)
	return at, nil
}

// decode puts the records into Lambda's JSON, so that the engine's own decoder reads them.
func decode(arn string, records []types.Record) ([]feed.Record, error) {
	batch := make([]feed.Record, len(records))
	for i, r := range records {
		change := map[string]any{"SequenceNumber": r.Dynamodb.SequenceNumber}
		if r.Dynamodb.OldImage != nil {
			change["OldImage"] = plain(r.Dynamodb.OldImage)
		}
		if r.Dynamodb.NewImage != nil {
			change["NewImage"] = plain(r.Dynamodb.NewImage)
		}
		raw, err := json.Marshal(map[string]any{"eventSourceARN": arn, "dynamodb": change})
		if err != nil {
			return nil, err
		}
		if batch[i], err = dynamo.Decode(raw); err != nil {
			return nil, err
		}
	}
	return batch, nil
}

func plain(image map[string]types.AttributeValue) map[string]any {
	out := make(map[string]any, len(image))
	for name, v := range image {
		switch v := v.(type) {
		case *types.AttributeValueMemberS:
			out[name] = map[string]any{"S": v.Value}
		case *types.AttributeValueMemberN:
			out[name] = map[string]any{"N": v.Value}
		case *types.AttributeValueMemberM:
			out[name] = map[string]any{"M": plain(v.Value)}
		}
	}
	return out
}
