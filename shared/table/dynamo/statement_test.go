package dynamo

import (
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"github.com/dangol/dangol/shared/table"
)

func TestOperationsInExpressions(t *testing.T) {
	k := table.Key{PK: "p", SK: "s"}
	full := table.Item{Key: k, Index: [2]table.Key{{PK: "list", SK: "a"}}, Expires: 9, Head: []byte("{}"), Event: []byte("{}"), Counters: map[string]int64{"n": 1}}
	for _, c := range []struct {
		name              string
		op                table.Op
		state             state
		update, condition string
	}{
		{"a put", table.Op{Item: full}, present,
			"SET v=if_not_exists(v,:zero)+:one,n=if_not_exists(n,:n),head=:head,ev=:ev,exp=:exp,i1PK=:i1PK,i1SK=:i1SK REMOVE body,i2PK,i2SK", ""},
		{"a put of a key, if absent", table.Op{If: table.IfAbsent, Item: table.Item{Key: k}}, present,
			"SET v=if_not_exists(v,:zero)+:one,n=if_not_exists(n,:n) REMOVE head,body,ev,exp,i1PK,i1SK,i2PK,i2SK", "attribute_not_exists(PK)"},
		{"an addition", table.Op{Kind: table.OpAdd, Item: table.Item{Key: k, Counters: map[string]int64{"b": 2, "a": -1}}}, present,
			"SET v=v,n.#0=if_not_exists(n.#0,:z)+:0,n.#1=if_not_exists(n.#1,:z)+:1", "attribute_exists(PK)"},
		{"an addition to nothing", table.Op{Kind: table.OpAdd, Item: full}, absent,
			"SET v=:zero,n=:n,ev=:ev,exp=:exp", "attribute_not_exists(PK)"},
		{"an addition of nothing, at version 0", table.Op{Kind: table.OpAdd, If: table.IfVersion, Item: table.Item{Key: k}}, present,
			"SET v=v", "(attribute_not_exists(PK) OR v=:if) AND attribute_exists(PK)"},
		{"a deletion at version 3", table.Op{Kind: table.OpDelete, If: table.IfVersion, Version: 3, Item: table.Item{Key: k}}, present, "", "v=:if"},
		{"a check of presence", table.Op{Kind: table.OpCheck, If: table.IfPresent, Item: table.Item{Key: k}}, present, "", "attribute_exists(PK)"},
	} {
		st := newStatement(aws.String("t"), &c.op, c.state)
		if got := aws.ToString(st.update()); got != c.update {
			t.Errorf("%s: got update\n%s\nwant\n%s", c.name, got, c.update)
		}
		if st.condition != c.condition {
			t.Errorf("%s: got condition %q, want %q", c.name, st.condition, c.condition)
		}
	}
}

func TestAnAdditionNamesItsCountersByPlaceholders(t *testing.T) {
	op := table.Op{Kind: table.OpAdd, Item: table.Item{Key: table.Key{PK: "p", SK: "s"}, Counters: map[string]int64{"주문.수": 2, "a": -1}}}
	st := newStatement(aws.String("t"), &op, present)
	if st.names["#0"] != "a" || st.names["#1"] != "주문.수" {
		t.Errorf("got names %v", st.names)
	}
	if n, ok := st.values[":0"].(*types.AttributeValueMemberN); !ok || n.Value != "-1" {
		t.Errorf("got values %v", st.values)
	}
}

func TestAnItemIsReadAsItsSizeCountsIt(t *testing.T) {
	if got := len(table.AttrIndexPK(1) + table.AttrIndexSK(2)); got != 8 {
		t.Errorf("names of index keys: got %d bytes, size.go counts 8", got)
	}
	if min := 3; len(table.IndexName(1)) < min {
		t.Errorf("index name %q: DynamoDB wants %d letters", table.IndexName(1), min)
	}
}
