package sqs

import (
	"context"
	"errors"
	"slices"
	"strconv"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/sqs"
	"github.com/aws/aws-sdk-go-v2/service/sqs/types"

	"github.com/dangol/dangol/shared/queue"
)

// ticket is a receipt with the name it has in a batch.
type ticket struct{ id, receipt *string }

// eachReceipt makes batch requests for any number of receipts, ten at a time; one that fails does not keep the next from being made.
func (q *Queue) eachReceipt(ctx context.Context, receipts []string, call func([]ticket) ([]types.BatchResultErrorEntry, error)) error {
	var errs []error
	for some := range slices.Chunk(receipts, queue.MaxBatch) {
		errs = append(errs, q.each(ctx, len(some), func(open []int) ([]types.BatchResultErrorEntry, error) {
			var tickets []ticket
			for _, i := range open {
				tickets = append(tickets, ticket{aws.String(strconv.Itoa(i)), &some[i]})
			}
			return call(tickets)
		}))
	}
	return errors.Join(errs...)
}

func (q *Queue) delete(ctx context.Context, url string, receipts []string) error {
	return q.eachReceipt(ctx, receipts, func(tickets []ticket) ([]types.BatchResultErrorEntry, error) {
		in := &sqs.DeleteMessageBatchInput{QueueUrl: &url}
		for _, t := range tickets {
			in.Entries = append(in.Entries, types.DeleteMessageBatchRequestEntry{Id: t.id, ReceiptHandle: t.receipt})
		}
		out, err := q.client.DeleteMessageBatch(ctx, in)
		if err != nil {
			return nil, err
		}
		return out.Failed, nil
	})
}

// giveBack makes deliveries visible at once. One that is not hidden any more is so already.
func (q *Queue) giveBack(ctx context.Context, url string, receipts []string) error {
	return q.eachReceipt(ctx, receipts, func(tickets []ticket) ([]types.BatchResultErrorEntry, error) {
		in := &sqs.ChangeMessageVisibilityBatchInput{QueueUrl: &url}
		for _, t := range tickets {
			in.Entries = append(in.Entries, types.ChangeMessageVisibilityBatchRequestEntry{Id: t.id, ReceiptHandle: t.receipt})
		}
		out, err := q.client.ChangeMessageVisibilityBatch(ctx, in)
		if err != nil {
			return nil, err
		}
		return slices.DeleteFunc(out.Failed, func(f types.BatchResultErrorEntry) bool { return notHidden(errorOf(f)) }), nil
	})
}
