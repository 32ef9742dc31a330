package awslambda

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/aws/aws-lambda-go/lambda"

	"github.com/dangol/dangol/shared/api"
	"github.com/dangol/dangol/shared/crm/due"
	"github.com/dangol/dangol/shared/env"
	"github.com/dangol/dangol/shared/feed"
	"github.com/dangol/dangol/shared/queue"
)

// Place is where a function runs: its ports and settings, how callers are verified, how stream records are read. It is opened once per instance,
// before the first request.
type Place struct {
	Env    *env.Env
	API    api.Options           // of an HTTP function
	Decode Decoder               // of a feed function
	After  func(context.Context) // what the place does when an invocation is over; nil is nothing
}

// Open makes the Place from the function's environment.
type Open func(context.Context) (*Place, error)

// Feature is an HTTP function: its New returns one.
type Feature interface{ Register(*api.API) }

// Worker is a queue's function.
type Worker interface {
	Handle(context.Context, []queue.Message) ([]string, error)
}

// Consumer is a change feed's function.
type Consumer interface {
	Handle(context.Context, []feed.Record) (int, error)
}

// Ticker is a schedule's function.
type Ticker interface {
	Tick(context.Context, due.Kind) error
}

// ServeHTTP is main of an HTTP function: awslambda.ServeHTTP("customers", cloud.Open(), customers.New)
func ServeHTTP[F Feature](name string, open Open, create func(*env.Env) F) {
	serve(name, open, httpFunction(name, create))
}

func httpFunction[F Feature](name string, create func(*env.Env) F) func(*Place) (lambda.Handler, error) {
	return func(p *Place) (lambda.Handler, error) {
		a := api.New(p.API)
		create(p.Env).Register(a.For(name))
		return NewHTTP(a.Handler()), nil
	}
}

// ServeQueue is main of a queue's function.
func ServeQueue[F Worker](name string, open Open, create func(*env.Env) F) {
	serve(name, open, func(p *Place) (lambda.Handler, error) { return NewQueue(edge(name, p), create(p.Env).Handle), nil })
}

// ServeFeed is main of a change feed's function.
func ServeFeed[F Consumer](name string, open Open, create func(*env.Env) F) {
	serve(name, open, func(p *Place) (lambda.Handler, error) {
		if p.Decode == nil {
			return nil, fmt.Errorf("the place cannot read stream records")
		}
		return NewFeed(edge(name, p), p.Decode, create(p.Env).Handle), nil
	})
}

// ServeTick is main of a schedule's function.
func ServeTick[F Ticker](name string, open Open, create func(*env.Env) F) {
	serve(name, open, func(p *Place) (lambda.Handler, error) { return NewTick(edge(name, p), create(p.Env).Tick), nil })
}

func edge(name string, p *Place) Edge { return Edge{Function: name, Log: p.Env.Log} }

// serve never returns. A function whose place cannot be opened tells Lambda why and ends at once; the next invocation tries again in a new process.
func serve(name string, open Open, build func(*Place) (lambda.Handler, error)) {
	h, err := start(name, open, build)
	if err != nil {
		fmt.Fprintln(os.Stderr, errors.Join(err, reportStart(err)))
		os.Exit(1)
	}
	lambda.Start(h)
}

func start(name string, open Open, build func(*Place) (lambda.Handler, error)) (lambda.Handler, error) {
	p, err := open(context.Background())
	if err != nil {
		return nil, fmt.Errorf("open the place of %s: %w", name, err)
	}
	h, err := build(p)
	if err != nil {
		return nil, fmt.Errorf("start %s: %w", name, err)
	}
	if p.After != nil {
		h = followed{h, p.After}
	}
	return h, nil
}

// followed is a handler after which the place has something to do, whatever came of the invocation.
type followed struct {
	lambda.Handler
	after func(context.Context)
}

// Invoke implements lambda.Handler.
func (f followed) Invoke(ctx context.Context, payload []byte) ([]byte, error) {
	defer f.after(ctx)
	return f.Handler.Invoke(ctx, payload)
}
