package tabletest

import (
	"bytes"
	"encoding/json"

	"github.com/dangol/dangol/shared/table"
)

// at is a key; most scenarios use the partition "p".
func at(pk, sk string) table.Key { return table.Key{PK: pk, SK: sk} }

// doc is a small item whose documents tell what was written.
func doc(k table.Key, text string) table.Item {
	return table.Item{Key: k, Head: quote("head", text), Body: quote("body", text), Event: quote("event", text)}
}

func quote(field, text string) []byte {
	// A map of strings always has a JSON form.
	b, _ := json.Marshal(map[string]string{field: text})
	return b
}

// sized is an item of exactly so many bytes by DynamoDB's rules, with its body filled up. Its key is prefixed by the tenant later.
func (x *tenant) sized(k table.Key, size int) table.Item {
	it := table.Item{Key: k, Version: 1, Body: []byte("x")}
	it.Body = bytes.Repeat([]byte("x"), size-it.Size()-len(x.prefix)+1)
	return it
}

func put(it table.Item) table.Op { return table.Op{Table: table.CRM, Kind: table.OpPut, Item: it} }

func remove(k table.Key) table.Op {
	return table.Op{Table: table.CRM, Kind: table.OpDelete, Item: table.Item{Key: k}}
}

func add(k table.Key, counters counts) table.Op {
	return table.Op{Table: table.CRM, Kind: table.OpAdd, Item: table.Item{Key: k, Counters: counters}}
}

func check(k table.Key) table.Op {
	return table.Op{Table: table.CRM, Kind: table.OpCheck, Item: table.Item{Key: k}}
}

type counts = map[string]int64

// when gives the operation a condition.
func when(c table.Condition, op table.Op) table.Op {
	op.If = c
	return op
}

// atVersion gives the operation the condition that the item has the version.
func atVersion(n int64, op table.Op) table.Op {
	op.If, op.Version = table.IfVersion, n
	return op
}

// labelled names the operation.
func labelled(label string, op table.Op) table.Op {
	op.Label = label
	return op
}

// in moves the operation to another table.
func in(t table.Name, op table.Op) table.Op {
	op.Table = t
	return op
}

// partitionQuery reads a whole partition of the crm table.
func partitionQuery(pk string) table.Query { return table.Query{Table: table.CRM, PK: pk} }

// indexQuery reads a whole partition of an index of the crm table.
func indexQuery(index int, pk string) table.Query {
	return table.Query{Table: table.CRM, Index: index, PK: pk}
}
