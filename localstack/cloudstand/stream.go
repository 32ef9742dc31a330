package cloudstand

import (
	"context"
	"encoding/json"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"golang.org/x/sync/errgroup"

	"github.com/dangol/dangol/shared/feed"
	"github.com/dangol/dangol/shared/table/dynamo"
)

// streams reads the streams of tables as Lambda's event source does: every shard from its beginning, a child after its parent, a batch again from the record
// that failed. It keeps no place: it is for one run of a test.
type streams struct {
	cfg  aws.Config
	arns []string
}

var _ feed.Source = streams{}

// pause is how long a reader waits when there was nothing.
const pause = 20 * time.Millisecond

// Run implements feed.Source.
func (s streams) Run(ctx context.Context, _ string, h feed.Handler) error {
	work, ctx := errgroup.WithContext(ctx)
	for _, arn := range s.arns {
		work.Go(func() error { return s.follow(ctx, arn, h) })
	}
	err := work.Wait()
	if ctx.Err() != nil {
		return nil
	}
	return err
}

const api = "DynamoDBStreams_20120810."

func (s streams) ask(ctx context.Context, action string, in map[string]any, out any) error {
	return ask(ctx, s.cfg, "dynamodb", api+action, in, out)
}

type shard struct {
	ShardId, ParentShardId string
}

// follow reads the shards of one stream, each once, as they appear.
func (s streams) follow(ctx context.Context, arn string, h feed.Handler) error {
	read := map[string]bool{}
	for ctx.Err() == nil {
		var d struct{ StreamDescription struct{ Shards []shard } }
		if err := s.ask(ctx, "DescribeStream", map[string]any{"StreamArn": arn}, &d); err != nil {
			return err
		}
		next := unread(d.StreamDescription.Shards, read)
		if next == "" {
			time.Sleep(pause)
			continue
		}
		if err := s.readShard(ctx, arn, next, h); err != nil {
			return err
		}
		read[next] = true
	}
	return nil
}

// unread returns a shard that was not read and whose parent was, or is gone.
func unread(shards []shard, read map[string]bool) string {
	there := map[string]bool{}
	for _, s := range shards {
		there[s.ShardId] = true
	}
	for _, s := range shards {
		if !read[s.ShardId] && (read[s.ParentShardId] || !there[s.ParentShardId]) {
			return s.ShardId
		}
	}
	return ""
}

// readShard reads a shard to its end, which an open one never comes to.
func (s streams) readShard(ctx context.Context, arn, shard string, h feed.Handler) error {
	var at struct{ ShardIterator string }
	if err := s.ask(ctx, "GetShardIterator", map[string]any{"StreamArn": arn, "ShardId": shard, "ShardIteratorType": "TRIM_HORIZON"}, &at); err != nil {
		return err
	}
	for at.ShardIterator != "" && ctx.Err() == nil {
		var page struct {
			Records           []json.RawMessage
			NextShardIterator string
		}
		if err := s.ask(ctx, "GetRecords", map[string]any{"ShardIterator": at.ShardIterator, "Limit": 100}, &page); err != nil {
			return err
		}
		if err := hand(ctx, arn, page.Records, h); err != nil {
			return err
		}
		if len(page.Records) == 0 {
			time.Sleep(pause)
		}
		at.ShardIterator = page.NextShardIterator
	}
	return nil
}

// hand gives the records to the handler until it has taken all.
func hand(ctx context.Context, arn string, raw []json.RawMessage, h feed.Handler) error {
	batch := make([]feed.Record, len(raw))
	for i, r := range raw {
		whole := map[string]json.RawMessage{}
		if err := json.Unmarshal(r, &whole); err != nil {
			return err
		}
		whole["eventSourceARN"], _ = json.Marshal(arn)
		text, err := json.Marshal(whole)
		if err != nil {
			return err
		}
		if batch[i], err = dynamo.Decode(text); err != nil {
			return err
		}
	}
	for len(batch) > 0 && ctx.Err() == nil {
		done, err := h(ctx, batch)
		if err == nil {
			return nil
		}
		batch = batch[done:]
		time.Sleep(pause)
	}
	return ctx.Err()
}
