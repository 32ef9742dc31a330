package dynamo_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/aws/smithy-go"
	smithyhttp "github.com/aws/smithy-go/transport/http"

	"github.com/dangol/dangol/shared/clock"
	"github.com/dangol/dangol/shared/table"
	"github.com/dangol/dangol/shared/table/dynamo"
)

// script answers what a place cannot be asked to: each request takes the next error, and succeeds when there is none left.
type script struct {
	answers  []error
	requests []string
	tokens   []string
	items    []map[string]types.AttributeValue // of a query or a batch get
	left     []int                             // how many keys each batch get leaves
	pauses   []time.Duration
	told     []dynamo.Throttle
	metered  []string
}

func (s *script) next(what string) error {
	s.requests = append(s.requests, what)
	if len(s.answers) == 0 {
		return nil
	}
	err := s.answers[0]
	s.answers = s.answers[1:]
	return err
}

func (s *script) engine() *dynamo.Engine {
	return dynamo.New(s, dynamo.Options{Names: dynamo.Names("x-"), Clock: pacer{s: s}, Random: func() float64 { return 0.5 },
		OnThrottle: func(t dynamo.Throttle) { s.told = append(s.told, t) },
		Meter: func(c dynamo.Consumed) {
			s.metered = append(s.metered, fmt.Sprintf("%s %s %v %v", c.Op, c.Table, c.Read, c.Write))
		}})
}

// pacer notes the pauses and waits for none.
type pacer struct {
	clock.System
	s *script
}

func (p pacer) Sleep(ctx context.Context, d time.Duration) error {
	p.s.pauses = append(p.s.pauses, d)
	return ctx.Err()
}

func capacity(name string, units float64) *types.ConsumedCapacity {
	return &types.ConsumedCapacity{TableName: &name, CapacityUnits: &units}
}

func (s *script) GetItem(context.Context, *dynamodb.GetItemInput, ...func(*dynamodb.Options)) (*dynamodb.GetItemOutput, error) {
	return &dynamodb.GetItemOutput{ConsumedCapacity: capacity("x-crm", 1)}, s.next("get")
}

func (s *script) Query(_ context.Context, in *dynamodb.QueryInput, _ ...func(*dynamodb.Options)) (*dynamodb.QueryOutput, error) {
	out := &dynamodb.QueryOutput{Items: s.items, ConsumedCapacity: capacity("x-crm", 0.5)}
	if n := int(aws.ToInt32(in.Limit)); n > 0 && n <= len(s.items) {
		out.Items, out.LastEvaluatedKey = s.items[:n], s.items[n-1]
	}
	return out, s.next("query")
}

func (s *script) UpdateItem(context.Context, *dynamodb.UpdateItemInput, ...func(*dynamodb.Options)) (*dynamodb.UpdateItemOutput, error) {
	return &dynamodb.UpdateItemOutput{ConsumedCapacity: capacity("x-crm", 2)}, s.next("update")
}

func (s *script) DeleteItem(context.Context, *dynamodb.DeleteItemInput, ...func(*dynamodb.Options)) (*dynamodb.DeleteItemOutput, error) {
	return &dynamodb.DeleteItemOutput{ConsumedCapacity: capacity("x-crm", 1)}, s.next("delete")
}

func (s *script) TransactWriteItems(_ context.Context, in *dynamodb.TransactWriteItemsInput, _ ...func(*dynamodb.Options)) (*dynamodb.TransactWriteItemsOutput, error) {
	s.tokens = append(s.tokens, aws.ToString(in.ClientRequestToken))
	return &dynamodb.TransactWriteItemsOutput{ConsumedCapacity: []types.ConsumedCapacity{*capacity("x-crm", 4), *capacity("x-ops", 2)}}, s.next("transact")
}

func (s *script) BatchGetItem(_ context.Context, in *dynamodb.BatchGetItemInput, _ ...func(*dynamodb.Options)) (*dynamodb.BatchGetItemOutput, error) {
	out, keys := &dynamodb.BatchGetItemOutput{}, in.RequestItems["x-crm"].Keys
	if err := s.next(fmt.Sprintf("batchget %d", len(keys))); err != nil || len(s.left) == 0 {
		out.Responses = map[string][]map[string]types.AttributeValue{"x-crm": keys}
		return out, err
	}
	n := len(keys) - s.left[0]
	s.left = s.left[1:]
	out.Responses = map[string][]map[string]types.AttributeValue{"x-crm": keys[:n]}
	out.UnprocessedKeys = map[string]types.KeysAndAttributes{"x-crm": {Keys: keys[n:]}}
	return out, nil
}

var (
	throttle = &types.ThrottlingException{ThrottlingReasons: []types.ThrottlingReason{{Reason: aws.String("TableWriteKeyRangeThroughputExceeded")}}}
	broken   = &smithy.GenericAPIError{Code: "InternalServerError", Fault: smithy.FaultServer}
	gateway  = &smithyhttp.ResponseError{Response: &smithyhttp.Response{Response: &http.Response{StatusCode: http.StatusServiceUnavailable}},
		Err: &smithy.GenericAPIError{Code: "UnknownError"}}
	errNoAnswer = errors.New("connection reset by peer")
	unmet       = &types.ConditionalCheckFailedException{}
)

// cancelled is a transaction that was cancelled for these reasons, one for each operation.
func cancelled(codes ...string) error {
	e := &types.TransactionCanceledException{}
	for _, c := range codes {
		e.CancellationReasons = append(e.CancellationReasons, types.CancellationReason{Code: aws.String(c)})
	}
	return e
}

var key = table.Key{PK: "t#wsp_1#cus#1", SK: "cus"}

func put(label string) table.Op {
	return table.Op{Table: table.CRM, Item: table.Item{Key: key}, Label: label}
}

func count() table.Op {
	return table.Op{Table: table.Ops, Kind: table.OpAdd, Item: table.Item{Key: key, Counters: map[string]int64{"n": 1}}, Label: "count"}
}
