package raw

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/aws/smithy-go"
)

// ErrUnknown reports a call that the place does not know. DynamoDB knows all of them; an emulator may not.
var ErrUnknown = errors.New("this place does not know the call")

// RestoreTo begins to make a second table as the first was at that time, to the second, with its indexes and on-demand capacity, but without its stream,
// time to live, alarms and protection. Wait says when it can be read.
// Source: AWS, DynamoDB API reference, RestoreTableToPointInTime.
func (t *Tables) RestoreTo(ctx context.Context, name, copy string, at time.Time) error {
	_, err := t.client.RestoreTableToPointInTime(ctx, &dynamodb.RestoreTableToPointInTimeInput{
		SourceTableName: &name, TargetTableName: &copy, RestoreDateTime: &at,
	})
	if err != nil {
		return fmt.Errorf("restore %s: %w", name, sorted(err))
	}
	return nil
}

// sorted marks the answer by which DynamoDB Local, and LocalStack with it, says that it lacks a call.
func sorted(err error) error {
	var api smithy.APIError
	if errors.As(err, &api) && api.ErrorCode() == "UnknownOperationException" {
		return fmt.Errorf("%w: %w", ErrUnknown, err)
	}
	return err
}

// CreateLike makes an empty table with the keys and indexes of another, on demand, without a stream.
func (t *Tables) CreateLike(ctx context.Context, name, copy string) error {
	out, err := t.client.DescribeTable(ctx, &dynamodb.DescribeTableInput{TableName: &name})
	if err != nil {
		return fmt.Errorf("describe %s: %w", name, err)
	}
	in := &dynamodb.CreateTableInput{
		TableName: &copy, BillingMode: types.BillingModePayPerRequest, KeySchema: out.Table.KeySchema, AttributeDefinitions: out.Table.AttributeDefinitions,
	}
	for _, g := range out.Table.GlobalSecondaryIndexes {
		in.GlobalSecondaryIndexes = append(in.GlobalSecondaryIndexes, types.GlobalSecondaryIndex{
			IndexName: g.IndexName, KeySchema: g.KeySchema, Projection: g.Projection})
	}
	if _, err := t.client.CreateTable(ctx, in); err != nil {
		return fmt.Errorf("create %s: %w", copy, err)
	}
	return nil
}

// Wait returns when the table can be read, asking every so often.
func (t *Tables) Wait(ctx context.Context, name string, every time.Duration) error {
	for {
		status, err := t.Status(ctx, name)
		switch {
		case err != nil:
			return err
		case status == string(types.TableStatusActive):
			return nil
		case status == "":
			return fmt.Errorf("wait for %s: there is no such table", name)
		}
		if err := t.o.Clock.Sleep(ctx, every); err != nil {
			return fmt.Errorf("wait for %s, which is %s: %w", name, status, err)
		}
	}
}

// Status is DynamoDB's word for the table's state, such as ACTIVE or CREATING; "" when there is none of that name.
func (t *Tables) Status(ctx context.Context, name string) (string, error) {
	out, err := t.client.DescribeTable(ctx, &dynamodb.DescribeTableInput{TableName: &name})
	var none *types.ResourceNotFoundException
	if errors.As(err, &none) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("describe %s: %w", name, err)
	}
	return string(out.Table.TableStatus), nil
}

// Drop deletes a table with all that is in it. One with deletion protection stays, and so does one that is still being made.
func (t *Tables) Drop(ctx context.Context, name string) error {
	if _, err := t.client.DeleteTable(ctx, &dynamodb.DeleteTableInput{TableName: aws.String(name)}); err != nil {
		return fmt.Errorf("delete table %s: %w", name, err)
	}
	return nil
}
