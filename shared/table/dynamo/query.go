package dynamo

import (
	"context"
	"fmt"
	"math"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"github.com/dangol/dangol/shared/table"
)

// Query implements table.Table. It asks for one item more than the limit: DynamoDB tells of a next page whenever the limit was reached, also when
// nothing is there.
func (e *Engine) Query(ctx context.Context, q table.Query) (table.Page, error) {
	if err := admit(ctx, q.Check()); err != nil {
		return table.Page{}, err
	}
	name, err := e.name(q.Table)
	if err != nil {
		return table.Page{}, err
	}
	in, ok := queryInput(name, q)
	if !ok {
		return table.Page{}, nil
	}
	var out *dynamodb.QueryOutput
	err = e.try(ctx, call{op: "query", table: q.Table, pk: q.PK, repeatable: true}, func(ctx context.Context) (err error) {
		out, err = e.client.Query(ctx, in, e.each)
		return err
	})
	if err != nil {
		return table.Page{}, err
	}
	e.meterOne("query", out.ConsumedCapacity)
	return pageOf(q, out)
}

// queryInput returns the request; false when nothing can be found.
func queryInput(name *string, q table.Query) (*dynamodb.QueryInput, bool) {
	in := &dynamodb.QueryInput{TableName: name, ScanIndexForward: aws.Bool(!q.Reverse), ReturnConsumedCapacity: types.ReturnConsumedCapacityTotal}
	if q.Index > 0 {
		in.IndexName = aws.String(table.IndexName(q.Index))
	} else {
		in.ConsistentRead = aws.Bool(true)
	}
	if q.Limit > 0 {
		in.Limit = aws.Int32(int32(min(q.Limit, math.MaxInt32-1) + 1)) // in range by the line itself
	}
	s, ok := spanOf(q)
	return in, ok && restrict(in, q, s) && resume(in, q, s)
}

// restrict sets the key condition. DynamoDB takes one on the sort key; the upper bound of its BETWEEN is inclusive.
func restrict(in *dynamodb.QueryInput, q table.Query, s span) bool {
	pk, sk := keyNames(q.Index)
	condition := ""
	in.ExpressionAttributeValues = map[string]types.AttributeValue{":pk": text(q.PK)}
	prefix, isPrefix := begins(q)
	switch {
	case isPrefix:
		condition = " AND begins_with(" + sk + ",:from)"
		in.ExpressionAttributeValues[":from"] = text(prefix)
	case s.from != "" && s.to != "":
		condition = " AND " + sk + " BETWEEN :from AND :to"
		last := floor(s.to)
		in.ExpressionAttributeValues[":from"], in.ExpressionAttributeValues[":to"] = text(s.from), text(last)
		in.KeyConditionExpression = aws.String(pk + "=:pk" + condition)
		return s.from <= last
	case s.from != "":
		condition = " AND " + sk + ">=:from"
		in.ExpressionAttributeValues[":from"] = text(s.from)
	case s.to != "":
		condition = " AND " + sk + "<:to"
		in.ExpressionAttributeValues[":to"] = text(s.to)
	}
	in.KeyConditionExpression = aws.String(pk + "=:pk" + condition)
	return true
}

// resume sets where the query goes on; false when nothing follows.
func resume(in *dynamodb.QueryInput, q table.Query, s span) bool {
	if q.After == nil {
		return true
	}
	at := q.After.Item
	if q.Index > 0 {
		at = q.After.Index
	}
	where := s.locate(at.SK, q.Reverse)
	if where == inside {
		in.ExclusiveStartKey = startKey(q)
	}
	return where != behind
}

func startKey(q table.Query) map[string]types.AttributeValue {
	k := keyOf(q.After.Item)
	if q.Index > 0 {
		pk, sk := keyNames(q.Index)
		k[pk], k[sk] = text(q.After.Index.PK), text(q.After.Index.SK)
	}
	return k
}

func keyNames(index int) (pk, sk string) {
	if index == 0 {
		return table.AttrPK, table.AttrSK
	}
	return table.AttrIndexPK(index), table.AttrIndexSK(index)
}

// pageOf reads the answer. One that was cut at 1 MB goes on where DynamoDB stopped, one that is longer than the limit behind its last item.
func pageOf(q table.Query, out *dynamodb.QueryOutput) (p table.Page, err error) {
	p.Items = make([]table.Item, len(out.Items))
	for i, raw := range out.Items {
		if p.Items[i], err = itemOf(fromSDK(raw)); err != nil {
			return table.Page{}, fmt.Errorf("dynamo: query %s: %w", q.Table, err)
		}
		if q.Index > 0 {
			alone(&p.Items[i], q.Index)
		}
	}
	if q.Limit > 0 && len(p.Items) > q.Limit {
		p.Items = p.Items[:q.Limit]
		p.Next = positionOf(&p.Items[q.Limit-1], q.Index)
	} else if len(out.LastEvaluatedKey) > 0 {
		last := itemKeys(out.LastEvaluatedKey)
		p.Next = positionOf(&last, q.Index)
	}
	return p, nil
}

// alone keeps of an item's index keys that of the index it was read from.
func alone(it *table.Item, index int) {
	k := it.Index[index-1]
	it.Index = [table.MaxIndexes]table.Key{}
	it.Index[index-1] = k
}

// itemKeys reads the keys of a place.
func itemKeys(sdk map[string]types.AttributeValue) (it table.Item) {
	a := fromSDK(sdk)
	it.Key = a.key(table.AttrPK, table.AttrSK)
	for i := range it.Index {
		it.Index[i] = a.key(table.AttrIndexPK(i+1), table.AttrIndexSK(i+1))
	}
	return it
}

func positionOf(it *table.Item, index int) *table.Position {
	p := &table.Position{Index: it.Key, Item: it.Key}
	if index > 0 {
		p.Index = it.Index[index-1]
	}
	return p
}
