package sqs

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/sqs/types"
	"github.com/aws/smithy-go"

	"github.com/dangol/dangol/shared/queue"
)

// An entry of a batch that SQS failed by its own fault is tried so often; between tries Queue pauses, and twice as long each time. The client tries
// whole requests again by itself; this is for the entries of a request that succeeded, which the client does not look at.
const (
	tries      = 4
	firstPause = 100 * time.Millisecond
)

// each makes one batch request for n entries (at most 10), named by their numbers, and again for those that failed by SQS's fault.
func (q *Queue) each(ctx context.Context, n int, call func(open []int) ([]types.BatchResultErrorEntry, error)) error {
	open := make([]int, n)
	for i := range open {
		open[i] = i
	}
	for try := 1; ; try++ {
		failed, err := call(open)
		if err != nil {
			return partly(n, len(open), err)
		}
		refused, again := sorted(failed)
		if len(refused) > 0 || len(again) > 0 && try == tries {
			return partly(n, len(failed), errors.Join(texts(failed)...))
		}
		if len(again) == 0 {
			return nil
		}
		open = again
		if err := q.o.Clock.Sleep(ctx, firstPause<<(try-1)); err != nil {
			return partly(n, len(open), err)
		}
	}
}

// partly says how far a batch came: what succeeded before the error stays so.
func partly(n, failed int, err error) error {
	return fmt.Errorf("%d of %d messages failed: %w", failed, n, err)
}

// sorted tells entries that can never succeed from those to be tried again. An id that we did not give cannot be tried.
func sorted(failed []types.BatchResultErrorEntry) (refused, again []int) {
	for _, f := range failed {
		i, err := strconv.Atoi(aws.ToString(f.Id))
		if f.SenderFault || err != nil {
			refused = append(refused, i)
		} else {
			again = append(again, i)
		}
	}
	return refused, again
}

func texts(failed []types.BatchResultErrorEntry) []error {
	var out []error
	for _, f := range failed {
		out = append(out, fmt.Errorf("message %s: %w", aws.ToString(f.Id), errorOf(f)))
	}
	return out
}

// errorOf returns the failure of an entry as that of a request would be.
func errorOf(f types.BatchResultErrorEntry) error {
	e := &smithy.GenericAPIError{Code: aws.ToString(f.Code), Message: aws.ToString(f.Message), Fault: smithy.FaultServer}
	if f.SenderFault {
		e.Fault = smithy.FaultClient
	}
	return e
}

// batches cuts messages into sends within the limits of the port, in order.
func batches(msgs []queue.Send) [][]queue.Send {
	var out [][]queue.Send
	size := 0
	for _, m := range msgs {
		last := len(out) - 1
		if last < 0 || len(out[last]) == queue.MaxBatch || size+len(m.Body) > queue.MaxBytes {
			out, last, size = append(out, nil), last+1, 0
		}
		out[last] = append(out[last], m)
		size += len(m.Body)
	}
	return out
}
