package awslambda

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-lambda-go/lambda"

	"github.com/dangol/dangol/shared/api"
	"github.com/dangol/dangol/shared/logs"
)

// Asked is a gateway's function: it says whether an Authorization header may pass, and what is known of its bearer.
type Asked interface {
	Ask(ctx context.Context, authorization string) (allowed bool, known map[string]string, err error)
}

// ServeAuthorizer is main of the gateway's function: awslambda.ServeAuthorizer("authorizer", cloud.Open(), authorizer.New)
func ServeAuthorizer[F Asked](name string, open Open, create func(api.Verifier) F) {
	serve(name, open, func(p *Place) (lambda.Handler, error) {
		if p.API.Verifier == nil {
			return nil, fmt.Errorf("the place verifies no credentials")
		}
		return NewAuthorizer(edge(name, p), create(p.API.Verifier)), nil
	})
}

// Authorizer answers the REQUEST authorizer of an HTTP API in the simple format of version 2.0.
// Source: AWS, API Gateway developer guide, "Control access to HTTP APIs with AWS Lambda authorizers".
type Authorizer struct {
	Edge
	asked Asked
}

// NewAuthorizer returns the adapter of a function.
func NewAuthorizer(e Edge, a Asked) *Authorizer { return &Authorizer{e, a} }

// Invoke answers one question. The authorizer's identity source is the Authorization header alone, as the gateway's cache is keyed by it.
func (a *Authorizer) Invoke(ctx context.Context, payload []byte) ([]byte, error) {
	var e events.APIGatewayV2CustomAuthorizerV2Request
	if err := json.Unmarshal(payload, &e); err != nil {
		return nil, fmt.Errorf("read the gateway's question: %w", err)
	}
	if len(e.IdentitySource) != 1 {
		return nil, fmt.Errorf("the gateway's question has %d identity sources, want the Authorization header alone", len(e.IdentitySource))
	}
	reply := events.APIGatewayV2CustomAuthorizerSimpleResponse{Context: map[string]any{}}
	err := a.work(ctx, logs.Line{Message: "authorize"}, func(ctx context.Context) error {
		allowed, known, err := a.asked.Ask(ctx, e.IdentitySource[0])
		reply.IsAuthorized = allowed && err == nil
		for name, value := range known {
			reply.Context[name] = value
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("ask about a credential: %w", err)
	}
	return json.Marshal(reply)
}
