package iamproxy

import (
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
)

// token is a word, a sign or a placeholder of DynamoDB's expression language. What lies between is space.
var token = regexp.MustCompile(`[#:]?[A-Za-z0-9_.\-]+|<>|<=|>=|[=<>(),]`)

// queried is the value that the key condition gives to the partition key: its one term "name = :value" (DynamoDB Developer Guide, "Key condition
// expressions for the Query operation": the partition key is tested by equality, and terms are joined by AND alone).
func (o operation) queried(partitionKey string) (string, error) {
	if o.KeyConditions != nil {
		return "", errors.New("KeyConditions is not known to the proxy: use KeyConditionExpression")
	}
	terms := o.equalities(o.KeyConditionExpression)[partitionKey]
	if len(terms) != 1 {
		return "", fmt.Errorf("key condition %q has %d terms for the partition key %s, want one", o.KeyConditionExpression, len(terms), partitionKey)
	}
	return attributes{"value": o.ExpressionAttributeValues[terms[0]]}.key("value")
}

// equalities finds each "name = :placeholder", by the name of the attribute.
func (o operation) equalities(expression string) map[string][]string {
	found := map[string][]string{}
	words := token.FindAllString(expression, -1)
	for i := 1; i+1 < len(words); i++ {
		if words[i] == "=" && words[i+1][0] == ':' {
			name := o.attribute(words[i-1])
			found[name] = append(found[name], words[i+1])
		}
	}
	return found
}

// attribute is the name behind a placeholder, or the name itself.
func (o operation) attribute(name string) string {
	if real, ok := o.ExpressionAttributeNames[name]; ok {
		return real
	}
	return name
}

// indexKeys are the partition keys that a write gives its item in the indexes: those of the item that is put, or those that an update sets.
func (o operation) indexKeys(t Table) (filed []string) {
	set := o.equalities(o.UpdateExpression)
	for _, index := range slices.Sorted(maps.Keys(t.Indexes)) {
		name := t.Indexes[index]
		if key, err := o.Item.key(name); err == nil {
			filed = append(filed, key)
		}
		for _, placeholder := range set[name] {
			if key, err := (attributes{name: o.ExpressionAttributeValues[placeholder]}).key(name); err == nil {
				filed = append(filed, key)
			}
		}
	}
	return filed
}
