// Package raw reads and writes the items of tables on DynamoDB as they are stored, for commands of operators: a copy keeps versions, counters, events
// and times to live, all of which the engine's own writes would count anew. It restores tables to an earlier time, too. No function links it.
package raw

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"github.com/dangol/dangol/shared/clock"
	"github.com/dangol/dangol/shared/table"
)

// Options are how a command reads.
type Options struct {
	Units float64 // read units a second, over all tables; 0 is as fast as it goes
	Page  int32   // items looked at in a page, for tests; 0 is DynamoDB's megabyte
	Clock clock.Clock
}

// Tables are the tables of an account and region, by their names on DynamoDB.
type Tables struct {
	client *dynamodb.Client
	o      Options
}

// New returns the tables that the client reaches. It makes no request.
func New(client *dynamodb.Client, o Options) *Tables { return &Tables{client, o} }

// Paged returns the same tables, looked at in pages of so many items: tests interrupt between them.
func (t *Tables) Paged(items int32) *Tables {
	o := t.o
	o.Page = items
	return &Tables{t.client, o}
}

// Term is a condition on a text attribute.
type Term struct{ Attr, Begins, Contains string }

// Filter lets an item pass for which one of the terms holds; an empty one lets all pass. What DynamoDB filters away is read and billed all the same.
type Filter []Term

// apply writes the filter in DynamoDB's words.
func (f Filter) apply(in *dynamodb.ScanInput) {
	if len(f) == 0 {
		return
	}
	names, values, words := map[string]string{}, map[string]types.AttributeValue{}, []string(nil)
	for i, t := range f {
		name, value := fmt.Sprintf("#a%d", i), fmt.Sprintf(":v%d", i)
		names[name] = t.Attr
		if t.Begins != "" {
			values[value] = &types.AttributeValueMemberS{Value: t.Begins}
			words = append(words, "begins_with("+name+", "+value+")")
		} else {
			values[value] = &types.AttributeValueMemberS{Value: t.Contains}
			words = append(words, "contains("+name+", "+value+")")
		}
	}
	in.FilterExpression, in.ExpressionAttributeNames, in.ExpressionAttributeValues = aws.String(strings.Join(words, " OR ")), names, values
}

// Scan returns the items of the next page that pass the filter, read strongly, and the key to go on behind: nil after the last page. It then waits until the
// page's units are paid.
func (t *Tables) Scan(ctx context.Context, name string, f Filter, after *table.Key) ([]Item, *table.Key, error) {
	in := &dynamodb.ScanInput{TableName: &name, ConsistentRead: aws.Bool(true), ReturnConsumedCapacity: types.ReturnConsumedCapacityTotal}
	f.apply(in)
	if after != nil {
		in.ExclusiveStartKey = key(*after)
	}
	if t.o.Page > 0 {
		in.Limit = &t.o.Page
	}
	out, err := t.client.Scan(ctx, in)
	if err != nil {
		return nil, nil, fmt.Errorf("scan %s: %w", name, err)
	}
	items := make([]Item, len(out.Items))
	for i, it := range out.Items {
		items[i] = it
	}
	var next *table.Key
	if len(out.LastEvaluatedKey) > 0 {
		k := Item(out.LastEvaluatedKey).Key()
		next = &k
	}
	return items, next, t.pace(ctx, out.ConsumedCapacity)
}

func (t *Tables) pace(ctx context.Context, c *types.ConsumedCapacity) error {
	if c == nil || t.o.Units <= 0 {
		return nil
	}
	return t.o.Clock.Sleep(ctx, time.Duration(aws.ToFloat64(c.CapacityUnits)/t.o.Units*float64(time.Second)))
}

// Each calls visit for every item of the table that passes the filter.
func (t *Tables) Each(ctx context.Context, name string, f Filter, visit func(Item) error) error {
	var after *table.Key
	for {
		items, next, err := t.Scan(ctx, name, f, after)
		if err != nil {
			return err
		}
		for _, it := range items {
			if err := visit(it); err != nil {
				return err
			}
		}
		if next == nil {
			return nil
		}
		after = next
	}
}

// Get reads an item strongly; nil when there is none.
func (t *Tables) Get(ctx context.Context, name string, k table.Key) (Item, error) {
	out, err := t.client.GetItem(ctx, &dynamodb.GetItemInput{TableName: &name, Key: key(k), ConsistentRead: aws.Bool(true)})
	if err != nil {
		return nil, fmt.Errorf("read from %s: %w", name, err)
	}
	if len(out.Item) == 0 {
		return nil, nil
	}
	return out.Item, nil
}

func key(k table.Key) map[string]types.AttributeValue {
	return map[string]types.AttributeValue{table.AttrPK: text(k.PK), table.AttrSK: text(k.SK)}
}

func text(s string) types.AttributeValue { return &types.AttributeValueMemberS{Value: s} }
