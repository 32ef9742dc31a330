// Package sqs is the work queue on standard queues of Amazon SQS. A message's group travels as MessageGroupId, which makes the queues fair: a group with
// a backlog in work no longer goes before the others (SQS developer guide, "Amazon SQS fair queues"). Each queue has a redrive policy of
// queue.MaxReceives with a queue of dead letters, which infra makes; Dead and Redrive find it through the policy.
package sqs

import (
	"context"
	"fmt"
	"math"
	"strconv"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/sqs"
	"github.com/aws/aws-sdk-go-v2/service/sqs/types"

	"github.com/dangol/dangol/shared/clock"
	"github.com/dangol/dangol/shared/queue"
)

// Options are the settings of an engine.
type Options struct {
	URLs  map[queue.Name]string // the addresses of the queues
	Clock clock.Clock           // times the pauses between tries; nil is the machine's
}

// Queue is the engine. Safe for concurrent use.
type Queue struct {
	client *sqs.Client
	o      Options
}

var _ queue.Queue = (*Queue)(nil)

// New returns an engine over a client.
func New(client *sqs.Client, o Options) *Queue {
	if o.Clock == nil {
		o.Clock = clock.System{}
	}
	return &Queue{client, o}
}

func (q *Queue) url(name queue.Name) (string, error) {
	if url := q.o.URLs[name]; url != "" {
		return url, nil
	}
	return "", fmt.Errorf("queue %s: this function has not been given its address", name)
}

// Send puts the messages in one batch, and puts again what SQS did not take by a fault of its own. SQS knows no batch that is taken whole or not at
// all: when Send fails, what it took before stays. The error says how many those were, but an answer that was lost counts as none. Sending all
// again is right, since delivery is at least once anyway.
func (q *Queue) Send(ctx context.Context, name queue.Name, msgs ...queue.Send) error {
	if err := queue.CheckSend(msgs); err != nil {
		return err
	}
	url, err := q.url(name)
	if err != nil {
		return err
	}
	if err := q.send(ctx, url, msgs); err != nil {
		return fmt.Errorf("send to %s: %w", name, err)
	}
	return nil
}

func (q *Queue) send(ctx context.Context, url string, msgs []queue.Send) error {
	return q.each(ctx, len(msgs), func(open []int) ([]types.BatchResultErrorEntry, error) {
		in := &sqs.SendMessageBatchInput{QueueUrl: &url}
		for _, i := range open {
			in.Entries = append(in.Entries, entryOf(i, msgs[i]))
		}
		out, err := q.client.SendMessageBatch(ctx, in)
		if err != nil {
			return nil, err
		}
		return out.Failed, nil
	})
}

func entryOf(i int, m queue.Send) types.SendMessageBatchRequestEntry {
	e := types.SendMessageBatchRequestEntry{Id: aws.String(strconv.Itoa(i)), MessageBody: aws.String(string(m.Body)), DelaySeconds: seconds(m.Delay)}
	if m.Group != "" {
		e.MessageGroupId = &m.Group
	}
	return e
}

// seconds rounds up: SQS counts in whole seconds, and a message that is hidden for longer does no harm.
func seconds(d time.Duration) int32 { return int32(math.Ceil(d.Seconds())) }
