package dynamo

import (
	"bytes"
	"context"
	"fmt"
	"maps"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"github.com/dangol/dangol/shared/table"
)

// Get implements table.Table.
func (e *Engine) Get(ctx context.Context, t table.Name, k table.Key) (*table.Item, error) {
	if err := admit(ctx, table.CheckRead(t, k)); err != nil {
		return nil, err
	}
	name, err := e.name(t)
	if err != nil {
		return nil, err
	}
	var out *dynamodb.GetItemOutput
	err = e.try(ctx, call{op: "get", table: t, pk: k.PK, repeatable: true}, func(ctx context.Context) (err error) {
		out, err = e.client.GetItem(ctx, getItem(name, k), e.each)
		return err
	})
	if err != nil {
		return nil, err
	}
	e.meterOne("get", out.ConsumedCapacity)
	if out.Item == nil {
		return nil, nil
	}
	it, err := itemOf(fromSDK(out.Item))
	if err != nil {
		return nil, fmt.Errorf("dynamo: get %s: %w", t, err)
	}
	return &it, nil
}

// BatchGet implements table.Table.
func (e *Engine) BatchGet(ctx context.Context, t table.Name, keys []table.Key) ([]*table.Item, error) {
	if err := admit(ctx, table.CheckRead(t, keys...)); err != nil {
		return nil, err
	}
	name, err := e.name(t)
	if err != nil {
		return nil, err
	}
	b := &batch{e: e, table: t, name: *name, found: map[table.Key]*table.Item{}, taken: map[table.Key]bool{}}
	for wanted := distinct(keys); len(wanted) > 0; {
		if wanted, err = b.read(ctx, wanted); err != nil {
			return nil, err
		}
	}
	items := make([]*table.Item, len(keys))
	for i, k := range keys {
		items[i] = b.take(k)
	}
	return items, nil
}

// distinct returns each key once: DynamoDB refuses repeated ones.
func distinct(keys []table.Key) (wanted []map[string]types.AttributeValue) {
	seen := make(map[table.Key]bool, len(keys))
	for _, k := range keys {
		if !seen[k] {
			seen[k] = true
			wanted = append(wanted, keyOf(k))
		}
	}
	return wanted
}

// batch gathers the answers to one batch get.
type batch struct {
	e         *Engine
	table     table.Name
	name      string
	found     map[table.Key]*table.Item
	taken     map[table.Key]bool
	fruitless int // answers in a row that brought nothing
}

// fullAnswer is how much of the 16 MB of an answer there must be for the rest to have been left for its size, and not for haste.
const fullAnswer = 8 << 20

// read asks once and returns what DynamoDB left unprocessed, after a pause when that was for haste.
func (b *batch) read(ctx context.Context, wanted []map[string]types.AttributeValue) (left []map[string]types.AttributeValue, err error) {
	out, err := b.ask(ctx, wanted)
	if err != nil {
		return nil, err
	}
	size := 0
	for _, raw := range out.Responses[b.name] {
		it, err := itemOf(fromSDK(raw))
		if err != nil {
			return nil, fmt.Errorf("dynamo: batch get %s: %w", b.table, err)
		}
		b.found[it.Key] = &it
		size += it.Size()
	}
	left = out.UnprocessedKeys[b.name].Keys
	if len(left) == 0 || size >= fullAnswer {
		return left, nil
	}
	return left, b.wait(ctx, left, len(left) < len(wanted))
}

func (b *batch) ask(ctx context.Context, wanted []map[string]types.AttributeValue) (out *dynamodb.BatchGetItemOutput, err error) {
	in := &dynamodb.BatchGetItemInput{ReturnConsumedCapacity: types.ReturnConsumedCapacityTotal, RequestItems: map[string]types.KeysAndAttributes{
		b.name: {Keys: wanted, ConsistentRead: aws.Bool(true)}}}
	err = b.e.try(ctx, b.call(wanted), func(ctx context.Context) (err error) {
		out, err = b.e.client.BatchGetItem(ctx, in, b.e.each)
		return err
	})
	if err == nil {
		b.e.meter("batchget", out.ConsumedCapacity...)
	}
	return out, err
}

func (b *batch) call(wanted []map[string]types.AttributeValue) call {
	return call{op: "batchget", table: b.table, pk: fromSDK(wanted[0])[table.AttrPK].S, repeatable: true}
}

// wait pauses before the rest is asked for. Keys left for haste are a throttle in all but name; answers that bring nothing are as many as attempts.
func (b *batch) wait(ctx context.Context, left []map[string]types.AttributeValue, progress bool) error {
	c := b.call(left)
	b.e.tell(c, []string{"UnprocessedKeys"})
	if b.fruitless++; progress {
		b.fruitless = 0
	}
	if b.fruitless == attempts {
		return c.explain(ctx, fmt.Errorf("%w: %d keys left unprocessed", table.ErrThrottled, len(left)))
	}
	if err := b.e.pause(ctx, b.fruitless); err != nil {
		return c.explain(ctx, err)
	}
	return nil
}

// take hands an item out. One that is asked for again is copied: what was read belongs to its reader.
func (b *batch) take(k table.Key) *table.Item {
	it := b.found[k]
	if b.taken[k] && it != nil {
		return clone(it)
	}
	b.taken[k] = true
	return it
}

func clone(it *table.Item) *table.Item {
	c := *it
	c.Head, c.Body, c.Event = bytes.Clone(it.Head), bytes.Clone(it.Body), bytes.Clone(it.Event)
	c.Counters = maps.Clone(it.Counters)
	return &c
}
