package sqs

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/sqs"
	"github.com/aws/aws-sdk-go-v2/service/sqs/types"
	"github.com/aws/smithy-go"

	"github.com/dangol/dangol/shared/queue"
)

// asked are the attributes that every receive brings along.
var asked = []types.MessageSystemAttributeName{
	types.MessageSystemAttributeNameApproximateReceiveCount, types.MessageSystemAttributeNameMessageGroupId, types.MessageSystemAttributeNameSentTimestamp,
}

// Receive asks for a long poll. Without a wait SQS asks a part of its servers only and may answer with fewer than there are, or none. Times count in
// whole seconds, rounded up.
func (q *Queue) Receive(ctx context.Context, name queue.Name, max int, visibility, wait time.Duration) ([]queue.Message, error) {
	if err := queue.CheckReceive(max, visibility, wait); err != nil {
		return nil, err
	}
	url, err := q.url(name)
	if err != nil {
		return nil, err
	}
	got, err := q.receive(ctx, url, max, visibility, wait)
	if err != nil {
		return nil, fmt.Errorf("receive from %s: %w", name, err)
	}
	out := make([]queue.Message, len(got))
	for i, l := range got {
		out[i] = l.Message
	}
	return out, nil
}

// letter is a message with the time at which it was first sent.
type letter struct {
	queue.Message
	sent time.Time
}

func (q *Queue) receive(ctx context.Context, url string, most int, visibility, wait time.Duration) ([]letter, error) {
	out, err := q.client.ReceiveMessage(ctx, &sqs.ReceiveMessageInput{
		QueueUrl: &url, MaxNumberOfMessages: int32(most), WaitTimeSeconds: seconds(wait),
		// The client leaves 0 out, which SQS takes for the queue's own.
		VisibilityTimeout:           max(seconds(visibility), 1),
		MessageSystemAttributeNames: asked,
	})
	if err != nil {
		return nil, err
	}
	got := make([]letter, len(out.Messages))
	for i, m := range out.Messages {
		if got[i], err = letterOf(m); err != nil {
			return nil, err
		}
	}
	if visibility == 0 {
		return got, q.giveBack(ctx, url, receiptsOf(got))
	}
	return got, nil
}

func letterOf(m types.Message) (letter, error) {
	attribute := func(n types.MessageSystemAttributeName) string { return m.Attributes[string(n)] }
	received, err := strconv.Atoi(attribute(types.MessageSystemAttributeNameApproximateReceiveCount))
	if err != nil {
		return letter{}, fmt.Errorf("message %s has no count of its deliveries: %w", aws.ToString(m.MessageId), err)
	}
	sent, err := strconv.ParseInt(attribute(types.MessageSystemAttributeNameSentTimestamp), 10, 64)
	if err != nil {
		return letter{}, fmt.Errorf("message %s has no time: %w", aws.ToString(m.MessageId), err)
	}
	return letter{sent: time.UnixMilli(sent).UTC(), Message: queue.Message{
		ID: aws.ToString(m.MessageId), Group: attribute(types.MessageSystemAttributeNameMessageGroupId), Body: []byte(aws.ToString(m.Body)),
		Receipt: aws.ToString(m.ReceiptHandle), Received: received,
	}}, nil
}

// Delete ends messages, ten in a request. What is no receipt fails the call; the others are deleted all the same.
func (q *Queue) Delete(ctx context.Context, name queue.Name, receipts ...string) error {
	url, err := q.url(name)
	if err != nil {
		return err
	}
	if err := q.delete(ctx, url, receipts); err != nil {
		return fmt.Errorf("delete from %s: %w", name, err)
	}
	return nil
}

// Hide sets the visibility anew. A message that is no longer hidden by that delivery stays as it is.
func (q *Queue) Hide(ctx context.Context, name queue.Name, receipt string, d time.Duration) error {
	if err := queue.CheckVisibility(d); err != nil {
		return err
	}
	url, err := q.url(name)
	if err != nil {
		return err
	}
	_, err = q.client.ChangeMessageVisibility(ctx, &sqs.ChangeMessageVisibilityInput{QueueUrl: &url, ReceiptHandle: &receipt, VisibilityTimeout: seconds(d)})
	if err != nil && !notHidden(err) {
		return fmt.Errorf("hide in %s: %w", name, err)
	}
	return nil
}

// notHidden recognizes SQS's answers about a delivery whose time ran out: MessageNotInflight while the message exists, and for one that is deleted
// InvalidParameterValue, which else names a visibility that is too long.
func notHidden(err error) bool {
	var inflight *types.MessageNotInflight
	var api smithy.APIError
	switch {
	case errors.As(err, &inflight):
		return true
	case !errors.As(err, &api):
		return false
	}
	return strings.HasSuffix(api.ErrorCode(), "MessageNotInflight") || strings.Contains(api.ErrorMessage(), "not available for visibility timeout change")
}
