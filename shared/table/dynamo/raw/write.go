package raw

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

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
		ExpressionAttributeValues:           map[string]types.AttributeValue{":v": it[table.AttrVersion]},
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
