package operator

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"

	"github.com/dangol/dangol/shared/clock"
	"github.com/dangol/dangol/shared/cloud/signed"
)

// mostAnswer bounds what is read of an answer: the most that a function may return. Source: AWS, Lambda developer guide, "Lambda quotas".
const mostAnswer = 6 << 20

// ErrFunction reports a function that was called and failed by itself.
var ErrFunction = errors.New("the function failed")

// Invoke runs one of the stage's functions with the payload and waits for its answer. What the function itself raised is ErrFunction. It is sent
// once: what the function did before an answer was lost is done.
// Source: AWS, Lambda API reference, Invoke.
func (p *Place) Invoke(ctx context.Context, function string, payload []byte) ([]byte, error) {
	head, answer, err := p.lambda(ctx, http.MethodPost, "/2015-03-31/functions/"+p.Name(function)+"/invocations", payload)
	if err != nil {
		return nil, fmt.Errorf("invoke %s: %w", p.Name(function), err)
	}
	if kind := head.Get("X-Amz-Function-Error"); kind != "" {
		return nil, fmt.Errorf("%w: %s, %s: %s", ErrFunction, p.Name(function), kind, short(answer))
	}
	return answer, nil
}

// Setting returns a variable of a function's environment, as infra gave it to the function.
// Source: AWS, Lambda API reference, GetFunctionConfiguration.
func (p *Place) Setting(ctx context.Context, function, variable string) (string, error) {
	_, answer, err := p.lambda(ctx, http.MethodGet, "/2015-03-31/functions/"+p.Name(function)+"/configuration", nil)
	if err != nil {
		return "", fmt.Errorf("read the settings of %s: %w", p.Name(function), err)
	}
	var out struct {
		Environment struct{ Variables map[string]string }
	}
	if err := json.Unmarshal(answer, &out); err != nil {
		return "", fmt.Errorf("read the settings of %s: %w", p.Name(function), err)
	}
	if v := out.Environment.Variables[variable]; v != "" {
		return v, nil
	}
	return "", fmt.Errorf("%s has no %s in its environment", p.Name(function), variable)
}

// Aside returns the bucket in which Lambda sets aside what a stream's function gave up on: the destination of its event sources.
// Source: AWS, Lambda API reference, ListEventSourceMappings.
func (p *Place) Aside(ctx context.Context, function string) (bucket string, err error) {
	_, answer, err := p.lambda(ctx, http.MethodGet, "/2015-03-31/event-source-mappings?FunctionName="+url.QueryEscape(p.Name(function)), nil)
	if err != nil {
		return "", fmt.Errorf("read the event sources of %s: %w", p.Name(function), err)
	}
	var out struct {
		EventSourceMappings []struct {
			DestinationConfig struct{ OnFailure struct{ Destination string } }
		}
	}
	if err := json.Unmarshal(answer, &out); err != nil {
		return "", fmt.Errorf("read the event sources of %s: %w", p.Name(function), err)
	}
	for _, m := range out.EventSourceMappings {
		if _, name, ok := strings.Cut(m.DestinationConfig.OnFailure.Destination, ":s3:::"); ok {
			return name, nil
		}
	}
	return "", fmt.Errorf("no event source of %s has a bucket for its failures: name it with -bucket", p.Name(function))
}

// lambda makes one request of Lambda's API, whose client would be the only use of a further module.
func (p *Place) lambda(ctx context.Context, method, path string, body []byte) (http.Header, []byte, error) {
	cfg := p.cfg
	if given := cmp.Or(os.Getenv("AWS_ENDPOINT_URL_LAMBDA"), aws.ToString(cfg.BaseEndpoint)); given != "" {
		cfg.BaseEndpoint = aws.String(strings.TrimSuffix(given, "/"))
	}
	a, err := signed.Caller{Service: "lambda", Config: cfg, Clock: clock.System{}, Most: mostAnswer}.Send(ctx, method, path, nil, body)
	if err == nil && a.Code != http.StatusOK {
		err = fmt.Errorf("%s: %s", a.Status, short(a.Body))
	}
	return a.Header, a.Body, err
}

// short is the beginning of an answer, for a line of a report.
func short(answer []byte) string {
	const most = 400
	text := strings.TrimSpace(string(answer))
	if len(text) > most {
		return text[:most] + "..."
	}
	return text
}
