package dynamo

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/aws/smithy-go"

	"github.com/dangol/dangol/shared/table"
)

// verdict is what an error says about the request.
type verdict int

const (
	final    verdict = iota // it did not happen, and would not when repeated
	refused                 // it did not happen, and may when repeated
	doubtful                // it may have happened
)

// refusals are DynamoDB's ways to say "not now": as the code of an error, or of one reason why a transaction was cancelled. Sources: AWS, DynamoDB
// Developer Guide, "Error handling with DynamoDB" (Programming.Errors), and API Reference, TransactWriteItems, "Cancellation reason codes".
var refusals = map[string]bool{
	"ProvisionedThroughputExceededException": true,
	"ThrottlingException":                    true,
	"RequestLimitExceeded":                   true,
	"TransactionConflictException":           true,
	"ReplicatedWriteConflictException":       true,
	"ProvisionedThroughputExceeded":          true,
	"ThrottlingError":                        true,
	"TransactionConflict":                    true,
}

const (
	conditionFailed  = "ConditionalCheckFailed" // the reason; the error has Exception behind it
	validationFailed = "ValidationError"        // the reason
)

// tooLarge are the words by which DynamoDB refuses an item or a transaction for its size; there is no code for it.
var tooLarge = []string{"exceeded the maximum allowed size", "payload size cannot exceed"}

// judge sorts an error of a context that has not ended. The reasons are those of a refusal.
func judge(err error) (v verdict, reasons []string) {
	var cancelled *types.TransactionCanceledException
	var inProgress *types.TransactionInProgressException
	var api smithy.APIError
	switch {
	case errors.As(err, &cancelled):
		return judgeCancelled(cancelled)
	case errors.As(err, &inProgress): // our own earlier attempt, of which no answer came
		return doubtful, nil
	case errors.As(err, &api) && refusals[api.ErrorCode()]:
		return refused, reasonsOf(api)
	case api == nil, ofServer(err, api):
		return doubtful, nil
	}
	return final, nil
}

// ofServer says whether the fault is DynamoDB's: it says so, or something before it answered in its place.
func ofServer(err error, api smithy.APIError) bool {
	var status interface{ HTTPStatusCode() int }
	return api.ErrorFault() == smithy.FaultServer || (errors.As(err, &status) && status.HTTPStatusCode() >= 500)
}

// judgeCancelled takes a transaction for refused when any of its operations was: the conditions of that one are not known, and a caller must
// learn of every failed one.
func judgeCancelled(err *types.TransactionCanceledException) (v verdict, reasons []string) {
	for _, r := range err.CancellationReasons {
		if code := aws.ToString(r.Code); refusals[code] {
			v, reasons = refused, append(reasons, code)
		}
	}
	return v, reasons
}

// reasonsOf returns what DynamoDB adds to a throttle: which table or index, and by which limit. Other refusals have their code alone.
func reasonsOf(err smithy.APIError) (reasons []string) {
	var detailed []types.ThrottlingReason
	var throttling *types.ThrottlingException
	var exceeded *types.ProvisionedThroughputExceededException
	var requests *types.RequestLimitExceeded
	switch {
	case errors.As(err, &throttling):
		detailed = throttling.ThrottlingReasons
	case errors.As(err, &exceeded):
		detailed = exceeded.ThrottlingReasons
	case errors.As(err, &requests):
		detailed = requests.ThrottlingReasons
	}
	for _, r := range detailed {
		reasons = append(reasons, aws.ToString(r.Reason))
	}
	if reasons == nil {
		return []string{err.ErrorCode()}
	}
	return reasons
}

// unmet are the operations of a request whose conditions failed, by their place in the request, with the items that they met: nil for none, or when
// the statement did not ask.
type unmet map[int]attributes

// unmetOf returns the failed conditions when they are what the error is about.
func unmetOf(err error) unmet {
	var one *types.ConditionalCheckFailedException
	if errors.As(err, &one) {
		return unmet{0: fromSDKOrNil(one.Item)}
	}
	var cancelled *types.TransactionCanceledException
	if !errors.As(err, &cancelled) {
		return nil
	}
	u := unmet{}
	for i, r := range cancelled.CancellationReasons {
		switch aws.ToString(r.Code) {
		case "", "None":
		case conditionFailed:
			u[i] = fromSDKOrNil(r.Item)
		default:
			return nil
		}
	}
	if len(u) == 0 {
		return nil
	}
	return u
}

func fromSDKOrNil(item map[string]types.AttributeValue) attributes {
	if len(item) == 0 {
		return nil
	}
	return fromSDK(item)
}

// asLimit returns a LimitError when DynamoDB found an item too large, as only it can when stored counters stay or grow.
func asLimit(err error) error {
	var cancelled *types.TransactionCanceledException
	if errors.As(err, &cancelled) {
		for _, r := range cancelled.CancellationReasons {
			if message := aws.ToString(r.Message); aws.ToString(r.Code) == validationFailed && isTooLarge(message) {
				return &table.LimitError{What: message}
			}
		}
		return nil
	}
	var api smithy.APIError
	if errors.As(err, &api) && api.ErrorCode() == "ValidationException" && isTooLarge(api.ErrorMessage()) {
		return &table.LimitError{What: api.ErrorMessage()}
	}
	return nil
}

func isTooLarge(message string) bool {
	return slices.ContainsFunc(tooLarge, func(words string) bool { return strings.Contains(message, words) })
}

// throttled is table.ErrThrottled with DynamoDB's own words.
func throttled(err error) error { return fmt.Errorf("%w: %w", table.ErrThrottled, err) }
