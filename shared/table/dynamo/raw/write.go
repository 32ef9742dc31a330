package raw

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"github.com/dangol/dangol/shared/table"
)

const (
	mostWrites  = 25                     // requests in one batch. Source: AWS, DynamoDB API reference, BatchWriteItem
	putOffTries = 12                     // of what DynamoDB did not come to, within some minutes
	firstPutOff = 100 * time.Millisecond // doubled with every try
)

// Put writes the items as they are over whatever stands there. What was written before an error stays; writing it again changes nothing.
func (t *Tables) Put(ctx context.Context, name string, items ...Item) error {
	requests := make([]types.WriteRequest, len(items))
	for i, it := range items {
		requests[i].PutRequest = &types.PutRequest{Item: it}
	}
	return t.write(ctx, name, requests)
}

// Delete removes the items with these keys; removing nothing succeeds.
func (t *Tables) Delete(ctx context.Context, name string, keys ...table.Key) error {
	requests := make([]types.WriteRequest, len(keys))
	for i, k := range keys {
		requests[i].DeleteRequest = &types.DeleteRequest{Key: key(k)}
	}
	return t.write(ctx, name, requests)
}

func (t *Tables) write(ctx context.Context, name string, requests []types.WriteRequest) error {
	for batch := range slices.Chunk(requests, mostWrites) {
		if err := t.batch(ctx, name, batch); err != nil {
			return fmt.Errorf("write to %s: %w", name, err)
		}
	}
	return nil
}

// batch writes what DynamoDB takes of a batch, and after a pause the rest.
func (t *Tables) batch(ctx context.Context, name string, requests []types.WriteRequest) error {
	for n := range putOffTries {
		out, err := t.client.BatchWriteItem(ctx, &dynamodb.BatchWriteItemInput{RequestItems: map[string][]types.WriteRequest{name: requests}})
		if err != nil {
			return err
		}
		if requests = out.UnprocessedItems[name]; len(requests) == 0 {
			return nil
		}
		if err := t.o.Clock.Sleep(ctx, firstPutOff<<n); err != nil {
			return err
		}
	}
	return fmt.Errorf("%w: %d items were not taken", table.ErrThrottled, len(requests))
}

// PutNewer writes the item where none stands, or over one of a lower version. Otherwise it returns what stands there.
func (t *Tables) PutNewer(ctx context.Context, name string, it Item) (there Item, err error) {
	condition := "attribute_not_exists(#pk) OR #v < :v"
	_, err = t.client.PutItem(ctx, &dynamodb.PutItemInput{
		TableName: &name, Item: it, ConditionExpression: &condition,
		ExpressionAttributeNames:            map[string]string{"#pk": table.AttrPK, "#v": table.AttrVersion},
		ExpressionAttributeValues:           map[string]types.AttributeValue{":v": &types.AttributeValueMemberN{Value: strconv.FormatInt(it.Version(), 10)}},
		ReturnValuesOnConditionCheckFailure: types.ReturnValuesOnConditionCheckFailureAllOld,
	})
	var unmet *types.ConditionalCheckFailedException
	if errors.As(err, &unmet) {
		return unmet.Item, nil
	}
	if err != nil {
		return nil, fmt.Errorf("write to %s: %w", name, err)
	}
	return nil, nil
}

// Exchange removes one item and writes another in one step, unless the first is gone; then it changes nothing and returns false.
func (t *Tables) Exchange(ctx context.Context, name string, gone table.Key, it Item) (bool, error) {
	exists := "attribute_exists(#pk)"
	_, err := t.client.TransactWriteItems(ctx, &dynamodb.TransactWriteItemsInput{TransactItems: []types.TransactWriteItem{
		{Delete: &types.Delete{TableName: &name, Key: key(gone), ConditionExpression: &exists, ExpressionAttributeNames: map[string]string{"#pk": table.AttrPK}}},
		{Put: &types.Put{TableName: &name, Item: it}},
	}})
	var cancelled *types.TransactionCanceledException
	if errors.As(err, &cancelled) && aws.ToString(cancelled.CancellationReasons[0].Code) == "ConditionalCheckFailed" {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("write to %s: %w", name, err)
	}
	return true, nil
}
