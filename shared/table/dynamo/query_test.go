package dynamo

import (
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"github.com/dangol/dangol/shared/table"
)

func TestQueriesInKeyConditions(t *testing.T) {
	at := func(sk string) *table.Position {
		return &table.Position{Item: table.Key{PK: "p", SK: sk}, Index: table.Key{PK: "p", SK: sk}}
	}
	for _, c := range []struct {
		name     string
		q        table.Query
		want     string // "" when nothing is asked
		from, to string
		starts   bool
	}{
		{"a partition", table.Query{}, "PK=:pk", "", "", false},
		{"from", table.Query{From: "a"}, "PK=:pk AND SK>=:from", "a", "", false},
		{"to", table.Query{To: "b"}, "PK=:pk AND SK<:to", "", "b", false},
		{"from and to", table.Query{From: "a", To: "b\x00"}, "PK=:pk AND SK BETWEEN :from AND :to", "a", "b", false},
		{"a prefix", table.Query{}.Prefix("갿"), "PK=:pk AND begins_with(SK,:from)", "갿", "", false},
		{"the last prefix", table.Query{}.Prefix("\xff"), "", "", "", false},
		{"an index", table.Query{Index: 2, From: "a"}, "i2PK=:pk AND i2SK>=:from", "a", "", false},
		{"nothing", table.Query{From: "b", To: "b"}, "", "", "", false},
		{"nothing between neighbours", table.Query{From: "a\x00", To: "a\x00"}, "", "", "", false},
		{"behind an item", table.Query{From: "a", After: at("b")}, "PK=:pk AND SK>=:from", "a", "", true},
		{"from behind the end", table.Query{To: "b", After: at("c")}, "", "", "", false},
		{"from before the beginning", table.Query{From: "b", After: at("a")}, "PK=:pk AND SK>=:from", "b", "", false},
		{"back from before the beginning", table.Query{From: "b", After: at("a"), Reverse: true}, "", "", "", false},
		{"back from behind the end", table.Query{To: "b", After: at("c"), Reverse: true}, "PK=:pk AND SK<:to", "", "b", false},
	} {
		c.q.PK = "p"
		in, ok := queryInput(aws.String("t"), c.q)
		if !ok {
			if c.want != "" {
				t.Errorf("%s: nothing is asked, want %s", c.name, c.want)
			}
			continue
		}
		v := in.ExpressionAttributeValues
		if got := aws.ToString(in.KeyConditionExpression); got != c.want || textOf(v[":from"]) != c.from || textOf(v[":to"]) != c.to {
			t.Errorf("%s: got %s with %v, want %s with %q, %q", c.name, got, v, c.want, c.from, c.to)
		}
		if got := in.ExclusiveStartKey != nil; got != c.starts {
			t.Errorf("%s: goes on at a place: got %v, want %v", c.name, got, c.starts)
		}
		if strong := aws.ToBool(in.ConsistentRead); strong != (c.q.Index == 0) {
			t.Errorf("%s: consistent %v", c.name, strong)
		}
	}
}

func textOf(v types.AttributeValue) string {
	if s, ok := v.(*types.AttributeValueMemberS); ok {
		return s.Value
	}
	return ""
}
