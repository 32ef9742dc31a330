package athena

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/dangol/dangol/shared/clock"
	"github.com/dangol/dangol/shared/cloud/signed"
	"github.com/dangol/dangol/shared/lake/glue"
)

// parting is how long stopping and cleaning up may take once the caller is gone.
const parting = 10 * time.Second

// run starts the question and waits for its end. When the caller leaves, it is stopped.
func (q *question) run(ctx context.Context, s statement) error {
	if err := q.start(ctx, s); err != nil {
		return err
	}
	err := q.await(ctx)
	if ctx.Err() != nil {
		q.stop(ctx)
		return ctx.Err()
	}
	return err
}

type startRequest struct {
	QueryString         string
	ClientRequestToken  string
	ExecutionParameters []string `json:",omitempty"`
	WorkGroup           string

	QueryExecutionContext struct{ Catalog, Database string }
	ResultConfiguration   struct{ OutputLocation string }
}

// start hands the question over. A repetition is the same question: Athena knows it by its token.
func (q *question) start(ctx context.Context, s statement) error {
	r := startRequest{QueryString: s.SQL, ClientRequestToken: q.id, ExecutionParameters: s.Values, WorkGroup: q.WorkGroup}
	r.QueryExecutionContext.Catalog, r.QueryExecutionContext.Database = "AwsDataCatalog", q.Database
	r.ResultConfiguration.OutputLocation = "s3://" + q.Bucket + "/" + glue.Folder(q.tenant, q.id) + "answer/"
	var answer struct{ QueryExecutionId string }
	if err := q.call(ctx, "StartQueryExecution", r, &answer); err != nil {
		return err
	}
	q.execution = answer.QueryExecutionId
	return nil
}

// execution names one of Athena's.
type execution struct{ QueryExecutionId string }

// status is how far a question is.
type status struct {
	QueryExecution struct {
		Status struct {
			State             string
			StateChangeReason string
		}
	}
}

func (q *question) await(ctx context.Context) error {
	for pause := firstLook; ; pause = min(pause*3/2, lastLook) {
		if err := q.Clock.Sleep(ctx, pause); err != nil {
			return err
		}
		var now status
		if err := q.call(ctx, "GetQueryExecution", execution{q.execution}, &now); err != nil {
			return err
		}
		switch at := now.QueryExecution.Status; at.State {
		case "SUCCEEDED":
			return nil
		case "FAILED", "CANCELLED":
			return outcome(at.State, at.StateChangeReason)
		}
	}
}

// outcome tells a question that read too much from one that failed otherwise.
func outcome(state, reason string) error {
	if strings.Contains(strings.ToLower(reason), "bytes scanned limit") {
		return fmt.Errorf("%w: %s", ErrLimit, reason)
	}
	return fmt.Errorf("%w: %s: %s", ErrFailed, state, reason)
}

// stop ends a question that nobody waits for, as far as it can: one that ended meanwhile, or that cannot be stopped, ends by Athena's own limits.
func (q *question) stop(ctx context.Context) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), parting)
	defer cancel()
	_ = q.call(ctx, "StopQueryExecution", execution{q.execution}, nil)
}

func (q *question) call(ctx context.Context, operation string, request, answer any) error {
	body, err := json.Marshal(request)
	if err != nil {
		return err
	}
	return call(ctx, q.Caller(q.tenant), q.Clock, "AmazonAthena."+operation, body, answer)
}

// refusal is an answer that is an error.
type refusal struct {
	target, kind, message string
	status                int
}

// Error implements error.
func (r refusal) Error() string {
	return fmt.Sprintf("%s: %d %s: %s", r.target, r.status, r.kind, r.message)
}

func is(err error, kind string) bool {
	var r refusal
	return errors.As(err, &r) && r.kind == kind
}

// tries is how often a call is repeated that was refused for want of room, or by a fault of the service.
const tries = 6

// call calls an operation. Every one of those called here may be repeated.
func call(ctx context.Context, c signed.Caller, clock clock.Clock, target string, body []byte, answer any) (err error) {
	c.Most = mostAnswer
	for n, pause := 0, firstLook; n < tries; n, pause = n+1, pause*2 {
		if n > 0 {
			if err := clock.Sleep(ctx, pause); err != nil {
				return err
			}
		}
		var got signed.Answer
		got, err = c.Send(ctx, http.MethodPost, "/", http.Header{"Content-Type": {"application/x-amz-json-1.1"}, "X-Amz-Target": {target}}, body)
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil:
			continue
		case got.Code == http.StatusOK && answer == nil:
			return nil
		case got.Code == http.StatusOK:
			return json.Unmarshal(got.Body, answer)
		}
		r := refusalOf(target, got)
		if err = r; got.Code < 500 && !crowded[r.kind] {
			return err
		}
	}
	return err
}

// mostAnswer is more than a page of 1,000 rows has.
const mostAnswer = 64 << 20

// crowded are refusals that end by themselves.
// Source: Amazon Athena API reference, StartQueryExecution and "Common Errors"; AWS Glue API reference, CreateTable.
var crowded = map[string]bool{"TooManyRequestsException": true, "ThrottlingException": true, "Throttling": true, "ConcurrentModificationException": true}

func refusalOf(target string, a signed.Answer) refusal {
	var said struct {
		Type    string `json:"__type"`
		Message string // "message" is read too
	}
	_ = json.Unmarshal(a.Body, &said)
	return refusal{target, said.Type[strings.LastIndexByte(said.Type, '#')+1:], said.Message, a.Code}
}
