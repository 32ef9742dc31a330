package dynamo_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/aws/smithy-go"

	"github.com/dangol/dangol/shared/clock"
	"github.com/dangol/dangol/shared/table"
	"github.com/dangol/dangol/shared/table/dynamo"
)

func TestAWriteIsRepeatedOnlyWhenThatIsOnce(t *testing.T) {
	single, both := []table.Op{put("put")}, []table.Op{put("put"), count()}
	remove := []table.Op{{Table: table.CRM, Kind: table.OpDelete, Item: table.Item{Key: key}}}
	four := func(err error) []error { return []error{err, err, err, err, err} }
	for _, c := range []struct {
		name     string
		ops      []table.Op
		answers  []error
		requests int
		want     error // by errors.Is; nil is success
		is       bool  // the refusal is ErrThrottled
	}{
		{"throttled once", single, []error{throttle}, 2, nil, false},
		{"throttled for long", single, four(throttle), 4, throttle, true},
		{"no answer", single, []error{errNoAnswer}, 1, errNoAnswer, false},
		{"a broken server", single, []error{broken}, 1, broken, false},
		{"an answer in its place", single, []error{gateway}, 1, gateway, false},
		{"no answer to a removal", remove, []error{errNoAnswer, broken}, 3, nil, false},
		{"no answer to a transaction", both, []error{errNoAnswer}, 2, nil, false},
		{"no answer to a transaction, then throttled", both, []error{errNoAnswer, throttle, throttle, throttle}, 4, throttle, false},
		{"a conflict", both, []error{cancelled("TransactionConflict", "None")}, 2, nil, false},
		{"a conflict beside a failed condition", both, []error{cancelled("TransactionConflict", "ConditionalCheckFailed")}, 2, nil, false},
		{"conflicts for long", both, four(cancelled("None", "TransactionConflict")), 4, table.ErrThrottled, true},
		{"malformed", single, []error{&smithy.GenericAPIError{Code: "ValidationException"}}, 1, &smithy.GenericAPIError{}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := &script{answers: c.answers}
			err := s.engine().Write(t.Context(), c.ops...)
			var malformed *smithy.GenericAPIError
			if matches := errors.Is(err, c.want) || (c.name == "malformed" && errors.As(err, &malformed)); !matches || errors.Is(err, table.ErrThrottled) != c.is {
				t.Errorf("got %v, want %v, throttled %v", err, c.want, c.is)
			}
			if len(s.requests) != c.requests || len(slices.Compact(s.tokens)) > 1 {
				t.Errorf("got requests %q with tokens %q, want %d with one", s.requests, s.tokens, c.requests)
			}
		})
	}
}

func TestPausesDoubleAndAreSpread(t *testing.T) {
	s := &script{answers: []error{throttle, throttle, throttle, throttle}}
	if err := s.engine().Write(t.Context(), put("")); !errors.Is(err, table.ErrThrottled) {
		t.Errorf("got %v", err)
	}
	if want := []time.Duration{12500 * time.Microsecond, 25 * time.Millisecond, 50 * time.Millisecond}; !slices.Equal(s.pauses, want) {
		t.Errorf("got pauses %v, want half of 25, 50 and 100 ms", s.pauses)
	}
	want := dynamo.Throttle{Op: "write", Table: table.CRM, Tenant: "wsp_1", Reasons: []string{"TableWriteKeyRangeThroughputExceeded"}}
	if len(s.told) != 4 || fmt.Sprint(s.told[0]) != fmt.Sprint(want) {
		t.Errorf("told %v, want four times %v", s.told, want)
	}
}

func TestRepetitionsEndWithTheirBudget(t *testing.T) {
	s := &script{}
	e := s.engine()
	for range 200 {
		s.answers = []error{throttle, throttle, throttle, throttle}
		if _, err := e.Get(t.Context(), table.CRM, key); !errors.Is(err, table.ErrThrottled) {
			t.Fatalf("got %v", err)
		}
	}
	if got, want := len(s.requests), 200+100; got != want {
		t.Errorf("got %d requests, want %d: 200 and what a budget of 500 buys at 5", got, want)
	}
}

func TestAnEndedContextEndsRepetitions(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	s := &script{answers: []error{throttle}}
	e := dynamo.New(s, dynamo.Options{Names: dynamo.Names("x-"), Clock: clock.System{}, OnThrottle: func(dynamo.Throttle) { cancel() }})
	if err := e.Write(ctx, put("")); !errors.Is(err, context.Canceled) || len(s.requests) != 1 {
		t.Errorf("got %v after %q", err, s.requests)
	}
}

