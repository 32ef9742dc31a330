package dynamo

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"

	"github.com/dangol/dangol/shared/table"
)

// Repetitions are few, spread and paid for, since a caller repeats as well (sending.Commit, a queue's redelivery). Sources: AWS, Builders' Library,
// "Timeouts, retries, and backoff with jitter"; the figures are those of the SDK's standard mode.
const (
	attempts   = 4
	firstPause = 25 * time.Millisecond
	longest    = time.Second
	budget     = 500 // what repetitions may cost ahead of the calls that succeed
	cost       = 5   // of one repetition
	refund     = 1   // by a call that succeeds at once
)

// once turns the SDK's own repetitions off.
func once(o *dynamodb.Options) { o.Retryer = aws.NopRetryer{} }

// call is what a request is for.
type call struct {
	op     string
	table  table.Name
	pk     string // of one of the keys
	writes bool
	// repeatable says that doing it twice is doing it once, so that it may be sent again when no answer came.
	repeatable bool
}

// try sends the request until it succeeds, is answered for good, or the attempts, the budget or the context end. A write returns ErrThrottled
// only when no attempt can have happened.
func (e *Engine) try(ctx context.Context, c call, send func(context.Context) error) error {
	var doubt bool
	var paid []func() error
	for n := 0; ; n++ {
		err := send(ctx)
		if err == nil {
			e.succeeded(paid)
			return nil
		}
		if ctx.Err() != nil {
			return c.explain(ctx, err)
		}
		v, reasons := judge(err)
		doubt = doubt || v == doubtful
		if v == refused {
			e.tell(c, reasons)
		}
		if v == final || (v == doubtful && !c.repeatable) {
			return c.explain(ctx, err)
		}
		if n+1 == attempts {
			return c.giveUp(ctx, err, v, doubt)
		}
		release, poor := e.budget.GetToken(ctx, cost)
		if poor != nil || e.pause(ctx, n) != nil {
			return c.giveUp(ctx, err, v, doubt)
		}
		paid = append(paid, release)
	}
}

// succeeded gives the budget back what the repetitions cost.
func (e *Engine) succeeded(paid []func() error) {
	if len(paid) == 0 {
		_ = e.budget.AddTokens(refund) // adds to a number: no way to fail
	}
	for _, release := range paid {
		_ = release()
	}
}

// pause waits for up to the first pause, doubled with every attempt: full jitter.
func (e *Engine) pause(ctx context.Context, n int) error {
	return e.o.Clock.Sleep(ctx, time.Duration(e.o.Random()*float64(min(firstPause<<n, longest))))
}

func (e *Engine) tell(c call, reasons []string) {
	if e.o.OnThrottle != nil {
		e.o.OnThrottle(Throttle{Op: c.op, Table: c.table, Tenant: table.TenantOf(c.pk), Reasons: reasons})
	}
}

func (c call) giveUp(ctx context.Context, err error, v verdict, doubt bool) error {
	if v == refused && !(c.writes && doubt) {
		return c.explain(ctx, throttled(err))
	}
	return c.explain(ctx, err)
}

// explain says what was attempted. A context that ended in the meantime is the better reason.
func (c call) explain(ctx context.Context, err error) error {
	if ended := ctx.Err(); ended != nil && !errors.Is(err, ended) {
		err = fmt.Errorf("%w: %w", ended, err)
	}
	return fmt.Errorf("dynamo: %s %s: %w", c.op, c.table, err)
}
