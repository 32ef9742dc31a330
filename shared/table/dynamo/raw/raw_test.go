package raw

import (
	"maps"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"github.com/dangol/dangol/shared/table"
)

func number(n string) types.AttributeValue { return &types.AttributeValueMemberN{Value: n} }

// full is an item with an attribute of every type that DynamoDB has.
func full() Item {
	it := Texts(table.AttrPK, "p", table.AttrSK, "s", table.AttrHead, `{"id":"a"}`)
	it[table.AttrVersion], it[table.AttrExpires] = number("3"), number("1700000000")
	it["bin"] = &types.AttributeValueMemberB{Value: []byte{1, 2}}
	it["yes"] = &types.AttributeValueMemberBOOL{Value: true}
	it["nil"] = &types.AttributeValueMemberNULL{Value: true}
	it["map"] = &types.AttributeValueMemberM{Value: Texts("x", "y")}
	it["list"] = &types.AttributeValueMemberL{Value: []types.AttributeValue{text("a"), number("1")}}
	it["texts"] = &types.AttributeValueMemberSS{Value: []string{"a", "b"}}
	it["numbers"] = &types.AttributeValueMemberNS{Value: []string{"1", "2"}}
	it["bins"] = &types.AttributeValueMemberBS{Value: [][]byte{{1}, {2}}}
	return it
}

// Every change of an item shows in the digest, and nothing that is no change: DynamoDB keeps no order of attributes and of sets.
func TestTheDigestKnowsEveryAttribute(t *testing.T) {
	same := full()
	same["texts"] = &types.AttributeValueMemberSS{Value: []string{"b", "a"}}
	if !full().Equal(same) {
		t.Error("a set in another order is another item")
	}
	for name, value := range map[string]types.AttributeValue{
		table.AttrPK: text("q"), table.AttrVersion: number("4"), "bin": &types.AttributeValueMemberB{Value: []byte{1, 3}}, "yes": &types.AttributeValueMemberBOOL{},
		"nil": text(""), "map": &types.AttributeValueMemberM{Value: Texts("xy", "")}, "new": text(""),
		"list":  &types.AttributeValueMemberL{Value: []types.AttributeValue{number("1"), text("a")}},
		"texts": &types.AttributeValueMemberSS{Value: []string{"ab"}}, "numbers": &types.AttributeValueMemberSS{Value: []string{"1", "2"}},
		"bins": &types.AttributeValueMemberBS{Value: [][]byte{{1}, {3}}}, "head": number("1"),
	} {
		other := maps.Clone(full())
		if other[name] = value; full().Equal(other) {
			t.Errorf("another %s is not noticed", name)
		}
	}
}

func TestATallyKnowsNoOrder(t *testing.T) {
	items := []Item{full(), Texts("PK", "a"), Texts("PK", "b"), Texts("PK", "c")}
	tally := func(order ...int) (all Tally) {
		for _, i := range order {
			all.Add(items[i])
		}
		return all
	}
	if a, b := tally(0, 1, 2, 3), tally(3, 1, 0, 2); a != b || a.Count != 4 {
		t.Errorf("got %v and %v", a, b)
	}
	for name, other := range map[string]Tally{"one lost": tally(0, 1, 2), "one twice for another": tally(0, 1, 2, 2), "one twice": tally(0, 1, 2, 3, 3)} {
		if other == tally(0, 1, 2, 3) {
			t.Errorf("%s is not noticed", name)
		}
	}
}

func TestWhatIsPutAwayComesOutAsItWas(t *testing.T) {
	k := table.Key{PK: "away", SK: "1"}
	w := Wrap(k, full())
	if w.Key() != k || !w.Unwrap().Equal(full()) || full().Unwrap() != nil {
		t.Errorf("got %v", w)
	}
	if v, e := full().Version(), full().Expires(); v != 3 || e != 1_700_000_000 || w.Version() != 0 {
		t.Errorf("got version %d, expiry %d, and %d of the wrap", v, e, w.Version())
	}
}

func TestAFilterInDynamoDBsWords(t *testing.T) {
	var in dynamodb.ScanInput
	Filter(nil).apply(&in)
	if in.FilterExpression != nil {
		t.Errorf("no filter: %s", *in.FilterExpression)
	}
	Filter{{Attr: "PK", Begins: "t#a#"}, {Attr: "head", Contains: "a"}}.apply(&in)
	if got := aws.ToString(in.FilterExpression); got != "begins_with(#a0, :v0) OR contains(#a1, :v1)" || in.ExpressionAttributeNames["#a1"] != "head" ||
		Item(in.ExpressionAttributeValues).Text(":v0") != "t#a#" {
		t.Errorf("got %s, %v, %v", got, in.ExpressionAttributeNames, in.ExpressionAttributeValues)
	}
}