func TestFailedConditionsAreNamed(t *testing.T) {
	failed := "ConditionalCheckFailed"
	nothing := table.Op{Table: table.CRM, Kind: table.OpCheck, Item: table.Item{Key: table.Key{PK: "p", SK: "unsent"}}}
	for _, c := range []struct {
		name   string
		ops    []table.Op
		answer error
		want   string
	}{
		{"one", []table.Op{put("email")}, unmet, `[0] ["email"]`},
		{"of several", []table.Op{count(), put("email")}, cancelled("None", failed), `[1] ["email"]`},
		{"behind a check of nothing", []table.Op{nothing, put("email")}, unmet, `[1] ["email"]`},
		{"behind a check of nothing, of several", []table.Op{nothing, put("email"), count()}, cancelled(failed, "None"), `[1] ["email"]`},
	} {
		s := &script{answers: []error{c.answer}}
		err := s.engine().Write(t.Context(), c.ops...)
		var got *table.ConditionError
		if !errors.As(err, &got) || fmt.Sprintf("%v %q", got.Failed, got.Labels) != c.want || len(s.requests) != 1 {
			t.Errorf("%s: got %v after %q, want %s", c.name, err, s.requests, c.want)
		}
	}
}

func TestAnAdditionLearnsWhatItAddsTo(t *testing.T) {
	s := &script{answers: []error{cancelled("None", "ConditionalCheckFailed"), cancelled("None", "ConditionalCheckFailed")}}
	err := s.engine().Write(t.Context(), put("put"), count())
	if err != nil || len(s.requests) != 3 || s.tokens[0] == s.tokens[1] {
		t.Errorf("got %v after %q with tokens %q, want success at the third, each with a token of its own", err, s.requests, s.tokens)
	}
	var always []error
	for range 10 {
		always = append(always, unmet)
	}
	s = &script{answers: always}
	if err := s.engine().Write(t.Context(), count()); !errors.Is(err, table.ErrThrottled) || len(s.requests) != 4 {
		t.Errorf("an item that comes and goes: got %v after %q, want a throttle after four", err, s.requests)
	}
}

func TestWhatIsTooLargeIsALimit(t *testing.T) {
	const message = "Item size to update has exceeded the maximum allowed size"
	inTransaction := &types.TransactionCanceledException{CancellationReasons: []types.CancellationReason{
		{Code: aws.String("None")}, {Code: aws.String("ValidationError"), Message: aws.String(message)}}}
	for name, c := range map[string]struct {
		ops    []table.Op
		answer error
	}{
		"alone":            {[]table.Op{count()}, &smithy.GenericAPIError{Code: "ValidationException", Message: message}},
		"in a transaction": {[]table.Op{put(""), count()}, inTransaction},
	} {
		s := &script{answers: []error{c.answer}}
		var limit *table.LimitError
		if err := s.engine().Write(t.Context(), c.ops...); !errors.As(err, &limit) {
			t.Errorf("%s: got %v, want a LimitError", name, err)
		}
	}
}

func TestABatchGetAsksForWhatWasLeft(t *testing.T) {
	keys := []table.Key{key, {PK: "t#wsp_1#cus#2", SK: "cus"}, key, {PK: "t#wsp_1#cus#3", SK: "cus"}}
	s := &script{left: []int{2, 2, 1}}
	items, err := s.engine().BatchGet(t.Context(), table.CRM, keys)
	if err != nil || fmt.Sprint(s.requests) != "[batchget 3 batchget 2 batchget 2 batchget 1]" || len(s.pauses) != 3 || len(s.told) != 3 {
		t.Fatalf("got %v after %q, pauses %v, told %v", err, s.requests, s.pauses, s.told)
	}
	for i, k := range keys {
		if items[i] == nil || items[i].Key != k {
			t.Errorf("key %d: got %v", i, items[i])
		}
	}
	if items[0] == items[2] {
		t.Error("one item was given to two readers")
	}
	s = &script{left: []int{3, 3, 3, 3, 3}}
	if _, err := s.engine().BatchGet(t.Context(), table.CRM, keys); !errors.Is(err, table.ErrThrottled) || len(s.requests) != 4 {
		t.Errorf("nothing processed: got %v after %q, want a throttle after four", err, s.requests)
	}
}

func TestEveryCallIsMetered(t *testing.T) {
	s := &script{}
	e := s.engine()
	_, getErr := e.Get(t.Context(), table.CRM, key)
	_, queryErr := e.Query(t.Context(), table.Query{Table: table.CRM, PK: "p"})
	err := errors.Join(getErr, queryErr, e.Write(t.Context(), put("")), e.Write(t.Context(), put(""), count()))
	want := []string{"get crm 1 0", "query crm 0.5 0", "write crm 0 2", "write crm 0 4", "write ops 0 2"}
	if err != nil || !slices.Equal(s.metered, want) {
		t.Errorf("got %q, %v, want %q", s.metered, err, want)
	}
}

func TestATableWithoutANameCannotBeReached(t *testing.T) {
	s := &script{}
	e := dynamo.New(s, dynamo.Options{Names: map[table.Name]string{table.CRM: "x-crm"}})
	_, getErr := e.Get(t.Context(), table.Ops, key)
	_, batchErr := e.BatchGet(t.Context(), table.Ops, []table.Key{key})
	_, queryErr := e.Query(t.Context(), table.Query{Table: table.Ops, PK: "p"})
	for name, err := range map[string]error{"get": getErr, "batch get": batchErr, "query": queryErr,
		"write": e.Write(t.Context(), count()), "transaction": e.Write(t.Context(), put(""), count())} {
		if err == nil {
			t.Errorf("%s succeeded", name)
		}
	}
	if len(s.requests) > 0 {
		t.Errorf("requests %q", s.requests)
	}
}
