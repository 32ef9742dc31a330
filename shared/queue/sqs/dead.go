package sqs

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/sqs"
	"github.com/aws/aws-sdk-go-v2/service/sqs/types"

	"github.com/dangol/dangol/shared/queue"
)

const (
	// lookTime is how long a look at the dead letters hides each of them: a look that is cut off holds them up for that long, no more.
	lookTime = 5 * time.Minute
	// lookWait makes SQS ask all of its servers, so that an empty answer means that there are no more.
	lookWait = time.Second
)

// Dead looks at dead letters: it receives them and gives them back, so that another look at the same time sees none or some of them. They carry no
// receipt, and come in no order.
func (q *Queue) Dead(ctx context.Context, name queue.Name, max int) ([]queue.Message, error) {
	var out []queue.Message
	err := q.look(ctx, name, func(_ string, letters []letter) (rest []letter, more bool, err error) {
		for _, l := range letters {
			if len(out) < max {
				l.Receipt, l.Received = "", queue.MaxReceives
				out = append(out, l.Message)
			}
		}
		return letters, len(out) < max, nil
	})
	if err != nil {
		return nil, fmt.Errorf("look at the dead letters of %s: %w", name, err)
	}
	return out, nil
}

// look shows every dead letter once, up to ten at a time, until there are no more or visit wants no more. What visit returns is given back at the end,
// also when ctx has ended by then; the rest it has dealt with.
func (q *Queue) look(ctx context.Context, name queue.Name, visit func(dead string, letters []letter) (rest []letter, more bool, err error)) error {
	dead, err := q.deadURL(ctx, name)
	if err != nil {
		return err
	}
	var kept []string
	seen := map[string]bool{}
	for more := true; more && err == nil; {
		var letters, rest []letter
		if letters, err = q.receive(ctx, dead, queue.MaxBatch, lookTime, lookWait); err != nil {
			break
		}
		fresh := unseen(letters, seen, &kept)
		if len(fresh) == 0 {
			break // there are no more, or a look of more than lookTime comes round again
		}
		rest, more, err = visit(dead, fresh)
		kept = append(kept, receiptsOf(rest)...)
	}
	return errors.Join(err, q.giveBack(context.WithoutCancel(ctx), dead, kept))
}

// unseen returns the letters that the look has not come across, and keeps the receipts of the others.
func unseen(letters []letter, seen map[string]bool, kept *[]string) (fresh []letter) {
	for _, l := range letters {
		if seen[l.ID] {
			*kept = append(*kept, l.Receipt)
			continue
		}
		seen[l.ID] = true
		fresh = append(fresh, l)
	}
	return fresh
}

func receiptsOf(letters []letter) []string {
	out := make([]string, len(letters))
	for i, l := range letters {
		out[i] = l.Receipt
	}
	return out
}

// deadURL finds the queue of dead letters as SQS does: by the redrive policy.
func (q *Queue) deadURL(ctx context.Context, name queue.Name) (string, error) {
	url, err := q.url(name)
	if err != nil {
		return "", err
	}
	out, err := q.client.GetQueueAttributes(ctx, &sqs.GetQueueAttributesInput{QueueUrl: &url, AttributeNames: []types.QueueAttributeName{types.QueueAttributeNameRedrivePolicy}})
	if err != nil {
		return "", err
	}
	var policy struct {
		DeadLetterTargetArn string `json:"deadLetterTargetArn"`
	}
	if err := json.Unmarshal([]byte(out.Attributes[string(types.QueueAttributeNameRedrivePolicy)]), &policy); err != nil {
		return "", fmt.Errorf("read the redrive policy: %w", err)
	}
	return q.find(ctx, policy.DeadLetterTargetArn[strings.LastIndexByte(policy.DeadLetterTargetArn, ':')+1:])
}

// find returns the address of a queue of this account by its name on AWS.
func (q *Queue) find(ctx context.Context, onAWS string) (string, error) {
	out, err := q.client.GetQueueUrl(ctx, &sqs.GetQueueUrlInput{QueueName: &onAWS})
	if err != nil {
		return "", fmt.Errorf("find queue %s: %w", onAWS, err)
	}
	return *out.QueueUrl, nil
}
