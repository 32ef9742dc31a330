package dynamo

import (
	"fmt"
	"strconv"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"github.com/dangol/dangol/shared/table"
)

// attribute is a value in DynamoDB's JSON, of the kinds that the engine stores. Streams deliver it so; the SDK's form is turned into it.
type attribute struct {
	S string
	N string
	M map[string]attribute
}

// attributes is an item as DynamoDB holds it.
type attributes map[string]attribute

func fromSDK(sdk map[string]types.AttributeValue) attributes {
	a := make(attributes, len(sdk))
	for name, v := range sdk {
		switch v := v.(type) {
		case *types.AttributeValueMemberS:
			a[name] = attribute{S: v.Value}
		case *types.AttributeValueMemberN:
			a[name] = attribute{N: v.Value}
		case *types.AttributeValueMemberM:
			a[name] = attribute{M: fromSDK(v.Value)}
		}
	}
	return a
}

// itemOf reads an item, or what an index holds of one. Attributes of others, as replication adds them, are passed over.
func itemOf(a attributes) (it table.Item, err error) {
	it.Key = a.key(table.AttrPK, table.AttrSK)
	for i := range it.Index {
		it.Index[i] = a.key(table.AttrIndexPK(i+1), table.AttrIndexSK(i+1))
	}
	it.Head, it.Body, it.Event = a.document(table.AttrHead), a.document(table.AttrBody), a.document(table.AttrEvent)
	if it.Version, err = a.number(table.AttrVersion); err != nil {
		return it, err
	}
	if it.Expires, err = a.number(table.AttrExpires); err != nil {
		return it, err
	}
	it.Counters, err = a.counters()
	return it, err
}

func (a attributes) key(pk, sk string) table.Key { return table.Key{PK: a[pk].S, SK: a[sk].S} }

func (a attributes) document(name string) []byte {
	if a[name].S == "" {
		return nil
	}
	return []byte(a[name].S)
}

func (a attributes) number(name string) (int64, error) {
	v, ok := a[name]
	if !ok {
		return 0, nil
	}
	n, err := strconv.ParseInt(v.N, 10, 64)
	if err != nil {
		return 0, fmt.Errorf("attribute %s of %q, %q: %w", name, a[table.AttrPK].S, a[table.AttrSK].S, err)
	}
	return n, nil
}

// counters is nil for an empty map, which every item has at least.
func (a attributes) counters() (map[string]int64, error) {
	m := attributes(a[table.AttrCounters].M)
	if len(m) == 0 {
		return nil, nil
	}
	counters := make(map[string]int64, len(m))
	for name := range m {
		n, err := m.number(name)
		if err != nil {
			return nil, fmt.Errorf("counters of %q, %q: %w", a[table.AttrPK].S, a[table.AttrSK].S, err)
		}
		counters[name] = n
	}
	return counters, nil
}

func text(s string) types.AttributeValue { return &types.AttributeValueMemberS{Value: s} }

func number(n int64) types.AttributeValue {
	return &types.AttributeValueMemberN{Value: strconv.FormatInt(n, 10)}
}

func numbers(counters map[string]int64) types.AttributeValue {
	m := make(map[string]types.AttributeValue, len(counters))
	for name, n := range counters {
		m[name] = number(n)
	}
	return &types.AttributeValueMemberM{Value: m}
}

func keyOf(k table.Key) map[string]types.AttributeValue {
	return map[string]types.AttributeValue{table.AttrPK: text(k.PK), table.AttrSK: text(k.SK)}
}
